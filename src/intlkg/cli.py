"""The command line: parse, call one library function, print, return a status.

0: done; 1: ran and found problems; 2: could not run. Answers go to stdout, all else to stderr.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from intlkg import __version__, build, evidence, queries, tables, workspace
from intlkg.errors import BuildError, IntlkgError, Problem

if TYPE_CHECKING:
    from intlkg import bib

_Command = TypeVar("_Command", bound=Callable[..., Any])
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(path_type=Path)


def main() -> None:
    """Run the command line and leave with its status."""
    try:
        status = app(prog_name="intlkg", standalone_mode=False)
    except BuildError as error:
        _print_problems(error.problems)
        status = 1
    except IntlkgError as error:
        click.echo(f"intlkg: {error}", err=True)
        status = 2
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except click.Abort:
        click.echo("intlkg: stopped; nothing was left half done", err=True)
        status = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status if isinstance(status, int) else 0)


def _in_workspace(command: _Command) -> _Command:
    """Give a command the option --workspace, and the workspace it means as first argument."""
    return _workspace_option(
        command,
        workspace.find,
        "The workspace; default: the nearest one at or above this folder, else the shipped.",
    )


def _in_own_workspace(command: _Command) -> _Command:
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
        type=_FOLDER,
        metavar="DIR",
        callback=lambda _ctx, _param, folder: find(folder),
        help=meaning,
    )(command)


def _example(*lines: str) -> str:
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", package_name="intlkg")
def app() -> None:
    """Trace themes to the words on the page, in an evidence base of text files."""


@app.command("build", epilog=_example("intlkg build"))
@_in_workspace
def build_command(here: workspace.Workspace) -> None:
    """Build the store from the workspace's files; only changed files are read again."""
    built = build.build(here)
    if not built.fresh:
        click.echo(f"Nothing to do: {built.files} files unchanged.", err=True)
        return
    click.echo(
        f"Built {built.files} files ({len(built.parsed)} read anew): {built.quads:,} statements, "
        f"{built.inferred:,} of them by rules; {built.trusted:,} trusted.",
        err=True,
    )


@app.command(
    epilog=_example(
        "intlkg trace visibility",
        'intlkg trace "making the name"',
        'intlkg trace "psychic distance" --against',
        "intlkg trace visibility franchising --format markdown",
    )
)
@click.argument("themes", nargs=-1, required=True, metavar="THEME...")
@click.option("--against", is_flag=True, help="Only what disputes.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text",
    show_default=True, help="How to print it.",
)  # fmt: skip
@_in_workspace
def trace(here: workspace.Workspace, themes: tuple[str, ...], against: bool, form: str) -> None:
    """Print who and what supports or disputes THEME, with the words and their place."""
    store = build.store(here)
    found = [evidence.trace(here, store, theme) for theme in themes]
    for one in found:
        shown = one.against() if against else one
        if form == "json":
            click.echo(evidence.as_json(shown), nl=False)
        else:
            click.echo(
                evidence.markdown(shown) if form == "markdown" else evidence.text(shown, _width())
            )


@app.command(
    epilog=_example(
        "intlkg ask",
        "intlkg ask sources-of-theme theme=franchising",
        "intlkg ask disagreements --format csv",
    )
)
@click.argument("name", required=False)
@click.argument("values", nargs=-1, metavar="[PARAMETER=VALUE]...")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", *tables.FORMATS]),
    default="table", show_default=True, help="How to print the answer.",
)  # fmt: skip
@_in_workspace
def ask(here: workspace.Workspace, name: str | None, values: tuple[str, ...], form: str) -> None:
    """Answer the question NAME; without a name, list the questions."""
    if name is None:
        _print_questions(queries.load(here, "questions").values())
        return
    given = _assignments(values)
    answer = queries.ask(here, build.store(here), name, given)
    if form == "table":
        _print_table(answer)
    else:
        click.echo(answer.written(form), nl=False)


