"""Entries in the terms of biblatex, as its manual (2.1, 2.2.5) relates them to those of BibTeX."""

import re
from collections.abc import Iterable
from typing import Final

from intlkg.bib.reader import Entry
from intlkg.bib.writing import block

_KINDS: Final = {
    "conference": "inproceedings", "electronic": "online", "www": "online",
    "phdthesis": "thesis", "mastersthesis": "thesis", "techreport": "report",
}  # fmt: skip
_TYPES: Final = {
    "phdthesis": "phdthesis", "mastersthesis": "mathesis", "techreport": "techreport",
}  # fmt: skip
_FIELDS: Final = {
    "journal": "journaltitle", "address": "location", "school": "institution",
    "annote": "annotation", "archiveprefix": "eprinttype", "primaryclass": "eprintclass",
    "key": "sortkey",
}  # fmt: skip
_MONTHS: Final = {
    month: f"{number:02}"
    for number, month in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}


def written(entries: Iterable[Entry]) -> list[str]:
    """Return entries as blocks for biblatex; other fields stay as they are."""
    return [block(_KINDS.get(e.kind, e.kind), e.key, _fields(e)) for e in entries]


def _fields(entry: Entry) -> dict[str, str]:
    fields = {_FIELDS.get(name, name): value for name, value in entry.fields.items()}
    if entry.kind in _TYPES:
        fields.setdefault("type", _TYPES[entry.kind])
    year = fields.get("year", "")
    if "date" not in fields and re.fullmatch(r"\d{4}", year):
        month = fields.pop("month", "").strip()
        number = _MONTHS.get(month.lower()[:3]) or (month.zfill(2) if month.isdecimal() else "")
        day = fields.pop("day", "").strip().zfill(2) if number and "day" in fields else ""
        fields["date"] = "-".join(filter(None, (fields.pop("year"), number, day)))
        if month and not number:
            fields["month"] = month
    return fields
