"""PubMed's format (.nbib, MEDLINE)."""

import re
from collections.abc import Iterator
from typing import Any, Final

from intlkg.bib.bibtex import escaped
from intlkg.bib.formats import csl
from intlkg.bib.formats.tagged import Record, records

_LINE: Final = re.compile(r"([A-Z]{2,4})\s*- ?(.*)")
_PLAIN: Final = {
    "title": ("TI", "BTI"), "container-title": ("JT", "TA"), "container-title-short": ("TA",),
    "volume": ("VI",), "issue": ("IP",), "page": ("PG",), "abstract": ("AB",), "language": ("LA",),
    "PMID": ("PMID",), "PMCID": ("PMC",), "publisher": ("PB",), "publisher-place": ("PL",),
    "edition": ("EN",),
}  # fmt: skip
_USED: Final = (
    "TI BTI JT TA VI IP PG AB LA PMID PMC PB PL EN FAU AU FED ED DP LID AID IS ISBN OT MH AUID CN "
    "OWN STAT DCOM LR PHST CRDT EDAT MHDA IR FIR SB JID".split()
)


def looks_so(text: str) -> bool:
    """Return whether a text has a record of PubMed."""
    return bool(re.search(r"^PMID- ?\d", text, re.MULTILINE))


def blocks(text: str) -> Iterator[tuple[int, str | None, str]]:
    """Yield each record as (line, BibTeX, ''), and stray text as (line, '', what it is)."""
    for record in records(text, _LINE, "PMID"):
        if isinstance(record, tuple):
            yield record[0], "", f"'{record[1][:60]}' stands outside of records and was left out"
        else:
            yield record.line, csl.entry(_item(record)), ""


def _item(record: Record) -> dict[str, Any]:
    kinds = " ".join(record.all("PT")).lower()
    made: dict[str, Any] = {name: record.first(*tags) for name, tags in _PLAIN.items()}
    made["type"] = "book" if "BTI" in record.values else "article-journal"
    if "preprint" in kinds:
        made["type"] = "manuscript"
    made["author"] = [*_people(record, "FAU", "AU"), *({"literal": b} for b in record.all("CN"))]
    made["editor"] = _people(record, "FED", "ED")
    made["issued"] = _date(record.first("DP"))
    dois = [one for one in record.all("LID", "AID") if one.endswith("[doi]")]
    made["DOI"] = dois[0].removesuffix("[doi]").strip() if dois else ""
    made["ISSN"] = ", ".join(one.split(" ")[0] for one in record.all("IS"))
    made["ISBN"] = ", ".join(record.all("ISBN"))
    made["keyword"] = [word.strip("* ") for word in record.all("OT")]
    terms = "; ".join(term.replace("*", "") for term in record.all("MH"))
    extra = {"author_keywords": _escaped(terms)} if terms else {}
    extra |= {f"nbib-{tag.lower()}": _escaped(said) for tag, said in record.rest(*_USED).items()}
    return made | {"custom": {"bibtex": extra}}


def _people(record: Record, full: str, short: str) -> list[dict[str, str]]:
    found = []
    for written in record.all(full) or record.all(short):
        family, comma, given = written.partition(",")
        if not comma:
            family, _, given = written.rpartition(" ")
        found.append({"family": family.strip() or given, "given": given.strip() if family else ""})
    return found


def _date(written: str) -> dict[str, Any]:
    """Return `2019 Mar 5` or `2019 Spring` as a date of CSL."""
    year, *rest = written.replace("-", " ").split() or [""]
    months = [m for m in rest if m[:3].lower() in _MONTHS]
    parts: list[Any] = [year]
    if months:
        parts.append(_MONTHS.index(months[0][:3].lower()) + 1)
        parts += [day for day in rest[1:2] if day.isdigit()]
    return {"date-parts": [parts], "season": rest[0] if rest and not months else ""}


def _escaped(text: str) -> str:
    return escaped("nbib", text)


_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
