"""RIS, the tagged format of EndNote, Scopus and publishers' pages, read and written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from intlkg.bib.bibtex import block, escaped, key_of, name, venue
from intlkg.bib.latex import decode
from intlkg.bib.names import Name, split
from intlkg.bib.reader import Entry
from intlkg.bib.values import parts

_KINDS: Final = {
    "JOUR": "article", "EJOUR": "article", "MGZN": "article", "NEWS": "article", "JFULL": "article",
    "BOOK": "book", "EBOOK": "book", "CHAP": "incollection", "ECHAP": "incollection",
    "CONF": "inproceedings", "CPAPER": "inproceedings", "THES": "phdthesis", "RPRT": "techreport",
    "UNPB": "unpublished", "EDBOOK": "book", "ELEC": "online", "WEB": "online", "BLOG": "online",
}  # fmt: skip
_TYPES: Final = {
    "article": "JOUR", "book": "BOOK", "incollection": "CHAP", "inbook": "CHAP",
    "inproceedings": "CPAPER", "conference": "CPAPER", "phdthesis": "THES", "thesis": "THES",
    "mastersthesis": "THES", "techreport": "RPRT", "report": "RPRT", "unpublished": "UNPB",
    "online": "ELEC",
}  # fmt: skip
_FIELDS: Final = {
    "title": "title", "primary_title": "title", "volume": "volume", "number": "number",
    "doi": "doi", "publisher": "publisher", "place_published": "address", "abstract": "abstract",
    "notes_abstract": "abstract", "issn": "issn", "language": "language", "edition": "edition",
    "short_title": "shorttitle",
}  # fmt: skip
"""rispy's name of a tag -> our field, where the value is taken as it is."""

_VENUES: Final = (
    "journal_name", "secondary_title", "alternate_title3", "alternate_title1", "alternate_title2",
)  # fmt: skip
_WRITTEN: Final = {
    tag: field for tag, field in _FIELDS.items() if tag not in ("primary_title", "notes_abstract")
}
_PEOPLE: Final = {
    "authors": "author", "first_authors": "author", "secondary_authors": "editor",
    "tertiary_authors": "series-editor", "subsidiary_authors": "translator",
}  # fmt: skip
_START: Final = re.compile(r"^TY  ?- ?", re.MULTILINE)
_END: Final = re.compile(r"^ER  ?-[^\S\n]*$", re.MULTILINE)


def looks_so(text: str) -> bool:
    """Return whether a text has a record in RIS."""
    return bool(_START.search(text))


def blocks(text: str) -> Iterator[tuple[int, str | None, str]]:
    """Yield each record as (line, BibTeX, fault): the BibTeX is None where it cannot be read."""
    starts = [match.start() for match in _START.finditer(text)]
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        line = text.count("\n", 0, start) + 1
        try:
            yield line, _entry(_record(text[start:stop])), ""
        except (ValueError, OSError, IndexError, StopIteration) as error:
            said = " ".join(str(error).split()) or type(error).__name__
            yield line, None, f"the record cannot be read ({said}); mend it and add again"


def write(entries: Iterable[Entry]) -> str:
    """Return entries as RIS."""
    import rispy

    records = [_as_record(entry) for entry in entries]

    class Writer(rispy.RisWriter):  # type: ignore[misc]
        def set_header(self, count: int) -> str:
            """Leave out the numbers that rispy puts between records; RIS has none."""
            del count
            return ""

    return rispy.dumps(records, implementation=Writer) if records else ""


def _record(chunk: str) -> Mapping[str, Any]:
    import rispy

    end = _END.search(chunk)
    whole = (chunk[: end.start()] if end else chunk.rstrip() + "\n") + "ER  - \n"
    (record,) = rispy.loads(whole)
    return dict(record)


def _entry(record: Mapping[str, Any]) -> str:
    left = dict(record)
    kind = _KINDS.get(str(left.pop("type_of_reference", "")), "misc")
    key = key_of(_text(left.pop("id", "")))
    unknown = left.pop("unknown_tag", {})
    fields = _people(left) | _plain(left) | _venue(left, kind) | _dates(left) | _lists(left)
    for tag, values in (unknown | left).items():
        fields[f"ris-{key_of(tag.replace('_', '-')).lower()}"] = escaped("ris", _text(values))
    return block(kind, key, fields)


def _people(left: dict[str, Any]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for tag, field in _PEOPLE.items():
        if people := left.pop(tag, []):
            names = " and ".join(_person(person) for person in people)
            fields[field] = f"{fields[field]} and {names}" if field in fields else names
    return fields


def _plain(left: dict[str, Any]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for tag, field in _FIELDS.items():
        value = escaped(field, _text(left[tag])) if tag in left else ""
        if value and fields.setdefault(field, value) == value:
            del left[tag]
    return fields


def _venue(left: dict[str, Any], kind: str) -> dict[str, str]:
    field = "journal" if kind == "article" else "booktitle"
    tag = next((tag for tag in _VENUES if tag in left), None)
    return {field: escaped(field, _text(left.pop(tag)))} if tag else {}


def _dates(left: dict[str, Any]) -> dict[str, str]:
    fields = {}
    written = _text(left.pop("year", "") or left.pop("publication_year", ""))
    if re.match(r"\d{4}(?!\d)", written):
        fields["year"] = written[:4]
        date = "-".join(filter(None, written.strip("/").split("/")[:3]))
        fields["date"] = date if len(date) > 4 else ""
    else:
        fields["year"] = escaped("year", written)
    pages = [escaped("pages", _text(left.pop(tag, ""))) for tag in ("start_page", "end_page")]
    fields["pages"] = "--".join(filter(None, pages))
    return fields


def _lists(left: dict[str, Any]) -> dict[str, str]:
    urls = [url for tag in ("urls", "url") for url in _listed(left.pop(tag, []))]
    if urls[1:]:
        left["other_urls"] = urls[1:]
    return {
        "keywords": "; ".join(escaped("keywords", word) for word in left.pop("keywords", [])),
        "url": escaped("url", urls[0]) if urls else "",
        "note": "; ".join(escaped("note", note) for note in left.pop("notes", [])),
    }


def _person(written: str) -> str:
    family, _, rest = written.partition(",")
    given, _, suffix = rest.partition(",")
    return name(family.strip(), given.strip(), suffix.strip())


def _text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _as_record(entry: Entry) -> dict[str, Any]:
    fields = {field: decode(value) for field, value in entry.fields.items()}
    fields |= {field: entry.fields[field] for field in ("doi", "url", "issn") if field in fields}
    pages = [*re.split(r"\s*[-–—]+\s*", fields.get("pages", "")), ""]
    words = [decode(word) for word in parts(entry.fields.get("keywords", ""), ",;\n")]
    record = {
        "type_of_reference": _TYPES.get(entry.kind, "GEN"),
        "id": entry.key,
        "authors": [_inverted(who) for who in split(entry.fields.get("author", ""))],
        "secondary_authors": [_inverted(who) for who in split(entry.fields.get("editor", ""))],
        "secondary_title": venue(fields),
        "year": fields.get("year") or fields.get("date", "")[:4],
        "start_page": pages[0],
        "end_page": pages[1],
        "keywords": [word for word in words if word],
        "urls": [fields["url"]] if fields.get("url") else [],
        "notes": [fields["note"]] if fields.get("note") else [],
        **{tag: fields.get(field, "") for tag, field in _WRITTEN.items()},
    }
    return {tag: value for tag, value in record.items() if value}


def _inverted(who: Name) -> str:
    return ", ".join(part for part in (who.family, who.given, who.suffix) if part)
