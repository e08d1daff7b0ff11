"""Anchors: the proof that words stand where somebody says they stand."""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path


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


def plain(words: str) -> str:
    """Return words without what a transcription adds to them.

    That is the asterisks of bold and italic type, and white space where a line or page ends.
    """
    return " ".join(words.replace("*", "").split())


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
    if anchor.content and plain(anchor.exact) != plain(anchor.content):
        faults.append(
            "its words are not the words of the statement "
            f"({_difference(plain(anchor.content), plain(anchor.exact))}); make them the same"
        )
    if text is not None:
        faults += _in_text(anchor, text)
    return faults


def _in_text(anchor: Anchor, text: str) -> list[str]:
    there = text[anchor.start : anchor.end]
    if there != anchor.exact:
        return [_misplaced(anchor, text, there)]
    faults = []
    if not text[: anchor.start].endswith(anchor.prefix):
        faults.append("the text before its words is not its oa:prefix; copy it from the text")
    if not text[anchor.end :].startswith(anchor.suffix):
        faults.append("the text after its words is not its oa:suffix; copy it from the text")
    return faults


def _misplaced(anchor: Anchor, text: str, there: str) -> str:
    found = text.find(anchor.exact)
    if found >= 0:
        return (
            f"its words stand at {found}-{found + len(anchor.exact)}, not at "
            f"{anchor.start}-{anchor.end}; correct oa:start and oa:end"
        )
    return (
        f"its words are not in the text ({_difference(anchor.exact, there)}); "
        "copy them from the text"
    )


def _difference(claimed: str, there: str) -> str:
    """Return in words where two strings first differ, naming look-alike characters."""
    for number, (one, other) in enumerate(zip(claimed, there, strict=False)):
        if one != other:
            return f"character {number + 1} is {_name(one)} here and {_name(other)} there"
    return f"{len(claimed)} characters here and {len(there)} there"


def _name(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"'{character}' (U+{ord(character):04X}{', ' + name if name else ''})"
