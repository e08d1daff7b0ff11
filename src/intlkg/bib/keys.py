"""Keys of works: `authors-year-titleword`, readable and stable, as the ACL Anthology has them."""

import functools
import hashlib
import re
import unicodedata
from collections.abc import Container
from typing import Final

from intlkg.bib.latex import decode
from intlkg.bib.names import split
from intlkg.bib.reader import Entry

_STOP: Final = frozenset(
    "a an the of on in to and for is are do does how what why when who i am from with by at as "
    "towards toward some into".split()
)
_FOLDED: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "đ": "d",
     "'": "", "’": ""}
)  # fmt: skip


def mint(entry: Entry, taken: Container[str] = ()) -> str:
    """Return a key for an entry that is not among the taken ones.

    One author gives `neubert-2018a-impact`, two `johanson-vahlne-1977-internationalization`, more
    `hitt-etal-2006-internationalization`; without authors the title's first word stands for them; a
    clash appends `-2`.
    """
    words = _words(entry)
    who = _who(entry) or (words.pop(0) if words else "anonymous")
    stem = "-".join([who, year(entry) or "nd", *words[:1]])
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def year(entry: Entry) -> str:
    """Return an entry's year with its letter, from `year` or `date`; empty where there is none."""
    written = entry.fields.get("year") or entry.fields.get("date", "")
    found = re.search(r"(?<!\d)\d{4}[a-z]?(?![a-z\d])", decode(written))
    return found[0] if found else ""


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


def wording(text: str) -> str:
    """Return text as lower-case words of any script, without accents, joined by hyphens."""
    folded = _folded(text)
    bare = folded if folded.isascii() else "".join(filter(_is_no_mark, folded))
    return re.sub(r"[\W_]+", "-", bare).strip("-")


def _is_no_mark(letter: str) -> bool:
    return not unicodedata.combining(letter)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text.lower().translate(_FOLDED))


def _who(entry: Entry) -> str:
    names = split(entry.fields.get("author") or entry.fields.get("editor", ""))
    families = [slug(name.family) for name in names]
    if len(families) > 2:
        return f"{families[0] or 'anonymous'}-etal"
    return "-".join(family for family in families if family)


def _words(entry: Entry) -> list[str]:
    words = decode(entry.fields.get("title", "")).split()
    plain = [slug(word).replace("-", "") for word in words]
    return [word for word in plain if word and word not in _STOP]
