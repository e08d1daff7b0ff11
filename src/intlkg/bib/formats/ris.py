"""RIS, the tagged format of EndNote, Scopus and publishers' pages, read and written."""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from intlkg.bib.bibtex import block, escaped, key_of, name
from intlkg.bib.dates import Date, dated, parsed
from intlkg.bib.formats.sheet import Sheet
from intlkg.bib.identifiers import doi, isbn
from intlkg.bib.latex import decode, parts
from intlkg.bib.names import Name
from intlkg.bib.reader import Entry

_KINDS: Final = {
    "JOUR": "article", "EJOUR": "article", "MGZN": "article", "NEWS": "article", "INPR": "article",
    "ABST": "article", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "CHAP": "incollection",
    "ECHAP": "incollection", "CPAPER": "inproceedings", "CONF": "inproceedings",
    "THES": "phdthesis",
    "RPRT": "techreport", "GOVDOC": "techreport", "UNPB": "unpublished", "MANSCPT": "unpublished",
    "ELEC": "online", "WEB": "online", "BLOG": "online", "ICOMM": "online", "PAT": "patent",
    "DATA": "dataset", "DBASE": "dataset", "COMP": "software", "STAND": "standard", "MAP": "map",
    "VIDEO": "video", "MPCT": "movie", "SOUND": "audio", "MUSIC": "music", "ART": "artwork",
    "FIGURE": "image", "ENCYC": "inreference", "DICT": "inreference", "PAMP": "booklet",
    "JFULL": "periodical", "SER": "collection", "STAT": "legislation", "BILL": "legislation",
    "CASE": "jurisdiction", "PCOMM": "letter", "GEN": "misc",
}  # fmt: skip
"""Type in RIS -> type in BibTeX; of several the first one is what is written."""

_TYPES: Final = {kind: tag for tag, kind in reversed(_KINDS.items())} | {
    "conference": "CPAPER", "proceedings": "CONF", "inbook": "CHAP", "thesis": "THES",
    "mastersthesis": "THES",
    "report": "RPRT", "electronic": "ELEC", "www": "ELEC", "mvbook": "BOOK", "suppbook": "CHAP",
    "bookinbook": "CHAP", "collection": "BOOK", "mvcollection": "BOOK", "reference": "BOOK",
    "manual": "BOOK", "suppperiodical": "JOUR", "review": "JOUR",
}  # fmt: skip
_PLAIN: Final = {
    "ST": "shorttitle", "VL": "volume", "IS": "number", "AB": "abstract", "N2": "abstract",
    "LA": "language", "ET": "edition", "PB": "publisher", "CY": "address", "PP": "address",
    "SE": "chapter", "NV": "volumes", "M3": "type", "DO": "doi", "CN": "callnumber",
    "J2": "shortjournal", "JA": "shortjournal", "J1": "shortjournal", "T3": "series",
    "TT": "translatedtitle", "RP": "reprinttitle",
}  # fmt: skip
"""Tag -> field, where the value is taken as it is and the first one counts."""

_PEOPLE: Final = {
    "AU": "author", "A1": "author", "A2": "editor", "ED": "editor", "A3": "serieseditor",
    "A4": "translator",
}  # fmt: skip
_ROLES: Final = (
    ("author", "AU"), ("editor", "A2"), ("serieseditor", "A3"), ("translator", "A4"),
)  # fmt: skip
_REST: Final = (
    ("AB", ("abstract",)), ("N1", ("note",)), ("LA", ("language", "langid")),
    ("CN", ("callnumber",)), ("TT", ("translatedtitle",)), ("RP", ("reprinttitle",)),
)  # fmt: skip
_WHOLE: Final = frozenset(("book", "techreport", "phdthesis", "collection", "software"))
"""Types whose second title is that of a series."""

_JOURNALS: Final = ("JF", "T2", "JO", "BT", "JA", "J2", "J1")
_PUBLISHERS: Final = {"techreport": "institution", "phdthesis": "school"}
_TAG: Final = re.compile(r"\s{0,3}([A-Za-z][A-Za-z0-9])(?:  ?-(?: |$)|  ?-(?=\S)|-  ?)(.*)")
_PREFIX: Final = re.compile(r"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", re.IGNORECASE)
_THESES: Final = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
_KNOWN: Final = frozenset(
    "TY A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DO DP ED EP ER "
    "ET ID IS J1 J2 JA JF JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NO NV OP PB PP PY RI RN RP SE "
    "SN SP ST T1 T2 T3 TA TI TT U1 U2 U3 U4 U5 UR VL VO Y1 Y2".split()
)


