"""Commands that answer: trace, ask, query, audit."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from intlkg import evidence, queries, tables, workspace
from intlkg.cli.common import (
    app,
    example,
    in_workspace,
    print_table,
    store_of,
    width,
)


@app.command(
    epilog=example(
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
@in_workspace
def trace(here: workspace.Workspace, themes: tuple[str, ...], against: bool, form: str) -> None:
    """Print who and what supports or disputes THEME, with the words and their place."""
    store = store_of(here)
    found = [evidence.trace(here, store, theme) for theme in themes]
    for one in found:
        shown = one.against() if against else one
        if form == "json":
            click.echo(evidence.as_json(shown), nl=False)
        else:
            click.echo(
                evidence.markdown(shown) if form == "markdown" else evidence.text(shown, width())
            )


@app.command(
    epilog=example(
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
@in_workspace
def ask(here: workspace.Workspace, name: str | None, values: tuple[str, ...], form: str) -> None:
    """Answer the question NAME; without a name, list the questions."""
    if name is None:
        _print_questions(queries.load(here, "questions").values())
        return
    given = _assignments(values)
    answer = queries.ask(here, store_of(here), name, given)
    if form == "table":
        print_table(answer)
    else:
        click.echo(answer.written(form), nl=False)


@app.command(
    epilog=example(
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
@in_workspace
def query(
    here: workspace.Workspace, sparql: str | None, path: Path | None, form: str, limit: int
) -> None:
    """Run any SPARQL query on the trusted graph; the usual prefixes are known."""
    if (sparql is None) == (path is None):
        raise click.UsageError("give a query, or a file with --file")
    text = sparql if path is None else path.read_text(encoding="utf-8")
    store = store_of(here)
    if form == "turtle":
        click.echo(queries.graph(store, text or ""), nl=False)
        return
    answer, more = queries.run(store, text or "", limit)
    if form == "table":
        print_table(answer)
    else:
        click.echo(answer.written(form), nl=False)
    if more:
        click.echo(f"Cut after {limit:,} rows; there are more. See --limit.", err=True)


@app.command(epilog=example("intlkg audit", "intlkg audit --format json"))
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="How to print the audit.",
)  # fmt: skip
@in_workspace
def audit(here: workspace.Workspace, form: str) -> None:
    """Name what is at fault in the texts themselves: citations, entries, quotations, numbers."""
    parts = evidence.audit(here, store_of(here))
    if form == "json":
        click.echo(evidence.audit_json(parts), nl=False)
        return
    for part in parts:
        click.echo(f"{len(part.answer.rows):4}  {part.title}")
    for part in parts:
        if part.answer.rows:
            click.echo(f"\n{part.title} (intlkg ask {part.question})\n")
            print_table(part.answer)


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
