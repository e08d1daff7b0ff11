"""Formats of bibliographies: which one a file is in, and entries of any of them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from intlkg.bib import csl, ris
from intlkg.bib.reader import Entry, Reading, decoded, read
from intlkg.errors import Problem

SUFFIXES: Final = (".bib", ".bibtex", ".ris", ".json")
"""Endings of the files that a folder is searched for."""


def read_any(name: str, content: bytes) -> Reading:
    """Return all that a file holds, in BibTeX, RIS or CSL-JSON, told apart by its content.

    Records of other formats become entries whose `raw` is BibTeX; a tag that BibTeX has no field
    for is kept in a field of its own (`ris-…`, `csl-…`).
    """
    text, notes = decoded(name, content)
    for form in (ris, csl):
        if form.looks_so(text) and not name.lower().endswith((".bib", ".bibtex")):
            return _converted(name, form.blocks(text), notes)
    return read(name, content)


def _converted(
    name: str, blocks: Iterator[tuple[int, str | None, str]], notes: Iterable[Problem]
) -> Reading:
    entries: list[Entry] = []
    failed: list[Problem] = []
    for line, block, fault in blocks:
        found = read(name, block.encode()).entries if block is not None else ()
        if len(found) == 1:
            entries.append(replace(found[0], line=line))
        else:
            reason = fault or "the record says nothing; fill it in or delete it"
            failed.append(Problem(name, line, reason))
    return Reading(len(entries) + len(failed), tuple(entries), tuple(failed), tuple(notes), (), 0)
