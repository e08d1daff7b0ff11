"""Blocks of a person's file, word for word, on their way into a file of the workspace."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from intlkg.bib.keys import slug
from intlkg.bib.reader import Entry, Reading, read
from intlkg.workspace import Workspace

_HEAD: Final = re.compile(r"@\s*\w+\s*[{(]\s*")
_IDS: Final = re.compile(r"(,\s*ids\s*=\s*[{\"])", re.IGNORECASE)
_MACRO: Final = re.compile(r"@\s*string\s*[{(]\s*([^\s=]+)\s*=", re.IGNORECASE)


def plain(reading: Reading) -> set[int]:
    """Return the lines of the entries whose text says the same under another key.

    One reading of all of them at once: to read each one alone takes as long as everything else.
    """
    texts = [_rekeyed(entry, f"k{number}") for number, entry in enumerate(reading.entries)]
    again = read("", "\n\n".join([*reading.strings, *texts]).encode())
    if len(again.entries) != len(reading.entries) or again.failed:
        return set()
    same = set()
    for number, (entry, other) in enumerate(zip(reading.entries, again.entries, strict=True)):
        fields = _aliased(entry, f"k{number}", entry.fields)
        if (other.key, other.kind, other.fields) == (f"k{number}", entry.kind, fields):
            same.add(entry.line)
    return same


def rekeyed(entry: Entry, key: str, *, sure: bool = False) -> str:
    """Return an entry's text under a new key, with the old one first among its `ids`.

    Empty where the text is so unusual that it would then read as something else; `sure` says that
    it is not (see `plain`).
    """
    written = _rekeyed(entry, key)
    return written if sure or (written and _says(written) == (key, *_expected(entry, key))) else ""


def _rekeyed(entry: Entry, key: str) -> str:
    block = entry.raw.strip()
    head = _HEAD.match(block)
    if head is None or not block.startswith(entry.key, head.end()):
        return ""
    rest = re.sub(r"^\s*,?", ",", block[head.end() + len(entry.key) :], count=1)
    if entry.key not in ("", key):
        if "ids" in entry.fields:
            rest = _IDS.sub(lambda ids: f"{ids[1]}{entry.key}, ", rest, count=1)
        else:
            rest = f",\n  ids = {{{entry.key}}}{rest}"
    return f"{head[0]}{key}{rest}"


def extended(
    workspace: Workspace, source: Path, strings: Sequence[str], blocks: Sequence[str]
) -> tuple[Path, bytes]:
    """Return where blocks go, and the content there with them and their macros at its end.

    That is the file of the source's name, or the first numbered one that can take them: it hides no
    inherited file, is UTF-8, and means the same by the same macros.
    """
    stem, number = slug(source.stem) or "library", 1
    target = workspace.root / "bib" / f"{stem}.bib"
    while (content := _with(workspace, target, source, strings, blocks)) is None:
        number += 1
        target = target.with_name(f"{stem}-{number}.bib")
    return target, content


def _with(
    workspace: Workspace,
    target: Path,
    source: Path,
    strings: Sequence[str],
    blocks: Sequence[str],
) -> bytes | None:
    """Return a file's content with blocks at its end; None if it cannot take them."""
    if not target.is_file():
        if workspace.files(f"bib/{target.name}"):
            return None
        said = re.sub(r"[^\w .-]", "_", source.name)
        return _appended(f"% Added from {said}\n".encode(), [*strings, *blocks])
    old = target.read_bytes()
    if not _is_utf8(old):
        return None
    wanted, present = _macros(strings), _macros(read(target.name, old).strings)
    if any(present.get(macro, text) != text for macro, text in wanted.items()):
        return None
    missing = [text for macro, text in wanted.items() if macro not in present]
    return _appended(old, [*missing, *blocks])


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


def _expected(entry: Entry, key: str) -> tuple[str, dict[str, str]]:
    """Return the type and the fields that an entry's text must have under its new key."""
    _, kind, fields = _says(entry.raw) or ("", "", {})
    return kind, _aliased(entry, key, fields)


def _aliased(entry: Entry, key: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Return fields with the entry's own key first among its `ids`, where it gets another."""
    if entry.key in ("", key):
        return dict(fields)
    return {**fields, "ids": ", ".join(filter(None, (entry.key, fields.get("ids", ""))))}


def _says(block: str) -> tuple[str, str, dict[str, str]] | None:
    entries = read("", block.encode()).entries
    return (entries[0].key, entries[0].kind, dict(entries[0].fields)) if len(entries) == 1 else None
