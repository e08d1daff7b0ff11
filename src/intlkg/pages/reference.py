"""The reference pages: the model's terms, the audit of the texts, the tables, what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from intlkg import evidence, questions, review
from intlkg.base import Base, tail
from intlkg.pages import template
from intlkg.pages.links import Links
from intlkg.store import Iri, Term
from intlkg.vocab import IK, term

_FACTS: Final = {
    "Note": "skos:scopeNote",
    "Kind of": "rdfs:subClassOf",
    "Part of": "rdfs:subPropertyOf",
    "From": "rdfs:domain",
    "To": "rdfs:range",
    "Never also": "owl:disjointWith",
}
_HEADINGS: Final = {"class": "Classes", "property": "Properties"}
_COLUMNS: Final = 200
"""Columns of a table up to which a page shows them all."""


def reference_pages(base: Base, links: Links) -> Iterator[tuple[str, str]]:
    """Yield (name of a file, its HTML) of each reference page.

    `ns.html` has a section for each class and property, named by the end of its IRI; `audit.html`
    names what is at fault in the texts, `tables.html` has the evidence tables, and `gaps.html` what
    is missing.
    """
    yield "ns.html", _terms_page(base, links)
    yield "audit.html", _audit_page(base)
    yield "tables.html", _tables_page(base)
    yield "gaps.html", _gaps_page(base)


def _terms_page(base: Base, links: Links) -> str:
    groups = [
        {
            "heading": _HEADINGS[kind],
            "entries": [entry(base, questions.text(row["term"]), _FACTS, links) for row in rows],
        }
        for kind, rows in groupby(
            questions.listed(base, "terms"), key=lambda row: questions.text(row["kind"])
        )
    ]
    return template.page(
        base.workspace,
        "The model",
        groups=groups,
        intro="The classes and properties of the model, each with what it means and an example.",
        diagram=template.source("pattern.svg"),
    )


def _audit_page(base: Base) -> str:
    groups = [_answered(part.title, part.question, part.answer) for part in evidence.audit(base)]
    intro = (
        "What is at fault in the texts themselves: their citations, reference entries, quotations "
        "and numbers, each as printed. What the curators hold for right stands beside it."
    )
    return template.page(base.workspace, "Audit of the texts", groups=groups, intro=intro)


def _gaps_page(base: Base) -> str:
    groups = [
        _answered(gap.title, gap.question or "suggestions", gap.answer) for gap in review.gaps(base)
    ]
    intro = "What is missing, as far as questions can find it. The same as intlkg check --gaps."
    return template.page(base.workspace, "What is missing", groups=groups, intro=intro)


def _answered(title: str, name: str, answer: questions.Answer) -> dict[str, Any]:
    head = [column.replace("_", " ") for column in answer.variables]
    return {
        "heading": f"{title}: {len(answer.rows)}", "id": name, "head": head, "rows": answer.rows,
    }  # fmt: skip


def _tables_page(base: Base) -> str:
    groups = [table_part(evidence.table(base, name)) for name in evidence.TABLES]
    intro = "Each table is also a command: intlkg table NAME, as CSV, Markdown, HTML or LaTeX."
    return template.page(base.workspace, "Evidence tables", groups=groups, intro=intro)


def table_part(one: evidence.Table) -> dict[str, Any]:
    """Return a table as part of a page; one that is too wide for it is cut, and says so."""
    note = one.note
    if len(one.head) > _COLUMNS:
        note += (
            f" Here are the first {_COLUMNS} of {len(one.head):,} columns; "
            f"all of them: intlkg table {one.name}."
        )
    rows = [row[:_COLUMNS] for row in one.rows]
    return {
        "heading": one.title, "id": one.name, "note": note, "head": one.head[:_COLUMNS],
        "rows": rows,
    }  # fmt: skip


def entry(base: Base, iri: str, facts: Mapping[str, str], links: Links) -> dict[str, Any]:
    """Return what is known of a term or a concept, ready for the template.

    Args:
        base: whose it is.
        iri: which it is.
        facts: name -> property whose values are shown under it.
        links: where the pages are.
    """
    known = []
    for name, prefixed in facts.items():
        values = [_value(base, value, links) for value in _values(base, iri, prefixed)]
        if values:
            values.sort(key=lambda value: value["label"].casefold())
            known.append({"name": name, "values": values})
    return {
        "id": tail(iri),
        "heading": f"{base.label(iri)} ({short(iri)})",
        "text": " ".join(map(questions.text, _values(base, iri, "skos:definition"))),
        "facts": known,
        "example": "\n".join(map(questions.text, _values(base, iri, "skos:example"))),
    }


def _values(base: Base, iri: str, prefixed: str) -> Sequence[Term]:
    return base.store.values(Iri(iri), Iri(term(prefixed)), (base.workspace.language, "en"))


def _value(base: Base, value: Term, links: Links) -> dict[str, str]:
    if not isinstance(value, Iri):
        return {"label": questions.text(value)}
    return {"label": named(base, value.value), "href": _href(value.value, links)}


def _href(iri: str, links: Links) -> str:
    return f"{links.up}ns.html#{tail(iri)}" if iri.startswith(IK) else links.page(iri)


def named(base: Base, iri: str) -> str:
    """Return a thing's label; without one its IRI with a known prefix, or the end of it."""
    return base.label(iri) if base.store.label(Iri(iri)) else short(iri)


def short(iri: str) -> str:
    """Return an IRI with a known prefix, or only its end."""
    known = questions.curie(iri)
    return known if known != iri else tail(iri)
