"""Build the store from the workspace's files: only what changed, whole or not at all.

A build writes a new generation beside the one in use, then moves the pointer `CURRENT` to it in one
step. Killed at any moment, it leaves the previous generation in use.
"""

import contextlib
import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intlkg import mappings
from intlkg.errors import BuildError, Problem, QueryError, StoreError
from intlkg.store import Iri, Quad, Store, Triple, load, parse, serialize
from intlkg.vocab import GRAPH_STATUS, IKV, RDF_TYPE, TRUSTED, TRUSTED_STATUSES, term
from intlkg.workspace import Workspace, write

SOURCES: Final = (
    "ontology/**/*.ttl",
    "ontology/mappings/*.sssom.tsv",
    "bib/*.bib",
    "bib/themes.tsv",
    "bib/reviewed.tsv",
    "graphs/**/*.trig",
    "graphs/**/*.ttl",
)
"""The files that hold statements; `ontology/shapes.ttl` says how to check them."""

_NOT_DATA: Final = "ontology/shapes.ttl"
_FORMAT: Final = "3"
"""Raised when the same files would give another store: it makes every earlier build stale."""

_DISK_FROM: Final = 50_000
"""Quads from which opening a store on disk is quicker than reading the dump (measured)."""


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


def build(workspace: Workspace) -> Built:
    """Bring the workspace's store up to date with its files, and say what was done.

    Raises:
        BuildError: files have defects; the previous store stays in use.
        StoreError: another build is running, or the store cannot be written.
    """
    with _lock(workspace.generated / "store"):
        contents = _contents(workspace)
        parts = [part for item in contents.items() for part in item]
        generation = _digest(workspace.engine, workspace.base, *parts)
        current = _current(workspace)
        if current is not None and current.name == generation:
            return _summary(current, fresh=False)
        return _write(workspace, contents, generation)


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
    folder = _current(workspace)
    if folder is None:
        raise StoreError(f"{workspace.root} has no store yet; run 'intlkg build'")
    disk = folder / "disk"
    return Store.disk(disk) if disk.is_dir() else Store.memory(folder / "data.nq")


def dump(workspace: Workspace) -> Iterator[Quad]:
    """Yield every statement of the last build as its files wrote it, trusted graph included.

    The store may rewrite literals (`01` becomes `1`): this is the copy of record, the store is not.
    """
    folder = _current(workspace)
    if folder is None:
        raise StoreError(f"{workspace.root} has no store yet; run 'intlkg build'")
    yield from load((folder / "data.nq").read_bytes())


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


def read(workspace: Workspace, name: str, content: bytes) -> tuple[list[Quad], list[Problem]]:
    """Return the statements of one file, and its defects."""
    graph = workspace.graph(name)
    if name.endswith(".bib"):
        from intlkg import bib

        reading = bib.read(name, content)
        quads = bib.quads(name, reading.entries, base=workspace.base, graph=graph)
        return quads, [*reading.failed, *bib.repeated_keys(name, reading.entries)]
    if name in ("bib/themes.tsv", "bib/reviewed.tsv"):
        from intlkg import bib

        reader = bib.read_marks if name == "bib/themes.tsv" else bib.read_reviews
        return reader(name, content, base=workspace.base, graph=graph)
    if name.endswith(".sssom.tsv"):
        return mappings.read(name, content, graph)
    parsed = parse(name, content, graph)
    return ([], [parsed]) if isinstance(parsed, Problem) else (parsed, [])


def _contents(workspace: Workspace) -> dict[str, bytes]:
    names = workspace.files(*SOURCES, "queries/rules/*.rq")
    return {name: path.read_bytes() for name, path in names.items() if name != _NOT_DATA}


def _write(workspace: Workspace, contents: Mapping[str, bytes], generation: str) -> Built:
    home = workspace.generated / "store"
    quads, parsed = _quads(workspace, contents)
    layers = [*quads, *_provenance(workspace, contents)]
    rules = _rules(contents)
    inferred, trusted = _infer(workspace, layers, rules)
    everything = {*layers, *inferred}
    counts = {
        "files": len(contents),
        "quads": len(everything),
        "trusted": len(trusted),
        "inferred": len(inferred),
    }
    part = home / f"{generation}.part"
    shutil.rmtree(part, ignore_errors=True)
    everything.update(Quad(t.subject, t.predicate, t.object, Iri(TRUSTED)) for t in trusted)
    write(part / "data.nq", serialize(everything, "nquads"))
    write(part / "counts.json", json.dumps(counts, sort_keys=True).encode())
    if workspace.engine == "disk" or (workspace.engine == "auto" and len(everything) >= _DISK_FROM):
        Store.write_disk(part / "disk", part / "data.nq")
    _publish(home, part, generation)
    return Built(**counts, parsed=tuple(parsed), fresh=True)


def _rules(contents: Mapping[str, bytes]) -> dict[str, str]:
    """Return name -> text of the rules, in the order of their names."""
    rules: dict[str, str] = {}
    for name, content in contents.items():
        if name.endswith(".rq"):
            try:
                rules[name] = content.decode("utf-8")
            except UnicodeDecodeError:
                fault = "it is not UTF-8; save it as UTF-8"
                raise BuildError([Problem(name, 1, fault)]) from None
    return rules


