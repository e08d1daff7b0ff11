"""An index of a workspace's works, so that a new entry is looked up and nothing is read again."""

import contextlib
import hashlib
import json
import operator
import re
import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from intlkg.bib.identity import Identity, identity
from intlkg.bib.reader import Entry, read
from intlkg.bib.weighing import (
    Evidence,
    Facts,
    closeness,
    contradiction,
    in_doubt,
    same_author,
    weigh,
)
from intlkg.bib.work import Work
from intlkg.errors import WorkspaceError
from intlkg.workspace import Workspace

SAME: Final = "intlkg-same"
"""The field that lists what a library says as the first known one does; it marks its entries."""

_VERSION: Final = 6
_STILL_ALIKE: Final = 70.0
"""Least likeness of the titles of one entry before and after a change."""

_AT_MOST: Final = 2000
"""How many works that are alike are looked at; more of them are a column, not a work."""

_TABLES: Final = """
CREATE TABLE file (name TEXT PRIMARY KEY, digest TEXT NOT NULL);
CREATE TABLE work (id INTEGER PRIMARY KEY, file TEXT NOT NULL, key TEXT NOT NULL,
    doi TEXT NOT NULL, facts TEXT NOT NULL);
CREATE TABLE known (value TEXT NOT NULL, work INTEGER NOT NULL);
CREATE INDEX known_value ON known (value);
CREATE INDEX work_file ON work (file);
CREATE INDEX work_key ON work (key);
CREATE INDEX known_work ON known (work);
"""
_PAIRS: Final = """
SELECT DISTINCT a.key, b.key, x.value
FROM known x JOIN known y ON x.value = y.value AND x.work < y.work
JOIN work a ON a.id = x.work JOIN work b ON b.id = y.work
WHERE a.key <> b.key AND x.value NOT LIKE 'key|%' AND x.value NOT LIKE 'own|%'
ORDER BY x.work, y.work
"""
_SHARED: Final = re.compile(r"(?:DOI|PubMed number|ISBN)\|")


@dataclass(frozen=True, slots=True)
class Match:
    """A work that an entry is known as: its key, the file that has it, and why it is the same."""

    key: str
    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Likely:
    """A work that an entry may be one of, with what speaks for and against it."""

    key: str
    evidence: Evidence


