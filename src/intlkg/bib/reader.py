"""Read BibTeX: every block of a file is an entry, a failure with its line, or accounted for."""

import codecs
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bibtexparser import model
from bibtexparser.entrypoint import parse_string

from intlkg.bib import names
from intlkg.bib.latex import following, value
from intlkg.bib.recovery import masked, recovered
from intlkg.errors import Problem

JOINED: Final = {
    "annote": "\n\n", "author": " and ", "editor": " and ", "file": ";", "ids": ", ",
    "keyword": ", ", "keywords": ", ", "note": "; ",
}  # fmt: skip
"""Fields that programs repeat, and what joins their values; of others the first one counts."""

_MONTHS: Final = {
    month: month for month in "jan feb mar apr may jun jul aug sep oct nov dec".split()
}
_NAMED: Final = re.compile(r"^[ \t]*@(?!comment\b)[a-z]+.*", re.IGNORECASE | re.MULTILINE)
"""A line that was meant to begin a block; in what the parser takes for text it lacks its brace."""

_ENCODING: Final = re.compile(rb"^%\s*Encoding:\s*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_ODD_PEOPLE: Final = re.compile(
    r"^\s*\{.*\sand\s|;|,(?:(?!\sand\s).)*,|^[^,{}]+\s\S+\.\s*,|^[^,]*\d|^\W+$", re.DOTALL
)
_PEOPLE: Final = ("author", "editor", "translator")

_WIDE: Final = {bytes((1, 0, 1, 0)): "utf-16-le", bytes((0, 1, 0, 1)): "utf-16-be"}
"""Which of the first four bytes are not zero -> the encoding, for text that begins in ASCII."""

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
        comments: the file's `@comment` blocks as they stand there.
        asides: what was read as it is meant although BibTeX would read it otherwise.
    """

    blocks: int
    entries: tuple[Entry, ...]
    failed: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    strings: tuple[str, ...]
    others: int
    comments: tuple[str, ...] = ()
    asides: tuple[Problem, ...] = ()


def read(name: str, content: bytes) -> Reading:
    """Return all that a BibTeX file holds.

    Args:
        name: what the file is called in messages.
        content: its bytes: UTF-8 or UTF-16 by its byte-order mark, UTF-8 without, else read as
            Windows-1252.
    """
    text, notes = decoded(name, content)
    text, commented = masked(text)
    reader = _Reader(name, notes, text)
    reader.leave_out(commented)
    library = parse_string(text, parse_stack=[])
    reader.define(block for block in library.blocks if isinstance(block, model.String))
    for block in library.blocks:
        reader.take(block)
    return reader.reading()


def decoded(name: str, content: bytes) -> tuple[str, list[Problem]]:
    """Return a file's text with line feeds, and a note where it is not UTF-8 or not clean.

    What is not UTF-8 is read as its first lines say (`% Encoding: GBK`, as JabRef writes), else as
    Windows-1252. Control characters are left out.
    """
    encoding, label, line = "utf-8-sig", "", 1
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, label = "utf-16", "UTF-16"
    elif wide := _WIDE.get(bytes(byte != 0 for byte in content[:4])):
        encoding, label = wide, "UTF-16 without a byte-order mark"
    else:
        try:
            content.decode(encoding)
        except UnicodeDecodeError as error:
            encoding, label = _declared(content) or ("cp1252", "Windows-1252")
            line = content.count(b"\n", 0, error.start) + 1
    notes = []
    if label:
        fault = f"this is not UTF-8 and was read as {label}; save it as UTF-8"
        notes.append(Problem(name, line, fault))
    text = content.decode(encoding, errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        fault = f"a control character (U+{ord(found[0]):04X}) stands there, and was left out"
        notes.append(Problem(name, text.count("\n", 0, found.start()) + 1, f"{fault}; delete it"))
        text = _CONTROL.sub("", text)
    return text, notes


def _declared(content: bytes) -> tuple[str, str] | None:
    """Return the encoding that a file's first lines name, and how they name it, if it is one."""
    found = _ENCODING.search(content[:500])
    if found is None:
        return None
    written = found[1].decode("ascii")
    try:
        return codecs.lookup(
            written.lower().removeprefix("x-").replace("mac", "mac-")
        ).name, written
    except LookupError:
        return None


