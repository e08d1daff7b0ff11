"""Web of Science's tagged format ("plain text", .txt and .ciw)."""

import re
from collections.abc import Iterator
from typing import Any, Final

from intlkg.bib.bibtex import escaped
from intlkg.bib.formats import csl
from intlkg.bib.formats.tagged import Record, records

_LINE: Final = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|\s*$)")
_MANY: Final = ("AU", "AF", "BE", "BF", "CR", "C1", "RI", "OI")
"""Tags each line of which is a value of its own."""

_PLAIN: Final = {
    "title": ("TI",), "container-title": ("SO",), "container-title-short": ("JI", "J9"),
    "collection-title": ("SE",), "volume": ("VL",), "issue": ("IS",), "abstract": ("AB",),
    "language": ("LA",), "DOI": ("DI", "D2"), "PMID": ("PM",), "publisher": ("PU",),
    "publisher-place": ("PI",), "event-title": ("CT",), "event-place": ("CL",),
    "number-of-pages": ("PG",),
}  # fmt: skip
_USED: Final = (
    "PT TI SO JI J9 SE VL IS AB LA DI D2 PM PU PI CT CL PG AU AF BE BF ED BA CA GP PY PD BP EP AR "
    "SN EI BN DE ID CR UT OI RI DT CY".split()
)
_KINDS: Final = {"J": "article-journal", "B": "book", "S": "chapter", "P": "patent"}


def looks_so(text: str) -> bool:
    """Return whether a text has a record of Web of Science."""
    return bool(re.search(r"^PT [A-Z]\s*$", text, re.MULTILINE))


def blocks(text: str) -> Iterator[tuple[int, str | None, str]]:
    """Yield each record as (line, BibTeX, ''), and stray text as (line, '', what it is)."""
    head = re.sub(r"^\ufeff?(?:FN|VR|EF)(?: .*)?$", "", text, flags=re.MULTILINE)
    for record in records(head, _LINE, "PT", "ER", joint="\n"):
        if isinstance(record, tuple):
            yield record[0], "", f"'{record[1][:60]}' stands outside of records and was left out"
        else:
            yield record.line, csl.entry(_item(_folded(record))), ""


def _folded(record: Record) -> Record:
    """Return a record whose wrapped lines are joined, but for tags with a value a line."""
    for tag, values in record.values.items():
        lines = "\n".join(values)
        record.values[tag] = lines.split("\n") if tag in _MANY else [" ".join(lines.split())]
    return record


def _item(record: Record) -> dict[str, Any]:
    made: dict[str, Any] = {name: record.first(*tags) for name, tags in _PLAIN.items()}
    kind = record.first("DT").lower()
    made["type"] = _KINDS.get(record.first("PT"), "document")
    if "proceedings paper" in kind and record.first("PT") != "J":
        made["type"] = "paper-conference"
    if "book chapter" in kind:
        made["type"] = "chapter"
    made["author"] = [_person(one) for one in record.all("AF") or record.all("AU")]
    made["author"] += [{"literal": body} for body in record.all("CA", "GP") if body]
    editors = record.all("BE", "BF") or re.split(r";\s*", record.first("ED"))
    made["editor"] = [_person(one) for one in editors if one]
    made["issued"] = {"date-parts": [[record.first("PY")]]}
    made["page"] = "-".join(filter(None, (record.first("BP"), record.first("EP"))))
    made["page"] = made["page"] or record.first("AR")
    made["ISSN"] = ", ".join(record.all("SN", "EI"))
    made["ISBN"] = record.first("BN")
    made["keyword"] = [word for word in re.split(r";\s*", record.first("DE")) if word]
    extra = {
        "keywords-plus": record.first("ID"), "cited-references": "\n".join(record.all("CR")),
        "orcid-numbers": "; ".join(record.all("OI")), "unique-id": record.first("UT"),
        **{f"wos-{tag.lower()}": said for tag, said in record.rest(*_USED).items()},
    }  # fmt: skip
    kept = {name: _escaped(said) for name, said in extra.items() if said}
    return made | {"custom": {"bibtex": kept}}


def _escaped(text: str) -> str:
    return "\n".join(escaped("wos", line) for line in text.split("\n"))


def _person(written: str) -> dict[str, str]:
    family, comma, given = written.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": written}
