"""Works as OpenAlex gives them: names in one piece, abstracts as an index of their words."""

from collections.abc import Iterator, Mapping
from typing import Any

from intlkg.bib.names import split

_ADDRESS = "https://openalex.org/W"


def looks_so(data: object) -> bool:
    """Return whether parsed JSON holds works of OpenAlex."""
    return any(isinstance(work, dict) and _is_work(work) for work in _works(data))


def items(data: object) -> Iterator[object]:
    """Yield the works as CSL items."""
    for work in _works(data):
        yield item(work) if isinstance(work, dict) and _is_work(work) else work


def item(work: Mapping[str, Any]) -> dict[str, Any]:
    """Return one work as a CSL item."""
    place, numbers = _object(work.get("primary_location")), _object(work.get("biblio"))
    source = _object(place.get("source"))
    pages = [str(numbers[name]) for name in ("first_page", "last_page") if numbers.get(name)]
    identifiers = _object(work.get("ids"))
    words = work.get("keywords") or []
    made = {
        "type": work.get("type_crossref") or work.get("type"),
        "title": work.get("title") or work.get("display_name"),
        "author": [_person(one) for one in work.get("authorships") or [] if isinstance(one, dict)],
        "container-title": source.get("display_name"),
        "ISSN": source.get("issn"),
        "publisher": source.get("host_organization_name"),
        "issued": work.get("publication_date") or work.get("publication_year"),
        "volume": numbers.get("volume"),
        "issue": numbers.get("issue"),
        "page": "-".join(dict.fromkeys(pages)),
        "DOI": str(work.get("doi") or "").removeprefix("https://doi.org/"),
        "PMID": str(identifiers.get("pmid") or "").rstrip("/").rsplit("/", 1)[-1],
        "URL": place.get("landing_page_url"),
        "language": work.get("language"),
        "abstract": _abstract(work.get("abstract_inverted_index")),
        "keyword": [word["display_name"] for word in words if _object(word).get("display_name")],
    }
    cited = [str(one).rsplit("/", 1)[-1] for one in work.get("referenced_works") or []]
    extra = {"openalex": str(work.get("id", "")).rsplit("/", 1)[-1]}
    extra |= {"openalex-references": "; ".join(cited)} if cited else {}
    return made | {"custom": {"bibtex": extra}}


def _works(data: object) -> list[object]:
    if isinstance(data, dict):
        found = data.get("results", [data])
        return found if isinstance(found, list) else []
    return data if isinstance(data, list) else []


def _is_work(work: Mapping[str, Any]) -> bool:
    return str(work.get("id", "")).startswith(_ADDRESS)


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _person(authorship: Mapping[str, Any]) -> dict[str, str]:
    shown = str(_object(authorship.get("author")).get("display_name") or "")
    names = split(str(authorship.get("raw_author_name") or shown)) if shown else []
    if len(names) != 1 or not names[0].given:
        return {"literal": shown}
    return {"family": names[0].family, "given": names[0].given}


def _abstract(index: object) -> str:
    places = [(at, word) for word, found in _object(index).items() for at in found]
    return " ".join(word for _, word in sorted(places))
