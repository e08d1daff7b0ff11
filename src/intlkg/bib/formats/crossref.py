"""Answers of Crossref's REST interface, which are nearly CSL-JSON: lists, and its own types."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

_KEPT: Final = (
    "type", "DOI", "URL", "abstract", "volume", "issue", "page", "publisher", "ISSN", "ISBN",
    "language", "author", "editor", "translator", "title", "container-title", "subject",
    "article-number", "edition-number", "short-container-title",
)  # fmt: skip
_DATES: Final = ("issued", "published", "published-print", "published-online", "created")


def looks_so(data: object) -> bool:
    """Return whether parsed JSON is an answer of Crossref."""
    return isinstance(data, dict) and isinstance(data.get("message"), dict)


def items(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the works of an answer as CSL items; what only concerns the register is left out."""
    message = data["message"]
    for work in message.get("items", [message]):
        yield item(work) if isinstance(work, dict) else work


def item(work: Mapping[str, Any]) -> dict[str, Any]:
    """Return one work as a CSL item."""
    made = {name: work[name] for name in _KEPT if work.get(name)}
    title, subtitle = _first(work.get("title")), _first(work.get("subtitle"))
    made["title"] = f"{title}: {subtitle}" if subtitle and subtitle not in title else title
    for name in ("container-title", "short-container-title"):
        made[name] = _first(work.get(name))
    made["container-title-short"] = made.pop("short-container-title")
    made["issued"] = next((work[name] for name in _DATES if _parts(work.get(name))), None)
    made["edition"] = made.pop("edition-number", None)
    made["page"] = made.get("page") or made.pop("article-number", None)
    event = work.get("event")
    made["event-title"] = event.get("name") if isinstance(event, dict) else None
    extra = {}
    if cited := [_cited(one) for one in work.get("reference") or [] if isinstance(one, dict)]:
        extra["cited-references"] = "\n".join(filter(None, cited))
    if ids := [_orcid(who) for who in work.get("author") or [] if isinstance(who, dict)]:
        extra["orcid-numbers"] = "; ".join(filter(None, ids))
    return made | {"custom": {"bibtex": {n: v for n, v in extra.items() if v}}}


def _first(value: object) -> str:
    found = value[0] if isinstance(value, list) and value else value
    return found if isinstance(found, str) else ""


def _parts(value: object) -> bool:
    return isinstance(value, dict) and bool((value.get("date-parts") or [[None]])[0][:1] != [None])


def _cited(reference: Mapping[str, Any]) -> str:
    """Return a cited reference in one line: its text, or its parts, and its DOI."""
    names = ("author", "year", "article-title", "volume-title", "journal-title", "volume")
    said = reference.get("unstructured") or ", ".join(
        str(reference[name]) for name in (*names, "first-page") if reference.get(name)
    )
    doi = f", DOI {reference['DOI']}" if reference.get("DOI") else ""
    return " ".join(f"{said}{doi}".split()).strip(", ").replace("{", "").replace("}", "")


def _orcid(who: Mapping[str, Any]) -> str:
    number = str(who.get("ORCID", "")).rsplit("/", 1)[-1]
    return f"{who.get('family', '')}, {who.get('given', '')}/{number}" if number else ""
