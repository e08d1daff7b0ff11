"""What can be read of an entry that BibTeX's grammar refuses: comments, commas and keys amiss."""

import re
from dataclasses import dataclass
from typing import Final

_OPENING: Final = re.compile(r"@\s*[A-Za-z]\w*\s*\{")
_QUOTED: Final = re.compile(r'(@\s*\w+\s*[{(]\s*)"([^"{}]*)"(?=\s*,)')
_KEYLESS: Final = re.compile(r"(@\s*\w+\s*[{(])(?=\s*[A-Za-z][\w-]*\s*=)")
_RUN_ON: Final = re.compile(r"(@\s*\w+\s*[{(]\s*[^\s,={}\"]+)(?=\s+[A-Za-z][\w-]*\s*=)")
_COMMENTED: Final = re.compile(r"^([ \t]*%[% \t]*)@(?=\s*[A-Za-z]+\s*[{(])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Recovered:
    """An entry that was mended.

    Attributes:
        text: the entry as BibTeX.
        end: where what was read of the file ends.
        mended: what was amiss, in words.
    """

    text: str
    end: int
    mended: tuple[str, ...]


def masked(text: str) -> tuple[str, list[int]]:
    """Return text without the `@` of blocks that are commented out, and the lines of these."""
    lines = [text.count("\n", 0, found.end()) + 1 for found in _COMMENTED.finditer(text)]
    return _COMMENTED.sub(r"\1", text) if lines else text, lines


def recovered(text: str, start: int) -> Recovered | None:
    """Return the entry that begins at `start` without what keeps it from being read, or None.

    Comments behind `%` and doubled commas between fields are left out, a missing key or comma is
    put in. An entry whose braces do not close before the next one is not mended.
    """
    opening = _OPENING.match(text, start)
    if opening is None:
        return None
    mended: dict[str, None] = {}
    out, end = _scanned(text, opening.end(), mended)
    if end < 0:
        return None
    entry = text[start : opening.end()] + out
    for pattern, repair, said in (
        (_QUOTED, r"\1\2", "its key is in quotation marks"),
        (_KEYLESS, r"\1,", "it has no key"),
        (_RUN_ON, r"\1,", "a comma is missing behind its key"),
    ):
        entry, count = pattern.subn(repair, entry, count=1)
        mended |= dict.fromkeys([said] if count else [])
    return Recovered(entry, end, tuple(mended))


def _scanned(text: str, start: int, mended: dict[str, None]) -> tuple[str, int]:
    """Return the rest of an entry without comments and doubled commas, and where it ends, or -1."""
    kept: list[str] = []
    depth, quoted, last, at = 1, False, "", start
    while at < len(text):
        letter = text[at]
        if letter == "@" and text[at - 1] == "\n" and _OPENING.match(text, at):
            return "", -1
        if letter == "\\":
            kept.append(text[at : at + 2])
            last, at = letter, at + 2
            continue
        between = depth == 1 and not quoted
        if between and letter == "%":
            mended["a comment stands between its fields"] = None
            line = text.find("\n", at)
            at = len(text) if line < 0 else line
            continue
        if between and letter == "," and last == ",":
            mended["it has a comma too many"] = None
            at += 1
            continue
        quoted = quoted != (letter == '"' and depth == 1)
        depth += (letter in "{") - (letter in "}")
        kept.append(letter)
        last = letter if letter.strip() else last
        at += 1
        if depth == 0:
            return "".join(kept), at
    return "", -1
