"""Zotero's own JSON, of its web interface and of Better BibTeX, as CSL items."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

_TYPES: Final = {
    "journalArticle": "article-journal", "magazineArticle": "article-magazine",
    "newspaperArticle": "article-newspaper", "book": "book", "bookSection": "chapter",
    "conferencePaper": "paper-conference", "thesis": "thesis", "report": "report",
    "manuscript": "manuscript", "webpage": "webpage", "blogPost": "post-weblog",
    "forumPost": "post", "document": "document", "patent": "patent", "dataset": "dataset",
    "computerProgram": "software", "standard": "standard", "encyclopediaArticle":
    "entry-encyclopedia", "dictionaryEntry": "entry-dictionary", "film": "motion_picture",
    "videoRecording": "motion_picture", "audioRecording": "song", "podcast": "broadcast",
    "artwork": "graphic", "map": "map", "interview": "interview", "presentation": "speech",
    "letter": "personal_communication", "email": "personal_communication", "statute":
    "legislation", "bill": "bill", "case": "legal_case", "hearing": "hearing",
    "preprint": "manuscript", "radioBroadcast": "broadcast", "tvBroadcast": "broadcast",
}  # fmt: skip
_FIELDS: Final = {
    "title": "title", "shortTitle": "title-short", "publicationTitle": "container-title",
    "bookTitle": "container-title", "proceedingsTitle": "container-title", "encyclopediaTitle":
    "container-title", "dictionaryTitle": "container-title", "websiteTitle": "container-title",
    "blogTitle": "container-title", "journalAbbreviation": "container-title-short",
    "series": "collection-title", "seriesTitle": "collection-title", "seriesNumber":
    "collection-number", "volume": "volume", "issue": "issue", "pages": "page", "numPages":
    "number-of-pages", "numberOfVolumes": "number-of-volumes", "edition": "edition",
    "publisher": "publisher", "institution": "publisher", "university": "publisher",
    "repository": "publisher", "place": "publisher-place", "DOI": "DOI", "ISBN": "ISBN",
    "ISSN": "ISSN", "url": "URL", "language": "language", "abstractNote": "abstract",
    "extra": "note", "thesisType": "genre", "reportType": "genre", "reportNumber": "number",
    "conferenceName": "event-title", "callNumber": "call-number", "libraryCatalog": "source",
    "archive": "archive", "archiveLocation": "archive_location", "versionNumber": "version",
    "date": "issued", "accessDate": "accessed", "archiveID": "number", "citationKey":
    "citation-key", "citekey": "citation-key", "rights": "license",
}  # fmt: skip
_ROLES: Final = {
    "author": "author", "editor": "editor", "translator": "translator", "bookAuthor":
    "container-author", "seriesEditor": "collection-editor", "director": "director",
    "contributor": "contributor", "programmer": "author", "presenter": "author", "inventor":
    "author", "interviewee": "author", "artist": "author", "cartographer": "author",
}  # fmt: skip
_NO_WORK: Final = frozenset({"attachment", "note", "annotation"})


def looks_so(data: object) -> bool:
    """Return whether parsed JSON holds items of Zotero."""
    return any(isinstance(one, dict) and "itemType" in one for one in _listed(data))


def items(data: object) -> Iterator[object]:
    """Yield the items as CSL items; attachments and notes on their own are none."""
    for one in _listed(data):
        if isinstance(one, dict) and one.get("itemType") not in _NO_WORK:
            yield item(one)


def item(one: Mapping[str, Any]) -> dict[str, Any]:
    """Return one item as a CSL item."""
    made: dict[str, Any] = {"id": one.get("key") or one.get("itemKey") or ""}
    made["type"] = _TYPES.get(str(one.get("itemType")), "document")
    for name, variable in _FIELDS.items():
        if one.get(name):
            made.setdefault(variable, one[name])
    for creator in one.get("creators") or []:
        role = _ROLES.get(str(creator.get("creatorType")), "contributor")
        body = creator.get("name")
        parts = {"family": creator.get("lastName"), "given": creator.get("firstName")}
        made.setdefault(role, []).append({"literal": body} if body else parts)
    tags = [tag.get("tag") if isinstance(tag, dict) else tag for tag in one.get("tags") or []]
    notes = [note.get("note", "") for note in one.get("notes") or [] if isinstance(note, dict)]
    made |= {"keyword": [tag for tag in tags if tag]} if tags else {}
    made |= {"annote": " ".join(notes)} if any(notes) else {}
    if isinstance(made.get("issued"), str) and made["issued"][:4] == "0000":
        del made["issued"]
    return made


def _listed(data: object) -> list[object]:
    found = data.get("items", [data]) if isinstance(data, dict) else data
    listed = found if isinstance(found, list) else []
    return [one.get("data", one) if isinstance(one, dict) else one for one in listed]
