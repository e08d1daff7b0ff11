"""Build the store from the workspace's files: only what changed, whole or not at all.

A generation is made beside the one in use, then takes its place.
The pointer `CURRENT` moves in one step: a build killed at any moment leaves the previous generation
in use. A small store is a file of N-Quads that is read into memory; a large one is on disk, and its
next generation shares with it all that did not change.
"""

import contextlib
import fcntl
import itertools
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from intlkg.errors import StoreError
from intlkg.parts import changes, files, layers
from intlkg.parts.changes import Counts, State
from intlkg.parts.files import Part
from intlkg.store import Iri, Quad, Store, load, serialize
from intlkg.vocab import GRAPH_STATUS, IKV, TRUSTED
from intlkg.workspace import Workspace, write

_DISK_FROM: Final = 20_000
"""Statements in files from which opening a store on disk is quicker than reading it (measured)."""

_PIECE: Final = 40_000_000
"""Bytes that are loaded at once: the engine keeps several times as much in memory meanwhile."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        files: how many files the store was built from.
        parsed: names of the files that had changed and were parsed.
        quads: statements in all graphs, the trusted one not counted.
        trusted: statements in the trusted graph.
        inferred: statements that the rules added.
        fresh: False when nothing had changed and nothing was done.
    """

    files: int
    parsed: tuple[str, ...]
    quads: int
    trusted: int
    inferred: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class _Generation:
    """A generation as it was written: its folder, the files it is made from, what it counts."""

    folder: Path
    state: State
    counts: Counts

    @property
    def disk(self) -> Path:
        return self.folder / "disk"

    @property
    def dump(self) -> Path:
        return self.folder / "data.nq"


def build(workspace: Workspace) -> Built:
    """Bring the workspace's store up to date with its files, and say what was done.

    Raises:
        BuildError: files have defects; the previous store stays in use.
        StoreError: another build is running, or the store cannot be written.
    """
    with _lock(workspace.generated / "store"):
        found = files.contents(workspace)
        digests = files.digests(workspace, found)
        name = files.digest(
            workspace.engine, workspace.base, workspace.language, *sorted(digests.values())
        )
        current = _current(workspace)
        if current is not None and current.folder.name == name:
            return Built(len(digests), (), **asdict(current.counts), fresh=False)
        parts, parsed = files.parts(workspace, found)
        folder = workspace.generated / "store" / f"{name}.part"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        rules = files.rules(found)
        made = _advanced(workspace, current, folder, digests, rules)
        made = made or _whole(workspace, parts, folder, digests, rules)
        _publish(workspace.generated / "store", made, name)
        files.forget(workspace, parts)
        return Built(len(digests), parsed, **asdict(made.counts), fresh=True)


def store(workspace: Workspace) -> Store:
    """Return the workspace's store, built first if its files have changed.

    Raises:
        BuildError: files have defects and there is no usable store yet.
        StoreError: the store cannot be opened.
    """
    build(workspace)
    return opened(workspace)


def opened(workspace: Workspace) -> Store:
    """Return the store of the last build, whatever the files say now.

    Raises:
        StoreError: there was no build yet, or the store cannot be opened.
    """
    last = _last(workspace)
    return Store.disk(last.disk) if last.disk.is_dir() else Store.memory(last.dump)


def dump(workspace: Workspace) -> Iterator[Quad]:
    """Yield every statement of the last build as its files wrote it, trusted graph included.

    The store may rewrite literals (`01` becomes `1`): this is the copy of record, the store is not.
    A trusted statement that two graphs make may come twice.

    Raises:
        StoreError: there was no build yet.
    """
    last = _last(workspace)
    if last.dump.is_file():
        yield from load(last.dump.read_bytes())
        return
    about = serialize(layers.provenance(workspace, last.state.digests), "nquads")
    for content in _contents(about, files.kept(workspace, last.state.digests)):
        yield from load(content)
        yield from load(layers.lifted(content, last.state.trusted))
    own = Iri(layers.inferred_graph(workspace))
    for quad in Store.disk(last.disk).find(graph=own):
        yield quad
        yield layers.in_graph(quad.triple, Iri(TRUSTED))


def export(workspace: Workspace, form: str, *, restricted: bool = False) -> bytes:
    """Return the last build in a format: `nquads` holds every named graph, the others the trusted.

    Args:
        workspace: what to export.
        form: `turtle`, `jsonld` or `nquads`.
        restricted: whether `nquads` holds also the graphs with facts on persons.

    Raises:
        StoreError: there was no build yet.
    """
    if form == "nquads":
        quads = list(dump(workspace))
        kept = (Iri(GRAPH_STATUS), Iri(IKV + "restricted"))
        withheld = {q.subject for q in quads if (q.predicate, q.object) == kept}
        return serialize((q for q in quads if restricted or q.graph_name not in withheld), form)
    home = Iri(TRUSTED)
    return serialize((quad.triple for quad in dump(workspace) if quad.graph_name == home), form)


