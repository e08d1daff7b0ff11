"""Formats of bibliographies: which one a file is in, and entries of any of them.

Each module reads one format by the same two functions: `looks_so` tells it by its content, and
`blocks` yields (line, BibTeX, fault) for each record. The BibTeX is None where the record cannot be
read, and '' for text that is no record.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from intlkg.bib.formats import (
    crossref,
    csl,
    endnote,
    foreign,
    openalex,
    pubmed,
    ris,
    scopus,
    wos,
    zotero,
)
from intlkg.bib.reader import Entry, Reading, decoded, read
from intlkg.errors import Problem

SUFFIXES: Final = (
    ".bib", ".bibtex", ".biblatex", ".ris", ".json", ".nbib", ".ciw", ".isi", ".enw", ".xml",
    ".csv", ".yaml", ".yml",
)  # fmt: skip
"""Endings of the files that a folder is searched for."""

_ENTRY: Final = re.compile(r"^[ \t]*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_TAGGED: Final = (ris, pubmed, wos, endnote, scopus)
_YAML: Final = re.compile(r"^(?:---\s*\n)?(?:references:|-\s+\w[\w-]*:)", re.MULTILINE)


def read_any(name: str, content: bytes) -> Reading:
    """Return all that a file holds in any of the formats, told apart by its content.

    Records of other formats become entries whose `raw` is BibTeX; what BibTeX has no field for is
    kept in fields of its own (`ris-…`, `csl-…`). A file of none of the formats has no blocks.
    """
    text, notes = decoded(name, content)
    if said := foreign.named(content, text):
        return Reading(1, (), (Problem(name, 1, said),), (), (), 0)
    entry = _ENTRY.search(text)
    if csl.looks_so(text) and not (entry and not _is_json(text)):
        return _converted(name, _of_json(text), notes)
    before = text[: entry.start()] if entry else text
    for form in _TAGGED:
        if form.looks_so(before):
            return _converted(name, form.blocks(text), notes)
    if entry is None and _YAML.match(text.lstrip("\ufeff\n ")):
        return _converted(name, _of_yaml(text), notes)
    return read(name, content)


def _is_json(text: str) -> bool:
    try:
        json.loads(text.lstrip("\ufeff"))
    except ValueError:
        return False
    return True


def _of_json(text: str) -> Iterator[tuple[int, str | None, str]]:
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        yield error.lineno, None, f"this is not JSON ({error.msg}); export it again"
        return
    except RecursionError:
        yield 1, None, "this JSON is nested too deeply; export it again"
        return
    for source in (crossref, openalex, zotero):
        if source.looks_so(data):
            yield from csl.items(text, source.items(data))
            return
    listed = data.get("items", [data]) if isinstance(data, dict) else data
    if isinstance(listed, list) and (not listed or any(map(csl.is_item, listed))):
        yield from csl.items(text, listed)
        return
    shown = ", ".join(list(data)[:4]) if isinstance(data, dict) else type(data).__name__
    fault = f"this is JSON, but no bibliography (it has {shown})"
    yield 1, None, f"{fault}; export CSL-JSON, or an answer of Crossref, OpenAlex or Zotero"


def _of_yaml(text: str) -> Iterator[tuple[int, str | None, str]]:
    import yaml

    class Loader(yaml.SafeLoader):
        """Reads dates as text: an item of CSL has them as it likes."""

    Loader.yaml_implicit_resolvers = {
        letter: [one for one in listed if one[0] != "tag:yaml.org,2002:timestamp"]
        for letter, listed in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    try:
        data = yaml.load(text, Loader=Loader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        yield (mark.line + 1 if mark else 1), None, "this YAML cannot be read; export it again"
        return
    listed = data.get("references", []) if isinstance(data, dict) else data
    if not isinstance(listed, list) or not any(map(csl.is_item, listed)):
        yield 1, None, "this is YAML, but no CSL-YAML; export it again"
        return
    yield from csl.items(text, listed)


def _converted(
    name: str, blocks: Iterator[tuple[int, str | None, str]], notes: Iterable[Problem]
) -> Reading:
    entries: list[Entry] = []
    failed: list[Problem] = []
    said = list(notes)
    others = 0
    for line, block, fault in blocks:
        if block == "":
            others += 1
            said.append(Problem(name, line, fault))
            continue
        found = read(name, block.encode()).entries if block is not None else ()
        if len(found) == 1:
            entries.append(replace(found[0], line=line))
        else:
            reason = fault or "the record says nothing; fill it in or delete it"
            failed.append(Problem(name, line, reason))
    count = len(entries) + len(failed) + others
    return Reading(count, tuple(entries), tuple(failed), tuple(said), (), others)
