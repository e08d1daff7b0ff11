"""Scopus's CSV, which holds one work a row."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any, Final

from intlkg.bib.bibtex import escaped, key_of
from intlkg.bib.formats import csl

_KINDS: Final = {
    "article": "article-journal", "review": "article-journal", "article in press":
    "article-journal", "editorial": "article-journal", "letter": "article-journal", "note":
    "article-journal", "short survey": "article-journal", "erratum": "article-journal",
    "conference paper": "paper-conference", "book": "book", "book chapter": "chapter",
    "report": "report", "data paper": "article-journal",
}  # fmt: skip
_PLAIN: Final = {
    "title": "Title", "container-title": "Source title", "volume": "Volume", "issue": "Issue",
    "DOI": "DOI", "URL": "Link", "abstract": "Abstract", "ISSN": "ISSN", "ISBN": "ISBN",
    "PMID": "PubMed ID", "publisher": "Publisher", "event-title": "Conference name",
    "event-place": "Conference location", "container-title-short": "Abbreviated Source Title",
    "edition": "Edition",
}  # fmt: skip
_USED: Final = frozenset(
    ("Authors", "Author full names", "Author(s) ID", "Year", "Art. No.", "Page start", "Page end",
     "Page count", "Author Keywords", "Index Keywords", "References", "Editors", "Document Type",
     "Language of Original Document", "Source", "EID", "Cited by", *_PLAIN.values())
)  # fmt: skip


def looks_so(text: str) -> bool:
    """Return whether a text is CSV as Scopus writes it."""
    head = text.lstrip("\ufeff").split("\n", 1)[0]
    return "Authors" in head and "Title" in head and "Source title" in head and "," in head


def blocks(text: str) -> Iterator[tuple[int, str | None, str]]:
    """Yield each row as (line, BibTeX, fault)."""
    csv.field_size_limit(10_000_000)
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    line = 2
    for row in rows:
        if None in row or None in row.values():
            yield line, None, "the row has more or fewer cells than the first; export it again"
        else:
            yield line, csl.entry(_item(row)), ""
        line = rows.line_num + 1


def _item(row: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {name: row.get(column, "").strip() for name, column in _PLAIN.items()}
    made["type"] = _KINDS.get(row.get("Document Type", "").lower(), "document")
    made["author"] = _people(row.get("Author full names") or row.get("Authors", ""))
    made["editor"] = _people(row.get("Editors", ""))
    made["issued"] = {"date-parts": [[row.get("Year", "")]]}
    pages = [row.get(name, "").strip() for name in ("Page start", "Page end")]
    made["page"] = "-".join(filter(None, pages)) or row.get("Art. No.", "")
    made["language"] = row.get("Language of Original Document", "")
    made["keyword"] = [w for w in re.split(r";\s*", row.get("Author Keywords", "")) if w]
    extra = {
        "author_keywords": row.get("Index Keywords", ""),
        "cited-references": re.sub(r";\s+", "\n", row.get("References", "")),
        "scopus-eid": row.get("EID", ""),
        **{f"scopus-{key_of(n).lower()}": v for n, v in row.items() if n not in _USED},
    }
    kept = {
        name: "\n".join(escaped("scopus", line) for line in said.split("\n"))
        for name, said in extra.items()
        if said and said.strip()
    }
    return made | {"custom": {"bibtex": kept}}


def _people(written: str) -> list[dict[str, str]]:
    """Return `Doe, Ann (57190000000); Roe, Bob`, or `Doe A., Roe B.`, as people."""
    plain = re.sub(r"\s*\(\d+\)", "", written).strip()
    if plain.startswith("[No author"):
        return []
    listed = re.split(r";\s*", plain) if ";" in plain or plain.count(",") < 2 else plain.split(", ")
    found = []
    for one in filter(None, (part.strip() for part in listed)):
        family, comma, given = one.partition(",")
        if not comma:
            family, _, given = one.rpartition(" ")
        found.append({"family": family.strip() or given, "given": given.strip() if family else ""})
    return found