@app.command(
    epilog=_example(
        "intlkg query 'SELECT ?who { ?who ik:supportsTheme ikc:visibility }'",
        "intlkg query --file my-question.rq --format csv",
    )
)
@click.argument("sparql", required=False)
@click.option(
    "--file", "path", metavar="FILE", help="A file with the query.",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "turtle", *tables.FORMATS]),
    default="table", show_default=True, help="How to print the answer; turtle for a CONSTRUCT.",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(min=1), default=1000, show_default=True,
    help="Print at most this many rows, and say when there are more.",
)  # fmt: skip
@_in_workspace
def query(
    here: workspace.Workspace, sparql: str | None, path: Path | None, form: str, limit: int
) -> None:
    """Run any SPARQL query on the trusted graph; the usual prefixes are known."""
    if (sparql is None) == (path is None):
        raise click.UsageError("give a query, or a file with --file")
    text = sparql if path is None else path.read_text(encoding="utf-8")
    store = build.store(here)
    if form == "turtle":
        click.echo(queries.graph(store, text or ""), nl=False)
        return
    answer, more = queries.run(store, text or "", limit)
    if form == "table":
        _print_table(answer)
    else:
        click.echo(answer.written(form), nl=False)
    if more:
        click.echo(f"Cut after {limit:,} rows; there are more. See --limit.", err=True)


@app.command(epilog=_example("intlkg audit", "intlkg audit --format json"))
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="How to print the audit.",
)  # fmt: skip
@_in_workspace
def audit(here: workspace.Workspace, form: str) -> None:
    """Name what is at fault in the texts themselves: citations, entries, quotations, numbers."""
    parts = evidence.audit(here, build.store(here))
    if form == "json":
        click.echo(evidence.audit_json(parts), nl=False)
        return
    for part in parts:
        click.echo(f"{len(part.answer.rows):4}  {part.title}")
    for part in parts:
        if part.answer.rows:
            click.echo(f"\n{part.title} (intlkg ask {part.question})\n")
            _print_table(part.answer)


@app.command(epilog=_example("intlkg check", "intlkg check --text makaya-2024.txt"))
@click.option(
    "--text", "texts", multiple=True, metavar="FILE",
    type=click.Path(exists=True, path_type=Path),
    help="A source text, or a folder of them, to verify quotes against. Repeatable.",
)  # fmt: skip
@_in_workspace
@click.pass_context
def check(ctx: click.Context, here: workspace.Workspace, texts: tuple[Path, ...]) -> None:
    """Name everything that is wrong with the workspace, by file and line."""
    from intlkg.check import check as checked

    found = checked(here, texts)
    _print_problems(found.problems, to_stdout=True)
    for label in found.unread:
        click.echo(
            f"The text of {label} is not at hand: its quotes were compared with themselves only; "
            "give it with --text.",
            err=True,
        )
    if found.problems:
        ctx.exit(1)
    click.echo(f"No problems; {found.anchors} anchored passages.", err=True)


