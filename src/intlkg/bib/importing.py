"""A workspace's library: works are added to it from people's own files, which stay as they are."""

import glob
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from intlkg.bib.bibtex import enriched, only, rekeyed, with_ids
from intlkg.bib.edit import LibraryFiles, family
from intlkg.bib.formats import SUFFIXES, read_any
from intlkg.bib.groups import groups, groups_of
from intlkg.bib.identity import SAID, Identity, identity
from intlkg.bib.index import SAME, Likely, Match, WorkIndex, open_index
from intlkg.bib.keys import mint
from intlkg.bib.ledger import Added, Addition, FileAddition, Gone, Known
from intlkg.bib.merge import (
    differences,
    first,
    is_supplement,
    kept,
    news,
    restored,
    supplement,
)
from intlkg.bib.reader import Entry, Reading
from intlkg.bib.sources import Source, keep
from intlkg.bib.work import Work, aliases
from intlkg.errors import Problem
from intlkg.workspace import Workspace

Progress: TypeAlias = Callable[[Sequence[Entry], str], Iterable[Entry]]
"""Gives the entries of a file one by one, and may show how far it has come."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a person wants files to be added; see `add`."""

    dry: bool = False
    prune: bool = False
    same: frozenset[str] = frozenset()


def add(
    workspace: Workspace,
    files: Iterable[Path],
    *,
    dry_run: bool = False,
    prune: bool = False,
    same: Iterable[str] = (),
    progress: Progress = lambda entries, _: entries,
) -> Addition:
    """Add the works of bibliographies in any format that the workspace does not have yet.

    An entry is known when its DOI is, or its PubMed number, or a book's ISBN; else when all of its
    text is; else when title, year and first author are and nothing speaks against it (`identity`).
    What only may be known is added, and pointed out with the reasons for and against. New entries
    go to `bib/` under the given file's name, word for word but for their
    keys: the work's key is minted, and the person's own is kept in the field `ids`, by which
    biblatex cites it too. Of a known work, what another file says more of it is added beside it, in
    that file's own place, and what the same file says otherwise now replaces what it said before.

    Args:
        workspace: what to add to.
        files: a person's own files, never changed; a folder stands for the bibliographies in it, a
            pattern such as `*.bib` for what it matches, and `-` for standard input.
        dry_run: say what would be added and write nothing.
        prune: take out the works that a library added before has no more.
        same: a person's keys of entries that are the works they were, under whatever title.
        progress: wraps the entries of a file while they are worked on.

    Raises:
        WorkspaceError: the workspace cannot be written; what it held is still there.
    """
    paths = [path for given in files for path in _expanded(given)]
    library, wish = LibraryFiles(workspace), Wish(dry_run, prune, frozenset(same))
    with open_index(workspace, keep=not dry_run) as works:
        done = tuple(_add_file(library, works, path, wish, progress) for path in paths)
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
    library: LibraryFiles, works: WorkIndex, path: Path, wish: Wish, progress: Progress
) -> FileAddition:
    given = str(path)
    try:
        content = sys.stdin.buffer.read() if given == "-" else path.read_bytes()
    except OSError as error:
        fault = f"it cannot be read ({error.strerror}); name a file with a bibliography"
        return FileAddition(given, 1, failed=(Problem(given, 1, fault),))
    if path.resolve().parent == (library.workspace.root / "bib").resolve():
        fault = "it is part of the workspace already; 'intlkg build' reads it"
        return FileAddition(given, notes=(Problem(given, 1, fault),))
    reading = read_any(given, content)
    if content.strip() and not reading.blocks:
        fault = "there is no BibTeX, RIS or CSL-JSON in it; name a file that has some"
        return FileAddition(given, 1, failed=(Problem(given, 1, fault),), notes=reading.notes)
    addition = _FileAddition(library, works, path, reading, wish)
    for entry in progress(reading.entries, path.name):
        addition.take(entry)
    return addition.done()


