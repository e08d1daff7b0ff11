"""Passages: where words stand in a text, exactly or whatever their typography."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

_TYPOGRAPHIC: Final = str.maketrans("‘’‚‛“”„‟–—‐", "''''\"\"\"\"---")
_JOINT: Final = "\u00ad"
"""Stands in folded text for a hyphen at a line end: nobody can tell whether the word has one."""
_LINE_END: Final = re.compile(r"(?<=\w)([-‐\u00ad])[ \t]*\r?\n[ \t]*(?=\w)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text: positions in code points, the end excluded."""

    start: int
    end: int


def plain(words: str) -> str:
    """Return words without what a transcription adds to them.

    That is the asterisks of bold and italic type, soft hyphens, and white space where a line or
    page ends.
    """
    return " ".join(words.replace("*", "").replace("\u00ad", "").split())


def agrees(words: str, there: str) -> bool:
    """Return whether words are the same but for what printing adds to them.

    That is emphasis, white space, ligatures, soft hyphens, hyphens at line ends, and the Unicode
    form of a letter; quotation marks and dashes must be the same.
    """
    one, other = (_folded(text.strip(" \n*"), typographic=False).text for text in (words, there))
    return one == other or any(
        (0, len(other)) == span for span in _spans(one.strip(), other) if _JOINT in one + other
    )


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

    Line ends and other white space, asterisks of bold and italic type, hyphens at line ends, soft
    hyphens, ligatures, other Unicode forms of a letter, and the shapes of quotation marks,
    apostrophes and dashes may differ; every other character must be the same.
    """
    folded = _folded(text)
    wanted = _folded(words).text.strip()
    return [folded.origin(*span) for span in _spans(wanted, folded.text) if folded.whole(*span)]


def locate(words: str, text: str) -> list[Passage]:
    """Return every place where words stand exactly, else whatever their typography."""
    return find(words, text) or find_tolerant(words, text)


def retyped(words: str, there: str) -> str:
    """Return the words at a place in its own typography, each hyphen at a line end as typed."""
    kept = _kept(_folded(words).text, _folded(there).text)
    return plain(_LINE_END.sub(lambda found: _hyphen(found[1], kept), there))


def folded(text: str) -> tuple[str, tuple[int, ...]]:
    """Return a text without its typography, and for each character its position in the original.

    A hyphen at a line end is left out.
    """
    known = _folded(text)
    kept = [(c, at) for c, at in zip(known.text, known.origins, strict=True) if c != _JOINT]
    return "".join(c for c, _ in kept), tuple(at for _, at in kept)


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text without its typography, with the position of each character in the original."""

    text: str
    origins: tuple[int, ...]

    def origin(self, first: int, last: int) -> Passage:
        return Passage(self.origins[first], self.origins[last - 1] + 1)

    def whole(self, first: int, last: int) -> bool:
        """Whether a stretch begins and ends between two letters, not inside one."""
        at = self.origins
        if last < len(at) and (at[last] == at[last - 1] or unicodedata.combining(self.text[last])):
            return False
        return first == 0 or at[first - 1] != at[first]


@lru_cache(maxsize=8)
def _folded(text: str, *, typographic: bool = True) -> _Folded:
    characters: list[str] = []
    origins: list[int] = []
    for position, piece in _pieces(text):
        for character in piece if piece == _JOINT else _form(piece, typographic):
            if character == " " and characters and characters[-1] == " ":
                continue
            characters.append(character)
            origins.append(position)
    return _Folded("".join(characters), tuple(origins))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield each character with its position; a hyphen with its line end is one joint."""
    at = 0
    for found in _LINE_END.finditer(text):
        yield from enumerate(text[at : found.start()], at)
        if found[1] != "\u00ad":
            yield found.start(), _JOINT
        at = found.end()
    for position, character in enumerate(text[at:], at):
        yield position, "" if character == "\u00ad" else character


@cache
def _form(character: str, typographic: bool) -> str:
    """Return what a character is for comparing: decomposed, without typography."""
    if character in "*\u00ad":
        return ""
    form = unicodedata.normalize("NFKD", character)
    form = form.translate(_TYPOGRAPHIC) if typographic else form
    return " " if form.isspace() else form


def _spans(wanted: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where folded words stand in folded text; joints match a hyphen or nothing."""
    if not wanted:
        return
    if _JOINT not in wanted and _JOINT not in text:
        yield from ((place.start, place.end) for place in find(wanted, text))
        return
    loose = {_JOINT: f"[-{_JOINT}]?", "-": f"[-{_JOINT}]"}
    pattern = f"{_JOINT}?".join(loose.get(c) or re.escape(c) for c in wanted)
    yield from (found.span() for found in re.finditer(pattern, text))


def _kept(words: str, there: str) -> Iterator[bool]:
    """Yield for each joint of folded text whether the same folded words have a hyphen there."""
    at = 0
    for character in there:
        typed = words[at : at + 1]
        if character == _JOINT:
            yield typed == "-"
        at += character != _JOINT or typed in ("-", _JOINT)


def _hyphen(printed: str, kept: Iterator[bool]) -> str:
    return "-" if printed != "\u00ad" and next(kept, False) else ""
