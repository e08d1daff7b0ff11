"""Gaps: words that leave something of the text out, or put something in.

`[…]`, `(…)`, `…` and `...` stand for words left out, other words in square brackets are an
editor's. What stands between the gaps are passages, in the order of the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from intlkg.studies import passages
from intlkg.studies.passages import Passage

OMISSION: Final = "ikv:omission"
INSERTION: Final = "ikv:insertion"
_GAP: Final = re.compile(
    r"\s*(?:(?P<omission>[\[(]\s*(?:\.{3}|…)\s*[\])]|\.{3,}|…)|\[[^\[\]]+\])\s*"
)
_NEGATION: Final = re.compile(
    r"\b(?:not|no|never|none|nor|neither|nobody|nothing|without|hardly|cannot|nicht|nie|kein\w*|"
    r"niemand|ohne|pas|jamais|sans|nunca|sin)\b|n['’]t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """Words between two gaps.

    Attributes:
        words: what is to be found in the text.
        gap: which kind of gap is before them; '' for none.
    """

    words: str
    gap: str


def parts(words: str) -> list[Part]:
    """Return the passages that words with gaps are made of; one without a gap for other words."""
    found, gap, at = [], "", 0
    for mark in [*_GAP.finditer(words), None]:
        piece = words[at : mark.start() if mark else len(words)]
        if re.search(r"\w", piece):
            found.append(Part(piece.strip(), gap))
            gap = ""
        if mark:
            gap = OMISSION if mark["omission"] or gap == OMISSION else INSERTION
            at = mark.end()
    return found


def locate(words: Sequence[str], text: str) -> list[Passage]:
    """Return where passages stand one after another, as near together as can be; [] for nowhere."""
    best: list[Passage] = []
    for first in passages.locate(words[0], text) if words else ():
        chain = _chain(first, words, text)
        if chain and (not best or _span(chain) < _span(best)):
            best = chain
    return best


def stands(words: str, text: str) -> bool:
    """Return whether words stand in a text, whatever their typography and with gaps as marked."""
    if passages.find_tolerant(words, text):
        return True
    split = parts(words)
    return bool(split) and split != [Part(words, "")] and bool(locate(_words(split), text))


def disordered(words: Sequence[str], text: str) -> bool:
    """Return whether each passage stands in a text, but not in this order."""
    return all(passages.locate(one, text) for one in words) and not locate(words, text)


def negation(gap: str) -> str:
    """Return the first word of a gap that negates; '' for none."""
    found = _NEGATION.search(gap)
    return found[0] if found else ""


def _chain(first: Passage, words: Sequence[str], text: str) -> list[Passage]:
    chain = [first]
    for one in words[1:]:
        later = [p for p in passages.locate(one, text) if p.start >= chain[-1].end]
        if not later:
            return []
        chain.append(later[0])
    return chain


def _span(chain: Sequence[Passage]) -> int:
    return chain[-1].end - chain[0].start


def _words(split: Sequence[Part]) -> list[str]:
    return [one.words for one in split]