class _FileAddition:
    """Adds the entries of one file, one after the other."""

    def __init__(
        self, library: LibraryFiles, works: WorkIndex, path: Path, reading: Reading, wish: Wish
    ) -> None:
        self._files, self._works, self._path, self._reading = library, works, path, reading
        self._wish = wish
        self._target = library.place(path, reading)
        self._family = family(path)
        self._before = works.in_files(self._family)
        self._source_keys = {entry.key for entry in reading.entries if entry.key}
        self._blocks: list[str] = []
        self._taken: dict[str, Entry] = {}
        self._used: set[tuple[str, str]] = set()
        self._added: list[Added] = []
        self._updated: list[Known] = []
        self._merged: list[Known] = []
        self._known: list[Known] = []
        self._failed: list[Problem] = []
        self._notes: list[Problem] = []

    def take(self, entry: Entry) -> None:
        """Add an entry, or what it says more of a known work, or name it as known or failed."""
        work = Work(entry)
        own = identity(work)
        under = self._works.under(entry.key, self._family) if self._before else []
        kept = [one for one in under if one[0] in self._before and one not in self._used]
        found = self._works.find(own, [key for key, _ in kept])
        if isinstance(found, Match):
            self._take_known(entry, own, found)
        elif len(kept) != 1:
            self._add(work, own, found)
        else:
            self._take_kept(work, own, found, Match(*kept[0], "same key in this library"))

    def done(self) -> FileAddition:
        """Write what was taken, unless that is not wanted, and return what became of the file."""
        tree = groups(self._reading.comments)
        for entry in self._reading.entries if tree else ():
            for name in groups_of(entry, tree)[1]:
                fault = f"the group '{name}' stands at several places of the tree"
                self._note(entry, f"{fault}; rename one of them")
        gone, counted = self._gone(), self._counted()
        self._files.extend(self._target, self._path, self._reading, self._blocks)
        if not self._wish.dry:
            for name, content in self._files.write().items():
                self._works.is_now(name, content)
            keep(self._files.workspace, [counted])
        return FileAddition(
            str(self._path),
            self._reading.blocks,
            tuple(self._added),
            tuple(self._updated),
            tuple(self._merged),
            tuple(self._known),
            tuple(sorted([*self._reading.failed, *self._failed])),
            (*self._reading.notes, *self._reading.asides, *self._notes),
            self._reading.others,
            self._target,
            gone,
        )

    def _take_kept(self, work: Work, own: Identity, likely: Likely | None, match: Match) -> None:
        """Take an entry whose key the library had before for a work: is it still that work?"""
        entry = work.entry
        still = self._works.still(own, match.key) or (entry.key in self._wish.same or None)
        if still:
            self._take_known(entry, own, match)
        elif self._works.still(own, match.key) is False:
            self._add(work, own, likely)
        else:
            self._say_known(entry, replace(match, reason="same key in this library, other title"))
            self._taken.setdefault(match.key, entry)
            self._used.add((match.key, match.file))
            fault = (
                f"'{entry.key}' is the work {match.key} here, '{self._works.title(match.key)}', "
                f"and is now called '{work.title}'; it was left as it is: if it is the same work, "
                f"add again with --same {entry.key}, else give it another key"
            )
            self._note(entry, fault)

    def _add(self, work: Work, own: Identity, likely: Likely | None) -> None:
        entry = work.entry
        key = mint(work, self._works.keys)
        if not self._append(entry, key, rekeyed(entry, key), entry, own):
            return
        self._added.append(Added(key, work.title, entry.line))
        if likely is not None:
            said = likely.evidence
            self._note(
                entry,
                f"{_named(entry)} may be the work {likely.key} (for: {'; '.join(said.reasons)}; "
                f"against: {'; '.join(said.against) or 'nothing'}) and was added as {key}; "
                "'intlkg review' asks which it is",
            )

    def _take_known(self, entry: Entry, own: Identity, match: Match) -> None:
        key = match.key
        named = not entry.key or entry.key in self._works.keys
        if named and self._works.has_text(own, key):
            self._say_known(entry, match)
            self._taken.setdefault(key, entry)
            self._used.add((key, match.file))
            return
        found = {name: self._files.entries(name) for name in self._works.files_of(key)}
        entries = {name: listed[key] for name, listed in found.items() if key in listed}
        mine = next((name for name in entries if self._is_mine(name, entry, entries[name])), "")
        if key in self._taken and (not mine or (key, mine) in self._used):
            self._repeated(entry, match, self._taken[key])
            return
        if not mine:
            self._merge(entry, match, list(entries.values()))
        elif self._may_update(entry, entries[mine]) and self._files.can_change(mine):
            self._update(entry, match, mine, entries)
        else:
            self._repeated(entry, match, entries[mine])
        self._taken.setdefault(key, entry)
        self._used.add((key, mine or self._target))

    def _is_mine(self, name: str, entry: Entry, old: Entry) -> bool:
        """Return whether a file has what this library said of a work under this entry's key."""
        if not self._family.fullmatch(name):
            return False
        names = {old.key, *aliases(old)}
        return entry.key in names or not names & (self._source_keys - {entry.key})

    def _may_update(self, entry: Entry, old: Entry) -> bool:
        """Return whether an entry is the same one of the same library, perhaps under a new key."""
        names = {old.key, *aliases(old)}
        return not entry.key or entry.key in names or not names & self._source_keys

    def _repeated(self, entry: Entry, match: Match, first: Entry) -> None:
        """Name an entry whose work the same file has twice, and what is only here."""
        more = [name for name in news(entry, [first]) if name != "ids"]
        said = [f"has {', '.join(more)}"] if more else []
        if said := [*said, *differences(entry, [first])]:
            fault = f"{_named(entry)} is the work {match.key}, which this file has twice, and "
            self._note(entry, f"{fault}{'; '.join(said)}; merge the two in your own library")
        self._say_known(entry, match)

    def _update(self, entry: Entry, match: Match, name: str, entries: Mapping[str, Entry]) -> None:
        """Replace what a file of this name said of a work before by what it says now."""
        key, old = match.key, entries[name]
        others = {other: one for other, one in entries.items() if other != name}
        whole = old is first(entries.values())
        text = (
            rekeyed(entry, key) if whole else supplement(entry, key, [*others.values()], force=True)
        )
        known = {alias for one in others.values() for alias in aliases(one)}
        names = [k for k in (entry.key, *aliases(entry), *aliases(old)) if k not in known]
        new = only(enriched(with_ids(text, names), kept(old, entry.fields)), self._reading.strings)
        if new is None:
            self._say_known(entry, match)
            self._note(entry, f"{_named(entry)} cannot be updated; write its key plainly")
            return
        changed = _changed(old, new)
        if not changed and {*aliases(new)} <= {*aliases(old)} and old.kind == new.kind:
            self._say_known(entry, match)
            return
        self._replace(name, old, new)
        for other, one in others.items() if whole else ():
            if is_supplement(one) and self._files.can_change(other):
                again = only(supplement(restored(one, old), key, [new], force=True))
                if again is not None and again.fields != one.fields:
                    self._replace(other, one, again)
        self._updated.append(self._as_known(entry, match, changed or ("ids",)))

    def _replace(self, name: str, old: Entry, new: Entry) -> None:
        self._files.replace(name, old, new.raw)
        self._works.forget(name, new.key)
        self._works.add(new, new.key, name)

    def _merge(self, entry: Entry, match: Match, known: Sequence[Entry]) -> None:
        """Put what an entry says more of a work beside what is known of it."""
        different = differences(entry, known)
        for said in different:
            fault = f"{_named(entry)} is the work {match.key}, and says {said}"
            self._note(entry, f"{fault}; what was known first counts")
        text = supplement(entry, match.key, known)
        if not text:
            self._say_known(entry, match)
        elif self._append(entry, match.key, text, only(text)):
            names = [*news(entry, known)] or [
                f"{SAID}{said.split(' ', 1)[0]}" for said in different
            ]
            self._merged.append(self._as_known(entry, match, tuple(names)))

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
            fault = f"{_named(entry)} cannot be given the key '{key}'; write key and ids plainly"
            self._failed.append(Problem(str(self._path), entry.line, fault))
            return False
        self._blocks.append(text)
        self._works.add(new, key, self._target, known)
        self._taken[key] = entry
        return True

    def _counted(self) -> Source:
        """Return what the file brought, the same however often it is added."""
        new = sum(bool(self._family.fullmatch(self._works.home(key))) for key in self._taken)
        failed = len(self._reading.failed) + len(self._failed)
        found = self._reading.blocks - self._reading.others
        repeated = found - failed - len(self._taken)
        name = " ".join(self._path.name.split())
        return Source(name, found, failed, repeated, len(self._taken) - new, new)

    def _gone(self) -> tuple[Gone, ...]:
        """Return the works that the library had and has no more; taken out where that is wanted.

        A file that shares fewer than half of the works is another library of the same name.
        """
        missing = [key for key in self._before if key not in self._taken]
        if not missing or 2 * len(missing) > len(self._before):
            return ()
        return tuple(self._lost(key) for key in missing)

    def _lost(self, key: str) -> Gone:
        files = self._works.files_of(key)
        alone = len(files) == 1 and self._files.can_change(files[0])
        title = self._works.title(key)
        if not self._wish.prune or not alone or self._reading.failed:
            return Gone(key, title, self._before[key], pruned=False)
        self._files.remove(files[0], self._files.entries(files[0])[key])
        self._works.forget(files[0], key)
        return Gone(key, title, files[0], pruned=True)

    def _say_known(self, entry: Entry, match: Match) -> None:
        self._known.append(self._as_known(entry, match, ()))

    def _as_known(self, entry: Entry, match: Match, fields: tuple[str, ...]) -> Known:
        return Known(entry.line, entry.key, match.key, match.reason, fields)

    def _note(self, entry: Entry, fault: str) -> None:
        self._notes.append(Problem(str(self._path), entry.line, fault))


def _named(entry: Entry) -> str:
    return f"'{entry.key}'" if entry.key else "the entry without a key"


def _changed(old: Entry, new: Entry) -> tuple[str, ...]:
    """Return the names of the fields in which two entries of one library differ."""
    names = sorted({*old.fields, *new.fields} - {"ids"})
    differ = [name for name in names if old.fields.get(name) != new.fields.get(name)]
    plain = dict.fromkeys(name.removeprefix(SAID) for name in differ if name != SAME)
    return tuple(plain) or tuple(differ)
