"""Anchors: the proof that words stand where somebody says they stand."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from intlkg.studies import passages


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a text, as a position and as words (Web Annotation Data Model, 4.2.4 and 4.2.5).

    Attributes:
        iri: the anchor.
        start: position of the first character, in Unicode code points from 0.
        end: position after the last character.
        exact: the words at that place, with the text's own markup.
        prefix: what stands before them; may be empty.
        suffix: what stands after them; may be empty.
        content: what the anchored statement or entry claims to be there; may be empty.
    """

    iri: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    content: str


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal, by which a text is known."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def verify(anchor: Anchor, text: str | None = None) -> list[str]:
    """Return what is wrong with an anchor, each as fault and cure; nothing when all is right.

    Args:
        anchor: what is claimed.
        text: the source text; without it only what the anchor says of itself is compared.
    """
    faults = []
    if anchor.end - anchor.start != len(anchor.exact):
        faults.append(
            f"its positions span {anchor.end - anchor.start} characters but its words have "
            f"{len(anchor.exact)}; correct oa:start, oa:end or oa:exact"
        )
    content, exact = passages.plain(anchor.content), passages.plain(anchor.exact)
    if content and exact != content:
        faults.append(
            "its words are not the words of the statement "
            f"({passages.difference(content, exact)}); make them the same"
        )
    if text is not None:
        faults += _in_text(anchor, text)
    return faults


def _in_text(anchor: Anchor, text: str) -> list[str]:
    there = text[anchor.start : anchor.end]
    if there != anchor.exact:
        return [_misplaced(anchor, text, there)]
    faults = []
    if not text.endswith(anchor.prefix, 0, anchor.start):
        faults.append("the text before its words is not its oa:prefix; copy it from the text")
    if not text.startswith(anchor.suffix, anchor.end):
        faults.append("the text after its words is not its oa:suffix; copy it from the text")
    return faults


def _misplaced(anchor: Anchor, text: str, there: str) -> str:
    stands = passages.find(anchor.exact, text)
    if stands:
        places = " and at ".join(f"{place.start}-{place.end}" for place in stands)
        return (
            f"its words stand at {places}, not at {anchor.start}-{anchor.end}; "
            "correct oa:start and oa:end, or let 'intlkg verify --write' do it"
        )
    loose = passages.find_tolerant(anchor.exact, text)
    if loose:
        place = loose[0]
        return (
            f"its words stand at {place.start}-{place.end} in other typography "
            f"({passages.difference(anchor.exact, text[place.start : place.end])}); "
            "copy them from the text, or let 'intlkg verify --write' do it"
        )
    if like := passages.likeness(anchor.exact, text):
        return f"its words are not in the text; {like}; copy them from the text"
    return (
        f"its words are not in the text ({passages.difference(anchor.exact, there)}); "
        "copy them from the text"
    )
