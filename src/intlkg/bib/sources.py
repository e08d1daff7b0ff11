"""What each added library brought: the first boxes of a PRISMA 2020 flow, kept as a table."""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import Final

from intlkg.errors import WorkspaceError
from intlkg.workspace import Workspace, write

NAME: Final = "bib/sources.tsv"


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """What a library held when it was added last: found = failed + repeated + known + new.

    Attributes:
        source: the name of its file.
        found: its records.
        failed: records that could not be read.
        repeated: records of works that the library has more than once.
        known: works that another source brought first.
        new: works that it brought first.
    """

    source: str
    found: int
    failed: int
    repeated: int
    known: int
    new: int


_COLUMNS: Final = tuple(field.name for field in fields(Source))


def sources(workspace: Workspace) -> list[Source]:
    """Return what each library brought, by name; rows that are no such counts are left out."""
    path = workspace.root / NAME
    if not path.is_file():
        return []
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter="\t")
    found = []
    for row in rows:
        counts = [(row.get(name) or "").strip() for name in _COLUMNS[1:]]
        if row.get("source") and all(count.isdecimal() for count in counts):
            found.append(Source(str(row["source"]), *map(int, counts)))
    return sorted(found)


def keep(workspace: Workspace, taken: Iterable[Source]) -> None:
    """Write what libraries brought into the workspace's table; a library's last word counts.

    Raises:
        WorkspaceError: the table cannot be written; what it held is still there.
    """
    before = sources(workspace)
    known = {one.source: one for one in before} | {one.source: one for one in taken}
    if sorted(known.values()) == before:
        return
    lines = ["\t".join(_COLUMNS)]
    lines += ["\t".join(map(str, astuple(one))) for one in sorted(known.values())]
    path = workspace.root / NAME
    try:
        write(path, ("\n".join(lines) + "\n").encode())
    except OSError as error:
        fault = f"{path} cannot be written ({error.strerror}); make the folder writable"
        raise WorkspaceError(f"{fault} and add again") from None
