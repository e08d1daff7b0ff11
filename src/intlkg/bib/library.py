"""A workspace's library: works are added to it from people's own files, which stay as they are."""

import glob
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from intlkg.bib.blocks import extended, plain, rekeyed
from intlkg.bib.formats import SUFFIXES, read_any
from intlkg.bib.identity import Works
from intlkg.bib.keys import mint
from intlkg.bib.latex import decode
from intlkg.bib.reader import Reading, read
from intlkg.errors import Problem, WorkspaceError
from intlkg.workspace import Workspace, write


@dataclass(frozen=True, slots=True)
class Added:
    """A work that was added: its new key, its title, the line where the person's file has it."""

    key: str
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that is known already: its line and key, the key it has here, and why it is so."""

    line: int
    key: str
    same_as: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileAddition:
    """What became of one file: blocks = added + known + failed + others.

    Attributes:
        path: the file as it was given.
        blocks: how many blocks it has.
        added: the works that are new.
        known: the entries whose work was there already.
        failed: the blocks that could not be read, or what kept the whole file from being read.
        notes: what a person should look at although nothing was lost.
        others: how many comments, preambles and strings it has.
        target: where its entries were written, or would be.
    """

    path: str
    blocks: int = 0
    added: tuple[Added, ...] = ()
    known: tuple[Known, ...] = ()
    failed: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    others: int = 0
    target: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of all files; `dry` when nothing was written."""

    files: tuple[FileAddition, ...]
    dry: bool = False

    @property
    def failed(self) -> bool:
        """Whether anything could not be read."""
        return any(file.failed for file in self.files)


def add(workspace: Workspace, files: Iterable[Path], *, dry_run: bool = False) -> Addition:
    """Add the works of BibTeX, RIS and CSL-JSON files that the workspace does not have yet.

    An entry is known when its DOI is, else when all of its text is, else when title, year and first
    author's family name are and no other DOI stands against it. New entries go to `bib/` under the
    given file's name, word for word but for their keys: the work's key is minted, and the person's
    own is kept in the field `ids`, by which biblatex cites it too.

    Args:
        workspace: what to add to.
        files: a person's own files, never changed; a folder stands for the bibliographies in it, a
            pattern such as `*.bib` for what it matches, and `-` for standard input.
        dry_run: say what would be added and write nothing.

    Raises:
        WorkspaceError: the workspace cannot be written; what it held is still there.
    """
    works = Works()
    for name, path in workspace.files("bib/*.bib").items():
        for entry in read(name, path.read_bytes()).entries:
            works.add(entry, entry.key)
    paths = [path for given in files for path in _expanded(given)]
    done = tuple(_add_file(workspace, works, path, dry_run=dry_run) for path in paths)
    return Addition(done, dry_run)


def report(addition: Addition) -> str:
    """Return in words what was added, what was known, and what failed."""
    return "\n".join(line for file in addition.files for line in _lines(file, dry=addition.dry))


def ledger(addition: Addition) -> str:
    """Return the same as JSON: for each file, blocks = added + known + failed + others."""
    files: list[dict[str, object]] = []
    for file in addition.files:
        counts = {
            "blocks": file.blocks,
            "added": len(file.added),
            "known": len(file.known),
            "failed": len(file.failed),
            "others": file.others,
        }
        files.append({"path": file.path, "target": file.target, "counts": counts})
        for part in ("added", "known", "failed", "notes"):
            files[-1][part] = [asdict(one) for one in getattr(file, part)]
    return json.dumps({"dry": addition.dry, "files": files}, ensure_ascii=False, indent=1) + "\n"


def _expanded(given: Path) -> Iterator[Path]:
    """Yield the files that a person means by a path, sorted; the path itself if there is none."""
    if given.is_dir():
        found = sorted(path for path in given.iterdir() if path.suffix.lower() in SUFFIXES)
    elif not given.exists() and glob.has_magic(str(given)):
        found = sorted(Path(given.anchor).glob(str(given.relative_to(given.anchor))))
    else:
        found = [given]
    yield from found or [given]


def _add_file(workspace: Workspace, works: Works, path: Path, *, dry_run: bool) -> FileAddition:
    given = str(path)
    try:
        content = sys.stdin.buffer.read() if given == "-" else path.read_bytes()
    except OSError as error:
        fault = f"it cannot be read ({error.strerror}); name a file with a bibliography"
        return FileAddition(given, failed=(Problem(given, 1, fault),))
    if path.resolve().parent == (workspace.root / "bib").resolve():
        fault = "it is part of the workspace already; 'intlkg build' reads it"
        return FileAddition(given, notes=(Problem(given, 1, fault),))
    reading = read_any(given, content)
    if content.strip() and not reading.blocks:
        fault = "there is no BibTeX, RIS or CSL-JSON in it; name a file that has some"
        return FileAddition(given, failed=(Problem(given, 1, fault),), notes=reading.notes)
    return _add_entries(workspace, works, path, reading, dry_run=dry_run)


def _add_entries(
    workspace: Workspace, works: Works, path: Path, reading: Reading, *, dry_run: bool
) -> FileAddition:
    added: list[Added] = []
    known: list[Known] = []
    failed: list[Problem] = []
    blocks: list[str] = []
    notes = list(reading.notes)
    sure = plain(reading)
    for entry in reading.entries:
        if same := works.find(entry):
            known.append(Known(entry.line, entry.key, *same))
            continue
        if likely := works.likely(entry):
            fault = f"'{entry.key}' may be the work {likely}; compare them, and keep one"
            notes.append(Problem(str(path), entry.line, fault))
        key = mint(entry, works.keys)
        if block := rekeyed(entry, key, sure=entry.line in sure):
            works.add(entry, key)
            added.append(Added(key, decode(entry.fields.get("title", "")), entry.line))
            blocks.append(block)
        else:
            fault = f"'{entry.key}' cannot be given the key '{key}'; write key and ids plainly"
            failed.append(Problem(str(path), entry.line, fault))
    target, content = extended(workspace, path, reading.strings, blocks)
    if added and not dry_run:
        _write(target, content)
    return FileAddition(
        str(path),
        reading.blocks,
        tuple(added),
        tuple(known),
        tuple(sorted([*reading.failed, *failed])),
        tuple(notes),
        reading.others,
        target.relative_to(workspace.root).as_posix(),
    )


def _write(target: Path, content: bytes) -> None:
    try:
        write(target, content)
    except OSError as error:
        fault = f"{target} cannot be written ({error.strerror}); make the folder writable"
        raise WorkspaceError(f"{fault} and add again") from None


def _lines(file: FileAddition, *, dry: bool) -> list[str]:
    verb = "would be added" if dry else "added"
    lines = [
        f"{file.path}: {file.blocks} blocks = {len(file.added)} {verb} + {len(file.known)} known "
        f"already + {len(file.failed)} failed + {file.others} comments and strings"
    ]
    lines += [f"  {verb}: {work.key} ({work.title or 'no title'})" for work in file.added]
    lines += [
        f"  known: line {known.line}, {known.key or 'no key'}: {known.reason} as {known.same_as}"
        for known in file.known
    ]
    lines += [f"  failed: {problem}" for problem in file.failed]
    lines += [f"  note: {problem}" for problem in file.notes]
    if file.added:
        lines.append(f"  {'to be written' if dry else 'written'} to {file.target}")
    return lines