def _whole(
    workspace: Workspace,
    parts: list[Part],
    folder: Path,
    digests: Mapping[str, str],
    rules: Mapping[str, str],
) -> _Generation:
    """Make a generation from all files."""
    about = serialize(layers.provenance(workspace, digests), "nquads")
    quads = about.count(b"\n") + sum(part.content().count(b"\n") for part in parts)
    large = workspace.engine == "disk" or (workspace.engine == "auto" and quads >= _DISK_FROM)
    engine = Store.create(folder / "disk") if large else Store.memory()
    for content in _contents(about, parts):
        engine.load(content)
    trusted = layers.trusted_graphs(engine)
    for content in _contents(about, parts):
        engine.load(layers.lifted(content, trusted))
    own = layers.inferred_graph(workspace)
    inferred = layers.infer(engine, rules, own)
    if large:
        engine.optimize()
    else:
        lines = {line for content in _contents(about, parts) for line in _lines(content, trusted)}
        made = [q.triple for q in engine.find(graph=Iri(own))]
        added = (layers.in_graph(t, Iri(home)) for t in made for home in (own, TRUSTED))
        lines.update(serialize(added, "nquads").splitlines(keepends=True))
        write(folder / "data.nq", b"".join(sorted(lines)))
    libraries = frozenset(part.name for part in parts if part.library())
    counts = Counts(quads + inferred, engine.count(Iri(TRUSTED)), inferred)
    return _Generation(folder, State(digests, libraries, trusted), counts)


def _contents(about: bytes, parts: Iterable[Part]) -> Iterator[bytes]:
    """Yield what files say in pieces of whole lines: all of it at once may not fit into memory."""
    for content in itertools.chain([about], (part.content() for part in parts)):
        start = 0
        while start < len(content):
            end = content.find(b"\n", start + _PIECE) + 1 or len(content)
            yield content[start:end]
            start = end


def _lines(content: bytes, trusted: frozenset[str]) -> list[bytes]:
    return (content + layers.lifted(content, trusted)).splitlines(keepends=True)


def _advanced(
    workspace: Workspace,
    current: _Generation | None,
    folder: Path,
    digests: Mapping[str, str],
    rules: Mapping[str, str],
) -> _Generation | None:
    """Make a generation from the one in use where only libraries changed; None if it cannot be."""
    if current is None or not current.disk.is_dir() or workspace.engine == "memory":
        return None
    change = changes.between(workspace, current.state, digests, rules)
    if change is None:
        return None
    Store.disk(current.disk).copy(folder / "disk")
    engine = Store.create(folder / "disk")
    counts = changes.apply(engine, change, current.counts)
    if counts is None:
        del engine
        shutil.rmtree(folder / "disk")
        return None
    engine.flush()
    return _Generation(folder, change.state, counts)


def _publish(home: Path, made: _Generation, name: str) -> None:
    """Move the new generation in, point to it, and drop all but it and the one before."""
    state = made.state
    manifest = {
        "counts": asdict(made.counts),
        "digests": dict(state.digests),
        "libraries": sorted(state.libraries),
        "trusted": sorted(state.trusted),
    }
    write(made.folder / "manifest.json", json.dumps(manifest, indent=1).encode())
    previous = _pointer(home)
    final = home / name
    shutil.rmtree(final, ignore_errors=True)
    made.folder.rename(final)
    write(home / "CURRENT", name.encode())
    for folder in home.iterdir():
        if folder.is_dir() and folder.name not in (name, previous):
            shutil.rmtree(folder, ignore_errors=True)


def _last(workspace: Workspace) -> _Generation:
    last = _current(workspace)
    if last is None:
        raise StoreError(f"{workspace.root} has no store yet; run 'intlkg build'")
    return last


def _current(workspace: Workspace) -> _Generation | None:
    home = workspace.generated / "store"
    folder = home / (_pointer(home) or ".none")
    try:
        said = json.loads((folder / "manifest.json").read_bytes())
    except FileNotFoundError:
        return None
    state = State(said["digests"], frozenset(said["libraries"]), frozenset(said["trusted"]))
    return _Generation(folder, state, Counts(**said["counts"]))


def _pointer(home: Path) -> str:
    try:
        return (home / "CURRENT").read_text().strip()
    except FileNotFoundError:
        return ""


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold the only right to write; a second writer waits for the first."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / "lock").open("a")
    except OSError as error:
        raise StoreError(f"{folder} cannot be written ({error}); choose another place") from None
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
