"""Differences: where words that are not in a text first differ from what stands there."""

import unicodedata
from typing import Final

from intlkg.studies import passages
from intlkg.studies.passages import Passage

_NEAR: Final = 80.0
"""Least similarity, from 0 to 100, at which other words count as a miscopy of those looked for."""
_MARGIN: Final = 40
"""How many characters around a similar stretch it may begin or end."""


def likeness(words: str, text: str) -> str:
    """Return in words which passage is most like these, and where it differs; '' for none."""
    like = nearest(words, text)
    if like is None:
        return ""
    there = passages.folded(text[like.start : like.end])[0]
    differs = difference(passages.folded(words)[0].strip(), there)
    return f"the most similar stand at {like.start}-{like.end} ({differs})"


def nearest(words: str, text: str) -> Passage | None:
    """Return the place whose words are most like these, or None where nothing is like them."""
    from rapidfuzz import fuzz

    wanted = passages.folded(words)[0].strip()
    there, origins = passages.folded(text)
    best = fuzz.partial_ratio_alignment(wanted, there, score_cutoff=_NEAR)
    if best is None or not wanted or len(wanted) > len(there):
        return None
    first, last = _aligned(wanted, there, best.dest_start, best.dest_end)
    return Passage(origins[first], origins[last - 1] + 1)


def difference(claimed: str, there: str) -> str:
    """Return in words where two strings first differ when aligned, naming look-alike characters."""
    from rapidfuzz.distance import Levenshtein

    for step in Levenshtein.opcodes(claimed, there):
        kind, first = step.tag, step.src_start
        here, other = claimed[first : step.src_end], there[step.dest_start : step.dest_end]
        if kind == "replace":
            return f"character {first + 1} is {_name(here[0])} here and {_name(other[0])} there"
        if kind == "delete":
            return f"character {first + 1}, {_shown(here)}, is here and not there"
        if kind == "insert":
            return f"before character {first + 1}, {_shown(other)} is there and not here"
    return f"{len(claimed)} characters here and {len(there)} there"


def _aligned(wanted: str, there: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch near another one that takes the fewest changes to become the words."""
    from rapidfuzz.distance import Levenshtein

    def cost(first: int, last: int) -> int:
        return Levenshtein.distance(wanted, there[first:last])

    firsts = range(max(0, start - _MARGIN), min(start + _MARGIN, end))
    start = min(firsts, key=lambda first: (cost(first, end), first))
    lasts = range(max(start + 1, end - _MARGIN), min(len(there), end + _MARGIN) + 1)
    return start, min(lasts, key=lambda last: (cost(start, last), -last))


def _shown(words: str) -> str:
    return _name(words) if len(words) == 1 else f"'{words}'"


def _name(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"'{character}' (U+{ord(character):04X}{', ' + name if name else ''})"
