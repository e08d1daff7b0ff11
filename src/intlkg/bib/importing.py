"""A workspace's library: works are added to it from people's own files, which stay as they are."""

import glob
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from intlkg.bib.bibtex import block, enriched, only, rekeyed, with_ids
from intlkg.bib.edit import LibraryFiles, family
from intlkg.bib.formats import SUFFIXES, read_any
from intlkg.bib.groups import groups, groups_of
from intlkg.bib.identity import Identity, aliases, identity
from intlkg.bib.index import Match, WorkIndex, open_index
from intlkg.bib.keys import mint
from intlkg.bib.latex import decode
from intlkg.bib.ledger import Added, Addition, FileAddition, Known
from intlkg.bib.merge import differences, kept, news
from intlkg.bib.reader import Entry, Reading
from intlkg.errors import Problem
from intlkg.workspace import Workspace

Progress: TypeAlias = Callable[[Sequence[Entry], str], Iterable[Entry]]
"""Gives the entries of a file one by one, and may show how far it has come."""


def add(
    workspace: Workspace,
    files: Iterable[Path],
    *,
    dry_run: bool = False,
    progress: Progress = lambda entries, _: entries,
) -> Addition:
    """Add the works of BibTeX, RIS and CSL-JSON files that the workspace does not have yet.

    An entry is known when its DOI is, or its PubMed number, or a book's ISBN; else when all of its
    text is; else when title, year and first author's family name are and no other DOI stands
    against it. New entries go to `bib/` under the given file's name, word for word but for their
    keys: the work's key is minted, and the person's own is kept in the field `ids`, by which
    biblatex cites it too. Of a known work, what another file says more of it is added beside it, in
    that file's own place, and what the same file says otherwise now replaces what it said before.

    Args:
        workspace: what to add to.
        files: a person's own files, never changed; a folder stands for the bibliographies in it, a
            pattern such as `*.bib` for what it matches, and `-` for standard input.
        dry_run: say what would be added and write nothing.
        progress: wraps the entries of a file while they are worked on.

    Raises:
        WorkspaceError: the workspace cannot be written; what it held is still there.
    """
    paths = [path for given in files for path in _expanded(given)]
    library = LibraryFiles(workspace)
    with open_index(workspace, keep=not dry_run) as works:
        done = tuple(
            _add_file(library, works, path, dry_run=dry_run, progress=progress) for path in paths
        )
    return Addition(done, dry_run)


def _expanded(given: Path) -> Iterator[Path]:
    """Yield the files that a person means by a path, sorted; the path itself if there is none."""
    if given.is_dir():
        found = sorted(path for path in given.iterdir() if path.suffix.lower() in SUFFIXES)
    elif not given.exists() and glob.has_magic(str(given)):
        found = sorted(Path(given.anchor).glob(str(given.relative_to(given.anchor))))
    else:
        found = [given]
    yield from found or [given]


def _add_file(
    library: LibraryFiles, works: WorkIndex, path: Path, *, dry_run: bool, progress: Progress
) -> FileAddition:
    given = str(path)
    try:
        content = sys.stdin.buffer.read() if given == "-" else path.read_bytes()
    except OSError as error:
        fault = f"it cannot be read ({error.strerror}); name a file with a bibliography"
        return FileAddition(given, failed=(Problem(given, 1, fault),))
    if path.resolve().parent == (library.workspace.root / "bib").resolve():
        fault = "it is part of the workspace already; 'intlkg build' reads it"
        return FileAddition(given, notes=(Problem(given, 1, fault),))
    reading = read_any(given, content)
    if content.strip() and not reading.blocks:
        fault = "there is no BibTeX, RIS or CSL-JSON in it; name a file that has some"
        return FileAddition(given, failed=(Problem(given, 1, fault),), notes=reading.notes)
    addition = _FileAddition(library, works, path, reading)
    for entry in progress(reading.entries, path.name):
        addition.take(entry)
    return addition.done(dry_run=dry_run)


