"""What several entries say of one work, and which works are likely one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from intlkg.bib.bibtex import block, enriched
from intlkg.bib.edit import LibraryFiles
from intlkg.bib.identity import aliases
from intlkg.bib.index import open_index
from intlkg.bib.keys import wording
from intlkg.bib.latex import decode
from intlkg.bib.reader import Entry
from intlkg.bib.values import parts
from intlkg.errors import WorkspaceError
from intlkg.workspace import Workspace

LISTS: Final = frozenset(
    "keywords keyword tags mendeley-tags groups mendeley-groups author_keywords keywords-plus "
    "keywords_plus intlkg-theme".split()
)
"""Fields that hold lists of words: of them what is new counts."""

_SAME: Final = (
    {"journal", "journaltitle"}, {"year", "date"}, {"number", "issue"}, {"address", "location"},
    {"institution", "school"}, {"pmid", "eprint"}, {"annote", "annotation"},
)  # fmt: skip
_NOT_FACTS: Final = frozenset(
    "ids crossref xdata timestamp owner date-added date-modified creationdate modificationdate "
    "urldate file local-url username __markedentry intlkg-printed intlkg-number "
    "intlkg-start".split()
)
_COMPARED: Final = ("title", "year", "date", "volume", "number", "pages")


def news(entry: Entry, known: Iterable[Entry]) -> dict[str, str]:
    """Return the fields by which an entry says more of a work than its known entries do.

    Facts that a study's reference list prints are not known: print may be wrong. But who the
    authors are is never said twice. A key that is new is returned in the field `ids`.
    """
    known = list(known)
    stated = [one for one in known if "intlkg-printed" not in one.fields]
    has = {name for one in stated for name, value in one.fields.items() if value}
    has |= {name for one in known for name in ("author", "editor") if name in one.fields}
    for same in _SAME:
        has |= same if same & has else set()
    found: dict[str, str] = {}
    for name, value in entry.fields.items():
        if name in LISTS:
            old = {w for one in stated for w in parts(one.fields.get(name, ""), ",;\n")}
            words = [word for word in parts(value, ",;\n") if word not in old]
            found |= {name: ", ".join(words)} if words else {}
        elif value and name not in has | _NOT_FACTS and not name.startswith("bdsk-"):
            found[name] = value
    keys = {key for one in known for key in (one.key, *aliases(one))}
    own = [key for key in (entry.key, *aliases(entry)) if key and key not in keys]
    return {"ids": ", ".join(own), **found} if own else found


def joined(first: Entry, second: Entry) -> str:
    """Return the text of an entry with what another entry of its work says more, and its keys.

    The first one's text stays word for word, unless lists of both have to become one.
    """
    own = {"ids": ", ".join([second.key, *aliases(second)])} if second.key != first.key else {}
    said = {**second.fields, **own}
    more = {name: value for name, value in said.items() if name not in first.fields}
    lists = {
        name: ", ".join(dict.fromkeys([*parts(first.fields[name], ",;\n"), *parts(value, ",;\n")]))
        for name, value in said.items()
        if name in first.fields and (name in LISTS or name == "ids")
    }
    if lists:
        return block(first.kind, first.key, {**first.fields, **more, **lists})
    return enriched(first.raw.strip(), more)


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
    return {n: v for n, v in old.fields.items() if n.startswith("intlkg-") and n not in set(fields)}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two works that are likely one.

    Attributes:
        work: the key of the one that was there first.
        other: the key of the other one.
        title: the other one's title.
        same_title: the first one's title.
        likeness: of the two titles, from 0 to 1.
    """

    work: str
    other: str
    title: str
    same_title: str
    likeness: float


def duplicates(workspace: Workspace) -> list[Duplicate]:
    """Return the pairs of works that are likely one, the most alike first."""
    with open_index(workspace) as works:
        pairs = [Duplicate(*pair) for pair in works.pairs()]
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.work, pair.other))


def unite(workspace: Workspace, pairs: Iterable[tuple[str, str]]) -> None:
    """Make one work of each pair of keys: the second one's key becomes another name of the first.

    What the second says more stays where it stands, or is put to the first if both are in one file.

    Raises:
        WorkspaceError: a work is in a file that is not the workspace's own.
    """
    shelf = LibraryFiles(workspace)
    with open_index(workspace) as works:
        for work, other in pairs:
            firsts = _entries(shelf, works.files_of(work), work)
            for name, entry in _entries(shelf, works.files_of(other), other).items():
                if not shelf.can_change(name):
                    fault = f"{name}: '{other}' is not in a file of yours to change"
                    raise WorkspaceError(f"{fault}; reject the pair")
                if name in firsts:
                    shelf.remove(name, entry)
                    shelf.replace(name, firsts[name], joined(firsts[name], entry))
                else:
                    fields = news(entry, firsts.values())
                    shelf.replace(name, entry, block(entry.kind, work, fields))
        shelf.write()


def _entries(shelf: LibraryFiles, names: Iterable[str], key: str) -> dict[str, Entry]:
    found = {name: shelf.entries(name) for name in names}
    return {name: listed[key] for name, listed in found.items() if key in listed}
