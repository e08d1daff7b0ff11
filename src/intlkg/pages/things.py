"""A page for each work, study and participant: what is said of it, by it, and with which words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from intlkg import evidence, queries
from intlkg.evidence import Piece
from intlkg.pages.reference import render, short, tail
from intlkg.store import Iri, Rows, Store, Term
from intlkg.vocab import RDF_TYPE, TRUSTED, term
from intlkg.workspace import Workspace

_KINDS: Final = {"ik:Participant": "participant", "ik:Study": "study"}
_LISTS: Final = {
    "work": "Works",
    "study": "Studies",
    "participant": "Participants",
}
_LEFT_OUT: Final = frozenset(
    term(name)
    for name in (
        "rdfs:label", "rdf:type", "ik:supportsTheme", "ik:disputesTheme", "ik:mentionsTheme",
        "ik:reportedToSupportTheme", "ik:reportedToDisputeTheme", "dcterms:identifier",
    )
)  # fmt: skip
"""What the table of evidence says in full, or nobody reads."""

_MOST: Final = 3_000
"""Works up to which each has a page; above, those that evidence speaks of."""

_ROWS: Final = 200


def addresses(workspace: Workspace, store: Store) -> dict[str, str]:
    """Return IRI -> address of its page in the site, for concepts, works, studies, participants."""
    found: dict[str, str] = {}
    for row in _rows(workspace, store, "concepts"):
        iri = queries.text(row["concept"])
        found[iri] = f"concept/{tail(iri)}.html"
    works = _rows(workspace, store, "works")
    spoken = {queries.text(row["source"]) for row in _rows(workspace, store, "sources")}
    for row in works:
        iri = queries.text(row["work"])
        if len(works.rows) <= _MOST or iri in spoken:
            found[iri] = f"work/{tail(iri)}.html"
    for prefixed, kind in _KINDS.items():
        home, of_kind = Iri(TRUSTED), Iri(term(prefixed))
        for quad in store.find(predicate=Iri(RDF_TYPE), value=of_kind, graph=home):
            iri = queries.text(quad.subject)
            found[iri] = f"{kind}/{'-'.join(iri.rsplit('/', 2)[-2:])}.html"
    return dict(sorted(found.items()))


def thing_pages(
    workspace: Workspace,
    store: Store,
    known: Mapping[str, str],
    shown: Mapping[str, str],
    entries: Mapping[str, str],
) -> dict[str, str]:
    """Return name of a file -> the page of a work, study or participant; and the lists of them.

    Args:
        workspace: whose works, studies and participants.
        store: its store.
        known: IRI -> address, as `addresses` gives them.
        shown: IRI -> address in an explorer.
        entries: local name of a work -> its BibTeX entry.
    """
    said: dict[str, list[Piece]] = defaultdict(list)
    for one in evidence.pieces(workspace, store):
        for iri in {one.who_iri, one.source_iri}:
            said[iri].append(one)
    for study in store.find(predicate=Iri(term("ik:reportedIn")), graph=Iri(TRUSTED)):
        said[queries.text(study.subject)] += said.get(queries.text(study.object), [])
    pages: dict[str, str] = {}
    lists: dict[str, list[dict[str, str]]] = defaultdict(list)
    for iri, address in known.items():
        kind = address.split("/", 1)[0]
        if kind in _LISTS:
            label = store.label(Iri(iri)) or tail(iri)
            entry = entries.get(tail(iri), "") if kind == "work" else ""
            pages[address] = _page(
                workspace, store, known, iri, label, said[iri], entry, shown.get(iri, "")
            )
            note = f"{len({one.item for one in said[iri]})} pieces of evidence" if said[iri] else ""
            lists[kind].append({"href": address, "label": label, "note": note})
    for kind, heading in _LISTS.items():
        links = sorted(lists[kind], key=lambda link: evidence.natural(link["label"]))
        pages[f"{kind}s.html" if kind != "study" else "studies.html"] = render(
            workspace, heading, groups=[{"heading": "", "links": links}]
        )
    return pages


def _page(
    workspace: Workspace,
    store: Store,
    known: Mapping[str, str],
    iri: str,
    label: str,
    said: Sequence[Piece],
    entry: str,
    explore: str,
) -> str:
    out, into = _links(store, known, iri)
    themes = [
        [
            _cell(known, one.theme.iri, one.theme.label),
            one.direction,
            _cell(known, one.who_iri, one.who),
            one.words,
            _cell(known, one.source_iri, one.source),
            f"{one.start}-{one.end}",
        ]
        for one in said
    ]
    head = ("theme", "stance", "who", "words", "in", "characters")
    groups: list[dict[str, Any]] = [
        {"heading": "What is known", "head": ("property", "value"), "rows": out[:_ROWS]},
        {"heading": f"Evidence ({len(themes)})", "head": head, "rows": themes},
        {"heading": "What speaks of it", "head": ("what", "how"), "rows": into[:_ROWS],
         "note": _cut(into)},
    ]  # fmt: skip
    if entry:
        groups.append({"heading": "Citation", "entries": [{"id": "citation", "example": entry}]})
    groups = [group for group in groups if group.get("rows") or group.get("entries")]
    return render(workspace, label, groups=groups, up="../", explore=explore)


def _links(
    store: Store, known: Mapping[str, str], iri: str
) -> tuple[list[list[Any]], list[list[Any]]]:
    """Return what a thing is linked with: property and value, and what links to it."""
    own, home = Iri(iri), Iri(TRUSTED)
    out = [
        [_name(store, quad.predicate), _shown(store, known, quad.object)]
        for quad in store.find(subject=own, graph=home)
        if quad.predicate.value not in _LEFT_OUT
    ]
    into = [
        [_shown(store, known, quad.subject), _name(store, quad.predicate)]
        for quad in sorted(store.find(value=own, graph=home), key=str)
        if quad.predicate.value not in _LEFT_OUT
    ]
    return sorted(out, key=_by_words), sorted(into, key=_by_words)


def _by_words(row: Sequence[Any]) -> list[str]:
    return [cell["label"] if isinstance(cell, dict) else cell for cell in row]


def _cut(rows: Sequence[object]) -> str:
    return f"The first {_ROWS} of {len(rows):,}." if len(rows) > _ROWS else ""


def _shown(store: Store, known: Mapping[str, str], value: Term) -> object:
    if isinstance(value, Iri):
        return _cell(known, value.value, store.label(value) or short(value.value))
    return queries.text(value)


def _name(store: Store, prop: Iri) -> str:
    return store.label(prop) or short(prop.value)


def _cell(known: Mapping[str, str], iri: str, label: str) -> object:
    return {"label": label, "href": f"../{known[iri]}"} if iri in known else label


def _rows(workspace: Workspace, store: Store, question: str) -> Rows:
    return store.select(queries.named(workspace, question).text)
