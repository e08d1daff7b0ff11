"""Names of persons in BibTeX's `author` and `editor` fields."""

from dataclasses import dataclass

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from intlkg.bib.latex import decode


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


def _name(written: str) -> Name:
    spoken = decode(written)
    if written.startswith("{") and written.endswith("}"):
        return Name(spoken, "", "", spoken)
    try:
        parts = parse_single_name_into_parts(written, strict=False)
    except InvalidNameError:
        return Name(spoken, "", "", spoken)
    family = decode(" ".join([*parts.von, *parts.last]))
    return Name(family, decode(" ".join(parts.first)), decode(" ".join(parts.jr)), spoken)
