"""Verify every anchor of a text, and place those that a curator left open."""

from dataclasses import dataclass
from pathlib import Path

from intlkg import build, studies
from intlkg.base import Base
from intlkg.check.anchors import anchors_by_text, texts
from intlkg.check.places import Places
from intlkg.errors import BuildError, IntlkgError, Problem
from intlkg.store import Document, read_document
from intlkg.vocab import term
from intlkg.workspace import Workspace, write


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found, and what it wrote.

    Attributes:
        problems: the anchors that fail, by file and line.
        anchors: how many anchors there are in the text.
        changes: what was filled in or refreshed, in words; empty without `write`.
        written: the file that was written, or None.
        warnings: what a person should read again, by file and line.
        unplaced: how many statements and passages have no place yet.
    """

    problems: tuple[Problem, ...]
    anchors: int
    changes: tuple[str, ...] = ()
    written: Path | None = None
    warnings: tuple[Problem, ...] = ()
    unplaced: int = 0


def verify(workspace: Workspace, file: Path, *, fill: bool = False) -> Verified:
    """Re-read every anchor of one text: are its words at its position?

    Args:
        workspace: where the anchors are.
        file: the text, known by its digest. A file of another digest is taken for a new version
            of the text of the study that it is named after, or of a workspace's only text.
        fill: also write into the study's graph file what can be filled in or refreshed
            (see `studies.place`), the digest included.

    Raises:
        BuildError: files of the workspace have defects.
        IntlkgError: the text is none of the workspace's, or not UTF-8.
    """
    try:
        words = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise IntlkgError(f"{file}: {error}; give the text as UTF-8") from None
    base = Base(workspace, build.store(workspace))
    digests = texts(base)
    source = _source(digests, file)
    placed, written = studies.Placed(), None
    name, _ = Places(workspace).of(source)
    if fill:
        placed, changed = _fill(workspace, name, source, words, studies.digest(file))
        written = workspace.root / name if changed else None
        base = Base(workspace, build.store(workspace))
    anchors = anchors_by_text(base).get(source, [])
    faults = [(anchor.iri, fault) for anchor in anchors for fault in studies.verify(anchor, words)]
    places = Places(workspace)
    problems = {places.problem(iri, fault) for iri, fault in [*faults, *placed.faults]}
    if not fill and digests[source] != studies.digest(file):
        fault = f"its digest is not that of {file.name}; give the text that was read, or --write"
        problems.add(places.problem(source, fault))
    return Verified(
        problems=tuple(sorted(problems)),
        anchors=len({anchor.iri for anchor in anchors}),
        changes=tuple(placed.changes),
        written=written,
        warnings=tuple(places.problem(*one) for one in studies.warnings(anchors, words)),
        unplaced=studies.unplaced(_document(workspace, name)),
    )


def _document(workspace: Workspace, name: str) -> Document:
    document = read_document(name, (workspace.root / name).read_text(encoding="utf-8"))
    if isinstance(document, Problem):
        raise BuildError([document])
    return document


def _source(digests: dict[str, str], file: Path) -> str:
    """Return the IRI of the source text that a file is, or is a version of."""
    digest = studies.digest(file)
    known = [iri for iri, of_text in digests.items() if of_text == digest]
    known += [iri for iri in digests if f"/{file.stem}/" in iri]
    if not known and len(digests) != 1:
        raise IntlkgError(
            f"{file} (SHA-256 {digest}) is none of this workspace's texts "
            f"({', '.join(digests) or 'it has none'}); name the file after its study, or state its "
            "digest as schema:sha256 of an ik:SourceText"
        )
    return (known or list(digests))[0]


def _fill(
    workspace: Workspace, name: str, source: str, words: str, digest: str
) -> tuple[studies.Placed, bool]:
    """Fill in one graph file; say what was done, and whether the file changed."""
    path = workspace.root / name
    content = path.read_text(encoding="utf-8")
    document = _document(workspace, name)
    placed = studies.place(document, source, words)
    stated = document.shorten(term("schema:sha256"))
    for graph in document.graphs:
        for block in graph.blocks:
            if document.expand(block.subject) == source and block.objects(stated):
                block.state(stated, [f'"{digest}"'])
    after = document.text()
    if after != content:
        write(path, after.encode())
    return placed, after != content
