"""Keys of works: `authors-year-titleword`, readable and stable, as the ACL Anthology has them."""

import functools
import hashlib
import re
import unicodedata
from collections.abc import Container, Iterator
from typing import Final

from anyascii import anyascii

from intlkg.bib.reader import Entry
from intlkg.bib.work import Work

_STOP: Final = frozenset(
    "a an the of on in to and for is are do does how what why when who i am from with by at as "
    "towards toward some into".split()
)
_FOLDED: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "đ": "d",
     "'": "", "’": ""}
)  # fmt: skip


def mint(of: Entry | Work, taken: Container[str] = ()) -> str:
    """Return a key for an entry or its work that is not among the taken ones.

    One author gives `neubert-2018a-impact`, two `johanson-vahlne-1977-internationalization`, more
    `hitt-etal-2006-internationalization`; without authors the title's first word stands for them; a
    clash appends `-2`.
    """
    work = of if isinstance(of, Work) else Work(of)
    words = _words(work)
    who = _who(work) or next(words, "anonymous")
    stem = "-".join(filter(None, (who, work.year or "nd", next(words, ""))))
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def slug(text: str) -> str:
    """Return text as lower-case ASCII words joined by hyphens."""
    plain = _folded(text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@functools.lru_cache(maxsize=100_000)
def handle(text: str) -> str:
    """Return the slug of a name or title, with a digest where it had to leave out letters.

    So that people and journals whose names are not in Latin script do not become one.
    """
    plain = slug(text)
    if all(slug(letter) for letter in unicodedata.normalize("NFC", text) if letter.isalnum()):
        return plain
    digest = hashlib.sha256(wording(text).encode()).hexdigest()[:8]
    return f"{plain}-{digest}".strip("-")


@functools.lru_cache(maxsize=100_000)
def wording(text: str) -> str:
    """Return text as lower-case words of any script, without accents, joined by hyphens."""
    folded = _folded(text)
    bare = folded if folded.isascii() else "".join(filter(_is_no_mark, folded))
    return re.sub(r"[\W_]+", "-", bare).strip("-")


def _is_no_mark(letter: str) -> bool:
    return not unicodedata.combining(letter)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text.lower().translate(_FOLDED))


def _spelled(text: str) -> str:
    """Return the slug of text in any script; of a word without spaces its first letters."""
    if slug(text) or text.isascii():
        return slug(text)
    spelled = anyascii(text)
    first = text if len(spelled) < 2 * len(text) or len(text) < 5 else text[:4]
    return slug(anyascii(first))


def _who(work: Work) -> str:
    families = [_spelled(name.family) for name in work.makers]
    if len(families) > 2:
        return f"{families[0] or 'anonymous'}-etal"
    return "-".join(family for family in families if family)


def _words(work: Work) -> Iterator[str]:
    """Yield the words of a title that tell something."""
    for word in work.title.split():
        plain = _spelled(word).replace("-", "")
        if plain and plain not in _STOP:
            yield plain
