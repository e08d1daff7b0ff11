"""Find the file and line in which a thing is described."""

import re
from typing import Final

from intlkg import build
from intlkg.errors import Problem
from intlkg.workspace import MARKER, Workspace

_PREFIX: Final = re.compile(r"(?im)^\s*@?prefix\s+([\w-]*):\s*<([^>]*)>")
_ENTRY: Final = re.compile(r"@\w+\s*\{\s*([^,\s]+)\s*,")
_NUMBER: Final = re.compile(r"intlkg-(number|start)\s*=\s*\{(\d+)\}")


class Places:
    """The places of a workspace's things, looked up in its files as people wrote them."""

    def __init__(self, workspace: Workspace) -> None:
        """Read the workspace's data files."""
        self._workspace = workspace
        self._texts = {
            name: path.read_text(encoding="utf-8", errors="replace")
            for name, path in workspace.files(*build.SOURCES).items()
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
        mentions = []
        for name, text in self._texts.items():
            if name.endswith(".bib"):
                offset = self._in_bib(iri, name, text)
            else:
                described, offset = _in_turtle(iri, text)
                if described:
                    return name, _line(text, offset)
            if offset >= 0:
                mentions.append((name, _line(text, offset)))
        return mentions[0] if mentions else (MARKER, 1)

    def _in_bib(self, iri: str, name: str, text: str) -> int:
        if iri == self._workspace.graph(name):
            return 0
        tail = iri.rsplit("/", 1)[-1]
        if f"/data/{name.rsplit('/', 1)[-1].removesuffix('.bib')}/" in iri:
            return _numbered(tail, text)
        keys = {match[1]: match.start() for match in _ENTRY.finditer(text)}
        owners = [key for key in keys if tail == key or tail.startswith(f"{key}-")]
        return keys[max(owners, key=len)] if owners else -1


def _in_turtle(iri: str, text: str) -> tuple[bool, int]:
    """Return whether the thing is a subject in the text, and where it is named (-1: nowhere)."""
    names = [re.escape(f"<{iri}>")]
    names += [
        rf"(?<![\w:-]){re.escape(prefix + ':' + iri[len(space) :])}(?![\w-])"
        for prefix, space in _PREFIX.findall(text)
        if space and iri.startswith(space)
    ]
    token = "|".join(names)
    subject = re.search(rf"(?m)^[ \t]*(?:GRAPH[ \t]+)?(?:{token})(?=[ \t\n;])(?!\s*\{{)", text)
    mention = subject or re.search(token, text)
    return subject is not None, mention.start() + _indent(mention[0]) if mention else -1


def _indent(found: str) -> int:
    return len(found) - len(found.lstrip())


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
