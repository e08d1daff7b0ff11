"""What commands share: the program itself, its options, and how it prints."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import click

from intlkg import __version__, build, questions, workspace
from intlkg.base import Base
from intlkg.errors import Problem

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Item = TypeVar("_Item")
_WIDE: Final = 40
"""How wide a column may grow before it is wrapped, where no terminal sets a limit."""

FILE = click.Path(path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", package_name="intlkg")
def app() -> None:
    """Trace themes to the words on the page, in an evidence base of text files."""


def in_workspace(command: _Command) -> _Command:
    """Give a command the option --workspace, and the workspace it means as first argument."""
    return _workspace_option(
        command,
        workspace.find,
        "The workspace; default: the nearest one at or above this folder, else the shipped.",
    )


def in_own_workspace(command: _Command) -> _Command:
    """The same for a command that writes: it never falls back to the shipped workspace."""
    return _workspace_option(
        command,
        lambda folder: workspace.find(folder or Path()),
        "The workspace to write to; default: the nearest one at or above this folder.",
    )


def _workspace_option(
    command: _Command, find: Callable[[Path | None], workspace.Workspace], meaning: str
) -> _Command:
    return click.option(
        "--workspace",
        "here",
        type=FOLDER,
        metavar="DIR",
        callback=lambda _ctx, _param, folder: find(folder),
        help=meaning,
    )(command)


def example(*lines: str) -> str:
    """Return the end of a command's help: lines that can be typed as they are."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


def print_problems(problems: Iterable[Problem], *, to_stdout: bool = False) -> None:
    """Print each problem on a line of its own."""
    for problem in problems:
        click.echo(str(problem), err=not to_stdout)


def print_table(answer: questions.Answer) -> None:
    """Print an answer as a table, and how many rows it has."""
    print_rows(answer.variables, answer.rows)


def print_rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows as a table, and how many they are.

    On a terminal too narrow for it each cell is cut to one line; into a file or another program
    goes all of it.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    cut = sys.stdout.isatty() and len(head) * 10 > width()
    overflow: Literal["ellipsis", "fold"] = "ellipsis" if cut else "fold"
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in head:
        table.add_column(Text(name.replace("_", " ")), overflow=overflow, no_wrap=cut)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    columns = zip(*(head, *rows), strict=True)
    needed = sum(min(max(map(len, column)), _WIDE) + 2 for column in columns)
    wide = width() if sys.stdout.isatty() else max(width(), needed)
    Console(width=wide, highlight=False).print(table)
    click.echo(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", err=True)


def write_or_print(text: str, output: Path | None) -> None:
    """Write text to a file and say so, or print it."""
    if output is None:
        click.echo(text, nl=False)
        return
    workspace.write(output, text.encode())
    click.echo(f"Wrote {output}.", err=True)


def width() -> int:
    """Return the terminal's width, or 100 where the output goes to a file or another program."""
    return os.get_terminal_size().columns if sys.stdout.isatty() else 100


def followed(items: Sequence[_Item], name: str) -> Iterable[_Item]:
    """Give items one by one; on a terminal, show how far a long list of them has come."""
    if len(items) < 1000 or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, name, console=Console(stderr=True), transient=True)


def base_of(here: workspace.Workspace) -> Base:
    """Return a workspace with its store, built first if its files have changed."""
    with working("Building the store"):
        return Base(here, build.store(here))


@contextlib.contextmanager
def working(what: str) -> Iterator[None]:
    """Show on a terminal that something is being done."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield
