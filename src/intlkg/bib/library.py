"""A workspace's library: works are added to it from people's own files, which stay as they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from intlkg.bib.keys import mint, slug, year
from intlkg.bib.latex import decode
from intlkg.bib.names import split
from intlkg.bib.reader import Entry, Reading, read
from intlkg.bib.records import doi
from intlkg.errors import Problem
from intlkg.workspace import Workspace, write

_HEAD: Final = re.compile(r"(@\s*\w+\s*[{(]\s*)([^,\s{}]*)(\s*,?)")
_IDS: Final = re.compile(r"(?i)(\bids\s*=\s*[{\"])")


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


@dataclass(slots=True)
class _Works:
    """The works of the workspace, by all that identifies one."""

    keys: set[str] = field(default_factory=set)
    identities: dict[tuple[str, ...], str] = field(default_factory=dict)

    def add(self, entry: Entry, key: str) -> None:
        self.keys.add(key)
        for identity in _identities(entry):
            self.identities.setdefault(identity, key)

    def find(self, entry: Entry) -> tuple[str, str] | None:
        for identity in _identities(entry):
            if identity in self.identities:
                return self.identities[identity], f"same {identity[0]}"
        return None


def add(workspace: Workspace, files: Iterable[Path], *, dry_run: bool = False) -> Addition:
    """Add the works of BibTeX files that the workspace does not have yet.

    An entry is known when its DOI is, else when title, year and first author's family name are. New
    entries go to `bib/` under the given file's name, word for word but for their keys: the work's
    key is minted, and the person's own is kept in the field `ids`, by which biblatex cites it too.

    Args:
        workspace: what to add to.
        files: a person's own files; they are never changed.
        dry_run: say what would be added and write nothing.
    """
    works = _Works()
    for name, path in workspace.files("bib/*.bib").items():
        for entry in read(name, path.read_bytes()).entries:
            works.add(entry, entry.key)
    done = tuple(_add_file(workspace, works, path, dry_run=dry_run) for path in files)
    return Addition(done, dry_run)


def report(addition: Addition) -> str:
    """Return in words what was added, what was known, and what failed."""
    return "\n".join(line for file in addition.files for line in _lines(file, dry=addition.dry))


def _add_file(workspace: Workspace, works: _Works, path: Path, *, dry_run: bool) -> FileAddition:
    given = str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        fault = f"it cannot be read ({error.strerror}); name a BibTeX file"
        return FileAddition(given, failed=(Problem(given, 1, fault),))
    folder = workspace.root / "bib"
    if path.resolve().parent == folder:
        fault = "it is part of the workspace already; 'intlkg build' reads it"
        return FileAddition(given, notes=(Problem(given, 1, fault),))
    reading = read(given, content)
    added, known, blocks = _sort(reading, works)
    target = folder / f"{slug(path.stem) or 'library'}.bib"
    if added and not dry_run:
        write(target, _extended(target, path.name, reading.strings, blocks))
    return FileAddition(
        given,
        reading.blocks,
        tuple(added),
        tuple(known),
        reading.failed,
        reading.notes,
        reading.others,
        target.relative_to(workspace.root).as_posix(),
    )


def _sort(reading: Reading, works: _Works) -> tuple[list[Added], list[Known], list[str]]:
    """Return what is new, what is known, and the blocks to write for what is new."""
    added: list[Added] = []
    known: list[Known] = []
    blocks: list[str] = []
    for entry in reading.entries:
        same = works.find(entry)
        if same:
            known.append(Known(entry.line, entry.key, *same))
            continue
        key = mint(entry, works.keys)
        works.add(entry, key)
        added.append(Added(key, decode(entry.fields.get("title", "")), entry.line))
        blocks.append(_rekeyed(entry, key))
    return added, known, blocks


def _rekeyed(entry: Entry, key: str) -> str:
    """Return an entry's text under a new key, with the old one among its `ids`."""
    block = entry.raw.strip()
    head = _HEAD.match(block)
    if head is None:
        return block
    rest = block[head.end() :]
    if not entry.key or entry.key == key:
        return f"{head[1]}{key},{rest}"
    if "ids" in entry.fields:
        return f"{head[1]}{key},{_IDS.sub(lambda ids: f'{ids[1]}{entry.key}, ', rest, count=1)}"
    return f"{head[1]}{key},\n  ids = {{{entry.key}}},{rest}"


def _extended(target: Path, source: str, strings: Iterable[str], blocks: Iterable[str]) -> bytes:
    """Return the target's content with blocks appended, and macros that they may need before."""
    old = target.read_text(encoding="utf-8") if target.is_file() else f"% Added from {source}\n"
    present = read(target.name, old.encode()).strings
    macros = [string for string in strings if string not in present]
    return (old.rstrip("\n") + "\n\n" + "\n\n".join([*macros, *blocks]) + "\n").encode()


def _identities(entry: Entry) -> list[tuple[str, ...]]:
    """Return what identifies an entry's work, surest first."""
    found: list[tuple[str, ...]] = []
    if bare := doi(entry.fields.get("doi", "") or entry.fields.get("url", "")):
        found.append(("DOI", bare))
    title = slug(decode(entry.fields.get("title", "")))
    names = split(entry.fields.get("author") or entry.fields.get("editor", ""))
    if title:
        who = slug(names[0].family) if names else ""
        found.append(("title, year and first author", title, year(entry)[:4], who))
    return found


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
