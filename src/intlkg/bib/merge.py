"""What several entries say of one work; which works are likely one; unions made and undone."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intlkg.bib.bibtex import block, enriched
from intlkg.bib.edit import LibraryFiles
from intlkg.bib.identity import SAID
from intlkg.bib.index import SAME, WorkIndex, open_index
from intlkg.bib.keys import mint, wording
from intlkg.bib.latex import decode, listed
from intlkg.bib.reader import Entry
from intlkg.bib.work import aliases
from intlkg.errors import WorkspaceError
from intlkg.workspace import Workspace

LISTS: Final = frozenset(
    "keywords keyword tags mendeley-tags groups mendeley-groups author_keywords keywords-plus "
    "keywords_plus intlkg-theme".split()
)
"""Fields that hold lists of words: of them what is new counts."""

KIND: Final = "intlkg-kind"
"""The field that holds the type that a library gives a work, where the first known one differs."""

_ALIKE: Final = (
    {"journal", "journaltitle"}, {"year", "date"}, {"number", "issue"}, {"address", "location"},
    {"institution", "school"}, {"pmid", "eprint"}, {"annote", "annotation"},
)  # fmt: skip
"""Fields of which one says what the other says."""

_NOT_FACTS: Final = frozenset(
    "ids crossref xdata timestamp owner date-added date-modified creationdate modificationdate "
    "urldate file local-url username __markedentry intlkg-printed intlkg-number "
    "intlkg-start".split()
)
_COMPARED: Final = ("title", "year", "date", "volume", "number", "pages")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two works that are likely one.

    Attributes:
        work: the key of the one that was there first.
        other: the key of the other one.
        title: the other one's title.
        same_title: the first one's title.
        likeness: of the two, from 0 to 1.
        reasons: what speaks for their being one.
        against: what speaks against it.
    """

    work: str
    other: str
    title: str
    same_title: str
    likeness: float
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    @property
    def context(self) -> str:
        """Both titles, and the reasons for and against side by side."""
        said = "; ".join(self.against) or "nothing"
        return f"{self.title} / {self.same_title} (for: {'; '.join(self.reasons)}; against: {said})"


@dataclass(frozen=True, slots=True)
class Parted:
    """An entry that was taken out of a union.

    Attributes:
        file: the file that has it.
        key: the key of the work that it is now.
        fields: what it says.
    """

    file: str
    key: str
    fields: tuple[str, ...]


def is_supplement(entry: Entry) -> bool:
    """Return whether an entry holds only what a library says beyond what was known first."""
    return SAME in entry.fields


def first(entries: Iterable[Entry]) -> Entry:
    """Return the entry of a work that was known first; there has to be one."""
    listed = list(entries)
    return next((entry for entry in listed if not is_supplement(entry)), listed[0])


def news(entry: Entry, known: Iterable[Entry]) -> dict[str, str]:
    """Return the fields by which an entry says more of a work than its known entries do.

    Facts that a study's reference list prints are not known: print may be wrong. But who the
    authors are is never said twice. A key that is new is returned in the field `ids`.
    """
    known = list(known)
    stated = [one for one in known if "intlkg-printed" not in one.fields]
    has = {name for one in stated for name, value in one.fields.items() if value}
    has |= {name for one in known for name in ("author", "editor") if name in one.fields}
    for same in _ALIKE:
        has |= same if same & has else set()
    found: dict[str, str] = {}
    for name, value in entry.fields.items():
        if name in LISTS:
            old = {w for one in stated for w in listed(one.fields.get(name, ""))}
            words = [word for word in listed(value) if word not in old]
            found |= {name: ", ".join(words)} if words else {}
        elif value and name not in has | _NOT_FACTS and not name.startswith("bdsk-"):
            found[name] = value
    keys = {key for one in known for key in (one.key, *aliases(one))}
    own = [key for key in (entry.key, *aliases(entry)) if key and key not in keys]
    return {"ids": ", ".join(own), **found} if own else found


def supplement(entry: Entry, key: str, known: Sequence[Entry], *, force: bool = False) -> str:
    """Return what an entry says beyond the known ones as an entry; '' where that is nothing.

    What it says otherwise is kept in fields `intlkg-said-…`, and what it says alike is named in
    `intlkg-same`, so that it can be made whole again (`restored`). The type is that of the first.
    With `force` it is written even if it is nothing.
    """
    fields = news(entry, known)
    if not force and not fields and not differences(entry, known):
        return ""
    kind, base = entry.kind, first(known)
    if base.kind != kind:
        kind, fields = base.kind, {**fields, KIND: entry.kind}
    same = []
    for name, value in entry.fields.items():
        if name == "ids" or not value or fields.get(name) == value or name in (SAME, KIND):
            continue
        if base.fields.get(name) == value:
            same.append(name)
        else:
            fields[SAID + name] = value
    return block(kind, key, {**fields, SAME: ", ".join(same) or "nothing"})


def restored(entry: Entry, base: Entry) -> Entry:
    """Return an entry that only supplements a work as its library had it."""
    if not is_supplement(entry):
        return entry
    same = [name.strip() for name in entry.fields[SAME].split(",")]
    fields = {n: base.fields[n] for n in same if n in base.fields}
    fields |= {n: v for n, v in entry.fields.items() if n not in (SAME, KIND) and SAID not in n}
    fields |= {n.removeprefix(SAID): v for n, v in entry.fields.items() if n.startswith(SAID)}
    kind = entry.fields.get(KIND, entry.kind)
    return replace(entry, kind=kind, fields=fields, raw=block(kind, entry.key, fields))


