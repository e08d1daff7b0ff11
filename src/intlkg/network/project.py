"""Networks: the edges of a view as a networkx graph, its nodes with what a reader wants to know.

Each link has a `role`, a code for what it means; `relation` says the same in words:

- of a proposition for a theme: `about`, `leading-to`, `explained-by`, `ways`, `kinds`, `proposed`;
- of evidence for a proposition or theme, with a `stance`: its kind, `quote`, `reported`, `finding`,
  `assertion`, `claim`, `citation`, `passage`, `mark`, `coding`; where a view counts, `about`;
- of whoever speaks: `stated-by`, `speaks-in`, `reported-in`, `contrasts`, `shares-participants`;
- of themes and theories: `broader`, `extends`, `criticizes`, `originated-in`, `revised-in`;
- of works: `cites`, `cited-with`, `shares-references`.

A view of one's own may use these, or others.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from intlkg import questions
from intlkg.base import Base
from intlkg.errors import QueryError
from intlkg.evidence import Evidence, Place, evidence, natural, render, unlisted
from intlkg.store import Iri, Term
from intlkg.vocab import term

if TYPE_CHECKING:
    import networkx as nx

STATEMENTS: Final = "statements"
UNLISTED: Final = "no entry in the list"
_Items: TypeAlias = Mapping[tuple[str, str, str], Evidence]
_COLUMNS: Final = ("from", "from_kind", "relation", "to", "to_kind")
_SILENT: Final[Mapping[str, object]] = {"text": "", "facts": [], "item": ""}
_DETAILS: Final = {
    "Scheme": "skos:inScheme",
    "Definition": "skos:definition",
    "Title": "dcterms:title",
    "Author": "dcterms:creator",
    "Year": "fabio:hasPublicationYear",
    "DOI": "prism:doi",
    "Known only as": "dcterms:bibliographicCitation",
}


def project(base: Base, view: questions.Query) -> "nx.MultiDiGraph[str]":
    """Return the network that a view describes.

    Each row of the view is a link: `from`, `from_kind`, `relation`, `to`, `to_kind`, and where it
    has them `role`, `stance`, `weight`, `item` (the evidence behind the link, whose words and place
    the link then has as `text` and `facts`) and `property` (the term that says the same in RDF); a
    row without `to` is an item without links. Nodes are IRIs with the attributes `kind`, `label`,
    `group` (a theme's scheme), `text` (the whole words), `by` (who says them), `facts` (pairs of
    name and value), `year` and `note` (what must stand beside the label).

    Raises:
        QueryError: the view is not SPARQL or lacks one of the columns.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    rows = base.store.select(view.text)
    missing = [name for name in _COLUMNS if name not in rows.variables]
    if missing:
        raise QueryError(f"{view.path} has no column '{missing[0]}'; select ?{missing[0]}")
    items = base.once(_items) if "item" in rows.variables else {}
    for row in rows:
        (one, one_kind), (other, other_kind) = _end(row, "from"), _end(row, "to")
        for iri, kind in ((one, one_kind), (other, other_kind)):
            if iri and iri not in graph:
                graph.add_node(iri, **_node(base, iri, kind))
        if one and other:
            graph.add_edge(one, other, **_link(items, row, graph.nodes[one]["text"]))
    return graph


def _link(items: _Items, row: Mapping[str, Term], words: str) -> dict[str, object]:
    """Return the attributes of a link; what its first item says itself is not said again."""
    said = {name: questions.text(row.get(name)) for name in _LINK}
    item, weight = questions.text(row.get("item")), questions.text(row.get("weight"))
    one = items.get((item, questions.text(row.get("to")), said["stance"]))
    behind = _SILENT if one is None else _behind(one, words)
    return {**said, "weight": max(1, int(weight or 1)), **behind}


_LINK: Final = ("relation", "role", "stance", "property")