class _Reader:
    """Collects what one file holds."""

    def __init__(self, name: str, notes: list[Problem], text: str) -> None:
        self._name, self._source = name, text
        self._at = 0
        self._end = 0
        self._entries: list[Entry] = []
        self._failed: list[Problem] = []
        self._notes = notes
        self._strings: list[str] = []
        self._macros: dict[str, str] = dict(_MONTHS)
        self._others = 0
        self._comments: list[str] = []
        self._asides: list[Problem] = []

    def leave_out(self, lines: Iterable[int]) -> None:
        """Take the blocks that are commented out, by their lines."""
        for line in lines:
            self._others += 1
            self._note(line, "a block is commented out and was left out; delete it or its '%'")

    def define(self, strings: Iterable[model.String]) -> None:
        """Take the file's macros, wherever they stand; later ones may use earlier ones."""
        for string in strings:
            text = self._text(string.key.lower(), string.value, _line(string))[0]
            self._macros[string.key.lower()] = text
            self._strings.append((string.raw or "").strip())

    def take(self, block: model.Block) -> None:
        """Take a block of the file, whatever it is."""
        held = block.ignore_error_block if isinstance(block, model.ParsingFailedBlock) else block
        if isinstance(block, model.ImplicitComment):
            self._failed += self._unopened(block)
        elif isinstance(held, model.Entry):
            self._take_entry(held, block.raw or "", _line(block))
        elif isinstance(held, model.String) and held is not block:
            self._take_repeated(held)
        elif isinstance(block, model.ParsingFailedBlock):
            if not self._recover(block):
                self._failed.append(self._failure(block))
        else:
            self._others += 1
            if isinstance(block, model.ExplicitComment):
                self._comments.append((block.raw or "").strip())

    def reading(self) -> Reading:
        """Return all that was taken."""
        blocks = len(self._entries) + len(self._failed) + self._others
        return Reading(
            blocks,
            tuple(self._entries),
            tuple(self._failed),
            (*self._notes, *repeated_keys(self._name, self._entries)),
            tuple(self._strings),
            self._others,
            tuple(self._comments),
            tuple(self._asides),
        )

    def _take_entry(self, entry: model.Entry, raw: str, line: int) -> None:
        key, begins = entry.key.strip(), entry.start_line or 0
        fields: dict[str, str] = {}
        for field in entry.fields:
            at = line + max(0, (field.start_line or 0) - begins)
            named = field.key.strip().lower()
            if named[:1] in ("", "%"):
                named = self._field(named, at)
            if named:
                self._put(fields, named, str(field.value), at)
        if not key and not fields:
            fault = "the entry is empty; fill it in or delete it"
            self._failed.append(Problem(self._name, line, fault))
            return
        self._entries.append(Entry(key, entry.entry_type.lower(), fields, line, raw))
        for fault in (*_own_faults(fields), *_people_faults(fields)):
            self._note(line, fault)
        self._asides += [Problem(self._name, line, said) for said in _people_asides(fields)]

    def _field(self, written: str, line: int) -> str:
        """Return the name of a field without the comment before it; '' where there is none."""
        if not written.startswith("%"):
            if not written:
                self._note(line, "a value has no field's name before it; put one there")
            return written
        *_, last = written.split("\n")
        named = "" if last.strip().startswith("%") else last.strip()
        said = "" if named else f", and '{written.strip('% ')[:40]}' was left out"
        self._note(line, f"a comment stands between the fields{said}; delete it")
        return named

    def _recover(self, block: model.ParsingFailedBlock) -> bool:
        """Take an entry that could not be read although it can be mended."""
        start = self._source.find(block.raw or "\0", self._at)
        found = recovered(self._source, start) if start >= 0 else None
        read = parse_string(found.text, parse_stack=[]).blocks if found else []
        if found is None or len(read) != 1 or not isinstance(read[0], model.Entry):
            return False
        self._at = found.end
        line = _line(block)
        self._note(line, f"the entry was mended: {'; '.join(found.mended)}; mend it in your file")
        self._take_entry(read[0], read[0].raw or "", line)
        return True

    def _put(self, fields: dict[str, str], key: str, written: str, line: int) -> None:
        text, rest = self._text(key, written, line)
        if key not in fields:
            fields[key] = text
        elif fields[key] != text and key in JOINED:
            fields[key] += JOINED[key] + text
            if JOINED[key] == " and ":
                self._note(line, f"the entry has '{key}' twice and both count; join them by 'and'")
        elif fields[key] != text:
            fault = f"the entry has '{key}' twice and the first counts; keep one of them"
            self._note(line, fault)
        if rest is not None:
            self._put(fields, *rest, line)

    def _text(self, key: str, written: str, line: int) -> tuple[str, tuple[str, str] | None]:
        """Return a field's value, and the field behind it where a comma is missing between."""
        held = value(written, self._macros)
        for macro in held.unknown:
            fault = f"'{macro}' in '{key}' is no macro that is defined; put it in braces or define"
            self._note(line, f"{fault} it with @string")
        if not held.rest:
            return held.text, None
        behind = following(held.rest)
        if behind is None:
            self._note(line, f"'{key}' goes on after its value ends; put all of it in braces")
            return f"{held.text} {held.rest}", None
        self._note(line, f"a comma is missing between '{key}' and '{behind[0]}'; put one there")
        return held.text, behind

    def _take_repeated(self, string: model.String) -> None:
        """Take a macro that is defined again: no matter if it says the same."""
        key = string.key.lower()
        if value(string.value, self._macros).text == self._macros.get(key):
            self._others += 1
            return
        fault = f"the macro '{string.key}' is defined before with another text; rename one of them"
        self._failed.append(Problem(self._name, _line(string), fault))

    def _unopened(self, block: model.ImplicitComment) -> list[Problem]:
        text = block.raw or ""
        return [
            Problem(
                self._name,
                _line(block) + text.count("\n", 0, found.start()),
                f"the block '{found[0].strip()[:60]}' has no brace after its type; put it there",
            )
            for found in _NAMED.finditer(text)
        ]

    def _failure(self, block: model.ParsingFailedBlock) -> Problem:
        reason = str(getattr(block.error, "abort_reason", "") or block.error).strip().rstrip(".")
        first = (block.raw or "").strip().split("\n", 1)[0][:60]
        said = " ".join(reason.split()) or "a brace, comma or quotation mark is missing"
        fault = f"the block '{first}' cannot be read ({said}); mend it and add again"
        return Problem(self._name, _line(block), fault)

    def _note(self, line: int, message: str) -> None:
        self._notes.append(Problem(self._name, line, message))


