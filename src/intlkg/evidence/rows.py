"""The one reader of evidence: rows of `queries/lists/evidence.rq` as values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from intlkg import questions
from intlkg.base import Base
from intlkg.evidence.model import ROLES, VOICES, Evidence, Place, Theme, Who, natural
from intlkg.evidence.texts import checked, whole_sentence
from intlkg.store import Iri, Term

LIST: Final = "evidence"
_Row: TypeAlias = Mapping[str, Term]


def evidence(base: Base) -> tuple[Evidence, ...]:
    """Return all evidence, in the order of the texts; it is read once."""
    return base.once(_all)


def evidence_on(base: Base, themes: Iterable[str]) -> tuple[Evidence, ...]:
    """Return the evidence on some themes, each with these themes only.

    Args:
        base: whose evidence.
        themes: IRIs of the themes.
    """
    query = questions.named(base.workspace, LIST, "lists")
    bound = questions.bind(query, {"theme": [Iri(theme) for theme in themes]})
    return _grouped(base, base.store.select(bound))


def unlisted(base: Base) -> frozenset[str]:
    """Return the IRIs of works that a text cites and whose entry its reference list lacks."""
    return base.once(_unlisted)


def _all(base: Base) -> tuple[Evidence, ...]:
    return _grouped(base, questions.listed(base, LIST))


def _unlisted(base: Base) -> frozenset[str]:
    rows = questions.listed(base, "unlisted-works")
    return frozenset(questions.text(row["work"]) for row in rows)


def _grouped(base: Base, rows: Iterable[_Row]) -> tuple[Evidence, ...]:
    """Return one evidence for each reading of an item."""
    groups: dict[tuple[Term | None, ...], list[_Row]] = defaultdict(list)
    for row in rows:
        key = (row["line"], row["item"], row["stance"], row.get("proposition"))
        groups[key].append(row)
    return tuple(sorted((_evidence(base, group) for group in groups.values()), key=_by_place))


def _by_place(one: Evidence) -> tuple[object, ...]:
    first = one.places[0] if one.places else Place("")
    return first.source, first.start or 0, first.locator, one.iri, one.line


def _evidence(base: Base, rows: list[_Row]) -> Evidence:
    first = rows[0]

    def said(name: str) -> str:
        term = first.get(name)
        return base.label(term.value) if isinstance(term, Iri) else questions.text(term)

    kind, words = said("kind"), questions.text(first.get("words"))
    who, places = _who(base, rows), _places(base, rows)
    label = said("label")
    credited = f"credited to “{said('credited')}”" if "credited" in first else ""
    return Evidence(
        iri=questions.text(first["item"]),
        line=questions.text(first["line"]),
        stance=said("stance"),
        kind=kind,
        voice=said("voice"),
        hand=said("hand"),
        who=who,
        words=words,
        places=places,
        roles=_roles(base, rows),
        proposition=questions.text(first.get("proposition")),
        label=label if kind in ("finding", "assertion") and not _same(label, words) else "",
        marked=said("marked"),
        reader=said("by"),
        question=said("question"),
        basis=said("basis"),
        strength=said("strength"),
        reason=said("reason"),
        notes=tuple(filter(None, (credited, said("speaker_note"), said("reading_note")))),
        checked=checked(base, who[0].iri, words) if kind == "passage" else "",
        written=said("file"),
        sentence=whole_sentence(base, places, words),
    )


def _who(base: Base, rows: Iterable[_Row]) -> tuple[Who, ...]:
    missing = unlisted(base)
    found = set()
    for row in rows:
        term, voice = row["who"], row["voice"]
        iri = term.value if isinstance(term, Iri) else ""
        name = base.label(iri) if iri else questions.text(term)
        assert isinstance(voice, Iri)  # noqa: S101
        found.add(Who(name, iri, base.label(voice.value), iri in missing))
    return tuple(sorted(found, key=lambda who: (VOICES.index(who.voice), natural(who.name))))


def _places(base: Base, rows: Iterable[_Row]) -> tuple[Place, ...]:
    found = set()
    for row in rows:
        source, file = row.get("source"), questions.text(row.get("file"))
        if isinstance(source, Iri):
            start, end = (int(questions.text(row[name])) for name in ("start", "end"))
            section = row.get("section")
            heading = base.label(section.value) if isinstance(section, Iri) else ""
            anchor = questions.text(row["anchor"])
            found.add(
                Place(base.label(source.value), heading, start, end, "", source.value, anchor)
            )
        elif page := questions.text(row.get("locator")):
            found.update(_pages(base, row, page))
        elif row.get("words"):
            found.update(_pages(base, row, ""))
        elif file:
            found.add(Place(file, locator=f"line {questions.text(row['number'])}"))
    return tuple(sorted(found, key=lambda place: (place.source, place.start or 0, place.locator)))


def _pages(base: Base, row: _Row, page: str) -> Iterable[Place]:
    work = row["who"]
    if isinstance(work, Iri):
        yield Place(
            base.label(work.value), locator=f"p. {page}" if page else "", source_iri=work.value
        )


def _roles(base: Base, rows: Iterable[_Row]) -> tuple[tuple[str, Theme], ...]:
    found = {}
    for row in rows:
        role, theme = questions.text(row["role"]), questions.text(row["theme"])
        found[role, theme] = (base.label(role), Theme(theme, base.label(theme)))
    return tuple(sorted(found.values(), key=lambda pair: (ROLES.index(pair[0]), pair[1].label)))


def _same(one: str, other: str) -> bool:
    """Return whether a label is only the words again, perhaps shortened."""
    return not one or one == other or other.startswith(one.removesuffix("..."))
