"""Names of persons in BibTeX's `author` and `editor` fields."""

import functools
import re
from dataclasses import dataclass, replace
from typing import Final

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from intlkg.bib.latex import braced, decode, parts

_OTHERS: Final = re.compile(r"\band\s+others$")
_SHORT: Final = re.compile(r"((?:[^\s,.]+\s+)+?)((?:[^\W\d_]\.[\s-]?)+|[^\W\d_a-z]{1,3})")
"""A family name and initials without a comma, as Scopus and PubMed write them."""

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.[\s-]?)+|[^\W\d_a-z]{1,3}")
_PERSON: Final = re.compile(
    r"[^,{}]+,\s*(?!(?:Inc|Ltd|LLC|Co|Corp|GmbH|AG)\b)[^\W\d_a-z][^,{}]{0,40}(?:,\s*[^,{}]{1,5})?"
)
_LABELLED: Final = re.compile(r"(family|given|prefix|suffix)\s*=\s*(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in its parts, or an organisation's as `family` alone.

    Attributes:
        family: family name, with its particle ("van der Berg").
        given: given names or initials; empty for an organisation.
        suffix: "Jr", "III"; mostly empty.
        written: the name as the field has it, LaTeX decoded.
    """

    family: str
    given: str
    suffix: str
    written: str

    @property
    def full(self) -> str:
        """The name as it is spoken: given names before the family name."""
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)


def split(field: str) -> list[Name]:
    """Return the names of an `author` or `editor` field; "and others" names nobody.

    Names are split before LaTeX is decoded, so that braces keep an organisation in one piece. Lists
    that databases write otherwise are read by their pattern (`unusual`).
    """
    if not field:
        return []
    return [_name(name) for name in separate(field) if name.strip() != "others"]


def separate(field: str) -> list[str]:
    """Return the names of a field as they are written, one by one, in BibTeX's own forms."""
    field = " ".join(field.split())
    if listed := unusual(field):
        return listed
    names = (name for name in split_multiple_persons_names(field) if name.strip())
    return [one for name in names for one in _paired(name)]


def _paired(name: str) -> list[str]:
    """Return `Miller, D., Firby, J.` as two names; others as they are."""
    found = parts(name, ",") if name.count(",") > 2 else []
    if len(found) < 4 or len(found) % 2 or not all(map(_INITIALS.fullmatch, found[1::2])):
        return [name]
    return [f"{family}, {given}" for family, given in zip(found[::2], found[1::2], strict=True)]


def others(field: str) -> bool:
    """Return whether a field ends in "and others"."""
    return bool(_OTHERS.search(field.strip()))


def unusual(field: str) -> list[str]:
    """Return the names of a list of people that databases write in another way; else nothing.

    These are `Smith, John; Doe, Kim A.`, `Dabija A.-M., Decky M.`, `Ann Doe, Bo Lee, Kim Roe`, and
    `{Bansal, A and Singhal, A}` in one pair of braces.
    """
    if braced(field) and " and " in field:
        inner = [name.strip() for name in re.split(r"\s+and\s+", field[1:-1])]
        return inner if all(_PERSON.fullmatch(name) for name in inner) else []
    if braced(field) and ";" in field:
        field = field[1:-1].strip()
    if re.search(r"\sand\s", field):
        return []
    if ";" in field:
        names = parts(field, ";")
        return names if len(names) > 1 and not any(map(_is_entity, names)) else []
    names = parts(field, ",") if field.count(",") and "=" not in field else []
    if len(names) > 1 and all(_SHORT.fullmatch(name) for name in names):
        return [_inverted(name) for name in names]
    spoken = len(names) > 2 and all(re.search(r"\S\s+\S", name) for name in names)
    return names if spoken and not _LABELLED.match(field) else []


def faults(field: str) -> list[str]:
    """Return the names of a field that can be no names: they have too many commas, or no letter."""
    return [
        name
        for name in separate(field)
        if not braced(name)
        and not _labelled(name)
        and (len(parts(name, ",")) > 3 or not any(map(str.isalpha, name)))
    ]


def _is_entity(name: str) -> bool:
    """Return whether a part ends in an entity such as `&amp`, whose semicolon separates nothing."""
    return bool(re.search(r"&#?\w+$", name))


def _inverted(name: str) -> str:
    """Return `Decky M.` as `Decky, M.`."""
    found = _SHORT.fullmatch(name)
    return f"{found[1].strip()}, {found[2].strip()}" if found else name


@functools.lru_cache(maxsize=100_000)
def _name(written: str) -> Name:
    spoken = decode(written)
    if braced(written):
        return Name(spoken, "", "", spoken)
    if labelled := _labelled(written):
        return labelled
    try:
        found = parse_single_name_into_parts(written, strict=False)
    except InvalidNameError:
        return Name(spoken, "", "", spoken)
    family = decode(" ".join([*found.von, *found.last]))
    return Name(family, decode(" ".join(found.first)), decode(" ".join(found.jr)), spoken)


def _labelled(written: str) -> Name | None:
    """Return a name in biblatex's extended form: `family=Dijk, given=Marten, prefix=van`."""
    found = [_LABELLED.fullmatch(part) for part in parts(written, ",")]
    labels = {match[1]: decode(match[2]) for match in found if match}
    if "family" not in labels:
        return None
    family = " ".join(labels[label] for label in ("prefix", "family") if labels.get(label))
    name = Name(family, labels.get("given", ""), labels.get("suffix", ""), "")
    return replace(name, written=name.full)
