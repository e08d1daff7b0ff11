"""An index of a workspace's works, so that a new entry is looked up and nothing is read again."""

import contextlib
import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intlkg.bib.identity import Identity, Likeness, aliases, alike, identity
from intlkg.bib.reader import Entry, read
from intlkg.errors import WorkspaceError
from intlkg.workspace import Workspace

_VERSION: Final = 4
_STILL_ALIKE: Final = 70.0
"""Least likeness of the titles of one entry before and after a change."""

_TABLES: Final = """
CREATE TABLE file (name TEXT PRIMARY KEY, digest TEXT NOT NULL);
CREATE TABLE work (id INTEGER PRIMARY KEY, file TEXT NOT NULL, key TEXT NOT NULL,
    doi TEXT NOT NULL, printed INTEGER NOT NULL, who TEXT, title TEXT, year INTEGER, marks TEXT);
CREATE TABLE known (value TEXT NOT NULL, work INTEGER NOT NULL);
CREATE INDEX known_value ON known (value);
CREATE INDEX work_file ON work (file);
CREATE INDEX work_key ON work (key);
CREATE INDEX known_work ON known (work);
"""
_PAIRS: Final = """
SELECT a.key, a.doi, a.who, a.title, a.year, a.marks, b.key, b.doi, b.who, b.title, b.year, b.marks
FROM known x JOIN known y ON x.value = y.value AND x.work < y.work
JOIN work a ON a.id = x.work JOIN work b ON b.id = y.work
WHERE x.value LIKE 'near|%' AND NOT b.printed
"""


@dataclass(frozen=True, slots=True)
class Match:
    """A work that an entry is known as: its key, the file that has it, and why it is the same."""

    key: str
    file: str
    reason: str


class WorkIndex:
    """The works of a workspace, found by all that identifies one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Wrap an index; use `open_index`."""
        self._index = connection
        self.keys = _Keys(connection)

    def add(self, entry: Entry, key: str, file: str, known: Identity | None = None) -> None:
        """Take a work under its key, as an entry of a file; its other keys are taken with it."""
        own = known or identity(entry)
        one = own.like
        printed = "intlkg-printed" in entry.fields
        doi = "" if printed else own.doi
        near = (one.who, one.title, one.year, one.marks) if one else (None, None, None, None)
        row = self._index.execute(
            "INSERT INTO work (file, key, doi, printed, who, title, year, marks) "
            "VALUES (?,?,?,?,?,?,?,?)",
            (file, key, doi, printed, *near),
        ).lastrowid
        values = [_value(*sure) for sure in own.sure]
        values += [_value("key", name) for name in (key, entry.key, *aliases(entry)) if name]
        values += [_value("near", one.who, word) for word in one.rare] if one else []
        self._index.executemany("INSERT INTO known VALUES (?,?)", [(v, row) for v in set(values)])

    def find(self, own: Identity) -> Match | None:
        """Return the same work, and why it is the same.

        Works with two DOIs are two, whatever their titles say. A DOI as printed in a reference
        list may be wrong, so it keeps nothing apart.
        """
        for sure in own.sure:
            for key, doi, file in self._index.execute(
                "SELECT key, doi, file FROM known JOIN work ON work = id WHERE value = ? "
                "ORDER BY id",
                (_value(*sure),),
            ):
                if not own.doi or not doi or doi == own.doi:
                    return Match(key, file, f"same {sure[0]}")
        return None

    def has_text(self, own: Identity, key: str) -> bool:
        """Return whether a work has an entry that says all that this one says, and no more."""
        asked = "SELECT 1 FROM known JOIN work ON work = id WHERE value = ? AND key = ?"
        return bool(self._index.execute(asked, (_value("text", own.text), key)).fetchone())

    def likely(self, own: Identity) -> str | None:
        """Return the key of a work that may be the same, to be looked at by a person."""
        one = own.like
        if one is None:
            return None
        best = (0.0, "")
        for word in one.rare:
            for key, doi, who, title, year, marks in self._index.execute(
                "SELECT key, doi, who, title, year, marks FROM known JOIN work ON work = id "
                "WHERE value = ?",
                (_value("near", one.who, word),),
            ):
                if not own.doi or not doi or doi == own.doi:
                    other = Likeness(who, title, year, marks)
                    best = max(best, (alike(one, other), key))
        return best[1] if best[0] else None

    def find_in(self, own: Identity, key: str, files: re.Pattern[str]) -> Match | None:
        """Return the work that an entry of some files had this key for, if the two are alike.

        So a library's entry stays the same work when its title is mended. A key that a library uses
        for two works says nothing.
        """
        from rapidfuzz import fuzz

        if own.like is None:
            return None
        asked = "SELECT DISTINCT key, doi, file FROM known JOIN work ON work = id WHERE value = ?"
        titles = "SELECT title FROM work WHERE key = ? AND title IS NOT NULL"
        found = [
            Match(work, file, "same key in this library")
            for work, doi, file in self._index.execute(asked, (_value("key", key),)).fetchall()
            if files.fullmatch(file)
            and (not own.doi or not doi or doi == own.doi)
            and any(
                fuzz.token_sort_ratio(title, own.like.title) >= _STILL_ALIKE
                for (title,) in self._index.execute(titles, (work,))
            )
        ]
        return found[0] if len(found) == 1 else None

    def pairs(self) -> list[tuple[str, str, str, str, float]]:
        """Return (key, other key, its title, the first one's title, likeness) of likely pairs."""
        found: dict[tuple[str, str], tuple[str, str, str, str, float]] = {}
        for row in self._index.execute(_PAIRS):
            key, doi, other, second = row[0], row[1], row[6], row[7]
            if key == other or (doi and second and doi != second):
                continue
            first, again = Likeness(*row[2:6]), Likeness(*row[8:12])
            if score := alike(first, again):
                found[key, other] = (key, other, again.title, first.title, score / 100)
        return list(found.values())

    def files_of(self, key: str) -> list[str]:
        """Return the names of the files that have entries of a work."""
        found = self._index.execute("SELECT DISTINCT file FROM work WHERE key = ?", (key,))
        return sorted(name for (name,) in found)

    def forget(self, file: str, key: str | None = None) -> None:
        """Leave out a file's works, or one of them."""
        which = {"file": file, "key": key}
        self._index.execute(
            "DELETE FROM known WHERE work IN "
            "(SELECT id FROM work WHERE file = :file AND (:key IS NULL OR key = :key))",
            which,
        )
        self._index.execute(
            "DELETE FROM work WHERE file = :file AND (:key IS NULL OR key = :key)", which
        )
        self._index.execute("DELETE FROM file WHERE name = :file", which)

    def read(self, file: str, content: bytes) -> None:
        """Take a file's works, if it is not the file that was read before."""
        digest = hashlib.sha256(content).hexdigest()
        if self._digest(file) == digest:
            return
        self.forget(file)
        for entry in read(file, content).entries:
            self.add(entry, entry.key, file)
        self.is_now(file, content)

    def is_now(self, file: str, content: bytes) -> None:
        """Say that what was taken of a file is what it holds now."""
        digest = hashlib.sha256(content).hexdigest()
        self._index.execute("INSERT OR REPLACE INTO file VALUES (?,?)", (file, digest))

    def only(self, files: Iterable[str]) -> None:
        """Leave out the works of all other files."""
        listed = [name for (name,) in self._index.execute("SELECT name FROM file")]
        for name in set(listed) - set(files):
            self.forget(name)

    def _digest(self, file: str) -> str:
        found = self._index.execute("SELECT digest FROM file WHERE name = ?", (file,)).fetchone()
        return str(found[0]) if found else ""


