"""Tables that people keep in a spreadsheet: read in any dialect, any order of columns."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from intlkg.errors import Problem, WorkspaceError

_SEPARATORS: Final = ("\t", ";", ",")


class Row(NamedTuple):
    """A row: the line it begins on, counted from 1, and its cells by the names of their columns."""

    line: int
    cells: dict[str, str]


def read(
    name: str, content: bytes, columns: Sequence[str], needed: Sequence[str]
) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a table with a head, and what is at fault with it.

    The separator is what the head is separated by: a tab, a semicolon or a comma. Columns may stand
    in any order, and columns of a person's own are passed over. A cell without its column is empty.

    Args:
        name: the file's name, for messages.
        content: its bytes, UTF-8, with or without a byte order mark.
        columns: the columns that are read.
        needed: those of them that must be there.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [Problem(name, 1, "it is not UTF-8; save it as UTF-8")]
    first = text.split("\n", 1)[0]
    separator = _separator(first)
    tabs = separator == "\t"
    quoting: Literal[0, 3] = csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
    head = [cell.strip().casefold() for cell in next(reader, [])]
    missing = [column for column in needed if column not in head]
    if missing:
        fault = f"the first line must name the columns {', '.join(needed)}"
        return [], [Problem(name, 1, f"{fault}; it lacks {', '.join(missing)}")]
    rows = []
    line = reader.line_num + 1
    for cells in reader:
        values = dict(zip(head, map(_plain, cells), strict=False))
        if any(values.values()):
            rows.append(Row(line, {column: values.get(column, "") for column in columns}))
        line = reader.line_num + 1
    return rows, []


def appended(content: bytes, cells: Mapping[str, str]) -> bytes:
    """Return a table with one more row, in its own columns, separator and line ends.

    Args:
        content: the table, UTF-8, with its head.
        cells: column -> value; a column that the table does not have is left out.

    Raises:
        WorkspaceError: a value is given for a column that the table lacks.
    """
    text = content.decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    separator = _separator(first)
    head = [cell.strip().casefold() for cell in next(csv.reader([first], delimiter=separator))]
    lost = [column for column, value in cells.items() if value and column not in head]
    if lost:
        raise WorkspaceError(f"the table has no column '{lost[0]}'; add it to the first line")
    ends = "\r\n" if "\r\n" in text else "\n"
    out = io.StringIO()
    row = [" ".join(cells.get(column, "").split()) for column in head]
    if separator == "\t":
        out.write("\t".join(row) + ends)
    else:
        csv.writer(out, delimiter=separator, lineterminator=ends).writerow(row)
    joined = text if text.endswith("\n") else text + ends
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    return mark + (joined + out.getvalue()).encode()


def _separator(head: str) -> str:
    return next((one for one in _SEPARATORS if one in head), "\t")


def _plain(cell: str) -> str:
    cell = " ".join(cell.split())
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        cell = cell[1:-1].replace('""', '"')
    return cell