@app.command(
    epilog=_example(
        "intlkg verify --text makaya-2024.txt", "intlkg verify --text makaya-2024.txt --write"
    )
)
@click.option(
    "--text", "file", required=True, metavar="FILE", help="The source text.",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@click.option(
    "--write", "fill", is_flag=True,
    help="Fill in missing or outdated positions and surroundings in the study's graph file.",
)  # fmt: skip
@_in_own_workspace
@click.pass_context
def verify(ctx: click.Context, here: workspace.Workspace, file: Path, fill: bool) -> None:
    """Re-read every quoted passage of FILE: do its words stand at its position?

    The words must be the text's own, letter by letter. With --write, words that a curator typed are
    looked for whatever their line ends, emphasis, quotation marks and dashes, and take the text's.
    """
    from intlkg.check import verify as verified

    found = verified(here, file, fill=fill)
    for change in found.changes:
        click.echo(f"  {change}", err=True)
    if found.written:
        click.echo(f"Wrote {found.written}.", err=True)
    _print_problems(found.problems, to_stdout=True)
    click.echo(f"{found.anchors} anchored passages, {len(found.problems)} problems.", err=True)
    if found.problems:
        ctx.exit(1)


@app.command(epilog=_example("intlkg draw", "intlkg draw --view themes -o themes.html"))
@click.option("--view", metavar="NAME", help="Only this view; default: a page for each view.")
@click.option("-o", "--output", type=_FILE, help="The page to write, with --view.")
@_in_workspace
def draw(here: workspace.Workspace, view: str | None, output: Path | None) -> None:
    """Write interactive pages of the evidence network, which open without a network connection."""
    from intlkg import network, pages

    if output is not None and view is None:
        raise click.UsageError("-o needs --view: several views do not fit one file.")
    store = build.store(here)
    views = [queries.named(here, view, "views")] if view else queries.load(here, "views").values()
    for query in views:
        graph = network.project(here, store, query)
        target = output or here.generated / "site" / f"{query.name}.html"
        pages.write(graph, target, title=here.title, note=query.summary)
        click.echo(f"{target}", nl=True)
        click.echo(
            f"  {query.summary}: {graph.number_of_nodes()} items, "
            f"{graph.number_of_edges()} links; open it in a browser.",
            err=True,
        )
    if view is None:
        written = pages.write_reference(here, store, here.generated / "site")
        click.echo(f"  and {len(written)} reference pages: ns.html, concepts.html …", err=True)


@app.command(
    epilog=_example(
        "intlkg export --format turtle -o evidence.ttl",
        "intlkg export --format bibtex --theme visibility -o visibility.bib",
        "intlkg export --format ris --question dangling-citations",
    )
)
@click.option(
    "--format", "form", type=click.Choice(["turtle", "jsonld", "nquads", *evidence.FORMATS]),
    default="turtle", show_default=True,
    help="turtle and jsonld: the trusted graph; nquads: every named graph; others: the works.",
)  # fmt: skip
@click.option("-o", "--output", type=_FILE, help="The file to write; default: the terminal.")
@click.option("--theme", metavar="THEME", help="Only works on a theme (bibliographies).")
@click.option("--question", metavar="NAME", help="Only works that answer a question (the same).")
@click.option("--restricted", is_flag=True, help="With nquads: also facts on single persons.")
@_in_workspace
def export(
    here: workspace.Workspace,
    form: str,
    output: Path | None,
    theme: str | None,
    question: str | None,
    restricted: bool,
) -> None:
    """Write the evidence base, or a bibliography from it, for other tools."""
    if form in evidence.FORMATS:
        store = build.store(here)
        text = evidence.bibliography(here, store, form, theme=theme, question=question)
        content = text.encode()
    elif theme or question:
        raise click.UsageError("--theme and --question choose works; add --format bibtex")
    else:
        build.build(here)
        content = build.export(here, form, restricted=restricted)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    workspace.write(output, content)
    click.echo(f"Wrote {output} ({len(content):,} bytes).", err=True)


@app.command(epilog=_example("intlkg init my-review", 'intlkg init my-review --title "My review"'))
@click.argument("folder", metavar="DIR", type=_FILE)
@click.option("--title", metavar="TEXT", help="What it is about; default: the folder's name.")
@click.option(
    "--base", metavar="IRI", default="https://example.org/", show_default=True,
    help="What the IRIs of its data begin with; ends with a slash.",
)  # fmt: skip
@click.option("--copy", is_flag=True, help="Copy the shipped data too, instead of starting empty.")
def init(folder: Path, title: str | None, base: str, copy: bool) -> None:
    """Make a workspace of your own in DIR, with the shipped model and questions."""
    made = workspace.create(folder, title or folder.resolve().name, base, copy=copy)
    click.echo(f"Made {made.root}: add papers there with 'intlkg add'.", err=True)


@app.command(
    epilog=_example(
        "intlkg add library.bib", "intlkg add --dry-run library.bib",
        "intlkg add --ledger ledger.json library.bib",
    )
)  # fmt: skip
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be added, and write nothing.")
@click.option("--ledger", type=_FILE, help="Write what became of each block to this file, as JSON.")
@_in_own_workspace
@click.pass_context
def add(
    ctx: click.Context,
    here: workspace.Workspace,
    files: tuple[Path, ...],
    dry_run: bool,
    ledger: Path | None,
) -> None:
    """Add the works of bibliographies that are not known yet; your FILES stay as they are.

    FILES are BibTeX, RIS or CSL-JSON; a folder or a pattern stands for the files in it, and - for
    standard input.
    """
    from intlkg import bib

    addition = bib.add(here, list(files), dry_run=dry_run)
    click.echo(bib.report(addition))
    if ledger is not None:
        workspace.write(ledger, bib.ledger(addition).encode())
    if addition.failed:
        ctx.exit(1)


@app.command(
    epilog=_example(
        "intlkg review",
        "intlkg review --csv > decisions.csv",
        "intlkg review --from decisions.csv --by Ada",
        "intlkg review --ask --by Ada",
    )
)
@click.option("--by", metavar="NAME", help="Who decides; needed for every decision.")
@click.option("--accept", "accepted", multiple=True, metavar="WORK/CONCEPT", help="Repeatable.")
@click.option("--reject", "rejected", multiple=True, metavar="WORK/CONCEPT", help="Repeatable.")
@click.option("--ask", "one_by_one", is_flag=True, help="Show one after the other, and ask.")
@click.option("--csv", "as_csv", is_flag=True, help="Print them as CSV, with a column to fill in.")
@click.option(
    "--from", "table", metavar="FILE", help="Take the decisions of such a CSV.",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@_in_own_workspace
@click.pass_context
def review(
    ctx: click.Context,
    here: workspace.Workspace,
    by: str | None,
    accepted: tuple[str, ...],
    rejected: tuple[str, ...],
    one_by_one: bool,
    as_csv: bool,
    table: Path | None,
) -> None:
    """Show which concepts works may have to do with, by their words; accept or reject them.

    What you accept becomes a link that you answer for; what you reject is not suggested again. Both
    are kept in bib/reviewed.tsv.
    """
    from intlkg import bib

    pending = evidence.suggestions(here, build.store(here))
    if as_csv:
        click.echo(evidence.suggestions_csv(pending), nl=False)
        return
    if not (accepted or rejected or one_by_one or table):
        _print_suggestions(pending)
        return
    if not by:
        raise click.UsageError("a decision needs somebody who answers for it; add --by NAME")
    taken = _chosen(pending, accepted, "accept", by) + _chosen(pending, rejected, "reject", by)
    if table is not None:
        read, problems = bib.parse_decisions(str(table), table.read_bytes())
        _print_problems(problems, to_stdout=True)
        if problems:
            ctx.exit(1)
        taken += [bib.Decision(d.work, d.concept, d.decision, d.by or by, d.words) for d in read]
    if one_by_one:
        taken += _asked(pending, by)
    path = bib.decide(here, taken)
    yes = sum(one.decision == "accept" for one in taken)
    click.echo(f"{yes} accepted, {len(taken) - yes} rejected; written to {path}.", err=True)


def _print_suggestions(pending: Iterable[evidence.Suggestion]) -> None:
    count = 0
    for count, one in enumerate(pending, 1):  # noqa: B007
        click.echo(f"{one.work}/{one.concept}  {one.label}, confidence {one.confidence:.1f}")
        click.echo(f"    {one.field}: … {one.context} …")
    click.echo(f"{count} suggestion{'' if count == 1 else 's'}", err=True)


def _chosen(
    pending: Iterable[evidence.Suggestion], wanted: tuple[str, ...], decision: str, by: str
) -> list[bib.Decision]:
    from intlkg import bib

    known = {f"{one.work}/{one.concept}": one for one in pending}
    for name in wanted:
        if name not in known:
            raise click.UsageError(f"'{name}' is not suggested; 'intlkg review' lists what is")
    return [
        bib.Decision(known[name].work, known[name].concept, decision, by, known[name].words)
        for name in wanted
    ]


def _asked(pending: Iterable[evidence.Suggestion], by: str) -> list[bib.Decision]:
    from intlkg import bib

    taken = []
    for one in pending:
        click.echo(f"{one.work}: {one.label}?\n    {one.field}: … {one.context} …")
        answer = click.prompt("accept, reject, skip or quit", type=click.Choice(list("arsq")))
        if answer == "q":
            break
        if answer != "s":
            decision = "accept" if answer == "a" else "reject"
            taken.append(bib.Decision(one.work, one.concept, decision, by, one.words))
    return taken


def _assignments(values: Iterable[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for value in values:
        name, equals, meant = value.partition("=")
        if not equals:
            raise click.UsageError(f"'{value}' is not PARAMETER=VALUE; write for example theme=…")
        if name in given:
            raise click.UsageError(f"'{name}' is given twice; give it once")
        given[name] = meant
    return given


def _print_problems(problems: Iterable[Problem], *, to_stdout: bool = False) -> None:
    for problem in problems:
        click.echo(str(problem), err=not to_stdout)


def _print_questions(questions: Iterable[queries.Query]) -> None:
    ordered = sorted(questions, key=lambda query: (query.group, query.name))
    margin = max((len(query.name) for query in ordered), default=0) + 4
    group = None
    for query in ordered:
        if query.group != group:
            group = query.group
            click.echo(f"\n{group}" if group else "")
        example = " ".join(f"{n}={_quoted(v)}" for n, v in query.example.items())
        click.echo(f"  {query.name:{margin}}{query.summary}")
        if example:
            click.echo(f"  {'':{margin}}for example: intlkg ask {query.name} {example}")


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _print_table(answer: queries.Answer) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in answer.variables:
        table.add_column(Text(name.replace("_", " ")), overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(width=_width(), highlight=False).print(table)
    count = len(answer.rows)
    click.echo(f"{count} row{'' if count == 1 else 's'}", err=True)


def _width() -> int:
    """Return the terminal's width, or 100 where the output goes to a file or another program."""
    return os.get_terminal_size().columns if sys.stdout.isatty() else 100


if __name__ == "__main__":
    main()