@dataclass(slots=True)
class Record:
    """One record: where it begins, its lines as (tag, value), and whether it has its type."""

    line: int
    lines: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    typed: bool = False

    def take(self, number: int, tag: str, value: str) -> None:
        """Take a line with a tag."""
        self.line = self.line or number
        self.typed = self.typed or tag == "TY"
        self.lines.append((tag, value))

    def go_on(self, text: str) -> None:
        """Take a line without a tag: it goes on with the value before it."""
        tag, value = self.lines[-1]
        if tag == "TY":
            self.lines.append(("N1", text))
        else:
            self.lines[-1] = (tag, f"{value} {text}".strip())


def looks_so(text: str) -> bool:
    """Return whether a text has a record in RIS."""
    return bool(re.search(r"^\s{0,3}TY  ?-", text, re.MULTILINE | re.IGNORECASE))


def blocks(text: str) -> Iterator[tuple[int, str | None, str]]:
    """Yield each record as (line, BibTeX, ''), and each stray text as (line, '', what it is)."""
    for record in _records(text):
        if isinstance(record, tuple):
            yield record[0], "", record[1]
        else:
            yield record.line, _entry(record), ""


def write(entries: Iterable[Entry]) -> tuple[str, dict[str, list[str]]]:
    """Return entries as RIS, and key -> the fields that RIS has no place for."""
    records: list[str] = []
    lost: dict[str, list[str]] = {}
    for entry in entries:
        sheet = Sheet(entry)
        lines = [(tag, " ".join(value.split())) for tag, value in _lines(sheet) if value.strip()]
        records.append("".join(f"{tag}  - {value}\n" for tag, value in (*lines, ("ER", ""))))
        if missing := [*sheet.left, *_narrowed(entry)]:
            lost[entry.key] = missing
    return "\n".join(records), lost


def _records(text: str) -> Iterator[Record | tuple[int, str]]:
    """Yield records and stray texts in order; every line belongs to one of them, or is blank."""
    record, stray = Record(0), []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip("\ufeff \t"):
            continue
        found = _tagged(line)
        if found is None and not record.lines:
            stray.append((number, line.strip()))
            continue
        yield from _strays(stray)
        if found is None:
            record.go_on(line.strip())
            continue
        if found[0] == "ER" and found[1] and record.lines:
            record.lines.append(("N1", found[1]))
        if found[0] == "ER" or (found[0] == "TY" and record.typed):
            yield from [record] if record.lines else []
            record = Record(0)
        if found[0] != "ER":
            record.take(number, *found)
    yield from _strays(stray)
    yield from [record] if record.lines else []


def _tagged(line: str) -> tuple[str, str] | None:
    """Return the tag and the value of a line, or None for a line that continues another."""
    found = _TAG.fullmatch(line.lstrip("\ufeff"))
    if found is None:
        return None
    tag = found[1].upper()
    exact = line.strip()[2:5].rstrip() == "  -"
    if not exact and (tag not in _KNOWN or found[1] != tag):
        return None
    return tag, found[2].strip()


