"""Commands on the evidence base as a whole: build, check, verify, draw, export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intlkg import build, evidence, review, workspace
from intlkg.cli.common import (
    FILE,
    app,
    base_of,
    example,
    in_own_workspace,
    in_workspace,
    print_problems,
    print_table,
    working,
)

if TYPE_CHECKING:
    from intlkg import bib


@app.command("build", epilog=example("intlkg build"))
@in_workspace
def build_command(here: workspace.Workspace) -> None:
    """Build the store from the workspace's files; only changed files are read again."""
    with working("Building the store"):
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
    epilog=example("intlkg check", "intlkg check --text makaya-2024.txt", "intlkg check --gaps")
)
@click.option(
    "--text", "texts", multiple=True, metavar="FILE",
    type=click.Path(exists=True, path_type=Path),
    help="A source text, or a folder of them, to verify quotes against. Repeatable.",
)  # fmt: skip
@click.option("--gaps", is_flag=True, help="List what is missing instead.")
@in_workspace
@click.pass_context
def check(
    ctx: click.Context, here: workspace.Workspace, texts: tuple[Path, ...], gaps: bool
) -> None:
    """Name everything that is wrong with the workspace, by file and line.

    With --gaps: themes with one voice, findings without a quote, concepts that no source touches,
    works without a theme, suggestions that nobody has reviewed.
    """
    if gaps:
        _print_gaps(here)
        return
    from intlkg.check import check as checked

    found = checked(here, texts)
    print_problems(found.problems, to_stdout=True)
    for label in found.unread:
        click.echo(
            f"The text of {label} is not at hand: its quotes were compared with themselves only; "
            "give it with --text.",
            err=True,
        )
    for label, share in found.stored:
        click.echo(f"{share:.0%} of the text of {label} is stored.", err=True)
    if found.problems:
        ctx.exit(1)
    click.echo(f"No problems; {found.anchors} anchored passages.", err=True)


@app.command(
    epilog=example(
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
@in_own_workspace
@click.pass_context
def verify(ctx: click.Context, here: workspace.Workspace, file: Path, fill: bool) -> None:
    """Re-read every quoted passage of FILE: do its words stand at its position?

    The words must be the text's own, letter by letter. With --write, words that a curator typed are
    looked for whatever their line ends, emphasis, quotation marks and dashes, and take the text's.
    Words with gaps ([…], ..., an editor's [words]) are looked for part by part, in their order.
    """
    from intlkg.check import verify as verified

    found = verified(here, file, fill=fill)
    for change in found.changes:
        click.echo(f"  {change}", err=True)
    if found.written:
        click.echo(f"Wrote {found.written}.", err=True)
    for warning in found.warnings:
        click.echo(f"Read again: {warning}", err=True)
    print_problems(found.problems, to_stdout=True)
    waiting = f"{found.unplaced} not placed yet, " if found.unplaced else ""
    click.echo(
        f"{found.anchors} anchored passages, {waiting}{len(found.problems)} problems.", err=True
    )
    if found.problems:
        ctx.exit(1)


@app.command(
    epilog=example(
        "intlkg export --format turtle -o evidence.ttl",
        "intlkg export --format bibtex --theme visibility -o visibility.bib",
        "intlkg export --format ris --question dangling-citations",
        "intlkg export --format bibliography --style apa --theme visibility",
        "intlkg export --format csl-json --keys own --ledger left-out.json -o library.json",
    )
)
@click.option(
    "--format", "form", type=click.Choice(["turtle", "jsonld", "nquads", *evidence.FORMATS]),
    default="turtle", show_default=True,
    help="turtle and jsonld: the trusted graph; nquads: every named graph; others: the works.",
)  # fmt: skip
@click.option("-o", "--output", type=FILE, help="The file to write; default: the terminal.")
@click.option("--theme", metavar="THEME", help="Only works on a theme (bibliographies).")
@click.option("--question", metavar="NAME", help="Only works that answer a question (the same).")
@click.option(
    "--keys", type=click.Choice(["own", "minted"]),
    help="Cite works by the keys of your libraries, or by the workspace's; default: your own.",
)  # fmt: skip
@click.option(
    "--style", default="apa", show_default=True, metavar="NAME",
    help="With bibliography: a style of CSL by its name, or a .csl file.",
)  # fmt: skip
@click.option("--ledger", type=FILE, help="Write what the format cannot hold to this file.")
@click.option("--restricted", is_flag=True, help="With nquads: also facts on single persons.")
@in_workspace
def export(
    here: workspace.Workspace,
    form: str,
    output: Path | None,
    theme: str | None,
    question: str | None,
    keys: str | None,
    style: str,
    ledger: Path | None,
    restricted: bool,
) -> None:
    """Write the evidence base, or a bibliography from it, for other tools."""
    if form in evidence.FORMATS:
        keys = keys or ("minted" if here.root == workspace.shipped().root else "own")
        found = evidence.exported(
            base_of(here), form, theme=theme, question=question, keys=keys, style=style
        )
        content = found.text.encode()
        _print_lost(found, form, ledger)
    elif theme or question or keys or ledger:
        raise click.UsageError(
            "--theme, --question, --keys and --ledger are for bibliographies; add --format bibtex"
        )
    else:
        base_of(here)
        content = build.export(here, form, restricted=restricted)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    workspace.write(output, content)
    click.echo(f"Wrote {output} ({len(content):,} bytes).", err=True)


def _print_lost(found: bib.Export, form: str, ledger: Path | None) -> None:
    """Say what a format has no place for; the ledger names it work by work."""
    if ledger is not None:
        workspace.write(ledger, found.ledger().encode())
    if found.lost:
        names = sorted({name for fields in found.lost.values() for name in fields})
        shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
        click.echo(f"{form} has no place for {shown} (of {len(found.lost)} works).", err=True)


def _print_gaps(here: workspace.Workspace) -> None:
    found = review.gaps(base_of(here))
    for gap in found:
        click.echo(f"{len(gap.answer.rows):4}  {gap.title}")
    for gap in found:
        if gap.answer.rows:
            click.echo(f"\n{gap.title}{f' (intlkg ask {gap.question})' if gap.question else ''}\n")
            print_table(gap.answer)
