"""CSL-JSON, the format of Zotero, Crossref and Citation Style Language tools, read and written."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from intlkg.bib.bibtex import block, escaped, key_of, name
from intlkg.bib.dates import Date, dated, parsed
from intlkg.bib.formats.sheet import Sheet
from intlkg.bib.latex import decode
from intlkg.bib.names import Name
from intlkg.bib.reader import Entry

KINDS: Final = {
    "article-journal": "article", "article": "article", "article-magazine": "article",
    "article-newspaper": "article", "book": "book", "chapter": "incollection",
    "paper-conference": "inproceedings", "thesis": "phdthesis", "report": "techreport",
    "manuscript": "unpublished", "webpage": "online", "post-weblog": "online", "post": "online",
    "document": "misc", "patent": "patent", "dataset": "dataset", "software": "software",
    "standard": "standard", "entry": "inreference", "entry-encyclopedia": "inreference",
    "entry-dictionary": "inreference", "periodical": "periodical", "collection": "collection",
    "motion_picture": "movie", "song": "audio", "broadcast": "video", "graphic": "image",
    "map": "map", "figure": "image", "interview": "misc", "speech": "unpublished",
    "personal_communication": "letter", "pamphlet": "booklet", "performance": "performance",
    "legislation": "legislation", "bill": "legislation", "regulation": "legislation",
    "legal_case": "jurisdiction", "treaty": "legal", "hearing": "legal", "classic": "book",
    "event": "misc", "musical_score": "music", "review": "article", "review-book": "article",
}  # fmt: skip
"""Type in CSL -> type in BibTeX; of several the first one is what is written."""

CROSSREF: Final = {
    "journal-article": "article-journal", "book-chapter": "chapter", "book-section": "chapter",
    "book-part": "chapter", "book-track": "chapter", "proceedings-article": "paper-conference",
    "monograph": "book", "edited-book": "book", "reference-book": "book", "book-set": "book",
    "book-series": "book", "proceedings": "book", "proceedings-series": "book",
    "reference-entry": "entry", "posted-content": "manuscript", "preprint": "manuscript",
    "dissertation": "thesis", "report-series": "report", "report-component": "report",
    "peer-review": "review", "journal": "periodical", "journal-issue": "periodical",
    "journal-volume": "periodical", "component": "document", "other": "document",
    "database": "dataset", "grant": "document", "working_paper": "manuscript", "letter": "article",
    "editorial": "article", "erratum": "article", "paratext": "document", "supplementary-materials":
    "document", "libguides": "webpage", "retraction": "article", "reference": "entry",
}  # fmt: skip
"""Type in Crossref and OpenAlex -> type in CSL."""

_TYPES: Final = {kind: tag for tag, kind in reversed(KINDS.items())} | {
    "inbook": "chapter", "suppbook": "chapter", "bookinbook": "chapter",
    "suppcollection": "chapter",
    "conference": "paper-conference", "mastersthesis": "thesis", "thesis": "thesis",
    "report": "report", "electronic": "webpage", "www": "webpage", "mvbook": "book",
    "mvcollection": "book", "collection": "book", "proceedings": "book", "reference": "book",
    "manual": "book", "suppperiodical": "article-journal", "review": "review",
    "video": "motion_picture", "artwork": "graphic", "unpublished": "manuscript",
}  # fmt: skip
_TEXTS: Final = {
    "title": ("title",), "title-short": ("shorttitle",), "container-title": ("booktitle",),
    "container-title-short": ("shortjournal",), "collection-title": ("series",),
    "volume": ("volume",), "number-of-volumes": ("volumes",), "number-of-pages": ("pagetotal",),
    "page": ("pages",), "chapter-number": ("chapter",), "edition": ("edition",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("address", "location"), "event-title": ("eventtitle",),
    "event-place": ("venue",), "language": ("language", "langid"), "abstract": ("abstract",),
    "note": ("note",), "annote": ("annote", "annotation"), "genre": ("type",),
    "medium": ("howpublished",), "version": ("version",), "call-number": ("callnumber",),
    "source": ("library",), "original-title": ("origtitle",), "section": ("section",),
    "original-publisher": ("origpublisher",), "original-publisher-place": ("origlocation",),
    "PMCID": ("pmcid",), "scale": ("scale",), "status": ("pubstate",),
}  # fmt: skip
"""Variable -> fields; the first field is what is read, the first that says something is written."""

_PLAIN: Final = {
    "DOI": "doi", "URL": "url", "ISSN": "issn", "ISBN": "isbn", "PMID": "pmid",
}  # fmt: skip
_ROLES: Final = {
    "author": "author", "editor": "editor", "translator": "translator",
    "container-author": "bookauthor", "collection-editor": "serieseditor", "director": "director",
    "original-author": "origauthor", "reviewed-author": "reviewedauthor", "composer": "composer",
    "illustrator": "illustrator", "interviewer": "interviewer", "recipient": "recipient",
    "editorial-director": "editorialdirector", "contributor": "contributor",
}  # fmt: skip
_DATES: Final = {
    "issued": "date", "accessed": "urldate", "event-date": "eventdate", "original-date": "origdate",
}  # fmt: skip
_SYNONYMS: Final = {
    "journalAbbreviation": "container-title-short", "shortTitle": "title-short",
    "event": "event-title", "collection_title": "collection-title",
}  # fmt: skip
_PERSONAL: Final = frozenset(
    "file owner timestamp local-url date-added date-modified creationdate modificationdate "
    "username __markedentry".split()
)
"""Fields of a person's own computer and habits: they do not leave in a format of exchange."""