class WorkIndex:
    """The works of a workspace, found by all that identifies one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Wrap an index; use `open_index`."""
        self._index = connection
        self.keys = _Keys(connection)

    def add(self, entry: Entry, key: str, file: str, known: Identity | None = None) -> None:
        """Take a work under its key, as an entry of a file; its other keys are taken with it."""
        work = Work(entry)
        own = known or identity(work)
        doi = "" if own.facts.printed else own.doi
        row = self._index.execute(
            "INSERT INTO work (file, key, doi, facts) VALUES (?,?,?,?)",
            (file, key, doi, json.dumps(_ROW(own.facts), ensure_ascii=False)),
        ).lastrowid
        values = [_value(*sure) for sure in own.sure]
        names = {name for name in (key, entry.key, *work.aliases) if name}
        values += [_value("key", name) for name in names]
        values += [_value("own", name) for name in set(work.aliases) or names]
        values += [_value("near", near) for near in own.near]
        values += [_value("same", own.same)] if own.same else []
        self._index.executemany("INSERT INTO known VALUES (?,?)", [(v, row) for v in set(values)])

    def find(self, own: Identity, prefer: Container[str] = ()) -> Match | Likely | None:
        """Return the same work and why it is the same, or one that may be, or None.

        Works with two DOIs are two, whatever their titles say. A DOI as printed in a reference
        list may be wrong, so it keeps nothing apart. An identifier that entries share although
        they say otherwise of the work (a book's DOI on its chapters) leaves it to a person.

        Args:
            own: what the entry tells.
            prefer: keys of the works that count first where several fit.
        """
        likely: list[Likely] = []
        certain: list[Match] = []
        named = {_value(*sure): sure[0] for sure in own.sure}
        same = _value("same", own.same) if own.same else ""
        for value, key, file in self._with([*named, *filter(None, [same])], own.doi):
            found = self._weighed(own, key, named.get(value, ""))
            if found.verdict == "certain":
                reason = f"same {named.get(value, 'title, year and first author')}"
                certain.append(Match(key, file, reason))
            elif found.verdict == "likely":
                likely.append(Likely(key, found))
        if certain:
            return next((match for match in certain if match.key in prefer), certain[0])
        found_by_key = {one.key: one for one in (*self._near(own), *likely)}
        return max(found_by_key.values(), key=lambda one: one.evidence.likeness, default=None)

    def has_text(self, own: Identity, key: str) -> bool:
        """Return whether a work has an entry that says all that this one says, and no more."""
        asked = "SELECT 1 FROM known JOIN work ON work = id WHERE value = ? AND key = ?"
        return bool(self._index.execute(asked, (_value("text", own.text), key)).fetchone())

    def under(self, key: str, files: re.Pattern[str]) -> list[tuple[str, str]]:
        """Return (key, file) of the works that entries of some files had this own key for."""
        asked = "SELECT DISTINCT key, file FROM known JOIN work ON work = id WHERE value = ?"
        found = self._index.execute(asked, (_value("own", key),)).fetchall() if key else []
        return [(work, file) for work, file in found if files.fullmatch(file)]

    def in_files(self, files: re.Pattern[str]) -> dict[str, str]:
        """Return key -> file of the works that some files have."""
        rows = self._index.execute("SELECT key, file FROM work ORDER BY id")
        return {key: file for key, file in rows if files.fullmatch(file)}

    def still(self, own: Identity, key: str) -> bool | None:
        """Return whether an entry is still the work that its library has under its key.

        None where only a person can say so: the title is another, but not the author.
        """
        facts = self.facts(key)
        if not own.facts.title and not facts.title:
            return True
        if closeness(own.facts, facts) >= _STILL_ALIKE:
            return True
        return None if own.facts.title and facts.title and same_author(own.facts, facts) else False

    def facts(self, key: str) -> Facts:
        """Return what is known of a work: of each fact what was known first."""
        asked = "SELECT facts FROM work WHERE key = ? ORDER BY id"
        rows = [_facts(row) for (row,) in self._index.execute(asked, (key,))]
        first = max(rows, key=lambda facts: bool(facts.title), default=_NOTHING)
        for more in rows:
            lacking = {
                name: getattr(more, name)
                for name in ("year", "venue", "volume", "number", "page", "edition")
                if not getattr(first, name) and getattr(more, name)
            }
            first = replace(first, **lacking) if lacking else first
        return first

    def pairs(self) -> list[tuple[str, str, Evidence]]:
        """Return (key, other key, evidence) of the works that are likely one."""
        shared: dict[tuple[str, str], set[str]] = {}
        for key, other, value in self._index.execute(_PAIRS):
            pair = (other, key) if (other, key) in shared else (key, other)
            named = shared.setdefault(pair, set())
            if _SHARED.match(value):
                named.add(value.split("|")[0])
        dois = self._dois()
        facts = {key: self.facts(key) for key in {key for pair in shared for key in pair}}
        found = []
        for (key, other), names in shared.items():
            first, second = dois.get(key, set()), dois.get(other, set())
            if facts[other].printed or (first and second and not first & second):
                continue
            evidence = _evidence(facts[key], facts[other], sorted(names))
            if evidence.verdict != "no":
                found.append((key, other, evidence))
        return found

    def title(self, key: str) -> str:
        """Return a work's title in plain words."""
        return self.facts(key).title.replace("-", " ")

    def files_of(self, key: str) -> list[str]:
        """Return the names of the files that have entries of a work."""
        found = self._index.execute("SELECT DISTINCT file FROM work WHERE key = ?", (key,))
        return sorted(name for (name,) in found)

    def home(self, key: str) -> str:
        """Return the file that has what was known first of a work, or ''."""
        asked = (
            "SELECT file FROM work WHERE key = ? AND facts NOT LIKE '[\"\"%' ORDER BY id LIMIT 1"
        )
        found = self._index.execute(asked, (key,)).fetchone()
        return found[0] if found else next(iter(self.files_of(key)), "")

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

    def has(self, key: str) -> bool:
        """Return whether there is a work of this key; a work's other keys are none."""
        asked = "SELECT 1 FROM work WHERE key = ? LIMIT 1"
        return self._index.execute(asked, (key,)).fetchone() is not None

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

    def _with(self, values: Sequence[str], doi: str) -> list[tuple[str, str, str]]:
        """Return (value, key, file) of the works of values that no other DOI stands against.

        They come in the order of the values, and of each what was known first.
        """
        marks = ",".join("?" * len(values))
        rows = self._index.execute(
            "SELECT value, key, file, doi, id FROM known JOIN work ON work = id "  # noqa: S608
            f"WHERE value IN ({marks}) LIMIT {_AT_MOST}",
            [*values],
        ).fetchall()
        kept = [row for row in rows if not (doi and row[3] and doi != row[3])]
        kept.sort(key=lambda row: (values.index(row[0]), row[4]))
        return [row[:3] for row in kept]

    def _weighed(self, own: Identity, key: str, identifier: str) -> Evidence:
        """Return what speaks for and against a work that shares an identifier, or the title."""
        if identifier == "text":
            return _CERTAIN
        known = self.facts(key)
        if not identifier:
            found = weigh(known, own.facts)
            if found.verdict == "certain" and self._recurs(own, key, known):
                return in_doubt(known, own.facts, found)
            return found
        against = contradiction(known, own.facts)
        return Evidence("likely", 0.5, (f"same {identifier}",), against) if against else _CERTAIN

    def _recurs(self, own: Identity, key: str, known: Facts) -> bool:
        """Return whether the author of a work has surely given its title to another one too."""
        asked = "SELECT DISTINCT key FROM known JOIN work ON work = id WHERE value = ? LIMIT 20"
        others = self._index.execute(asked, (_value("near", own.near[0]),)).fetchall()
        facts = (self.facts(other) for (other,) in others if other != key)
        return any(weigh(known, one).verdict == "no" for one in facts)

    def _near(self, own: Identity) -> list[Likely]:
        values = [_value("near", near) for near in own.near]
        seen = dict.fromkeys(key for _, key, _ in self._with(values, own.doi)) if values else {}
        found = [Likely(key, weigh(self.facts(key), own.facts)) for key in seen]
        return [
            Likely(one.key, replace(one.evidence, verdict="likely"))
            for one in found
            if one.evidence.verdict != "no"
        ]

    def _dois(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for key, doi in self._index.execute("SELECT key, doi FROM work WHERE doi <> ''"):
            found.setdefault(key, set()).add(doi)
        return found

    def _digest(self, file: str) -> str:
        found = self._index.execute("SELECT digest FROM file WHERE name = ?", (file,)).fetchone()
        return str(found[0]) if found else ""


def _evidence(one: Facts, other: Facts, shared: list[str]) -> Evidence:
    """Return what speaks for and against two works, which may share identifiers."""
    if not shared:
        return weigh(one, other)
    reasons = tuple(f"same {name}" for name in shared)
    return Evidence("likely", 0.5, reasons, contradiction(one, other))


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


_ROW: Final = operator.attrgetter(*(field.name for field in fields(Facts)))
_CERTAIN: Final = Evidence("certain", 1.0)
_NOTHING: Final = Facts("", 0, (), "", "", "", "", "", "", "", False, False)


def _facts(row: str) -> Facts:
    values: list[Any] = json.loads(row)
    values[2] = tuple(values[2])
    return Facts(*values)


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
