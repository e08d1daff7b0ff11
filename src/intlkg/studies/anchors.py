"""Anchors: the proof that words stand where somebody says they stand."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from intlkg.studies import differences, gaps, passages


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
        holder: the anchored statement or entry; may be empty.
        part: which passage of a statement with gaps it is, from 1; 0 for a whole one.
    """

    iri: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    content: str
    holder: str = ""
    part: int = 0


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
    content, exact = passages.plain(_claimed(anchor)), passages.plain(anchor.exact)
    if content and exact != content and not passages.agrees(_claimed(anchor), anchor.exact):
        faults.append(
            "its words are not the words of the statement "
            f"({differences.difference(content, exact)}); make them the same"
        )
    if text is not None:
        faults += _in_text(anchor, text)
    return faults


def warnings(anchors: Iterable[Anchor], text: str) -> list[tuple[str, str]]:
    """Return (IRI of an anchor, what to read again) for gaps whose words negate.

    Args:
        anchors: the anchors of one text.
        text: its characters.
    """
    found = []
    for before, after in _gapped(anchors):
        if word := gaps.negation(text[before.end : after.start]):
            fault = f"the gap before it, {before.end}-{after.start}, negates ('{word}')"
            found.append((after.iri, f"{fault}; read whether the words still say the same"))
    return found


def _gapped(anchors: Iterable[Anchor]) -> Iterator[tuple[Anchor, Anchor]]:
    """Yield the pairs of passages with a gap between them."""
    ordered = sorted((one for one in anchors if one.part), key=lambda one: (one.holder, one.part))
    for before, after in pairwise(ordered):
        if (before.holder, before.part + 1) == (after.holder, after.part):
            yield before, after


def _claimed(anchor: Anchor) -> str:
    """Return what a statement claims to stand at an anchor: all its words, or one part of them."""
    if not anchor.part:
        return anchor.content
    split = gaps.parts(anchor.content)
    return split[anchor.part - 1].words if anchor.part <= len(split) else anchor.content


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
            f"({differences.difference(anchor.exact, text[place.start : place.end])}); "
            "copy them from the text, or let 'intlkg verify --write' do it"
        )
    if like := differences.likeness(anchor.exact, text):
        return f"its words are not in the text; {like}; copy them from the text"
    return (
        f"its words are not in the text ({differences.difference(anchor.exact, there)}); "
        "copy them from the text"
    )
