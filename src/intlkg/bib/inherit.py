"""What an entry takes over from others: `crossref` and `xdata`, as BibTeX and biblatex do."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from intlkg.bib.reader import Entry

_OWN: Final = frozenset({"ids", "crossref", "xdata", "label", "shorthand", "keywords", "note"})
"""Fields that a child never takes from the work that it is in."""

_TITLES: Final = {"title": "booktitle", "subtitle": "booksubtitle"}
_CHILDREN: Final = frozenset({"incollection", "inbook", "inproceedings", "conference", "suppbook"})


def resolved(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries with the fields that they inherit; those that they have stay as they are.

    Parents may stand before or after their children, and have parents themselves. A chapter takes
    the title of its book for `booktitle`. A parent that is not there, or a circle, adds nothing.
    """
    listed = list(entries)
    by_key = {entry.key: entry for entry in reversed(listed) if entry.key}
    return [replace(entry, fields=_fields(entry, by_key, ())) for entry in listed]


def _fields(entry: Entry, by_key: dict[str, Entry], above: tuple[str, ...]) -> dict[str, str]:
    fields = dict(entry.fields)
    if not {"crossref", "xdata"} & set(fields):
        return fields
    seen = (*above, entry.key)
    for key in fields.get("xdata", "").split(","):
        parent = by_key.get(key.strip())
        if parent is not None and parent.key not in seen:
            for name, value in _fields(parent, by_key, seen).items():
                fields.setdefault(name, value)
    parent = by_key.get(fields.get("crossref", "").strip())
    if parent is not None and parent.key not in seen:
        for name, value in _fields(parent, by_key, seen).items():
            if name in _OWN or (name == "author" and entry.kind in _CHILDREN):
                continue
            name = _TITLES.get(name, name) if entry.kind in _CHILDREN else name
            fields.setdefault(name, value)
    return fields
