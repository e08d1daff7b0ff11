"""The works of the evidence base, or those on a theme, as a bibliography for other tools."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from intlkg import queries
from intlkg.errors import QueryError
from intlkg.store import Iri, Store
from intlkg.workspace import Workspace

if TYPE_CHECKING:
    from intlkg import bib

FORMATS: Final = ("bibtex", "biblatex", "ris", "csl-json", "bibliography")


def bibliography(
    workspace: Workspace,
    store: Store,
    form: str,
    *,
    theme: str | None = None,
    question: str | None = None,
) -> str:
    """Return the entries of the workspace's works in a format, under the workspace's keys."""
    return exported(workspace, store, form, theme=theme, question=question).text


def exported(
    workspace: Workspace,
    store: Store,
    form: str,
    *,
    theme: str | None = None,
    question: str | None = None,
    keys: str = "minted",
    style: str = "apa",
) -> bib.Export:
    """Return the entries of the workspace's works in a format of `FORMATS`, and what is left out.

    BibTeX comes out as it came in, with the links to themes in one more field, `intlkg-themes`.

    Args:
        workspace: whose entries are written.
        store: what says which works and themes belong together.
        form: the format.
        theme: write only works that support, dispute or mention it, or are said to.
        question: write only works that this named question answers with.
        style: of a `bibliography`: a style of CSL by its name, or a `.csl` file.
        keys: `own` for the keys of the person's libraries, or `minted` for the workspace's.

    Raises:
        QueryError: no such theme or question, or one that needs values.
    """
    from intlkg import bib

    wanted: set[str] | None = None
    if theme is not None:
        query = queries.named(workspace, "sources-of-theme")
        concept = queries.resolve(workspace, store, query.parameters["theme"], theme)
        wanted = _works(store, queries.bind(query, {"theme": [concept]}))
    if question is not None:
        asked = queries.named(workspace, question)
        if asked.parameters:
            raise QueryError(f"'{question}' needs values; choose a question without parameters")
        found = _works(store, asked.text)
        wanted = found if wanted is None else wanted & found
    return bib.exported(workspace, form, _links(workspace, store), wanted, keys, style)


def _works(store: Store, query: str) -> set[str]:
    return {
        term.value.rsplit("/work/", 1)[1]
        for row in store.select(query).rows
        for term in row
        if isinstance(term, Iri) and "/work/" in term.value
    }


def _links(workspace: Workspace, store: Store) -> dict[str, str]:
    """Return local name of a work -> its stances and themes in words."""
    answer = queries.labelled(store, store.select(queries.named(workspace, "themes-of-works").text))
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (_, stance, theme), terms in zip(answer.rows, answer.terms, strict=True):
        found[queries.text(terms["work"]).rsplit("/work/", 1)[-1]][stance].append(theme)
    return {
        work: "; ".join(f"{stance}: {', '.join(themes)}" for stance, themes in stances.items())
        for work, stances in found.items()
    }
