"""Every piece of evidence with the theme it is on: what tables of evidence are counted from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intlkg import queries
from intlkg.evidence.trace import VOICE_OF, natural
from intlkg.store import Iri, Store
from intlkg.vocab import term
from intlkg.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, or a concept above one.

    Attributes:
        iri: which concept it is.
        label: what it is called.
        path: the labels from its scheme down to itself.
    """

    iri: str
    label: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one source says on one theme in one place.

    Attributes:
        theme: what it is on.
        direction: `supports`, `disputes` or `mentions`.
        kind: as in `evidence.Item`.
        who: the speaker's code, or the label of the work.
        who_iri: which speaker or work that is.
        source: the label of the work whose text has the words.
        source_iri: which work that is.
        item: IRI of the statement, citation, claim or finding.
        proposition: IRI of the proposition that it bears on; empty where it is only coded.
        claim: that proposition in words.
        start: where the words begin in the source's text, in characters from 0.
        end: where they end.
        words: the words.
    """

    theme: Theme
    direction: str
    kind: str
    who: str
    who_iri: str
    source: str
    source_iri: str
    item: str
    proposition: str
    claim: str
    start: int
    end: int
    words: str

    @property
    def voice(self) -> str:
        """Whose evidence it is, one of `evidence.VOICES`."""
        return VOICE_OF[self.kind]


def pieces(workspace: Workspace, store: Store) -> list[Piece]:
    """Return all pieces of evidence, by theme and place."""
    rows = store.select(queries.named(workspace, "evidence").text)
    answer = queries.labelled(store, rows)
    themes = _themes(store, {queries.text(row["theme"]) for row in answer.terms})
    found = []
    for terms, cells in zip(answer.terms, answer.rows, strict=True):
        row = dict(zip(answer.variables, cells, strict=True))
        found.append(
            Piece(
                theme=themes[queries.text(terms["theme"])],
                direction=row["direction"],
                kind=row["kind"],
                who=row["who"],
                who_iri=queries.text(terms["who"]),
                source=row["source"],
                source_iri=queries.text(terms["source"]),
                item=queries.text(terms["item"]),
                proposition=queries.text(terms.get("proposition")),
                claim=row["proposition"],
                start=int(row["first"]),
                end=int(row["last"]),
                words=row["words"],
            )
        )
    return sorted(found, key=lambda one: (one.theme.path, one.source, one.start, natural(one.who)))


def _themes(store: Store, iris: Iterable[str]) -> Mapping[str, Theme]:
    return {iri: Theme(iri, _label(store, iri), _path(store, iri)) for iri in iris}


def _label(store: Store, iri: str) -> str:
    return store.label(Iri(iri)) or iri


def _path(store: Store, iri: str) -> tuple[str, ...]:
    """Return the labels above a concept, its scheme's first; of several parents the first."""
    above: list[str] = []
    at = iri
    while at and at not in above:
        above.append(at)
        at = next(iter(_values(store, at, "skos:broader")), "")
    schemes = _values(store, iri, "skos:inScheme")
    return tuple(_label(store, one) for one in [*schemes[:1], *reversed(above)])


def _values(store: Store, iri: str, prefixed: str) -> list[str]:
    return [queries.text(value) for value in store.values(Iri(iri), Iri(term(prefixed)))]
