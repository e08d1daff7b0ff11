"""The works of the evidence base, or those on a theme, as a bibliography for other tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from intlkg import questions
from intlkg.base import Base, tail
from intlkg.errors import QueryError
from intlkg.evidence.model import ROLES, Evidence, Who
from intlkg.evidence.rows import evidence
from intlkg.evidence.trace import trace
from intlkg.store import Iri
from intlkg.vocab import term

if TYPE_CHECKING:
    from intlkg import bib

FORMATS: Final = ("bibtex", "biblatex", "ris", "csl-json", "bibliography")
_HANDS: Final = {"first": "", "second": "reported ", "none": "marked "}
"""Hand -> what stands before the stance in the field that holds a work's themes."""


def bibliography(
    base: Base, form: str, *, theme: str | None = None, question: str | None = None
) -> str:
    """Return the entries of the workspace's works in a format, under the workspace's keys."""
    return exported(base, form, theme=theme, question=question).text


def exported(
    base: Base,
    form: str,
    *,
    theme: str | None = None,
    question: str | None = None,
    keys: str = "minted",
    style: str = "apa",
) -> bib.Export:
    """Return the entries of the workspace's works in a format of `FORMATS`, and what is left out.

    BibTeX comes out as it came in, with two more fields: `intlkg-themes` has the work's themes, and
    `intlkg-evidence` the words that readers copied from it, with pages.

    Args:
        base: whose entries are written.
        form: the format.
        theme: write only works that have evidence on it.
        question: write only works that this named question answers with.
        style: of a `bibliography`: a style of CSL by its name, or a `.csl` file.
        keys: `own` for the keys of the person's libraries, or `minted` for the workspace's.

    Raises:
        QueryError: no such theme or question, or one that needs values.
    """
    from intlkg import bib

    wanted: set[str] | None = None
    if theme is not None:
        found = {who.iri for one in trace(base, theme).evidence for who in one.who}
        wanted = {tail(iri) for iri in found} | set(_reports(base, found))
    if question is not None:
        asked = questions.named(base.workspace, question)
        if asked.parameters:
            raise QueryError(f"'{question}' needs values; choose a question without parameters")
        rows = base.store.select(asked.text).rows
        named = {tail(term.value) for row in rows for term in row if isinstance(term, Iri)}
        wanted = named if wanted is None else wanted & named
    return bib.exported(base.workspace, form, _fields(base), wanted, keys, style)


def _reports(base: Base, studies: Iterable[str]) -> Iterator[str]:
    """Yield the local names of the works that report some studies."""
    for study in studies:
        if study:
            for work in base.store.values(Iri(study), Iri(term("ik:reportedIn"))):
                yield tail(questions.text(work))


def _fields(base: Base) -> dict[str, dict[str, str]]:
    """Return local name of a work -> what to add to its entry: its themes, its passages."""
    from intlkg import bib

    themes: dict[str, dict[str, dict[str, None]]] = {}
    passages: dict[str, dict[str, None]] = {}
    for one in evidence(base):
        for who in one.who:
            for work in _works(base, who):
                said = f"{_HANDS[one.hand]}{one.stance}"
                on = themes.setdefault(work, {}).setdefault(said, {})
                on.update(
                    dict.fromkeys(theme.label for role, theme in one.roles if role == ROLES[0])
                )
                if one.kind == "passage" and not one.written.endswith(".bib"):
                    passages.setdefault(work, {})[bib.as_note(_note(base, one, work))] = None
    return {
        work: {bib.THEMES: _listed(said)}
        | ({bib.EVIDENCE: " || ".join(passages[work])} if work in passages else {})
        for work, said in themes.items()
    }


def _listed(said: dict[str, dict[str, None]]) -> str:
    parts = [
        f"{stance}: {', '.join(sorted(said[stance]))}" for stance in sorted(said) if said[stance]
    ]
    return "; ".join(parts)


def _works(base: Base, who: Who) -> Iterator[str]:
    if who.voice == "study":
        yield from _reports(base, [who.iri])
    elif who.voice.startswith("work"):
        yield tail(who.iri)


def _note(base: Base, one: Evidence, work: str) -> bib.Note:
    from intlkg import bib

    def part(prefixed: str) -> str:
        found = base.store.values(Iri(one.proposition), Iri(term(prefixed)))
        return base.label(questions.text(found[0])) if found else ""

    stated = bool(one.proposition)
    return bib.Note(
        work=work,
        theme="" if stated else one.roles[0][1].label,
        subject=part("ik:subjectConcept") if stated else "",
        relation=part("ik:relationType") if stated else "",
        object=part("ik:objectConcept") if stated else "",
        stance=one.stance,
        words=one.words,
        page=one.places[0].locator.removeprefix("p. ") if one.places else "",
        reader=one.reader,
        note="",
    )