_THESES: Final = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
_CUSTOM: Final = "bibtex"
_SHOWN: Final = 60


def looks_so(text: str) -> bool:
    """Return whether a text may be JSON."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("[", "{")


def is_item(item: object) -> bool:
    """Return whether a value is an item of CSL-JSON, by its type or the variables that it has."""
    if not isinstance(item, dict):
        return False
    kind = item.get("type")
    known = isinstance(kind, str) and (kind in KINDS or kind in CROSSREF)
    return (
        known
        or bool({"issued", "container-title", "DOI"} & set(item))
        or ("id" in item and bool({"title", "author", "editor"} & set(item)))
    )


def entry(item: Mapping[str, Any]) -> str:
    """Return an item as BibTeX; what BibTeX has no field for is kept in fields `csl-…`."""
    left = {_SYNONYMS.get(n, n): v for n, v in item.items() if v not in (None, "", [], {})}
    written = str(left.pop("type", "") or "")
    tag = CROSSREF.get(written, written)
    custom = left.get("custom")
    extra = custom.get(_CUSTOM, {}) if isinstance(custom, dict) else {}
    kind = str(extra.get("type") or KINDS.get(tag, "misc")) if isinstance(extra, dict) else "misc"
    key = key_of(_text(left.pop("citation-key", "")) or _text(left.get("id", "")))
    left.pop("id", None)
    fields = _people(left) | _dates(left) | _texts(left, kind)
    if kind == "phdthesis" and "master" in fields.get("type", "").lower():
        kind = "mastersthesis"
    if fields.get("type") == _THESES.get(kind):
        fields["type"] = ""
    if isinstance(extra, dict) and extra:
        fields |= {n: str(v) for n, v in extra.items() if n != "type"}
        rest = {n: v for n, v in left.pop("custom").items() if n != _CUSTOM}
        left |= {"custom": rest} if rest else {}
    if KINDS.get(tag) is None or (_TYPES.get(kind) != tag and "type" not in extra):
        left["type"] = written
    for name_, value in left.items():
        plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        fields[f"csl-{key_of(name_).lower()}"] = escaped("csl", plain)
    return block(kind, key, {n: v for n, v in fields.items() if v})


def write(entries: Iterable[Entry]) -> tuple[str, dict[str, list[str]]]:
    """Return entries as CSL-JSON, and key -> the fields that do not leave in it.

    What CSL has no variable for goes into `custom`, which its schema has for this.
    """
    items: list[dict[str, Any]] = []
    lost: dict[str, list[str]] = {}
    for one in entries:
        sheet = Sheet(one)
        items.append(_item(sheet))
        if missing := [name for name in sheet.left if name in _PERSONAL]:
            lost[one.key] = missing
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n", lost


def _text(value: object) -> str:
    """Return a value as text, by its kind: of a list its parts, of an object nothing."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    if value is None or isinstance(value, dict):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _people(left: dict[str, Any]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for role, field in _ROLES.items():
        people = left.get(role)
        listed = people if isinstance(people, list) else [people]
        names = [_person(person) for person in listed if person]
        if names and all(names):
            fields[field] = " and ".join(names)
            del left[role]
    return fields