def _publish(home: Path, part: Path, generation: str) -> None:
    """Move the new generation in, point to it, and drop all but it and the one before."""
    previous = _pointer(home)
    final = home / generation
    shutil.rmtree(final, ignore_errors=True)
    part.rename(final)
    write(home / "CURRENT", generation.encode())
    for folder in home.iterdir():
        if folder.is_dir() and folder.name not in (generation, previous):
            shutil.rmtree(folder, ignore_errors=True)


def _quads(workspace: Workspace, contents: Mapping[str, bytes]) -> tuple[list[Quad], list[str]]:
    """Return the statements of all files, and which of them had to be parsed."""
    cache = workspace.generated / "cache"
    quads: list[Quad] = []
    problems: list[Problem] = []
    parsed: list[str] = []
    used: set[str] = set()
    for name, content in contents.items():
        if name.endswith(".rq"):
            continue
        digest = _digest(name, content, workspace.base)
        used.add(f"{digest}.nq")
        kept = cache / f"{digest}.nq"
        if kept.is_file():
            quads += load(kept.read_bytes())
            continue
        parsed.append(name)
        fresh, faults = read(workspace, name, content)
        problems += faults
        quads += fresh
        if not faults:
            write(kept, serialize(fresh, "nquads"))
    if problems:
        raise BuildError(problems)
    _forget(cache, used)
    return quads, parsed


def _forget(cache: Path, used: set[str]) -> None:
    for path in cache.glob("*.nq"):
        if path.name not in used:
            path.unlink(missing_ok=True)


def _provenance(workspace: Workspace, names: Iterable[str]) -> list[Quad]:
    """Say of each file's own graph which layer it is and what it was read from."""
    graph = Iri(f"{workspace.base}graph/provenance")
    said: list[Quad] = [_status(graph, graph, "provenance")]
    for name in names:
        if name.endswith((".ttl", ".bib", ".tsv")):
            subject = Iri(workspace.graph(name))
            said.append(_status(subject, graph, "source" if name.endswith(".bib") else "asserted"))
            said.append(_derived(subject, Iri(f"{workspace.base}file/{name}"), graph))
    inferred = Iri(f"{workspace.base}graph/inferred")
    said.append(_status(inferred, graph, "inferred"))
    said += [
        _derived(inferred, Iri(f"{workspace.base}file/{name}"), graph)
        for name in names
        if name.endswith(".rq")
    ]
    kind = Iri(term("ik:StatementGraph"))
    said += [Quad(s, Iri(RDF_TYPE), kind, graph) for s in {q.subject for q in said}]
    return said


def _status(subject: Iri, graph: Iri, status: str) -> Quad:
    return Quad(subject, Iri(GRAPH_STATUS), Iri(IKV + status), graph)


def _derived(subject: Iri, file: Iri, graph: Iri) -> Quad:
    return Quad(subject, Iri(term("prov:wasDerivedFrom")), file, graph)


def _infer(
    workspace: Workspace, layers: list[Quad], rules: Mapping[str, str]
) -> tuple[list[Quad], set[Triple]]:
    """Run each rule once, in the order of the names, on the trusted graph as it then stands.

    Returns:
        What the rules added, in the inferred graph; and all triples of the trusted graph.
    """
    status = Iri(GRAPH_STATUS)
    kept = {Iri(name) for name in TRUSTED_STATUSES}
    graphs = {q.subject for q in layers if q.predicate == status and q.object in kept}
    trusted = {q.triple for q in layers if q.graph_name in graphs}
    engine = Store.memory()
    home = Iri(TRUSTED)
    engine.extend(layers)
    engine.extend(Quad(t.subject, t.predicate, t.object, home) for t in trusted)
    inferred: list[Quad] = []
    for name, text in rules.items():
        try:
            new = set(engine.construct(text)) - trusted
        except QueryError as error:
            raise BuildError([Problem(name, error.line, f"{error}; mend the rule")]) from None
        trusted |= new
        engine.extend(Quad(t.subject, t.predicate, t.object, home) for t in new)
        graph = Iri(f"{workspace.base}graph/inferred")
        inferred += [Quad(t.subject, t.predicate, t.object, graph) for t in new]
    return inferred, trusted


def _current(workspace: Workspace) -> Path | None:
    home = workspace.generated / "store"
    generation = _pointer(home)
    folder = home / generation
    return folder if generation and (folder / "counts.json").is_file() else None


def _pointer(home: Path) -> str:
    try:
        return (home / "CURRENT").read_text().strip()
    except FileNotFoundError:
        return ""


def _summary(folder: Path, *, fresh: bool) -> Built:
    counts = json.loads((folder / "counts.json").read_bytes())
    return Built(**counts, parsed=(), fresh=fresh)


def _digest(*parts: str | bytes) -> str:
    state = hashlib.sha256(_FORMAT.encode())
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        state.update(len(content).to_bytes(8, "big"))
        state.update(content)
    return state.hexdigest()[:32]


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
