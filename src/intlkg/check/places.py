"""Find the file and line in which a thing is described."""

import re
from typing import Final

from intlkg.errors import Problem
from intlkg.parts import files
from intlkg.store import Iri, Literal, Store
from intlkg.vocab import term
from intlkg.workspace import MARKER, Workspace

_PREFIX: Final = re.compile(r"(?im)^\s*@?prefix\s+([\w-]*):\s*<([^>]*)>")
_ENTRY: Final = re.compile(r"@\w+\s*\{\s*([^,\s]+)\s*,")
_NUMBER: Final = re.compile(r"intlkg-(number|start)\s*=\s*\{(\d+)\}")


class Places:
    """The places of a workspace's things, looked up in its files as people wrote them."""

    def __init__(self, workspace: Workspace, store: Store | None = None) -> None:
        """Read the workspace's data files; a store knows the rows of people's tables."""
        self._store = store
        self._workspace = workspace
        self._texts = {
            name: path.read_text(encoding="utf-8", errors="replace")
            for name, path in workspace.files(*files.SOURCES).items()
        }

    def problem(self, iri: str, fault: str) -> Problem:
        """Return a fault of a thing as a problem with file and line."""
        path, line = self.of(iri)
        return Problem(path, line, f"{re.split(r'[/#]', iri)[-1]}: {fault}")

    def of(self, iri: str) -> tuple[str, int]:
        """Return the file and the line where a thing is described, else where it is named.

        Returns:
            The settings file and line 1 for a thing that no file names.
        """
        if row := self._row(Iri(iri)):
            return row
        found = []
        for name, text in self._texts.items():
            if iri == self._workspace.graph(name):
                rank, offset = 0, 0
            elif name.endswith(".bib"):
                rank, offset = 2, _in_bib(iri, name, text)
            else:
                rank, offset = _in_turtle(iri, text)
            if offset >= 0:
                found.append((rank, name, _line(text, offset)))
        _, name, line = min(found, default=(0, MARKER, 1))
        return name, line

    def _row(self, thing: Iri) -> tuple[str, int] | None:
        """Return the file and line that a mark or passage says it is written at."""
        if self._store is None:
            return None
        file = self._store.values(thing, Iri(term("ik:fileName")))
        line = self._store.values(thing, Iri(term("ik:lineNumber")))
        if not (file and line and isinstance(file[0], Literal) and isinstance(line[0], Literal)):
            return None
        return file[0].value, int(line[0].value)


def _in_bib(iri: str, name: str, text: str) -> int:
    """Return where the entry stands that a thing comes from, -1 for nowhere."""
    tail = iri.rsplit("/", 1)[-1]
    if f"/data/{name.rsplit('/', 1)[-1].removesuffix('.bib')}/" in iri:
        return _numbered(tail, text)
    keys = {match[1]: match.start() for match in _ENTRY.finditer(text)}
    owners = [key for key in keys if tail == key or tail.startswith(f"{key}-")]
    return keys[max(owners, key=len)] if owners else -1


def _in_turtle(iri: str, text: str) -> tuple[int, int]:
    """Return where a thing stands in a text, -1 for nowhere, and how: 0 typed, 1 first, 3 named."""
    names = [re.escape(f"<{iri}>")]
    names += [
        rf"(?<![\w:-]){re.escape(prefix + ':' + iri[len(space) :])}(?![\w-])"
        for prefix, space in _PREFIX.findall(text)
        if space and iri.startswith(space)
    ]
    token = "|".join(names)
    patterns = (
        rf"(?m)^[ \t]*(?:{token})[ \t\n]+a[ \t]",
        rf"(?m)^[ \t]*(?:{token})(?=[ \t\n;])(?!\s*\{{)",
    )
    for rank, pattern in zip((0, 1, 3), (*patterns, token), strict=True):
        found = re.search(pattern, text)
        if found:
            return rank, found.start() + len(found[0]) - len(found[0].lstrip())
    return 3, -1


def _numbered(tail: str, text: str) -> int:
    """Return where the reference entry with a number, or the anchor with a start, stands."""
    wanted = re.fullmatch(r"(ref|a)(\d+)[a-z]?(?:-\d+)?", tail)
    for match in _NUMBER.finditer(text):
        kind = "ref" if match[1] == "number" else "a"
        if wanted and (kind, match[2]) == (wanted[1], wanted[2]):
            return text.rfind("@", 0, match.start())
    return -1


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