class _FileAddition:
    """Adds the entries of one file, one after the other."""

    def __init__(
        self, library: LibraryFiles, works: WorkIndex, path: Path, reading: Reading
    ) -> None:
        self._files, self._works, self._path, self._reading = library, works, path, reading
        self._target = library.place(path, reading)
        self._family = family(path)
        self._source_keys = {entry.key for entry in reading.entries if entry.key}
        self._blocks: list[str] = []
        self._taken: dict[str, Entry] = {}
        self._added: list[Added] = []
        self._updated: list[Known] = []
        self._merged: list[Known] = []
        self._known: list[Known] = []
        self._failed: list[Problem] = []
        self._notes: list[Problem] = []

    def take(self, entry: Entry) -> None:
        """Add an entry, or what it says more of a known work, or name it as known or failed."""
        own = identity(entry)
        match = self._works.find(own) or self._works.find_in(own, entry.key, self._family)
        if match:
            self._take_known(entry, own, match)
            return
        if likely := self._works.likely(own):
            fault = f"'{entry.key}' may be the work {likely}; compare them, and keep one"
            self._note(entry, fault)
        key = mint(entry, self._works.keys)
        if self._append(entry, key, rekeyed(entry, key), entry, own):
            self._added.append(Added(key, decode(entry.fields.get("title", "")), entry.line))

    def done(self, *, dry_run: bool) -> FileAddition:
        """Write what was taken, unless that is not wanted, and return what became of the file."""
        tree = groups(self._reading.comments)
        for entry in self._reading.entries if tree else ():
            for name in groups_of(entry, tree)[1]:
                fault = f"the group '{name}' stands at several places of the tree"
                self._note(entry, f"{fault}; rename one of them")
        self._files.extend(self._target, self._path, self._reading, self._blocks)
        if not dry_run:
            for name, content in self._files.write().items():
                self._works.is_now(name, content)
        return FileAddition(
            str(self._path),
            self._reading.blocks,
            tuple(self._added),
            tuple(self._updated),
            tuple(self._merged),
            tuple(self._known),
            tuple(sorted([*self._reading.failed, *self._failed])),
            (*self._reading.notes, *self._notes),
            self._reading.others,
            self._target,
        )

    def _take_known(self, entry: Entry, own: Identity, match: Match) -> None:
        key = match.key
        named = not entry.key or entry.key in self._works.keys
        if named and self._works.has_text(own, key):
            self._say_known(entry, match)
            self._taken.setdefault(key, entry)
            return
        if key in self._taken:
            self._repeated(entry, match, self._taken[key])
            return
        found = {name: self._files.entries(name) for name in self._works.files_of(key)}
        entries = {name: listed[key] for name, listed in found.items() if key in listed}
        mine = next((name for name in entries if self._family.fullmatch(name)), "")
        others = [one for name, one in entries.items() if name != mine]
        if not mine:
            self._merge(entry, match, others)
        elif self._may_update(entry, entries[mine]) and self._files.can_change(mine):
            self._update(entry, match, mine, others)
        else:
            self._repeated(entry, match, entries[mine])
        self._taken[key] = entry

    def _may_update(self, entry: Entry, old: Entry) -> bool:
        """Return whether an entry is the same one of the same library, perhaps under a new key."""
        names = {old.key, *aliases(old)}
        return not entry.key or entry.key in names or not names & self._source_keys

    def _repeated(self, entry: Entry, match: Match, first: Entry) -> None:
        """Name an entry whose work the same file has twice, and what is only here."""
        more = [name for name in news(entry, [first]) if name != "ids"]
        said = [f"has {', '.join(more)}"] if more else []
        if said := [*said, *differences(entry, [first])]:
            fault = f"'{entry.key}' is the work {match.key}, which this file has twice, and "
            self._note(entry, f"{fault}{'; '.join(said)}; merge the two in your own library")
        self._say_known(entry, match)

    def _update(self, entry: Entry, match: Match, name: str, others: Sequence[Entry]) -> None:
        """Replace what a file of this name said of a work before by what it says now."""
        key, old = match.key, self._files.entries(name)[match.key]
        fields = news(entry, others) if others else dict(entry.fields)
        text = block(entry.kind, key, fields) if others else rekeyed(entry, key)
        known = {alias for one in others for alias in aliases(one)}
        names = [k for k in (entry.key, *aliases(entry), *aliases(old)) if k not in known]
        new = only(enriched(with_ids(text, names), kept(old, fields)), self._reading.strings)
        if new is None:
            self._say_known(entry, match)
            if fields:
                self._note(entry, f"'{entry.key}' cannot be updated; write its key plainly")
            return
        changed = tuple(
            field
            for field in sorted({*old.fields, *new.fields})
            if field != "ids" and old.fields.get(field) != new.fields.get(field)
        )
        if not changed and {*aliases(new)} <= {*aliases(old)}:
            self._say_known(entry, match)
            return
        self._files.replace(name, old, new.raw)
        self._works.forget(name, key)
        self._works.add(new, key, name)
        self._updated.append(self._as_known(entry, match, changed or ("ids",)))

    def _merge(self, entry: Entry, match: Match, known: Sequence[Entry]) -> None:
        """Put what an entry says more of a work beside what is known of it."""
        for said in differences(entry, known):
            fault = f"'{entry.key}' is the work {match.key}, and says {said}"
            self._note(entry, f"{fault}; what was known first counts")
        fields = news(entry, known)
        text = block(entry.kind, match.key, fields)
        if not fields:
            self._say_known(entry, match)
        elif self._append(entry, match.key, text, only(text)):
            self._merged.append(self._as_known(entry, match, tuple(fields)))

    def _append(
        self,
        entry: Entry,
        key: str,
        text: str,
        new: Entry | None,
        known: Identity | None = None,
    ) -> bool:
        """Take a block into the target; False where it cannot be written so that it reads back."""
        if not text or new is None:
            fault = f"'{entry.key}' cannot be given the key '{key}'; write key and ids plainly"
            self._failed.append(Problem(str(self._path), entry.line, fault))
            return False
        self._blocks.append(text)
        self._works.add(new, key, self._target, known)
        self._taken[key] = entry
        return True

    def _say_known(self, entry: Entry, match: Match) -> None:
        self._known.append(self._as_known(entry, match, ()))

    def _as_known(self, entry: Entry, match: Match, fields: tuple[str, ...]) -> Known:
        return Known(entry.line, entry.key, match.key, match.reason, fields)

    def _note(self, entry: Entry, fault: str) -> None:
        self._notes.append(Problem(str(self._path), entry.line, fault))
