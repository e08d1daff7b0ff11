"""What a change of libraries changes in a store, so that one paper costs what one paper weighs.

Rules join the statements of a library with those of the model and the studies, never with those of
another library. So what rules add or take back is the difference between what they make of model
and studies with the changed libraries as they are now, and as they were.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from intlkg.parts import files, layers
from intlkg.parts.files import Part
from intlkg.store import Iri, Quad, Store, Triple, load
from intlkg.vocab import TRUSTED
from intlkg.workspace import Workspace

_HOME: Final = Iri(TRUSTED)
_LARGE: Final = 4
"""From a quarter of all statements on, to build the whole is quicker."""


@dataclass(frozen=True, slots=True)
class State:
    """The files that a store is built from.

    Attributes:
        digests: name -> digest of the files, rules among them.
        libraries: names of the files that are libraries.
        trusted: IRIs of the graphs whose statements are in the trusted graph.
    """

    digests: Mapping[str, str]
    libraries: frozenset[str]
    trusted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many statements there are: in all graphs but the trusted one, in it, and by rules."""

    quads: int
    trusted: int
    inferred: int


@dataclass(frozen=True, slots=True)
class Change:
    """What is different between two states of a workspace's files.

    Attributes:
        state: the files as they are now.
        removed: statements that no file makes any more, by graph.
        added: statements that a file makes now, by graph.
        withdrawn: what the rules do not add any more.
        inferred: what the rules add now.
        others: IRIs of the graphs of the libraries that did not change.
        venues: what the IRIs of venues begin with, which libraries share.
        own: the graph of what the rules add.
    """

    state: State
    removed: frozenset[Quad]
    added: frozenset[Quad]
    withdrawn: frozenset[Triple]
    inferred: frozenset[Triple]
    others: frozenset[Iri]
    venues: str
    own: Iri


def between(
    workspace: Workspace, before: State, after: Mapping[str, str], rules: Mapping[str, str]
) -> Change | None:
    """Return what a change of files changes; None where it is more than libraries, or very large.

    Args:
        workspace: whose files they are.
        before: the files of the store in use.
        after: name -> digest of the files as they are now.
        rules: name -> text of the rules.
    """
    names = {name for name, _ in before.digests.items() ^ after.items()}
    old = files.kept(workspace, {n: d for n, d in before.digests.items() if n in names})
    new = files.kept(workspace, {n: d for n, d in after.items() if n in names})
    rest = files.kept(workspace, {n: d for n, d in after.items() if n not in names})
    if names != {part.name for part in [*old, *new]}:
        return None
    if not all(part.path.is_file() and part.library() for part in [*old, *new]):
        return None
    if _LARGE * _size([*old, *new]) > _size(rest):
        return None
    core = [part.content() for part in rest if part.name not in before.libraries]
    own = layers.inferred_graph(workspace)
    said = [part.content() for part in old], [part.content() for part in new]
    about = layers.provenance(workspace, before.digests), layers.provenance(workspace, after)
    was, now = (
        frozenset(quad for content in contents for quad in load(content)) for contents in said
    )
    gone, came = (
        _inferred([*core, *contents], quads, rules, own)
        for contents, quads in zip(said, about, strict=True)
    )
    libraries = before.libraries - {part.name for part in old}
    gone_graphs, new_graphs = (
        frozenset(workspace.graph(part.name) for part in side) for side in (old, new)
    )
    return Change(
        state=State(
            after,
            libraries | {part.name for part in new},
            (before.trusted - gone_graphs) | new_graphs,
        ),
        removed=(was - now) | (frozenset(about[0]) - frozenset(about[1])),
        added=(now - was) | (frozenset(about[1]) - frozenset(about[0])),
        withdrawn=gone - came,
        inferred=came - gone,
        others=frozenset(Iri(workspace.graph(name)) for name in libraries),
        venues=f"{workspace.base}venue/",
        own=Iri(own),
    )


def apply(store: Store, change: Change, counts: Counts) -> Counts | None:
    """Change a store accordingly, and return what it counts then.

    None where a changed library and another one speak of one thing, so that what the rules make of
    it hangs on both: then the whole is to be built, and the store stays as it was.
    """
    trusted = {Iri(graph) for graph in change.state.trusted}
    subjects = {q.subject for q in change.removed | change.added}
    shared = {
        subject
        for subject in subjects
        if any(q.graph_name in change.others for q in store.find(subject=subject))
    }
    if any(not str(subject).startswith(f"<{change.venues}") for subject in shared):
        return None
    if any(triple.subject in shared for triple in change.withdrawn):
        return None
    unsaid = {layers.in_graph(t, change.own) for t in change.withdrawn}
    unsaid = {quad for quad in unsaid if quad in store}
    store.remove(change.removed | unsaid)
    lost = {
        layers.in_graph(t, _HOME)
        for t in {q.triple for q in change.removed | unsaid}
        if not any(q.graph_name in trusted for q in store.find(triple=t))
    }
    lost = {quad for quad in lost if quad in store}
    store.remove(lost)
    gained = {layers.in_graph(q.triple, _HOME) for q in change.added if q.graph_name in trusted}
    gained = {quad for quad in gained if quad not in store}
    store.extend([*change.added, *gained])
    said = {layers.in_graph(t, _HOME) for t in change.inferred}
    said = {quad for quad in said if quad not in store}
    store.extend([*said, *(layers.in_graph(q.triple, change.own) for q in said)])
    inferred = len(said) - len(unsaid)
    return Counts(
        counts.quads + len(change.added) - len(change.removed) + inferred,
        counts.trusted + len(gained) + len(said) - len(lost),
        counts.inferred + inferred,
    )


def _inferred(
    contents: Iterable[bytes], about: Iterable[Quad], rules: Mapping[str, str], own: str
) -> frozenset[Triple]:
    """Return what rules add to contents and to what is said about their graphs."""
    engine = Store.memory()
    engine.extend(about)
    kept = list(contents)
    for content in kept:
        engine.load(content)
    trusted = layers.trusted_graphs(engine)
    for content in kept:
        engine.load(layers.lifted(content, trusted))
    layers.infer(engine, rules, own)
    return frozenset(quad.triple for quad in engine.find(graph=Iri(own)))


def _size(parts: Iterable[Part]) -> int:
    return sum(part.path.stat().st_size for part in parts if part.path.is_file())
