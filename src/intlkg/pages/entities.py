"""A page for each work, study and participant: what each says on which theme, in which words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias

from intlkg import evidence, questions
from intlkg.base import Base, tail
from intlkg.evidence import Evidence, Theme, Who
from intlkg.pages import template, traces, words
from intlkg.pages.links import Links
from intlkg.pages.reference import named
from intlkg.store import Iri, Quad, Term
from intlkg.vocab import RDF_TYPE, term

_CLASSES: Final = {"study": "ik:Study", "participant": "ik:Participant"}
_LISTS: Final = {"work": "Works", "study": "Studies", "participant": "Participants"}
"""Folder of the pages of a kind -> heading of their list, which is its `index.html`."""

_LEFT_OUT: Final = frozenset(
    term(name)
    for name in (
        "rdfs:label", "rdf:type", "ik:supportsTheme", "ik:disputesTheme", "ik:mentionsTheme",
        "ik:reportedToSupportTheme", "ik:reportedToDisputeTheme", "ik:reportedToMentionTheme",
        "ik:markedToSupportTheme", "ik:markedToDisputeTheme", "ik:markedToMentionTheme",
        "ik:evidenceTowards", "ik:who", "dcterms:identifier",
    )
)  # fmt: skip
"""What the evidence on the page says in full, or nobody reads."""

_MOST: Final = 3_000
"""Works up to which each has a page; above, those that evidence comes from."""

_ROWS: Final = 200
_TOGETHER: Final = 20
"""Who of one piece of evidence up to which each page names them all: a mark may have thousands."""

_Stand: TypeAlias = tuple[Theme, Who, str, str]


def addresses(base: Base) -> dict[str, str]:
    """Return IRI -> name of the file of its page: concepts, works, studies, participants.

    Two things never share a page: the second of a name is numbered.
    """
    found = {iri: f"concept/{tail(iri)}" for iri in _listed(base, "concepts", "concept")}
    said = base.once(_by_who)
    works = [*_listed(base, "works", "work"), *(evidence.unlisted(base) & said.keys())]
    found |= {iri: f"work/{tail(iri)}" for iri in works if len(works) <= _MOST or iri in said}
    for kind, prefixed in _CLASSES.items():
        for quad in base.trusted(predicate=Iri(RDF_TYPE), value=term(prefixed)):
            iri = questions.text(quad.subject)
            found[iri] = f"{kind}/{'-'.join(iri.rsplit('/', 2)[-2:])}"
    return _unique(found)


def _unique(stems: Mapping[str, str]) -> dict[str, str]:
    taken = {f"{kind}/index" for kind in ("concept", *_LISTS)}
    names = {}
    for iri, stem in sorted(stems.items()):
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}~{number}"
        taken.add(name.casefold())
        names[iri] = f"{name}.html"
    return names


def entity_pages(base: Base, links: Links, entries: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (name of a file, its HTML): pages of works, studies and participants, and their lists.

    Args:
        base: whose works, studies and participants.
        links: where the pages and the items of explorers are.
        entries: IRI of a work -> its BibTeX entry.
    """
    below, said = links.below(), base.once(_by_who)
    lists: dict[str, list[dict[str, str]]] = defaultdict(list)
    for iri in _listed(base, "works", "work"):
        if iri not in links.pages:
            lists["work"].append({"href": "", "label": base.label(iri), "note": ""})
    for iri, name in links.pages.items():
        kind = name.split("/", 1)[0]
        if kind in _LISTS:
            yield name, _page(base, iri, below, entries.get(iri, ""))
            note = _note(said.get(iri, ()))
            lists[kind].append({"href": below.page(iri), "label": base.label(iri), "note": note})
    for kind, heading in _LISTS.items():
        listed = sorted(lists[kind], key=lambda link: evidence.natural(link["label"]))
        groups = [{"heading": "", "links": listed}]
        yield f"{kind}/index.html", template.page(base.workspace, heading, groups=groups, up="../")


def _note(said: Sequence[Evidence]) -> str:
    number = len({one.iri for one in said})
    return f"{number} piece{'' if number == 1 else 's'} of evidence" if number else ""


def _page(base: Base, iri: str, links: Links, entry: str) -> str:
    out, into = _statements(base, links, iri)
    said = base.once(_by_who).get(iri, ())
    groups: list[dict[str, Any]] = [
        {"heading": "What is known", "head": ("property", "value"), "rows": out[:_ROWS]},
        _themes(base, links, iri),
        {"heading": "In which words", "evidence": _words(base, links, iri, said)},
        {"heading": "Who speaks in it", "head": _SPEAKERS, "rows": _speakers(base, links, iri)},
        {"heading": "What speaks of it", "head": ("what", "how"), "rows": into[:_ROWS],
         "note": _cut(into)},
    ]  # fmt: skip
    if entry:
        groups.append({"heading": "Citation", "entries": [{"id": "citation", "example": entry}]})
    groups = [part for part in groups if any(map(part.get, ("rows", "entries", "evidence")))]
    explore = links.items.get(iri, "")
    return template.page(base.workspace, base.label(iri), groups=groups, up="../", explore=explore)


# ---- what it says


_THEMES: Final = ("theme", "stance", "role", "voice", "hand")
_SPEAKERS: Final = ("who", "voice", "pieces of evidence")


