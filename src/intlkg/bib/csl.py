"""CSL-JSON, the format of Zotero, Crossref and Citation Style Language tools, read and written."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from intlkg.bib.bibtex import block, escaped, key_of, name, venue
from intlkg.bib.latex import decode
from intlkg.bib.names import split
from intlkg.bib.reader import Entry

_KINDS: Final = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "book": "book", "chapter": "incollection", "paper-conference": "inproceedings",
    "thesis": "phdthesis", "report": "techreport", "manuscript": "unpublished",
    "webpage": "online", "post-weblog": "online",
}  # fmt: skip
_TYPES: Final = {
    "article": "article-journal", "book": "book", "incollection": "chapter", "inbook": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "unpublished": "manuscript", "online": "webpage",
}  # fmt: skip
_FIELDS: Final = {
    "title": "title", "volume": "volume", "issue": "number", "page": "pages", "DOI": "doi",
    "publisher": "publisher", "publisher-place": "address", "URL": "url", "abstract": "abstract",
    "ISSN": "issn", "ISBN": "isbn", "language": "language", "edition": "edition", "note": "note",
    "keyword": "keywords", "title-short": "shorttitle", "collection-title": "series",
}  # fmt: skip


def looks_so(text: str) -> bool:
    """Return whether a text may be CSL-JSON."""
    return text.lstrip()[:1] in ("[", "{")


def blocks(text: str) -> Iterator[tuple[int, str | None, str]]:
    """Yield each item as (line, BibTeX, fault): the BibTeX is None where it cannot be read."""
    try:
        items = json.loads(text)
    except json.JSONDecodeError as error:
        yield error.lineno, None, f"this is not JSON ({error.msg}); export it again"
        return
    listed = items.get("items", [items]) if isinstance(items, dict) else items
    at = 0
    for item in listed:
        found = text.find(json.dumps(item.get("id")) if isinstance(item, dict) else "", at)
        at = max(found, at)
        line = text.count("\n", 0, at) + 1
        try:
            yield line, _entry(item), ""
        except (AttributeError, TypeError, ValueError, KeyError, IndexError):
            yield line, None, "this is no CSL-JSON item; export it again"


def write(entries: Iterable[Entry]) -> str:
    """Return entries as CSL-JSON."""
    items = [_as_item(entry) for entry in entries]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _entry(item: Mapping[str, Any]) -> str:
    left = dict(item)
    kind = _KINDS.get(left.pop("type", ""), "misc")
    key = key_of(str(left.pop("citation-key", "") or left.get("id", "")))
    left.pop("id", None)
    fields: dict[str, str] = {}
    for role in ("author", "editor", "translator"):
        if people := left.pop(role, []):
            fields[role] = " and ".join(_person(person) for person in people)
    for tag, field in _FIELDS.items():
        if tag in left:
            fields[field] = escaped(field, str(left.pop(tag)))
    if "container-title" in left:
        field = "journal" if kind == "article" else "booktitle"
        fields[field] = escaped(field, str(left.pop("container-title")))
    issued = left.get("issued")
    if isinstance(issued, dict) and issued.get("date-parts", [[None]])[0][:1] not in ([], [None]):
        date = [str(part) for part in issued["date-parts"][0]]
        fields["year"] = date[0]
        if len(date) > 1:
            fields["date"] = "-".join([date[0], *(part.zfill(2) for part in date[1:])])
        if set(issued) == {"date-parts"} and len(issued["date-parts"]) == 1:
            left.pop("issued")
    for tag, value in left.items():
        plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        fields[f"csl-{key_of(tag).lower()}"] = escaped("csl", plain)
    return block(kind, key, fields)


def _person(person: Mapping[str, Any]) -> str:
    if person.get("literal"):
        return f"{{{escaped('author', person['literal'])}}}"
    particles = (person.get("dropping-particle", ""), person.get("non-dropping-particle", ""))
    family = " ".join(filter(None, (*particles, person.get("family", ""))))
    return name(family, person.get("given", ""), person.get("suffix", ""))


def _as_item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {"id": entry.key, "type": _TYPES.get(entry.kind, "document")}
    for role in ("author", "editor"):
        people = [
            {"family": who.family, "given": who.given}
            | ({"suffix": who.suffix} if who.suffix else {})
            if who.given
            else {"literal": who.family}
            for who in split(entry.fields.get(role, ""))
        ]
        if people:
            item[role] = people
    for tag, field in _FIELDS.items():
        if value := entry.fields.get(field):
            item[tag] = value if tag in ("DOI", "URL", "ISSN", "ISBN") else decode(value)
    if "page" in item:
        item["page"] = item["page"].replace("–", "-")
    for field, value in entry.fields.items():
        if field.startswith("csl-"):
            item[field.removeprefix("csl-")] = _given(decode(value))
    if within := venue(entry.fields):
        item["container-title"] = decode(within)
    date = re.match(
        r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?",
        entry.fields.get("date") or entry.fields.get("year", ""),
    )
    if date:
        item["issued"] = {"date-parts": [[int(part) for part in date.groups() if part]]}
    return item


def _given(written: str) -> Any:
    """Return the value of a variable that BibTeX has no field for, as it was given."""
    try:
        return json.loads(written)
    except json.JSONDecodeError:
        return written