def _person(person: object) -> str:
    """Return a name as BibTeX, of a person or a body, or ''."""
    if isinstance(person, str):
        return (
            name(*(part.strip() for part in person.split(",", 1)))
            if "," in person
            else name(person)
        )
    if not isinstance(person, dict):
        return ""
    said = {key: _text(value) for key, value in person.items()}
    body = said.get("literal") or said.get("name", "")
    if body.lower() in ("others", "et al.", "et al") or said.get("family", "").lower() == "others":
        return "others"
    if body:
        return f"{{{escaped('author', body)}}}"
    particles = (said.get("dropping-particle"), said.get("non-dropping-particle"))
    family = " ".join(filter(None, (*particles, said.get("family", ""))))
    if not family:
        return name(said.get("given", ""))
    return name(family, said.get("given", ""), said.get("suffix", ""))


def _dates(left: dict[str, Any]) -> dict[str, str]:
    """Return the dates of an item in all forms of the specification and those seen beside it."""
    fields: dict[str, str] = {}
    for variable, field in _DATES.items():
        value = left.get(variable)
        found = _date(value)
        if found is None:
            said = _literal(value)
            if variable == "issued" and said:
                fields["year"] = escaped("year", said)
                del left[variable]
            continue
        fields[field] = found.iso()
        del left[variable]
        if variable == "issued":
            fields["year"] = found.year
            if fields[field] == found.year:
                del fields[field]
    return fields


def _date(value: object) -> Date | None:
    if isinstance(value, (str, int)):
        return parsed(str(value).split("T")[0])
    if isinstance(value, list):
        return _date({"date-parts": value if value and isinstance(value[0], list) else [value]})
    if not isinstance(value, dict):
        return None
    found = [_numbers(part) for part in value.get("date-parts") or [] if part]
    found = [part for part in found if part]
    if not found:
        said = value.get("raw") or value.get("literal") or value.get("year")
        said = said or value.get("date-time") or ""
        return parsed(str(said).split("T")[0])
    season = _season(value, found[0])
    start = found[0][:1] if season else found[0]
    end = found[1] if len(found) > 1 and not season else ()
    return Date(start, end, season, circa=bool(value.get("circa")))


def _numbers(part: object) -> tuple[int, ...]:
    """Return year, month and day from numbers or digits; () where there is no year."""
    listed = part if isinstance(part, list) else [part]
    numbers: list[int] = []
    for one in listed[:3]:
        said = str(one).strip()
        if not re.fullmatch(r"-?\d{1,6}", said) or (numbers and int(said) == 0):
            break
        numbers.append(int(said))
    return tuple(numbers)


def _season(value: Mapping[str, Any], start: tuple[int, ...]) -> int:
    """Return 1 to 4 for a season: a number or a name, or a month beyond the twelfth."""
    words = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
    said = str(value.get("season", "")).lower()
    if len(start) > 1 and start[1] > 12:
        return (start[1] - 13) % 4 + 1 if start[1] < 21 else (start[1] - 21) % 4 + 1
    return int(said) if said in ("1", "2", "3", "4") else words.get(said, 0)


def _literal(value: object) -> str:
    if isinstance(value, dict):
        return _text(value.get("literal") or value.get("raw"))
    return value if isinstance(value, str) else ""


