"""Write entries as BibTeX: values from other formats in LaTeX that reads back as the same words."""

import re
from collections.abc import Mapping
from typing import Final

_SPECIAL: Final = {
    "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}",
    "$": "\\$", "%": "\\%", "&": "\\&", "#": "\\#", "_": "\\_", "~": "\\textasciitilde{}",
}  # fmt: skip
_VENUES: Final = ("journal", "journaltitle", "booktitle")
_PLAIN: Final = frozenset({"doi", "url", "issn", "isbn", "file", "eprint", "ids"})
"""Fields whose values are no text: they are written as they are, but for braces."""


def venue(fields: Mapping[str, str]) -> str:
    """Return the name of what a work appeared in, as the field has it; '' where none says so."""
    return next((fields[name] for name in _VENUES if fields.get(name)), "")


def block(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Return an entry as BibTeX; the values are LaTeX already, see `escaped` and `name`."""
    lines = [f"  {field} = {{{value}}}," for field, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def escaped(field: str, text: str) -> str:
    """Return plain text as a value for a field, so that decoding gives the text again."""
    if field in _PLAIN:
        return re.sub(r"[{}]", lambda found: f"%{ord(found[0]):02X}", text)
    return "".join(_SPECIAL.get(letter, letter) for letter in " ".join(text.split()))


def name(family: str, given: str = "", suffix: str = "") -> str:
    """Return a person's or body's name as BibTeX; without a given name it is one piece."""
    parts = [escaped("author", part) for part in (family, suffix, given) if part]
    if not given and not suffix:
        return f"{{{parts[0]}}}" if parts and re.search(r"[\s,]", family) else "".join(parts)
    return ", ".join(parts)


def key_of(text: str) -> str:
    """Return an identifier as a citation key: without what BibTeX cannot have in one."""
    return re.sub(r"[\s{}(),%#\"'=~\\]+", "-", text).strip("-")
