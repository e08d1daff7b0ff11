"""Networks: the edges of a view as a networkx graph, its nodes with what a reader wants to know."""

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from intlkg import queries
from intlkg.errors import QueryError
from intlkg.evidence import Place, natural, pieces
from intlkg.store import Iri, Store, Term
from intlkg.vocab import term
from intlkg.workspace import Workspace

if TYPE_CHECKING:
    import networkx as nx

STATEMENTS: Final = "statements"
_SILENT: Final[Mapping[str, object]] = {"text": "", "facts": [], "item": ""}
_COLUMNS: Final = ("from", "from_kind", "relation", "to", "to_kind")
_DETAILS: Final = {
    "Scheme": "skos:inScheme",
    "Definition": "skos:definition",
    "Title": "dcterms:title",
    "Author": "dcterms:creator",
    "Year": "fabio:hasPublicationYear",
    "DOI": "prism:doi",
    "Known only as": "dcterms:bibliographicCitation",
}


def project(workspace: Workspace, store: Store, view: queries.Query) -> "nx.MultiDiGraph[str]":
    """Return the network that a view describes.

    Each row of the view is a link: `from`, `from_kind`, `relation`, `to`, `to_kind`, and where it
    has them `stance`, `weight`, `item` (the evidence behind the link, whose words and place the
    link then has as `text` and `facts`) and `property` (the term that says the same in RDF); a row
    without `to` is an item without links. Nodes are IRIs with the attributes `kind`, `label`,
    `group` (a theme's scheme), `text` (the whole words), `facts` (pairs of name and value) and
    `year`.

    Raises:
        QueryError: the view is not SPARQL or lacks one of the columns.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    spoken = _statements(workspace, store)
    rows = store.select(view.text)
    cited = _passages(workspace, store) if "item" in rows.variables else {}
    missing = [name for name in _COLUMNS if name not in rows.variables]
    if missing:
        raise QueryError(f"{view.path} has no column '{missing[0]}'; select ?{missing[0]}")
    for row in rows:
        (one, one_kind), (other, other_kind) = _end(row, "from"), _end(row, "to")
        for iri, kind in ((one, one_kind), (other, other_kind)):
            if iri and iri not in graph:
                graph.add_node(iri, **_node(store, spoken, iri, kind))
        if one and other:
            graph.add_edge(
                one,
                other,
                relation=queries.text(row.get("relation")),
                stance=queries.text(row.get("stance")),
                weight=max(1, int(queries.text(row.get("weight")) or 1)),
                property=queries.text(row.get("property")),
                **cited.get(queries.text(row.get("item")), _SILENT),
            )
    return graph


def _passages(workspace: Workspace, store: Store) -> dict[str, dict[str, object]]:
    """Return piece of evidence -> its words, and where they stand."""
    return {
        one.item: {
            "text": one.words,
            "facts": [("Where", f"characters {one.start}-{one.end}"), ("Source", one.source)],
            "item": one.item,
        }
        for one in pieces(workspace, store)
    }


def _end(row: Mapping[str, Term], name: str) -> tuple[str, str]:
    """Return the IRI at one end of a link, or an empty string, and its kind."""
    node = row.get(name)
    return (node.value if isinstance(node, Iri) else "", queries.text(row.get(f"{name}_kind")))


def _node(
    store: Store, spoken: Mapping[str, Mapping[str, object]], iri: str, kind: str
) -> dict[str, object]:
    said = spoken.get(iri)
    facts = _facts(store, iri)
    known = dict(facts)
    return {
        "kind": kind,
        "label": store.label(Iri(iri)) or iri.rsplit("/", 1)[-1],
        "group": known.pop("Scheme", "") if kind == "theme" else "",
        "text": said["words"] if said else known.get("Definition", ""),
        "facts": said["facts"] if said else [f for f in facts if f[0] not in _SHOWN_APART],
        "year": int(known["Year"]) if known.get("Year", "").isdigit() else None,
    }


_SHOWN_APART: Final = ("Scheme", "Definition")


def _facts(store: Store, iri: str) -> list[tuple[str, str]]:
    """Return what is known of a thing as pairs of name and value, several values joined."""
    facts = []
    for name, prefixed in _DETAILS.items():
        values = [
            (store.label(value) or "") if isinstance(value, Iri) else queries.text(value)
            for value in store.values(Iri(iri), Iri(term(prefixed)))
        ]
        if any(values):
            facts.append((name, "; ".join(sorted(filter(None, values), key=natural))))
    return facts


def _statements(workspace: Workspace, store: Store) -> dict[str, dict[str, object]]:
    """Return statement -> its whole words, and who said them where, as the panel shows them."""
    answer = queries.labelled(store, store.select(queries.named(workspace, STATEMENTS).text))
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for terms, cells in zip(answer.terms, answer.rows, strict=True):
        rows[queries.text(terms["statement"])].append(
            dict(zip(answer.variables, cells, strict=True))
        )
    return {
        iri: {"words": group[0]["words"], "facts": _spoken(group)} for iri, group in rows.items()
    }


def _spoken(group: list[dict[str, str]]) -> list[tuple[str, str]]:
    first = group[0]
    who = sorted({row["who"] for row in group}, key=natural)
    places = sorted(
        {(int(row["start"]), int(row["end"]), row["section"], row["source"]) for row in group}
    )
    facts = [("Said by", ", ".join(who))]
    if first["kind"] == "reported":
        facts.append(("Given as", "the author's own words"))
    if first["question"]:
        facts.append(("Answers", first["question"]))
    facts += [("Where", str(Place("", section, start, end))) for start, end, section, _ in places]
    facts.append(("Source", "; ".join(sorted({source for *_, source in places}))))
    return facts
