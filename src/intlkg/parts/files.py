"""The files of a workspace that hold statements; what each says is kept until it changes."""

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intlkg import mappings
from intlkg.errors import BuildError, Problem
from intlkg.store import Quad, parse, serialize
from intlkg.vocab import term
from intlkg.workspace import Workspace, write

SOURCES: Final = (
    "ontology/**/*.ttl",
    "ontology/mappings/*.sssom.tsv",
    "bib/*.bib",
    "bib/themes.tsv",
    "bib/reviewed.tsv",
    "bib/evidence.tsv",
    "graphs/**/*.trig",
    "graphs/**/*.ttl",
)
"""The files that hold statements; `ontology/shapes.ttl` says how to check them."""

RULES: Final = "queries/rules/*.rq"

_NOT_DATA: Final = "ontology/shapes.ttl"
_FORMAT: Final = "5"
"""Raised when the same files would give another store: it makes every earlier build stale."""

_SHEETS: Final = ("bib/themes.tsv", "bib/reviewed.tsv", "bib/evidence.tsv")

_AT_ONCE: Final = 200_000
_PRINTED: Final = f"<{term('biro:references')}>".encode()


@dataclass(frozen=True, slots=True)
class Part:
    """What one file says, kept as N-Quads beside the store.

    Attributes:
        name: the file's name within the workspace.
        path: where its statements are kept, one per line.
    """

    name: str
    path: Path

    def content(self) -> bytes:
        """Return the statements as N-Quads.

        Raises:
            BuildError: they are not there any more.
        """
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            fault = f"{self.path} is gone; delete the folder 'build' and run 'intlkg build'"
            raise BuildError([Problem(self.name, 1, fault)]) from None

    def library(self) -> bool:
        """Whether it is a person's library: works that no text is anchored in or counts on."""
        return self.name.endswith(".bib") and _PRINTED not in self.content()


def contents(workspace: Workspace) -> dict[str, bytes]:
    """Return name -> bytes of all files and rules that a store is built from."""
    names = workspace.files(*SOURCES, RULES)
    return {name: path.read_bytes() for name, path in names.items() if name != _NOT_DATA}


def digest(*parts: str | bytes) -> str:
    """Return a name for what parts say, other than that of any other parts."""
    state = hashlib.sha256(_FORMAT.encode())
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        state.update(len(content).to_bytes(8, "big"))
        state.update(content)
    return state.hexdigest()[:32]


def digests(workspace: Workspace, found: Mapping[str, bytes]) -> dict[str, str]:
    """Return name -> digest of files."""
    return {name: digest(name, content, workspace.base) for name, content in found.items()}


def kept(workspace: Workspace, names: Mapping[str, str]) -> list[Part]:
    """Return the parts of files that were read before, by name and digest; rules are none."""
    home = workspace.generated / "cache"
    return [Part(name, home / f"{known}.nq") for name, known in names.items() if not _is_rule(name)]


def parts(workspace: Workspace, found: Mapping[str, bytes]) -> tuple[list[Part], tuple[str, ...]]:
    """Return the parts of all files, and the names of those that had to be read.

    Raises:
        BuildError: files have defects, all of which are named.
    """
    listed = kept(workspace, digests(workspace, found))
    problems: list[Problem] = []
    fresh = [part for part in listed if not part.path.is_file()]
    for part in fresh:
        quads, faults = read(workspace, part.name, found[part.name])
        problems += faults
        if not faults:
            write(part.path, b"".join(_serialized(quads)))
    if problems:
        raise BuildError(problems)
    return listed, tuple(part.name for part in fresh)


def forget(workspace: Workspace, used: Iterable[Part]) -> None:
    """Delete what is kept of files that are not used any more."""
    names = {part.path.name for part in used}
    for path in (workspace.generated / "cache").glob("*.nq"):
        if path.name not in names:
            path.unlink(missing_ok=True)


def rules(found: Mapping[str, bytes]) -> dict[str, str]:
    """Return name -> text of the rules, in the order of their names.

    Raises:
        BuildError: a rule is not UTF-8.
    """
    texts: dict[str, str] = {}
    for name in filter(_is_rule, found):
        try:
            texts[name] = found[name].decode("utf-8")
        except UnicodeDecodeError:
            fault = "it is not UTF-8; save it as UTF-8"
            raise BuildError([Problem(name, 1, fault)]) from None
    return texts


def read(workspace: Workspace, name: str, content: bytes) -> tuple[Iterable[Quad], list[Problem]]:
    """Return the statements of one file, perhaps as they are asked for, and its defects."""
    graph = workspace.graph(name)
    if name.endswith(".bib"):
        from intlkg import bib

        reading = bib.read(name, content)
        trees = reading.comments
        quads = bib.quads(name, reading.entries, base=workspace.base, graph=graph, comments=trees)
        return quads, [*reading.failed, *bib.repeated_keys(name, reading.entries)]
    if name in _SHEETS:
        from intlkg import bib

        return bib.SHEETS[name](name, content, base=workspace.base, graph=graph)
    if name.endswith(".sssom.tsv"):
        return mappings.read(name, content, graph)
    parsed = parse(name, content, graph)
    return ([], [parsed]) if isinstance(parsed, Problem) else (parsed, [])


def _serialized(quads: Iterable[Quad]) -> Iterator[bytes]:
    """Yield statements as N-Quads, some at a time: those of a large library fill the memory."""
    rest = iter(quads)
    while some := list(itertools.islice(rest, _AT_ONCE)):
        yield serialize(some, "nquads")


def _is_rule(name: str) -> bool:
    return name.endswith(".rq")