def joined(first: Entry, second: Entry) -> str:
    """Return the text of an entry with what another entry of its work says more, and its keys.

    The first one's text stays word for word, unless lists of both have to become one.
    """
    own = {"ids": ", ".join([second.key, *aliases(second)])} if second.key != first.key else {}
    said = {**without_notes(second.fields), **own}
    more = {name: value for name, value in said.items() if name not in first.fields}
    lists = {
        name: ", ".join(dict.fromkeys([*listed(first.fields[name]), *listed(value)]))
        for name, value in said.items()
        if name in first.fields and (name in LISTS or name == "ids")
    }
    if lists:
        return block(first.kind, first.key, {**first.fields, **more, **lists})
    return enriched(first.raw.strip(), more)


def without_notes(fields: Mapping[str, str]) -> dict[str, str]:
    """Return fields without those by which a union can be undone."""
    return {n: v for n, v in fields.items() if n not in (SAME, KIND) and not n.startswith(SAID)}


def differences(entry: Entry, known: Sequence[Entry]) -> list[str]:
    """Return in words where an entry says otherwise than the known ones do."""
    said = []
    for name in _COMPARED:
        values = {
            one.fields[name]
            for one in known
            if one.fields.get(name) and "intlkg-printed" not in one.fields
        }
        own = entry.fields.get(name, "")
        if own and values and wording(decode(own)) not in {wording(decode(v)) for v in values}:
            said.append(f"{name} '{decode(own)}' where '{decode(min(values))}' is known")
    return said


def kept(old: Entry, fields: Iterable[str]) -> dict[str, str]:
    """Return the fields of ours that a person has put into a known entry, and a new one lacks."""
    own = without_notes(old.fields)
    return {n: v for n, v in own.items() if n.startswith("intlkg-") and n not in set(fields)}


def duplicates(workspace: Workspace) -> list[Duplicate]:
    """Return the pairs of works that are likely one, the most alike first."""
    with open_index(workspace) as works:
        pairs = [
            Duplicate(
                key, other, works.title(other), works.title(key), said.likeness, said.reasons,
                said.against,
            )
            for key, other, said in works.pairs()
        ]  # fmt: skip
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.work, pair.other))


def unite(workspace: Workspace, pairs: Iterable[tuple[str, str]]) -> None:
    """Make one work of each pair of keys: the second one's key becomes another name of the first.

    What the second says more stands in a file of its own library, with what it says otherwise, so
    that `split` can undo it.

    Raises:
        WorkspaceError: a key is that of no work, a pair is one work already, or a work is in a file
            that is not the workspace's own; nothing is changed.
    """
    library = LibraryFiles(workspace)
    with open_index(workspace) as works:
        for work, other in pairs:
            _unite(library, works, work, other)
        library.write()


def split(workspace: Workspace, key: str) -> list[Parted]:
    """Undo the unions of a work: each library's entry that joined it is a work again.

    Returns:
        The entries, first the one that keeps the key, then those under their new keys.

    Raises:
        WorkspaceError: there is no such work, no other entry joined it, or one of its entries is in
            a file that is not the workspace's own.
    """
    library = LibraryFiles(workspace)
    with open_index(workspace) as works:
        found = _entries(library, works.files_of(key), key)
        if not found:
            raise WorkspaceError(f"'{key}' is no work; 'intlkg ask works' lists them")
        base = first(found.values())
        others = {name: entry for name, entry in found.items() if is_supplement(entry)}
        if not others:
            raise WorkspaceError(f"'{key}' is one entry of one library; there is nothing to split")
        home = next(name for name, entry in found.items() if entry is base)
        parted = [Parted(home, key, tuple(without_notes(base.fields)))]
        for name, entry in others.items():
            _own(library, name, key)
            whole = restored(entry, base)
            new = _former(whole, works) or mint(whole, works.keys)
            names = ", ".join(alias for alias in aliases(whole) if alias != new)
            library.replace(name, entry, block(whole.kind, new, {**whole.fields, "ids": names}))
            parted.append(Parted(name, new, tuple(whole.fields)))
            works.read(name, library.content(name))
        library.write()
    return parted


def _unite(library: LibraryFiles, works: WorkIndex, work: str, other: str) -> None:
    for key in (work, other):
        if not works.has(key):
            raise WorkspaceError(f"'{key}' is no work's key; 'intlkg ask works' lists them")
    if work == other:
        raise WorkspaceError(f"'{work}' is the same work as itself; name the other one's key")
    firsts = _entries(library, works.files_of(work), work)
    others = _entries(library, works.files_of(other), other)
    for name, entry in others.items():
        _own(library, name, other)
        whole = restored(entry, first(others.values()))
        text = supplement(whole, work, [*firsts.values()], force=True)
        if name in firsts:
            library.remove(name, entry)
            sibling = library.sibling(name, work)
            library.append(sibling, text)
            works.read(sibling, library.content(sibling))
        else:
            library.replace(name, entry, text)
        works.read(name, library.content(name))


def _former(entry: Entry, works: WorkIndex) -> str:
    """Return the key that a work had before it became another's, or ''."""
    stem = re.compile(rf"{re.escape(mint(entry))}(-\d+)?")
    return next((a for a in aliases(entry) if stem.fullmatch(a) and not works.has(a)), "")


def _own(library: LibraryFiles, name: str, key: str) -> None:
    if not library.can_change(name):
        fault = f"{name}: '{key}' is not in a file of yours to change"
        raise WorkspaceError(f"{fault}; reject the pair")


def _entries(library: LibraryFiles, names: Iterable[str], key: str) -> dict[str, Entry]:
    found = {name: library.entries(name) for name in names}
    return {name: listed[key] for name, listed in found.items() if key in listed}