def _strays(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield what stands outside of records as one, and forget it."""
    if lines:
        said = f"{len(lines)} line{'s' if len(lines) > 1 else ''} of text outside of records"
        fault = f"{said}, '{lines[0][1][:60]}', left out; put it into a record or delete it"
        yield lines[0][0], fault
        lines.clear()


def _entry(record: Record) -> str:
    values: dict[str, list[str]] = {}
    for tag, value in record.lines:
        if value:
            values.setdefault(tag, []).append(value)
    tag = (values.pop("TY", None) or ["GEN"])[0].upper()
    kind = _KINDS.get(tag, "misc")
    key = key_of((values.pop("ID", None) or [""])[0])
    fields = _people(values) | _titles(values, kind) | _plain(values, kind) | _dates(values)
    fields |= _pages(values) | _numbers(values, fields) | _lists(values)
    if kind == "phdthesis" and "master" in fields.get("type", "").lower():
        kind = "mastersthesis"
    if fields.get("type") == _THESES.get(kind):
        fields["type"] = ""
    if _TYPES.get(kind) != tag:
        values["TY"] = [tag]
    for rest, listed in values.items():
        fields[f"ris-{rest.lower()}"] = _kept(f"ris-{rest}", listed)
    return block(kind, key, fields)


def _kept(field: str, listed: list[str]) -> str:
    """Return the values of a tag in one field, so that they can be told apart again."""
    written = [escaped(field, value) for value in listed]
    return "; ".join(f"{{{one}}}" if ";" in one else one for one in written)


def _people(values: dict[str, list[str]]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for tag, role in _PEOPLE.items():
        for person in values.pop(tag, []):
            fields[role] = " and ".join(filter(None, (fields.get(role, ""), _person(person))))
    return fields


def _person(written: str) -> str:
    """Return a name as BibTeX: `Family, Given, Suffix`; an organisation ends in a comma."""
    if written.strip(" .").lower() in ("et al", "others", "and others"):
        return "others"
    if ",," in written or written.rstrip().endswith(","):
        return name(written.replace(",,", ",").strip(" ,"))
    family, _, rest = written.partition(",")
    given, _, suffix = rest.partition(",")
    return name(family.strip(), given.strip(), suffix.strip())


def _titles(values: dict[str, list[str]], kind: str) -> dict[str, str]:
    """Return the title, and what the work is in: the full name of a journal before a short one."""
    fields: dict[str, str] = {}
    tags = ("TI", "T1", "CT", *(["BT"] if kind == "book" else []))
    _first(values, tags, fields, "title")
    if kind in _WHOLE:
        _first(values, ("T3", "T2"), fields, "series")
        return fields
    container = "booktitle" if kind in ("incollection", "inproceedings", "inreference") else ""
    journal = container or ("journal" if kind == "article" else "booktitle")
    journals = ("BT", "T2", "JF", "JO") if container else _JOURNALS
    _first(values, journals, fields, journal)
    _first(values, ("JO", "JA", "J2", "J1"), fields, "shortjournal")
    return fields


def _first(
    values: dict[str, list[str]], tags: Iterable[str], fields: dict[str, str], field: str
) -> None:
    """Take the first value of these tags for a field, and those that say the same."""
    for tag in tags:
        for value in list(values.get(tag, [])):
            text = escaped(field, value)
            if fields.setdefault(field, text) == text:
                values[tag].remove(value)
        if not values.get(tag):
            values.pop(tag, None)


def _plain(values: dict[str, list[str]], kind: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for tag, named in _PLAIN.items():
        if tag in values:
            _first(values, (tag,), fields, _PUBLISHERS.get(kind, named) if tag == "PB" else named)
    if "doi" in fields and doi(fields["doi"]):
        fields["doi"] = _PREFIX.sub("", fields["doi"])
    return fields


def _dates(values: dict[str, list[str]]) -> dict[str, str]:
    """Return year and date from `PY`, `DA` and `Y1`, whichever says more of the same year."""
    best: Date | None = None
    for tag in ("PY", "Y1", "DA"):
        for written in values.pop(tag, []):
            found = parsed(_iso(written))
            same = found is not None and (best is None or found.start[0] == best.start[0])
            if found is not None and same:
                best = max(filter(None, (best, found)), key=lambda date: len(date.start))
            if not same or re.match(r"[^/]*/[^/]*/[^/]*/.*[^\s/]", written):
                values.setdefault(tag, []).append(written)
    fields: dict[str, str] = {}
    if best is None:
        _first(values, ("PY", "Y1", "DA"), fields, "year")
    else:
        lettered = [year for year in values.get("PY", []) if re.fullmatch(r"\d{4}[a-z]", year)]
        fields["year"] = lettered[0] if lettered else best.year
        if lettered:
            del values["PY"]
        fields["date"] = best.iso() if best.iso() != fields["year"] else ""
    accessed = (values.pop("Y2", None) or [""])[0]
    day = parsed(_iso(accessed))
    return fields | {"urldate": day.iso() if day else escaped("urldate", accessed)}


def _iso(written: str) -> str:
    """Return `2001/09/01/` and the like as `2001-09-01`; months and days of zero are unknown."""
    sign = "-" if written.startswith("-") else ""
    numbers = [part for part in re.split(r"[/-]", written.strip("- "))[:3] if part.strip("0 ")]
    return sign + "-".join(part.strip() for part in numbers)


def _pages(values: dict[str, list[str]]) -> dict[str, str]:
    first, last = ((values.pop(tag, None) or [""])[0] for tag in ("SP", "EP"))
    if last and first.endswith(f"-{last}"):
        last = ""
    return {"pages": "--".join(escaped("pages", page) for page in (first, last) if page)}


def _numbers(values: dict[str, list[str]], fields: dict[str, str]) -> dict[str, str]:
    """Return ISSN, ISBN and PubMed number, from tags that several kinds of numbers share."""
    found: dict[str, str] = {}
    for written in values.pop("SN", []):
        field = "isbn" if isbn(written) else "issn"
        found[field] = ", ".join(filter(None, (found.get(field, ""), escaped(field, written))))
    database = " ".join(values.get("DB", [])).lower()
    for written in list(values.get("AN", [])):
        number = re.fullmatch(r"(?:PMID:?\s*)?(\d{4,8})", written, re.IGNORECASE)
        if number and (written.upper().startswith("PMID") or "pubmed" in database):
            found["pmid"] = number[1]
            values["AN"].remove(written)
            if database == "pubmed":
                del values["DB"]
    if not values.get("AN", [1]):
        del values["AN"]
    if "number" not in fields:
        _first(values, ("M1",), found, "number")
    return found


def _lists(values: dict[str, list[str]]) -> dict[str, str]:
    """Return keywords, one a line, notes and the first address; others stay what they are."""
    words = [escaped("keywords", word) for word in values.pop("KW", [])]
    urls = values.pop("UR", [])
    fields = {
        "keywords": "; ".join(f"{{{word}}}" if re.search("[,;]", word) else word for word in words),
        "note": "; ".join(escaped("note", note) for note in values.pop("N1", [])),
    }
    for url in dict.fromkeys(urls):
        number = re.fullmatch(r"https?://arxiv\.org/abs/(\S+)", url)
        if number and "eprint" not in fields:
            fields |= {"eprint": number[1], "archiveprefix": "arXiv"}
            if len(set(urls)) > 1:
                continue
        if "url" not in fields:
            fields["url"] = escaped("url", url)
        else:
            values.setdefault("UR", []).append(url)
    return fields


def _lines(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield the lines of a record, and take from the sheet what they say."""
    kind = sheet.work.kind
    kept = decode(sheet.left.pop("ris-ty", ""))
    yield "TY", kept or _TYPES.get(kind, "GEN")
    yield "ID", sheet.work.key
    yield "M3", "" if "type" in sheet.left else _THESES.get(kind, "")
    for role, tag in _ROLES:
        yield from ((tag, _inverted(who)) for who in sheet.people(role))
    yield from _title_lines(sheet)
    yield from _date_lines(sheet)
    yield from _place_lines(sheet)
    yield from (("KW", word) for word in sheet.words("keywords"))
    if number := sheet.plain("pmid") or sheet.eprint("pubmed"):
        yield from (("AN", number), ("DB", "PubMed"))
    url, number = sheet.plain("url"), sheet.eprint("arxiv")
    yield "UR", url
    if number and number not in url:
        yield "UR", f"https://arxiv.org/abs/{number}"
    for tag, names in _REST:
        yield tag, sheet.text(*names)
    for field in [field for field in sheet.left if field.startswith("ris-")]:
        for value in parts(sheet.left.pop(field), ";"):
            yield field.removeprefix("ris-").upper()[:2], decode(value)


def _title_lines(sheet: Sheet) -> Iterator[tuple[str, str]]:
    title, subtitle = sheet.text("title"), sheet.text("subtitle")
    yield "TI", f"{title}: {subtitle}" if subtitle else title
    read = _KINDS[_TYPES.get(sheet.work.kind, "GEN")]
    if read in _WHOLE:
        yield "T2", sheet.text("series")
    else:
        yield "T2", sheet.venue()
        yield "T3", sheet.text("series")
    yield "J2", sheet.text("shortjournal")
    yield "ST", sheet.text("shorttitle")


def _date_lines(sheet: Sheet) -> Iterator[tuple[str, str]]:
    date = dated(sheet.work.fields)
    if date is None:
        yield "PY", sheet.text("year", "date")
    else:
        written = sheet.work.text("year")
        yield "PY", written if written.startswith(date.year) else date.year
        if len(date.start) > 1:
            yield "DA", date.slashed()
        if not date.end and not date.season and not date.circa:
            sheet.take("date", "month", "day")
        sheet.take("year")
    accessed = sheet.text("urldate")
    day = parsed(accessed)
    yield "Y2", day.slashed() if day else accessed


def _place_lines(sheet: Sheet) -> Iterator[tuple[str, str]]:
    pages = sheet.text("pages")
    first, dash, last = pages.partition("–")
    if dash and not re.search(r"[,;–]", last):
        yield from (("SP", first.strip()), ("EP", last.strip()))
    elif re.fullmatch(r"\d+-\d+", pages):
        yield from zip(("SP", "EP"), pages.split("-"), strict=True)
    else:
        yield "SP", pages
    for tag, names in (
        ("VL", ("volume",)), ("IS", ("number", "issue")), ("SE", ("chapter",)),
        ("ET", ("edition",)), ("NV", ("volumes",)), ("M3", ("type",)),
        ("PB", ("publisher", "institution", "school", "organization")),
        ("CY", ("address", "location")),
    ):  # fmt: skip
        yield tag, sheet.text(*names)
    yield "DO", sheet.plain("doi")
    for number in ("issn", "isbn"):
        for one in re.split(r"[,;]\s*", sheet.plain(number)):
            yield "SN", one


def _narrowed(entry: Entry) -> list[str]:
    """Return what of an entry's type RIS cannot tell."""
    tag = _TYPES.get(entry.kind, "GEN")
    same = _KINDS[tag] == entry.kind or entry.kind in _THESES or "ris-ty" in entry.fields
    return [] if same else [f"type {entry.kind} (written as {tag})"]


def _inverted(who: Name) -> str:
    if who.written == "others":
        return "et al."
    if not who.given and not who.suffix:
        return f"{who.family.replace(',', ',,', 1)}" if "," in who.family else who.family
    return ", ".join(part for part in (who.family, who.given or " ", who.suffix) if part)
