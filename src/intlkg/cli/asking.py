"""Commands that answer: trace, ask, query, audit."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import click

from intlkg import build, evidence, formats, questions, review, workspace
from intlkg.base import Base, tail
from intlkg.cli.common import (
    FILE,
    app,
    base_of,
    example,
    in_workspace,
    print_rows,
    print_table,
    width,
    write_or_print,
)
from intlkg.cli.complete import (
    complete_parameter,
    complete_question,
    complete_source,
    complete_table,
    complete_theme,
)
from intlkg.errors import UnknownNameError
from intlkg.evidence import render
from intlkg.store import apart


@app.command(
    epilog=example(
        "intlkg trace visibility",
        'intlkg trace "making the name"',
        'intlkg trace "psychic distance" --against --why',
        "intlkg trace visibility franchising --format markdown",
    )
)
@click.argument(
    "themes", nargs=-1, required=True, metavar="THEME...", shell_complete=complete_theme
)
@click.option("--against", is_flag=True, help="Only what disputes.")
@click.option("--why", is_flag=True, help="Print the chain of nodes from the theme to the words.")
@click.option(
    "--depth", type=click.IntRange(min=0), metavar="N",
    help="How many levels of narrower themes to take along; default: all.",
)  # fmt: skip
@click.option("--suggested", is_flag=True, help="Also list what nobody has reviewed, separately.")
@click.option("--all", "whole", is_flag=True, help="All of a long trace, with words and places.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text",
    show_default=True, help="How to print it.",
)  # fmt: skip
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--markdown", "form", flag_value="markdown", help="The same as --format markdown.")
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N",
    help="With json: at most so many propositions; 'next' says where to go on.",
)  # fmt: skip
@click.option(
    "--from", "start", type=click.IntRange(min=0), default=0, metavar="NEXT",
    help="With json: go on at the 'next' of the answer before.",
)  # fmt: skip
@in_workspace
def trace(here: workspace.Workspace, themes: tuple[str, ...], **asked: Any) -> None:
    """Print who and what supports or disputes THEME, with the words and their place.

    THEME is a concept or a scheme of concepts, by any of its names. A long trace is summed up;
    --all prints the whole.
    """
    base = base_of(here)
    for theme in themes:
        try:
            click.echo(_traced(base, theme, **asked), nl=False)
        except UnknownNameError as error:
            if asked["form"] != "json":
                raise
            click.echo(render.unknown_json(error.suggestions), nl=False)
            click.get_current_context().exit(2)


def _traced(
    base: Base,
    theme: str,
    *,
    against: bool,
    why: bool,
    depth: int | None,
    suggested: bool,
    whole: bool,
    form: str,
    limit: int | None,
    start: int,
) -> str:
    """Return what `trace` prints of a theme."""
    found = evidence.traced(base, theme, depth)
    if isinstance(found, evidence.Scheme):
        return render.scheme_json(found) if form == "json" else render.scheme_text(found, width())
    if against:
        found = found.only(lambda one: one.stance == "disputes")
    chain = partial(evidence.why, base, found) if why else None
    pending = _suggested(base, found) if suggested else None
    if form == "json":
        more = {"suggested": [asdict(one) for one in pending]} if pending is not None else {}
        return render.as_json(found, chain, start=start, limit=limit, more=more)
    if form == "markdown":
        return render.markdown(found, chain) + "\n"
    text = render.text(found, width(), chain, whole=whole or against) + "\n"
    return text if pending is None else text + review.suggested_text(pending, width()) + "\n"


@app.command(
    epilog=example(
        "intlkg ask",
        "intlkg ask sources-of-theme theme=franchising",
        "intlkg ask disagreements --format csv",
    )
)
@click.argument("name", required=False, shell_complete=complete_question)
@click.argument(
    "values", nargs=-1, metavar="[PARAMETER=VALUE]...", shell_complete=complete_parameter
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "turtle", *formats.FORMATS]),
    default="table", show_default=True, help="How to print the answer; turtle for a CONSTRUCT.",
)  # fmt: skip
@in_workspace
def ask(here: workspace.Workspace, name: str | None, values: tuple[str, ...], form: str) -> None:
    """Answer the question NAME; without a name, list the questions."""
    if name is None:
        _print_questions(questions.asked(here).values())
        return
    given = _assignments(values)
    if form == "turtle":
        click.echo(questions.ask_graph(base_of(here), name, given), nl=False)
        return
    answer = questions.ask(base_of(here), name, given)
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
    "--format", "form", type=click.Choice(["table", "json", "turtle", *formats.FORMATS]),
    default="table", show_default=True, help="How to print the answer; turtle for a CONSTRUCT.",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(min=1), default=1000, show_default=True,
    help="Print at most this many rows, and say when there are more.",
)  # fmt: skip
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=60, show_default=True,
    metavar="SECONDS", help="Stop after so many seconds.",
)  # fmt: skip
@click.option("--allow-network", "network", is_flag=True, help="Let SERVICE ask other servers.")
@in_workspace
def query(
    here: workspace.Workspace,
    sparql: str | None,
    path: Path | None,
    form: str,
    limit: int,
    timeout: float,
    network: bool,
) -> None:
    """Run any SPARQL query on the trusted graph; the usual prefixes are known."""
    if (sparql is None) == (path is None):
        raise click.UsageError("give a query, or a file with --file")
    text = questions.decoded(str(path), path.read_bytes()) if path else sparql or ""
    base_of(here)
    if form == "turtle":
        made = apart(lambda: questions.graph(build.opened(here), text, network=network), timeout)
        click.echo(made, nl=False)
        return
    answer, more = apart(
        lambda: questions.run(Base(here, build.opened(here)), text, limit, network=network), timeout
    )
    if form == "table":
        print_table(answer)
    else:
        click.echo(answer.written(form), nl=False)
    if more:
        click.echo(f"Cut after {limit:,} rows; there are more. See --limit.", err=True)


@app.command(
    epilog=example(
        "intlkg table",
        "intlkg table participants",
        "intlkg table quotes --format csv -o quotes.csv",
        "intlkg table cerqual --write",
    )
)
@click.argument("name", required=False, shell_complete=complete_table)
@click.option(
    "--format", "form", type=click.Choice(["table", *formats.FORMATS]), default="table",
    show_default=True, help="How to print it.",
)  # fmt: skip
@click.option("-o", "--output", type=FILE, help="The file to write; default: the terminal.")
@click.option("--write", "fill", is_flag=True, help="With cerqual: write the file of judgements.")
@in_workspace
def table(
    here: workspace.Workspace, name: str | None, form: str, output: Path | None, fill: bool
) -> None:
    """Print the evidence table NAME; without a name, list the tables.

    Themes by participants and by sources, quotes, co-occurrence, saturation, gap map, the drafts of
    GRADE-CERQual's tables, and themes by what participants are.
    """
    if name is None:
        for known, (title, note, _) in evidence.TABLES.items():
            click.echo(f"  {known:22}{title}")
            click.echo(
                textwrap.fill(note, width(), initial_indent=" " * 24, subsequent_indent=" " * 24)
            )
        return
    base = base_of(here)
    if fill:
        if name != "cerqual":
            raise click.UsageError("--write is for the judgements of cerqual")
        if here.root == workspace.shipped().root and not Path.cwd().is_relative_to(here.root):
            workspace.find(Path())
        click.echo(f"Wrote {evidence.write_judgements(base)}; fill it in.", err=True)
        return
    made = evidence.table(base, name)
    if output is not None or form != "table":
        text = formats.FORMATS["csv" if form == "table" else form](made.head, made.rows)
        write_or_print(text, output)
        return
    click.echo(f"{made.title}. {made.note}\n", err=True)
    print_rows(made.head, made.rows)


@app.command(epilog=example("intlkg without M18", 'intlkg without "Makaya 2024" --format csv'))
@click.argument(
    "sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=complete_source
)
@click.option(
    "--format", "form", type=click.Choice(["table", *formats.FORMATS]), default="table",
    show_default=True, help="How to print it.",
)  # fmt: skip
@in_workspace
def without(here: workspace.Workspace, sources: tuple[str, ...], form: str) -> None:
    """Print what loses all or part of its support when SOURCE is withdrawn.

    SOURCE is a participant, a study or a cited work; several are withdrawn together.
    """
    head = ("loses", "kind", "what", "supported_by", "then_by")
    rows = [
        ("part" if one.after else "all", one.kind, one.label, str(one.before), str(one.after))
        for one in evidence.without(base_of(here), sources)
    ]
    if form == "table":
        print_rows(head, rows)
    else:
        click.echo(formats.FORMATS[form](head, rows), nl=False)


@app.command(epilog=example("intlkg audit", "intlkg audit --format json"))
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="How to print the audit.",
)  # fmt: skip
@in_workspace
def audit(here: workspace.Workspace, form: str) -> None:
    """Name what is at fault in the texts themselves: citations, entries, quotations, numbers."""
    parts = evidence.audit(base_of(here))
    if form == "json":
        click.echo(evidence.audit_json(parts), nl=False)
        return
    for part in parts:
        click.echo(f"{len(part.answer.rows):4}  {part.title}")
    for part in parts:
        if part.answer.rows:
            click.echo(f"\n{part.title} (intlkg ask {part.question})\n")
            print_table(part.answer)


def _suggested(base: Base, trace: evidence.Trace) -> list[review.Suggestion]:
    """Return the suggestions on a theme and those below it."""
    known = {tail(iri) for iri in trace.themes}
    return [one for one in review.suggestions(base) if one.concept in known]


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


def _print_questions(asked: Iterable[questions.Query]) -> None:
    ordered = sorted(asked, key=lambda query: (query.group, query.name))
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
