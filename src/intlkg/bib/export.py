"""A workspace's entries written for other tools."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from intlkg.bib import csl, ris
from intlkg.bib.inherit import resolved
from intlkg.bib.reader import Entry, read
from intlkg.bib.records import local
from intlkg.bib.writing import escaped
from intlkg.workspace import Workspace

THEMES: Final = "intlkg-themes"
"""The field that holds a work's themes; BibTeX styles ignore it."""

_KEY: Final = re.compile(r"@\s*\w+\s*[{(]\s*[^,\s]*\s*,?")


def written(
    workspace: Workspace, form: str, themes: Mapping[str, str], wanted: set[str] | None = None
) -> str:
    """Return the workspace's entries in a format.

    Args:
        workspace: whose `bib/` is written.
        form: `bibtex`, `ris` or `csl-json`.
        themes: local name of a work -> what to say of its themes.
        wanted: local names of the works to write; None stands for all.
    """
    entries: list[Entry] = []
    strings: dict[str, None] = {}
    for name, path in workspace.files("bib/*.bib").items():
        reading = read(name, path.read_bytes())
        found = resolved(reading.entries) if form != "bibtex" else reading.entries
        chosen = [e for e in found if wanted is None or local(e.key) in wanted]
        entries += chosen
        if chosen:
            strings |= dict.fromkeys(reading.strings)
    if form == "ris":
        return ris.write(entries)
    if form == "csl-json":
        return csl.write(entries)
    return _bibtex(entries, strings, themes)


def _bibtex(entries: Iterable[Entry], strings: Iterable[str], themes: Mapping[str, str]) -> str:
    blocks = [*strings, *(_with_themes(e, themes.get(local(e.key), "")) for e in entries)]
    return "\n\n".join(block.strip() for block in blocks) + "\n"


def _with_themes(entry: Entry, said: str) -> str:
    head = _KEY.match(entry.raw.strip())
    if not said or head is None or THEMES in entry.fields:
        return entry.raw
    rest = entry.raw.strip()[head.end() :]
    start = head[0] if head[0].endswith(",") else f"{head[0]},"
    return f"{start}\n  {THEMES} = {{{escaped(THEMES, said)}}},{rest}"
