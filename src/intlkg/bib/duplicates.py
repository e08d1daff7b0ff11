"""Entries that are likely one work: a person says whether they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from intlkg.bib.merging import joined, news
from intlkg.bib.reader import Entry
from intlkg.bib.shelf import Shelf
from intlkg.bib.works import open_works
from intlkg.bib.writing import block
from intlkg.errors import WorkspaceError
from intlkg.workspace import Workspace


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
    with open_works(workspace) as works:
        pairs = [Duplicate(*pair) for pair in works.pairs()]
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.work, pair.other))


def unite(workspace: Workspace, pairs: Iterable[tuple[str, str]]) -> None:
    """Make one work of each pair of keys: the second one's key becomes another name of the first.

    What the second says more stays where it stands, or is put to the first if both are in one file.

    Raises:
        WorkspaceError: a work is in a file that is not the workspace's own.
    """
    shelf = Shelf(workspace)
    with open_works(workspace) as works:
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


def _entries(shelf: Shelf, names: Iterable[str], key: str) -> dict[str, Entry]:
    found = {name: shelf.entries(name) for name in names}
    return {name: listed[key] for name, listed in found.items() if key in listed}
