"""The bibliographies of a workspace as they are about to be, written when all is well."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from intlkg.bib.bibtex import replaced
from intlkg.bib.groups import is_tree
from intlkg.bib.keys import slug
from intlkg.bib.reader import Entry, Reading, read
from intlkg.errors import WorkspaceError
from intlkg.workspace import Workspace, write

_MACRO: Final = re.compile(r"@\s*string\s*[{(]\s*([^\s=]+)\s*=", re.IGNORECASE)


@dataclass(slots=True)
class LibraryFiles:
    """The files of a workspace's `bib/`, and what is to become of them."""

    workspace: Workspace
    _contents: dict[str, bytes] = field(default_factory=dict)
    _entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    _changed: set[str] = field(default_factory=set)

    def content(self, name: str) -> bytes:
        """Return the content that a file has or is about to have; of no file it is empty."""
        if name not in self._contents:
            path = self.workspace.files(name).get(name)
            self._contents[name] = path.read_bytes() if path else b""
        return self._contents[name]

    def entries(self, name: str) -> dict[str, Entry]:
        """Return key -> entry of a file."""
        if name not in self._entries:
            entries = read(name, self.content(name)).entries
            self._entries[name] = {entry.key: entry for entry in reversed(entries)}
        return self._entries[name]

    def can_change(self, name: str) -> bool:
        """Return whether a file is the workspace's own, and one that can be patched."""
        content = self.content(name)
        own = name in self._changed or (self.workspace.root / name).is_file()
        return own and b"\r" not in content and _is_utf8(content)

    def replace(self, name: str, old: Entry, text: str) -> None:
        """Put another text in the place of an entry."""
        self._put(name, replaced(self.content(name), old, text))

    def remove(self, name: str, entry: Entry) -> None:
        """Take an entry out."""
        self._put(name, replaced(self.content(name), entry, ""))

    def place(self, source: Path, reading: Reading) -> str:
        """Return the name of the file that takes a source's entries.

        That is the file of the source's name, or the first numbered one that can take them: it
        hides no inherited file, is UTF-8, and means the same by the same macros.
        """
        stem, number = slug(source.stem) or "library", 1
        name = f"bib/{stem}.bib"
        while not self._can_take(name, reading):
            number += 1
            name = f"bib/{stem}-{number}.bib"
        return name

    def sibling(self, name: str, key: str) -> str:
        """Return the name of the next file of a library that has no entry of this key."""
        stem = re.sub(r"(-\d+)?\.bib$", "", name)
        number, found = 2, f"{stem}-2.bib"
        while key in self.entries(found) or (self.content(found) and not self.can_change(found)):
            number += 1
            found = f"{stem}-{number}.bib"
        return found

    def append(self, name: str, text: str) -> None:
        """Put an entry at the end of a file."""
        self._put(name, _appended(self.content(name), [text]))

    def extend(self, name: str, source: Path, reading: Reading, blocks: Sequence[str]) -> None:
        """Put blocks at the end of a file, with the source's macros and its tree of groups."""
        trees = [comment for comment in reading.comments if is_tree(comment)]
        old = self.content(name)
        if not old:
            if blocks:
                said = re.sub(r"[^\w .-]", "_", source.name)
                parts = [*reading.strings, *blocks, *trees]
                self._put(name, _appended(f"% Added from {said}\n".encode(), parts))
            return
        added: list[str] = []
        if reading.strings or trees:
            present = read(name, old)
            macros = _macros(present.strings)
            added = [t for macro, t in _macros(reading.strings).items() if macro not in macros]
            had = [comment for comment in present.comments if is_tree(comment)]
            if trees and had != trees:
                text = old.decode()
                for comment in had:
                    text = text.replace(comment, "")
                old, added = f"{text.rstrip()}\n".encode(), [*added, *trees]
        if added or blocks:
            self._put(name, _appended(old, [*added, *blocks]))

    def write(self) -> dict[str, bytes]:
        """Write what has changed, and return name -> content of it.

        Raises:
            WorkspaceError: a file cannot be written; what it held is still there.
        """
        written = {name: self._contents[name] for name in sorted(self._changed)}
        for name, content in written.items():
            target = self.workspace.root / name
            try:
                write(target, content)
            except OSError as error:
                fault = f"{target} cannot be written ({error.strerror}); make the folder writable"
                raise WorkspaceError(f"{fault} and add again") from None
        self._changed.clear()
        return written

    def _put(self, name: str, content: bytes) -> None:
        self._contents[name] = content
        self._changed.add(name)
        self._entries.pop(name, None)

    def _can_take(self, name: str, reading: Reading) -> bool:
        content = self.content(name)
        if not content:
            return True
        if not (self.can_change(name) or _is_utf8(content)):
            return False
        if name not in self._changed and not (self.workspace.root / name).is_file():
            return False
        if not reading.strings:
            return True
        macros = _macros(read(name, content).strings)
        return all(macros.get(m, text) == text for m, text in _macros(reading.strings).items())


def family(source: Path) -> re.Pattern[str]:
    """Return what the names of the files match that take a source's entries."""
    return re.compile(rf"bib/{re.escape(slug(source.stem) or 'library')}(-\d+)?\.bib")


def _appended(old: bytes, blocks: Iterable[str]) -> bytes:
    gap = b"" if not old else b"\n" if old.endswith(b"\n") else b"\n\n"
    return old + gap + ("\n\n".join(blocks) + "\n").encode()


def _macros(strings: Iterable[str]) -> dict[str, str]:
    """Return lower-case macro -> the block that defines it."""
    found = ((_MACRO.match(string), string) for string in strings)
    return {match[1].lower(): string for match, string in found if match}


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
