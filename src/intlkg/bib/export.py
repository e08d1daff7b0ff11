"""A workspace's entries written for other tools; what a format cannot hold is named."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intlkg.bib.bibtex import biblatex, enriched, escaped, key_of, only, under
from intlkg.bib.formats import csl, ris
from intlkg.bib.formats.bibliography import STYLE, formatted
from intlkg.bib.groups import is_tree
from intlkg.bib.merge import first, joined
from intlkg.bib.reader import Entry, read
from intlkg.bib.statements import local
from intlkg.bib.work import aliases, resolved
from intlkg.workspace import Workspace

THEMES: Final = "intlkg-themes"
"""The field that holds a work's themes; BibTeX styles ignore it."""

EVIDENCE: Final = "intlkg-evidence"
"""The field that holds what readers copied from a work, with pages."""

KEYS: Final = ("own", "minted")
"""Which keys works go out under: those of a person's own library, or the workspace's."""


@dataclass(frozen=True, slots=True)
class Export:
    """Entries in a format.

    Attributes:
        text: the entries.
        works: how many they are.
        lost: key -> the fields that the format has no place for.
    """

    text: str
    works: int
    lost: Mapping[str, Sequence[str]]

    def ledger(self) -> str:
        """Return what was left out as JSON."""
        said = {"works": self.works, "lost": dict(self.lost)}
        return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def written(
    workspace: Workspace,
    form: str,
    fields: Mapping[str, Mapping[str, str]],
    wanted: set[str] | None = None,
) -> str:
    """Return the workspace's entries in a format, under the workspace's keys; see `exported`."""
    return exported(workspace, form, fields, wanted).text


def exported(
    workspace: Workspace,
    form: str,
    fields: Mapping[str, Mapping[str, str]],
    wanted: set[str] | None = None,
    keys: str = "minted",
    style: str = STYLE,
) -> Export:
    """Return the workspace's entries in a format.

    Args:
        workspace: whose `bib/` is written.
        form: `bibtex` (the entries as they were written), `biblatex`, `ris`, `csl-json`, or
            `bibliography` (references in a style of CSL, one a line).
        fields: local name of a work -> fields to add, such as `THEMES` and `EVIDENCE`.
        wanted: local names of the works to write; None stands for all.
        style: of a `bibliography`: see `formatted`.
        keys: one of `KEYS`; a work that has no key of its own goes out under the workspace's.
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
    entries = [_joined(listed) for listed in gathered.values()]
    names = _own_keys(entries) if keys == "own" else {}
    if form in ("ris", "csl-json"):
        write = ris.write if form == "ris" else csl.write
        text, lost = write(replace(e, key=names.get(e.key, e.key)) for e in entries)
        return Export(text, len(entries), lost)
    if form == "bibliography":
        references, failed = formatted(workspace, entries, style)
        missing = {key: ["no reference could be made"] for key in failed}
        return Export("".join(f"{one}\n" for one in references.values()), len(entries), missing)
    if form == "biblatex":
        return _biblatex(entries, names, fields)
    said = [
        enriched(_under(entry, names.get(entry.key, entry.key)), _added(entry, fields))
        for entry in entries
    ]
    return Export("\n\n".join([*strings, *said, *trees]) + "\n", len(entries), {})


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


def _own_keys(entries: Sequence[Entry]) -> dict[str, str]:
    """Return key -> the key that the work has in a person's library, where one may be cited by."""
    found: dict[str, str] = {}
    taken = {entry.key.casefold() for entry in entries}
    for entry in entries:
        own = next((alias for alias in aliases(entry) if key_of(alias) == alias), "")
        if own and own.casefold() not in taken:
            found[entry.key] = own
            taken.add(own.casefold())
    return found


def _ids(entry: Entry, key: str) -> list[str]:
    return [name for name in dict.fromkeys((entry.key, *aliases(entry))) if name and name != key]


def _under(entry: Entry, key: str) -> str:
    return entry.raw.strip() if key == entry.key else under(entry, key, _ids(entry, key))


def _biblatex(
    entries: Sequence[Entry],
    names: Mapping[str, str],
    fields: Mapping[str, Mapping[str, str]],
) -> Export:
    blocks: list[str] = []
    lost: dict[str, list[str]] = {}
    for entry in entries:
        key = names.get(entry.key, entry.key)
        text, missing = biblatex(entry, key, _ids(entry, key))
        blocks.append(enriched(text, _added(entry, fields)))
        lost |= {key: missing} if missing else {}
    return Export("\n\n".join(blocks) + "\n", len(entries), lost)


def _added(entry: Entry, fields: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    known = fields.get(local(entry.key), {})
    return {name: escaped(name, text) for name, text in known.items() if name not in entry.fields}