def _themes(base: Base, links: Links, iri: str) -> dict[str, Any]:
    """Return a part of the page: on which themes somebody takes which stance."""
    hands = base.once(_hands)
    rows = [
        [
            {"label": theme.label, "href": links.page(theme.iri),
             "data": {**words.data(who.name, who.voice, stance, role), "theme": theme.iri}},
            stance, role, who.voice, hands[who.iri, who.voice],
        ]
        for theme, who, stance, role in base.once(_standing).get(iri, ())
    ]  # fmt: skip
    note = "Each theme with the themes below it."
    return {"heading": "On which themes", "head": _THEMES, "rows": rows, "note": note}


def _words(base: Base, links: Links, iri: str, said: Iterable[Evidence]) -> list[dict[str, Any]]:
    """Return the words once each, with all that they bear on, in the order of the text."""
    groups: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for one in sorted(said, key=_by_place):
        groups[one.iri, one.stance].append(one)
    items = [_item(base, links, iri, group) for group in groups.values()]
    return [{"items": items}] if items else []


def _item(base: Base, links: Links, iri: str, group: Sequence[Evidence]) -> dict[str, Any]:
    on = {one.proposition: links.item(one.proposition) for one in group if one.proposition}
    bears = [{"label": base.label(iri), "href": href} for iri, href in on.items()]
    if not bears:
        themes = {theme for one in group for _, theme in one.roles}
        bears = [{"label": one.label, "href": links.page(one.iri)} for one in themes]
    first = group[0]
    if len(first.who) > _TOGETHER:
        first = replace(first, who=tuple(who for who in first.who if who.iri == iri))
    return {**words.item(first, "", links.page), "bears": bears}


def _by_place(one: Evidence) -> tuple[object, ...]:
    place = one.places[0] if one.places else None
    return (place.source if place else "", (place and place.start) or 0, one.iri, one.proposition)


def _speakers(base: Base, links: Links, iri: str) -> list[list[Any]]:
    """Return whose evidence stands in a text, other than its own: who, voice, how much."""
    found: dict[Who, set[str]] = defaultdict(set)
    for one in base.once(_by_text).get(iri, ()):
        for who in one.who:
            found[who].add(one.iri)
    ordered = sorted(found, key=lambda who: evidence.natural(who.name))
    return [
        [{"label": traces.name(who), "href": links.page(who.iri)}, who.voice, str(len(found[who]))]
        for who in ordered
        if who.iri != iri
    ]


def _by_who(base: Base) -> dict[str, list[Evidence]]:
    """Return IRI of somebody -> the evidence that they give."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for one in evidence.evidence(base):
        for iri in {who.iri for who in one.who if who.iri}:
            found[iri].append(one)
    return dict(found)


def _by_text(base: Base) -> dict[str, list[Evidence]]:
    """Return IRI of a work, or of the study that it reports -> the evidence that stands in it."""
    studies = {
        questions.text(quad.object): questions.text(quad.subject)
        for quad in base.trusted(predicate=Iri(term("ik:reportedIn")))
    }
    found: dict[str, list[Evidence]] = defaultdict(list)
    for one in evidence.evidence(base):
        for iri in {place.source_iri for place in one.places if place.source_iri}:
            found[iri].append(one)
            if iri in studies:
                found[studies[iri]].append(one)
    return dict(found)


def _standing(base: Base) -> dict[str, list[_Stand]]:
    """Return IRI of somebody -> (theme, who, stance, role) as the themes' traces have them."""
    found: dict[str, list[_Stand]] = defaultdict(list)
    listed = sorted(traces.traces(base).values(), key=lambda one: one.theme.label.casefold())
    for trace in listed:
        for who, stance, role, _ in trace.who():
            found[who.iri].append((trace.theme, who, stance, role))
    return dict(found)


def _hands(base: Base) -> dict[tuple[str, str], str]:
    """Return (IRI of somebody, voice) -> at which hand they are heard."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for one in evidence.evidence(base):
        for who in one.who:
            found[who.iri, who.voice][one.hand] = None
    return {key: ", ".join(hands) for key, hands in found.items()}


# ---- what it is linked with


def _statements(base: Base, links: Links, iri: str) -> tuple[list[list[Any]], list[list[Any]]]:
    """Return what a thing is linked with: property and value, and what links to it."""
    out = [
        [named(base, quad.predicate.value), _shown(base, links, quad.object)]
        for quad in _told(base.trusted(iri))
    ]
    into = [
        [_shown(base, links, quad.subject), named(base, quad.predicate.value)]
        for quad in _told(base.trusted(value=iri))
    ]
    return sorted(out, key=_by_words), sorted(into, key=_by_words)


def _told(quads: Iterable[Quad]) -> Iterator[Quad]:
    return (quad for quad in quads if quad.predicate.value not in _LEFT_OUT)


def _by_words(row: Sequence[Any]) -> list[str]:
    return [cell["label"] if isinstance(cell, dict) else cell for cell in row]


def _cut(rows: Sequence[object]) -> str:
    return f"The first {_ROWS} of {len(rows):,}." if len(rows) > _ROWS else ""


def _shown(base: Base, links: Links, value: Term) -> object:
    if not isinstance(value, Iri):
        return questions.text(value)
    label = named(base, value.value)
    href = links.page(value.value)
    return {"label": label, "href": href} if href else label


def _listed(base: Base, name: str, column: str) -> list[str]:
    """Return the distinct IRIs of a column of a list, in its order."""
    rows = questions.listed(base, name)
    return list(dict.fromkeys(questions.text(row[column]) for row in rows))