def _texts(left: dict[str, Any], kind: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    journal = kind in ("article", "periodical")
    own = {
        "container-title": "journal" if journal else "booktitle",
        "publisher": {"techreport": "institution", "phdthesis": "school"}.get(kind, "publisher"),
        "number": "number", "issue": "issue" if "number" in left else "number",
        "collection-number": "number" if "number" not in left and "issue" not in left else "",
    }  # fmt: skip
    listed = {**{variable: names[0] for variable, names in _TEXTS.items()}, **own, **_PLAIN}
    for variable, field in listed.items():
        value = left.get(variable)
        if not field or isinstance(value, dict) or value is None:
            continue
        if isinstance(value, list) and variable not in _PLAIN and len(value) > 1:
            left[variable], value = value[1:], value[0]
        else:
            del left[variable]
        fields[field] = escaped(field, _text(value))
    for variable in ("keyword", "categories", "subject"):
        words = left.pop(variable, None)
        if isinstance(words, list):
            words = "; ".join(_word(escaped("keywords", _text(word))) for word in words)
        elif words is not None:
            words = escaped("keywords", _text(words))
        if words:
            fields["keywords"] = "; ".join(filter(None, (fields.get("keywords", ""), words)))
    if str(left.get("archive", "")).lower() == "arxiv" and left.get("archive_location"):
        fields |= {"eprint": escaped("eprint", _text(left.pop("archive_location")))}
        fields |= {"archiveprefix": "arXiv"} if left.pop("archive") else {}
    return fields


def _word(word: str) -> str:
    return f"{{{word}}}" if re.search("[,;]", word) else word


def _item(sheet: Sheet) -> dict[str, Any]:
    entry = sheet.work.entry
    kept = decode(sheet.left.pop("csl-type", "")) or _TYPES.get(entry.kind, "document")
    item: dict[str, Any] = {"id": entry.key, "type": CROSSREF.get(kept, kept)}
    item["citation-key"] = entry.key
    for variable, role in _ROLES.items():
        item[variable] = [_named(who) for who in sheet.people(role)]
    item["genre"] = "" if "type" in sheet.left else _THESES.get(entry.kind, "")
    item |= _written_texts(sheet, entry.kind)
    item |= {variable: sheet.plain(field) for variable, field in _PLAIN.items()}
    item["PMID"] = item["PMID"] or sheet.eprint("pubmed")
    words = sheet.words("keywords")
    item["keyword"] = ("; " if any("," in word for word in words) else ", ").join(words)
    if number := sheet.eprint("arxiv"):
        item |= {"archive": "arXiv", "archive_location": number}
    _write_dates(sheet, item)
    item = {variable: value for variable, value in item.items() if value}
    for field in [field for field in sheet.left if field.startswith("csl-")]:
        item.setdefault(field.removeprefix("csl-"), _given(decode(sheet.left.pop(field))))
    return item | _custom(sheet, item)


def _written_texts(sheet: Sheet, kind: str) -> dict[str, str]:
    title, subtitle = sheet.text("title"), sheet.text("subtitle")
    texts = {"title": f"{title}: {subtitle}" if subtitle else title}
    texts["container-title"] = sheet.venue()
    number = "issue" if kind in ("article", "periodical") else "number"
    named = {**_TEXTS, number: ("number", "issue"), "issue ": ("issue",)}
    for variable, names in named.items():
        if variable not in ("title", "container-title") and (value := sheet.text(*names)):
            texts[variable.strip()] = value
    texts["page"] = texts.get("page", "").replace("–", "-")
    return texts


def _custom(sheet: Sheet, item: Mapping[str, Any]) -> dict[str, Any]:
    """Return what CSL has no variable for, under `custom`."""
    entry = sheet.work.entry
    extra = {name: value for name, value in sheet.left.items() if name not in _PERSONAL}
    if KINDS.get(item["type"]) != entry.kind and entry.kind not in _THESES:
        extra["type"] = entry.kind
    own = item.get("custom")
    return {"custom": {**(own if isinstance(own, dict) else {}), _CUSTOM: extra}} if extra else {}


def _write_dates(sheet: Sheet, item: dict[str, Any]) -> None:
    for variable, field in _DATES.items():
        date = dated(sheet.work.fields) if field == "date" else parsed(sheet.left.get(field, ""))
        if date is None:
            said = sheet.text("year", "date") if field == "date" else ""
            item |= {variable: {"literal": said}} if said else {}
            continue
        value: dict[str, Any] = {
            "date-parts": [[*date.start], *([[*date.end]] if date.end else [])]
        }
        value |= {"season": date.season} if date.season else {}
        value |= {"circa": True} if date.circa else {}
        item[variable] = value
        sheet.take(field)
        if field == "date":
            written = sheet.work.text("year")
            sheet.take("month", "day", *(["year"] if re.fullmatch(r"-?\d{4}", written) else []))


def _named(who: Name) -> dict[str, str]:
    if not who.given and not who.suffix:
        return {"literal": who.family}
    suffix = {"suffix": who.suffix} if who.suffix else {}
    return {"family": who.family, "given": who.given} | suffix


def _given(written: str) -> Any:
    """Return the value of a variable that BibTeX has no field for, as it was given."""
    try:
        return json.loads(written)
    except json.JSONDecodeError:
        return written


def items(text: str, listed: Iterable[object]) -> Iterator[tuple[int, str | None, str]]:
    """Yield each item of a JSON text as (line, BibTeX, fault)."""
    at = 0
    for one in listed:
        own = one.get("id", one.get("citation-key", "")) if isinstance(one, dict) else one
        at = max(text.find(json.dumps(own, ensure_ascii=False), at), at)
        line = text.count("\n", 0, at) + 1
        if is_item(one) and isinstance(one, dict):
            yield line, entry(one), ""
        else:
            said = " ".join(json.dumps(one, ensure_ascii=False).split())[:_SHOWN]
            yield line, None, f"this is no CSL-JSON item ('{said}'); export it again"
