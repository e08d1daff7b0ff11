"""Passages: where words stand in a text, exactly or nearly."""

import unicodedata
from dataclasses import dataclass
from typing import Final

_TYPOGRAPHIC: Final = str.maketrans("‘’‚‛“”„‟–—‐‑", "''''\"\"\"\"----")
_NEAR: Final = 80.0
"""Least similarity, from 0 to 100, at which other words count as a miscopy of those looked for."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text: positions in code points, the end excluded."""

    start: int
    end: int


def plain(words: str) -> str:
    """Return words without what a transcription adds to them.

    That is the asterisks of bold and italic type, and white space where a line or page ends.
    """
    return " ".join(words.replace("*", "").split())


def find(words: str, text: str) -> list[Passage]:
    """Return every place where exactly these words stand, in order."""
    found = []
    at = text.find(words)
    while at >= 0 and words:
        found.append(Passage(at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def find_tolerant(words: str, text: str) -> list[Passage]:
    """Return every place where these words stand, whatever their typography.

    Line ends and other white space, asterisks of bold and italic type, and the shapes of quotation
    marks, apostrophes and dashes may differ; every other character must be the same.
    """
    folded, origins = _folded(text)
    wanted = _folded(words)[0].strip()
    return [
        Passage(origins[place.start], origins[place.end - 1] + 1) for place in find(wanted, folded)
    ]


def locate(words: str, text: str) -> list[Passage]:
    """Return every place where words stand exactly, else whatever their typography."""
    return find(words, text) or find_tolerant(words, text)


def likeness(words: str, text: str) -> str:
    """Return in words which passage is most like these, and where it differs; '' for none."""
    like = nearest(words, text)
    if like is None:
        return ""
    differs = difference(words, text[like.start : like.end])
    return f"the most similar stand at {like.start}-{like.end} ({differs})"


def nearest(words: str, text: str) -> Passage | None:
    """Return the place whose words are most like these, or None where nothing is like them."""
    from rapidfuzz import fuzz

    best = fuzz.partial_ratio_alignment(words, text, score_cutoff=_NEAR)
    if best is None or not words or len(words) > len(text):
        return None
    return Passage(best.dest_start, best.dest_end)


def difference(claimed: str, there: str) -> str:
    """Return in words where two strings first differ, naming look-alike characters."""
    for number, (one, other) in enumerate(zip(claimed, there, strict=False)):
        if one != other:
            return f"character {number + 1} is {_name(one)} here and {_name(other)} there"
    return f"{len(claimed)} characters here and {len(there)} there"


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text without its typography, and for each character its position in the original."""
    characters: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text.translate(_TYPOGRAPHIC)):
        if character == "*":
            continue
        if character.isspace():
            if characters and characters[-1] == " ":
                continue
            character = " "
        characters.append(character)
        origins.append(position)
    return "".join(characters), origins


def _name(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"'{character}' (U+{ord(character):04X}{', ' + name if name else ''})"