def _items(base: Base) -> dict[tuple[str, str, str], Evidence]:
    """Return (evidence, proposition or theme, stance) -> the evidence."""
    return {
        (one.iri, on, one.stance): one
        for one in evidence(base)
        for on in ([one.proposition] if one.proposition else [at.iri for _, at in one.roles])
    }


def _behind(one: Evidence, words: str) -> dict[str, object]:
    """Return the words of a piece of evidence, of which kind it is, and where it stands."""
    facts = [("Given", render.kind(one)), ("In short", one.label), ("Marked with", one.marked)]
    facts += [("Where", str(place)) for place in one.places]
    facts += [("Remark", said) for said in render.remarks(one)]
    text = render.marked_words(one) if one.sentence else one.words
    return {
        "text": "" if one.words == words else text,
        "facts": [fact for fact in facts if fact[1]],
        "item": one.iri,
    }


def _end(row: Mapping[str, Term], name: str) -> tuple[str, str]:
    """Return the IRI at one end of a link, or an empty string, and its kind."""
    node = row.get(name)
    return (node.value if isinstance(node, Iri) else "", questions.text(row.get(f"{name}_kind")))


def _node(base: Base, iri: str, kind: str) -> dict[str, object]:
    facts = _facts(base, iri)
    known = dict(facts)
    year = known.get("Year", "")
    return {
        "kind": kind,
        "label": base.label(iri),
        "group": known.get("Scheme", "") if kind == "theme" else "",
        "text": known.get("Definition", ""),
        "by": "",
        "facts": [fact for fact in facts if fact[0] not in _SHOWN_APART],
        "year": int(year) if year.isdigit() else None,
        "note": UNLISTED if iri in unlisted(base) else "",
        **base.once(_statements).get(iri, {}),
        **base.once(_nameless).get(iri, {}),
    }


_SHOWN_APART: Final = ("Scheme", "Definition")


def _facts(base: Base, iri: str) -> list[tuple[str, str]]:
    """Return what is known of a thing as pairs of name and value, several values joined."""
    facts, languages = [], (base.workspace.language, "en")
    for name, prefixed in _DETAILS.items():
        values = {
            base.label(value.value) if isinstance(value, Iri) else questions.text(value)
            for value in base.store.values(Iri(iri), Iri(term(prefixed)), languages)
        }
        if any(values):
            facts.append((name, "; ".join(sorted(filter(None, values), key=natural))))
    return facts


def _nameless(base: Base) -> dict[str, dict[str, object]]:
    """Return evidence of somebody whom a text credits without a name -> what its item shows."""
    return {
        one.iri: {"label": names, "text": one.words, "by": names, "facts": []}
        for one in evidence(base)
        if not any(who.iri for who in one.who) and (names := ", ".join(one.names))
    }


def _statements(base: Base) -> dict[str, dict[str, object]]:
    """Return statement -> its whole words, and who said them where, as the panel shows them."""
    answer = questions.labelled(base, questions.listed(base, STATEMENTS))
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for terms, cells in zip(answer.terms, answer.rows, strict=True):
        rows[questions.text(terms["statement"])].append(
            dict(zip(answer.variables, cells, strict=True))
        )
    return {iri: _spoken(group) for iri, group in rows.items()}


def _spoken(group: list[dict[str, str]]) -> dict[str, object]:
    first = group[0]
    by = ", ".join(sorted({row["who"] for row in group}, key=natural))
    places = sorted(
        {(int(row["start"]), int(row["end"]), row["section"], row["source"]) for row in group}
    )
    facts = [("Said by", by)]
    if first["kind"] == "reported":
        facts.append(("Given as", "the author's own words"))
    if first["question"]:
        facts.append(("Answers", first["question"]))
    facts += [("Where", str(Place("", section, start, end))) for start, end, section, _ in places]
    facts.append(("Source", "; ".join(sorted({source for *_, source in places}))))
    return {"text": first["words"], "by": by, "facts": facts}
