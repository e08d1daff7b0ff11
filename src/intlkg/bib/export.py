"""A workspace's entries written for other tools."""

from collections.abc import Mapping, Sequence
from typing import Final

from intlkg.bib import csl, ris
from intlkg.bib.bibtex import biblatex, enriched, escaped, only
from intlkg.bib.groups import is_tree
from intlkg.bib.inherit import resolved
from intlkg.bib.merge import first, joined
from intlkg.bib.reader import Entry, read
from intlkg.bib.statements import local
from intlkg.workspace import Workspace

THEMES: Final = "intlkg-themes"
"""The field that holds a work's themes; BibTeX styles ignore it."""


def written(
    workspace: Workspace, form: str, themes: Mapping[str, str], wanted: set[str] | None = None
) -> str:
    """Return the workspace's entries in a format.

    Args:
        workspace: whose `bib/` is written.
        form: `bibtex` (the entries as they were written), `biblatex`, `ris` or `csl-json`.
        themes: local name of a work -> what to say of its themes.
        wanted: local names of the works to write; None stands for all.
    """
    gathered: dict[str, list[Entry]] = {}
    strings: dict[str, None] = {}
    trees: list[str] = []
    for name, path in workspace.files("bib/*.bib").items():
        reading = read(name, path.read_bytes())
        found = reading.entries if form == "bibtex" else resolved(reading.entries)
        chosen = [e for e in found if wanted is None or local(e.key) in wanted]
        for one in chosen:
            gathered.setdefault(one.key or f"{name} {one.line}", []).append(one)
        if chosen:
            strings |= dict.fromkeys(reading.strings)
            trees += filter(is_tree, reading.comments)
    entries = {key: _joined(listed) for key, listed in gathered.items()}
    if form == "ris":
        return ris.write(entries.values())
    if form == "csl-json":
        return csl.write(entries.values())
    plain = form == "biblatex"
    listed = list(entries.values())
    blocks = biblatex(listed) if plain else [entry.raw.strip() for entry in listed]
    said = [
        enriched(text, _themes(entry, themes)) for entry, text in zip(listed, blocks, strict=True)
    ]
    return "\n\n".join(said if plain else [*strings, *said, *trees]) + "\n"


def citations(workspace: Workspace) -> dict[str, str]:
    """Return local name of a work -> its entry as BibTeX, as it was written."""
    found: dict[str, list[Entry]] = {}
    for name, path in workspace.files("bib/*.bib").items():
        for one in read(name, path.read_bytes()).entries:
            if one.key:
                found.setdefault(local(one.key), []).append(one)
    return {key: _joined(listed).raw.strip() for key, listed in found.items()}


def _joined(listed: Sequence[Entry]) -> Entry:
    """Return the entry of a work that was known first, with what others say more of it."""
    whole = first(listed)
    for other in listed:
        if other is not whole:
            whole = only(joined(whole, other)) or whole
    return whole


def _themes(entry: Entry, themes: Mapping[str, str]) -> dict[str, str]:
    said = themes.get(local(entry.key), "")
    return {THEMES: escaped(THEMES, said)} if said and THEMES not in entry.fields else {}
