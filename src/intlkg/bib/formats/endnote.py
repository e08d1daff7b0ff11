"""EndNote's own formats: tagged .enw files (Refer), and its XML."""

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.etree import ElementTree

from intlkg.bib.bibtex import escaped
from intlkg.bib.formats import csl
from intlkg.bib.formats.tagged import Record, records

_LINE: Final = re.compile(r"%([0-9A-Za-z@!?+*$^><&(=~#])\s(.*)")
_KINDS: Final = {
    "journal article": "article-journal", "electronic article": "article-journal",
    "magazine article": "article-magazine", "newspaper article": "article-newspaper",
    "book": "book", "edited book": "book", "electronic book": "book", "book section": "chapter",
    "electronic book section": "chapter", "conference proceedings": "paper-conference",
    "conference paper": "paper-conference", "thesis": "thesis", "report": "report",
    "government document": "report", "unpublished work": "manuscript", "manuscript": "manuscript",
    "web page": "webpage", "blog": "post-weblog", "patent": "patent", "dataset": "dataset",
    "computer program": "software", "map": "map", "standard": "standard", "generic": "document",
}  # fmt: skip
_PLAIN: Final = {
    "title": "T", "container-title": "J B", "collection-title": "S", "volume": "V", "issue": "N",
    "page": "P", "publisher": "I", "publisher-place": "C", "issued": "D", "abstract": "X",
    "DOI": "R", "URL": "U", "edition": "7", "language": "G", "note": "Z", "title-short": "!",
    "genre": "9", "call-number": "L", "number-of-volumes": "6",
}  # fmt: skip
_XML: Final = {
    "titles/title": "title", "titles/secondary-title": "container-title",
    "titles/tertiary-title": "collection-title", "titles/short-title": "title-short",
    "periodical/full-title": "container-title", "volume": "volume", "number": "issue",
    "pages": "page", "publisher": "publisher", "pub-location": "publisher-place",
    "dates/year": "issued", "abstract": "abstract", "electronic-resource-num": "DOI",
    "edition": "edition", "language": "language", "notes": "note", "work-type": "genre",
    "urls/related-urls/url": "URL", "call-num": "call-number", "label": "citation-key",
}  # fmt: skip
_ROLES: Final = {
    "authors": "author", "secondary-authors": "editor", "tertiary-authors": "collection-editor",
    "subsidiary-authors": "translator",
}  # fmt: skip


def looks_so(text: str) -> bool:
    """Return whether a text is one of EndNote's formats."""
    return is_xml(text) or bool(re.search(r"^%0 \S", text, re.MULTILINE))


def is_xml(text: str) -> bool:
    """Return whether a text is EndNote's XML."""
    return bool(re.search(r"<xml>\s*<records>|<records>\s*<record>", text[:5000]))


def blocks(text: str) -> Iterator[tuple[int, str | None, str]]:
    """Yield each record as (line, BibTeX, fault)."""
    if is_xml(text):
        yield from _of_xml(text)
        return
    for record in records(text, _LINE, "0", joint="\n"):
        if isinstance(record, tuple):
            yield record[0], "", f"'{record[1][:60]}' stands outside of records and was left out"
        else:
            yield record.line, csl.entry(_item(record)), ""


def _item(record: Record) -> dict[str, Any]:
    made: dict[str, Any] = {
        name: " ".join(record.first(*tags.split()).split()) for name, tags in _PLAIN.items()
    }
    made["type"] = _KINDS.get(record.first("0").lower(), "document")
    made["id"] = record.first("F")
    made |= {"author": record.all("A"), "editor": record.all("E"), "translator": record.all("?")}
    for number in record.all("@"):
        made["ISBN" if len(re.sub(r"\W", "", number)) > 9 else "ISSN"] = number
    made["keyword"] = [w for said in record.all("K") for w in re.split(r"\s*[\n;]\s*", said)]
    used = [tag for tags in _PLAIN.values() for tag in tags.split()] + [*"0FAE?@K"]
    extra = {f"enw-{ord(tag):x}": escaped("enw", said) for tag, said in record.rest(*used).items()}
    return made | {"custom": {"bibtex": extra}}


def _of_xml(text: str) -> Iterator[tuple[int, str | None, str]]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        yield 1, None, "it declares entities, which are not read; export it again without"
        return
    try:
        root = ElementTree.fromstring(text.lstrip("\ufeff"))  # noqa: S314
    except ElementTree.ParseError as error:
        yield error.position[0], None, f"this XML cannot be read ({error}); export it again"
        return
    starts = [text.count("\n", 0, f.start()) + 1 for f in re.finditer(r"<record[\s>]", text)]
    for line, record in zip(starts, root.iter("record"), strict=False):
        yield line, csl.entry(_xml_item(record)), ""


def _xml_item(record: ElementTree.Element) -> dict[str, Any]:
    kind = record.find("ref-type")
    named = kind.get("name", "") if kind is not None else ""
    made: dict[str, Any] = {"type": _KINDS.get(named.lower(), "document")}
    for path, variable in _XML.items():
        if said := _said(record.find(path)):
            made.setdefault(variable, said)
    for path, role in _ROLES.items():
        people = record.findall(f"contributors/{path}/author")
        made[role] = [said for said in map(_said, people) if said]
    number = _said(record.find("isbn"))
    made["ISBN" if len(re.sub(r"\W", "", number)) > 9 else "ISSN"] = number
    made["keyword"] = [_said(word) for word in record.findall("keywords/keyword")]
    return made


def _said(element: ElementTree.Element | None) -> str:
    """Return the text of an element, whose words EndNote wraps in `style`."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