def _line(block: model.Block) -> int:
    return (block.start_line or 0) + 1


def _own_faults(fields: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the fields of our own that place a printed entry in its text."""
    if "intlkg-printed" not in fields:
        return []
    faults = []
    if not re.fullmatch(r"[1-9]\d*", fields.get("intlkg-number", "")):
        faults.append("'intlkg-number' must be the entry's number in print; count from 1")
    if not re.fullmatch(r"\d+", fields.get("intlkg-start", "")):
        faults.append("'intlkg-start' must be where the entry begins; count characters from 0")
    return faults


def _people_asides(fields: Mapping[str, str]) -> list[str]:
    """Return which lists of people were read by their pattern."""
    found = []
    for role in _PEOPLE:
        written = fields.get(role, "")
        odd = bool(written) and bool(_ODD_PEOPLE.search(written))
        if people := names.unusual(" ".join(written.split())) if odd else []:
            fault = f"'{role}' was read as {len(people)} people: {'; '.join(people)[:80]}"
            found.append(f"{fault}; put 'and' between them")
    return found


def _people_faults(fields: Mapping[str, str]) -> list[str]:
    """Return the names that can be none; most fields are not looked at closely."""
    found = []
    for role in _PEOPLE:
        written = fields.get(role, "")
        if not written or not _ODD_PEOPLE.search(written):
            continue
        for name in names.faults(written):
            found.append(f"'{name[:60]}' in '{role}' can be no name; write 'Family, Given'")
    return found


def repeated_keys(name: str, entries: Iterable[Entry]) -> list[Problem]:
    """Return a problem for each key that an earlier entry of the file has too."""
    first: dict[str, int] = {}
    notes = []
    for entry in entries:
        if entry.key and entry.key in first:
            fault = f"key '{entry.key}' is used twice (first at line {first[entry.key]})"
            notes.append(Problem(name, entry.line, f"{fault}; rename one of them"))
        first.setdefault(entry.key, entry.line)
    return notes
