"""Read BibTeX: every block of a file is an entry, a failure with its line, or accounted for."""

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bibtexparser import model
from bibtexparser.entrypoint import parse_string

from intlkg.errors import Problem

JOINED: Final = {"keywords": ", ", "keyword": ", ", "annote": "\n\n", "note": "; ", "file": ";"}
"""Fields that programs repeat, and what joins their values; of others the first one counts."""

_MONTHS: Final = {
    month: month for month in "jan feb mar apr may jun jul aug sep oct nov dec".split()
}
_TOKEN: Final = re.compile(
    r'\s*(\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|"[^"]*"|[^#\s]+)\s*(?:#|$)'
)

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry.

    Attributes:
        key: its citation key; empty where the file gives none.
        kind: its type in lower case, such as `article`.
        fields: lower-case name -> value without delimiters, macros resolved, LaTeX as written.
        line: the line of its `@`, counted from 1.
        raw: the block as it stands in the file.
    """

    key: str
    kind: str
    fields: Mapping[str, str]
    line: int
    raw: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: blocks = entries + failed + others.

    Attributes:
        blocks: how many blocks the file has; text between entries is none.
        entries: in the order of the file, also those with repeated keys or fields.
        failed: the blocks that cannot be read.
        notes: what a person should look at although nothing was lost.
        strings: the file's `@string` blocks as they stand there.
        others: how many comments, preambles and strings there are.
    """

    blocks: int
    entries: tuple[Entry, ...]
    failed: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    strings: tuple[str, ...]
    others: int


def read(name: str, content: bytes) -> Reading:
    """Return all that a BibTeX file holds.

    Args:
        name: what the file is called in messages.
        content: its bytes: UTF-8 with or without a byte-order mark, else read as Windows-1252.
    """
    notes: list[Problem] = []
    text = _decoded(name, content, notes)
    library = parse_string(text, parse_stack=[])
    macros = {s.key.lower(): s.value for s in library.blocks if isinstance(s, model.String)}
    macros = _MONTHS | {key: _value(value, _MONTHS) for key, value in macros.items()}
    entries: list[Entry] = []
    failed: list[Problem] = []
    strings: list[str] = []
    blocks = [b for b in library.blocks if not isinstance(b, model.ImplicitComment)]
    for block in blocks:
        entry = _entry(block)
        if entry is not None:
            entries.append(_read_entry(name, entry, block, macros, notes))
        elif isinstance(block, model.ParsingFailedBlock):
            failed.append(_failure(name, block))
        elif isinstance(block, model.String):
            strings.append((block.raw or "").strip())
    notes += _repeated_keys(name, entries)
    others = len(blocks) - len(entries) - len(failed)
    return Reading(len(blocks), tuple(entries), tuple(failed), tuple(notes), tuple(strings), others)


def _decoded(name: str, content: bytes, notes: list[Problem]) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        notes.append(
            Problem(name, line, "this is not UTF-8 and was read as Windows-1252; save it as UTF-8")
        )
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _entry(block: model.Block) -> model.Entry | None:
    """Return the entry that a block is, or that it holds although it repeats a key or field."""
    if isinstance(block, model.ParsingFailedBlock):
        block = block.ignore_error_block or block
    return block if isinstance(block, model.Entry) else None


def _read_entry(
    name: str,
    entry: model.Entry,
    block: model.Block,
    macros: Mapping[str, str],
    notes: list[Problem],
) -> Entry:
    line = (block.start_line or 0) + 1
    fields: dict[str, str] = {}
    for field in entry.fields:
        key = field.key.strip().lower()
        value = _value(str(field.value), macros)
        if key not in fields:
            fields[key] = value
        elif key in JOINED:
            fields[key] += JOINED[key] + value
        elif fields[key] != value:
            fault = f"the entry has '{key}' twice and the first counts; keep one of them"
            notes.append(Problem(name, line, fault))
    return Entry(entry.key.strip(), entry.entry_type.lower(), fields, line, block.raw or "")


def _value(written: str, macros: Mapping[str, str]) -> str:
    """Return a field's value: delimiters off, macros resolved, parts joined by `#` put together."""
    written = written.strip()
    parts = _TOKEN.findall(written)
    if len(parts) > 1 and _TOKEN.sub("", written) == "":
        return "".join(_part(part, macros) for part in parts)
    return _part(written, macros)


def _part(written: str, macros: Mapping[str, str]) -> str:
    if written[:1] + written[-1:] in ("{}", '""') and len(written) > 1:
        return written[1:-1]
    return macros.get(written.lower(), written)


def _failure(name: str, block: model.ParsingFailedBlock) -> Problem:
    reason = str(getattr(block.error, "abort_reason", "") or block.error).strip().rstrip(".")
    first = (block.raw or "").strip().split("\n", 1)[0][:60]
    said = " ".join(reason.split()) or "a brace, comma or quotation mark is missing"
    line = (block.start_line or 0) + 1
    return Problem(
        name, line, f"the block '{first}' cannot be read ({said}); mend it and add again"
    )


def _repeated_keys(name: str, entries: Iterable[Entry]) -> list[Problem]:
    first: dict[str, int] = {}
    notes = []
    for entry in entries:
        if entry.key and entry.key in first:
            fault = f"key '{entry.key}' is used twice (first at line {first[entry.key]})"
            notes.append(Problem(name, entry.line, f"{fault}; rename one of them"))
        first.setdefault(entry.key, entry.line)
    return notes
