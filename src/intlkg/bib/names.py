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

from intlkg.bib.latex import decode
from intlkg.bib.values import braced, parts

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

    Names are split before LaTeX is decoded, so that braces keep an organisation in one piece.
    """
    names = split_multiple_persons_names(" ".join(field.split()))
    return [_name(name) for name in names if name.strip() and name.strip() != "others"]


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
