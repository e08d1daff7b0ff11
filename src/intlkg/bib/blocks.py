"""Entries as text, word for word but for their keys, on their way into a workspace."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from intlkg.bib.reader import Entry, read

_HEAD: Final = re.compile(r"@\s*\w+\s*[{(]\s*")
_KEYED: Final = re.compile(r"@\s*\w+\s*[{(]\s*[^,\s]*\s*,?")
_PLAIN: Final = re.compile(r"@\s*\w+\s*\{\s*[\w.:+/-]+,")
"""The head of an entry whose text says the same under another key, for all that can follow it."""

_ALL_IDS: Final = re.compile(r"(,\s*ids\s*=\s*[{\"])([^{}\"]*)", re.IGNORECASE)
_IDS: Final = re.compile(r"(,\s*ids\s*=\s*[{\"])", re.IGNORECASE)


def rekeyed(entry: Entry, key: str) -> str:
    """Return an entry's text under a new key, with the old one first among its `ids`.

    Empty where the text is so unusual that it would then read as something else.
    """
    written = _rekeyed(entry, key)
    if written and (_PLAIN.match(entry.raw.strip()) and "ids" not in entry.fields):
        return written
    return written if written and _says(written) == (key, *_expected(entry, key)) else ""


def enriched(block: str, fields: Mapping[str, str]) -> str:
    """Return an entry's text with more fields behind its key."""
    head = _KEYED.match(block)
    if head is None or not fields:
        return block
    said = "".join(f"\n  {name} = {{{value}}}," for name, value in fields.items())
    return f"{head[0].rstrip(',')},{said}{block[head.end() :]}"


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


def with_ids(block: str, keys: Iterable[str]) -> str:
    """Return an entry's text with all these keys among its `ids`; its own key is left out."""
    head = _KEYED.match(block)
    own = head[0].rstrip(",").split("{")[-1].strip() if head else ""
    wanted = [key for key in dict.fromkeys(keys) if key not in ("", own)]
    if found := _ALL_IDS.search(block):
        said = ", ".join(dict.fromkeys([*found[2].split(", "), *wanted]))
        return f"{block[: found.start()]}{found[1]}{said}{block[found.end(2) :]}"
    return enriched(block, {"ids": ", ".join(wanted)} if wanted else {})


def replaced(content: bytes, old: Entry, text: str) -> bytes:
    """Return a file's content with an entry's text replaced; all else stays as it is."""
    return content.decode().replace(old.raw.strip(), text, 1).encode()


def _expected(entry: Entry, key: str) -> tuple[str, dict[str, str]]:
    """Return the type and the fields that an entry's text must have under its new key."""
    _, kind, fields = _says(entry.raw) or ("", "", {})
    return kind, _aliased(entry, key, fields)


def _aliased(entry: Entry, key: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Return fields with the entry's own key first among its `ids`, where it gets another."""
    if entry.key in ("", key):
        return dict(fields)
    return {**fields, "ids": ", ".join(filter(None, (entry.key, fields.get("ids", ""))))}


def only(text: str, strings: Iterable[str] = ()) -> Entry | None:
    """Return the entry of a text that holds one, None where it holds none or several.

    Args:
        text: an entry.
        strings: the blocks that define its macros.
    """
    entries = read("", "\n".join([*strings, text]).encode()).entries
    return entries[0] if len(entries) == 1 else None


def _says(block: str) -> tuple[str, str, dict[str, str]] | None:
    entry = only(block)
    return (entry.key, entry.kind, dict(entry.fields)) if entry else None