class _Keys:
    """The keys and aliases that are taken."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._index = connection

    def __contains__(self, key: object) -> bool:
        asked = "SELECT 1 FROM known WHERE value = ? LIMIT 1"
        return self._index.execute(asked, (_value("key", str(key)),)).fetchone() is not None


@contextlib.contextmanager
def open_index(workspace: Workspace, *, keep: bool = True) -> Iterator[WorkIndex]:
    """Give the index of a workspace's works as its files are now; nobody else can change it.

    Args:
        workspace: whose works.
        keep: whether what is added to it is kept; an error keeps nothing.

    Raises:
        WorkspaceError: the index cannot be written.
    """
    path = workspace.generated / "works.sqlite"
    with contextlib.closing(_connected(path)) as connection:
        works = WorkIndex(connection)
        found = workspace.files("bib/*.bib")
        connection.execute("BEGIN IMMEDIATE")
        works.only(found)
        for name, file in found.items():
            works.read(name, file.read_bytes())
        connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
        yield works
        connection.execute("COMMIT" if keep else "ROLLBACK")


def _connected(path: Path) -> sqlite3.Connection:
    """Return a connection to the index, which is made anew where it is not one of ours."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, timeout=60)
        with contextlib.suppress(sqlite3.DatabaseError):
            if connection.execute("PRAGMA user_version").fetchone()[0] == _VERSION:
                return connection
        connection.close()
        path.unlink(missing_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, timeout=60)
        connection.executescript(f"{_TABLES} PRAGMA user_version = {_VERSION};")
    except (OSError, sqlite3.Error) as error:
        fault = f"{path} cannot be written ({error}); make the folder writable"
        raise WorkspaceError(f"{fault} and add again") from None
    return connection


def _value(*parts: str) -> str:
    """Return an identity as one short text; what is long is digested."""
    text = "|".join(parts)
    return text if len(text) < 80 else f"{parts[0]}|{hashlib.sha256(text.encode()).hexdigest()}"
