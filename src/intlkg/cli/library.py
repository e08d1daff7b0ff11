"""Commands on a person's library: init, add, review."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intlkg import review, workspace
from intlkg.cli.common import (
    FILE,
    app,
    base_of,
    example,
    followed,
    in_own_workspace,
    print_problems,
    print_table,
)

if TYPE_CHECKING:
    from intlkg import bib


@app.command(epilog=example("intlkg init my-review", 'intlkg init my-review --title "My review"'))
@click.argument("folder", metavar="DIR", type=FILE)
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
    epilog=example(
        "intlkg add library.bib", "intlkg add --dry-run library.bib",
        "intlkg add --ledger ledger.json library.bib",
        "intlkg add --prune library.bib",
    )
)  # fmt: skip
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be added, and write nothing.")
@click.option("--prune", is_flag=True, help="Take out what a library had before and has no more.")
@click.option(
    "--same",
    multiple=True,
    metavar="KEY",
    help="The entry KEY of a file is the work that it was, whatever its title. Repeatable.",
)
@click.option("--ledger", type=FILE, help="Write what became of each block to this file, as JSON.")
@in_own_workspace
@click.pass_context
def add(
    ctx: click.Context,
    here: workspace.Workspace,
    files: tuple[Path, ...],
    dry_run: bool,
    prune: bool,
    same: tuple[str, ...],
    ledger: Path | None,
) -> None:
    """Add the works of bibliographies that are not known yet; your FILES stay as they are.

    FILES are BibTeX, RIS, CSL-JSON, or what databases export; a folder or a pattern stands for the
    files in it, and - for standard input.
    """
    from intlkg import bib

    addition = bib.add(
        here, list(files), dry_run=dry_run, prune=prune, same=same, progress=followed
    )
    click.echo(bib.report(addition))
    if ledger is not None:
        workspace.write(ledger, bib.ledger(addition).encode())
    if addition.failed:
        ctx.exit(1)


@app.command(
    "review",
    epilog=example(
        "intlkg review",
        "intlkg review --csv > decisions.csv",
        "intlkg review --from decisions.csv --by Ada",
        "intlkg review --ask --by Ada",
        "intlkg review --words",
        "intlkg review --split smith-2019-distance --by Ada",
    ),
)
@click.option("--by", metavar="NAME", help="Who decides; needed for every decision.")
@click.option("--accept", "accepted", multiple=True, metavar="WORK/CONCEPT", help="Repeatable.")
@click.option("--reject", "rejected", multiple=True, metavar="WORK/CONCEPT", help="The same.")
@click.option("--ask", "one_by_one", is_flag=True, help="Show one after the other, and ask.")
@click.option("--words", is_flag=True, help="List the words that nobody has mapped instead.")
@click.option("--split", metavar="WORK", help="Undo what made one work of several entries.")
@click.option("--csv", "as_csv", is_flag=True, help="Print them as CSV, with a column to fill in.")
@click.option(
    "--from", "table", metavar="FILE", help="Take the decisions of such a CSV.",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@in_own_workspace
@click.pass_context
def review_command(
    ctx: click.Context,
    here: workspace.Workspace,
    by: str | None,
    accepted: tuple[str, ...],
    rejected: tuple[str, ...],
    one_by_one: bool,
    words: bool,
    split: str | None,
    as_csv: bool,
    table: Path | None,
) -> None:
    """Show which concepts works may have to do with, and which two may be one; accept or reject.

    What you accept becomes a link that you answer for; what you reject is not suggested again. Both
    are kept in bib/reviewed.tsv. With --split: each library's entry that was taken for WORK becomes
    a work again. With --words: the keywords, tags and groups that bib/themes.tsv
    does not have, and the concepts whose names are nearest.
    """
    from intlkg import bib

    if words:
        print_table(review.unmapped_words(base_of(here)))
        return
    pending = [] if split else review.suggestions(base_of(here))
    if as_csv:
        click.echo(review.suggestions_csv(pending), nl=False)
        return
    if not (accepted or rejected or one_by_one or table or split):
        _print_suggestions(pending)
        return
    if not by:
        raise click.UsageError("a decision needs somebody who answers for it; add --by NAME")
    if split is not None:
        _split(here, split, by)
        return
    taken = _chosen(pending, accepted, "accept", by) + _chosen(pending, rejected, "reject", by)
    if table is not None:
        read, problems = bib.parse_decisions(str(table), table.read_bytes())
        print_problems(problems, to_stdout=True)
        if problems:
            ctx.exit(1)
        taken += [bib.Decision(d.work, d.concept, d.decision, d.by or by, d.words) for d in read]
    if one_by_one:
        taken += _asked(pending, by)
    path = bib.decide(here, taken)
    yes = sum(one.decision == "accept" for one in taken)
    click.echo(f"{yes} accepted, {len(taken) - yes} rejected; written to {path}.", err=True)


def _split(here: workspace.Workspace, key: str, by: str) -> None:
    from intlkg import bib

    parted = bib.split_work(here, key)
    for one in parted:
        click.echo(f"{one.key} ({one.file}): {', '.join(one.fields)}")
    same = f"{bib.SAME_AS}{key}"
    bib.decide(here, [bib.Decision(one.key, same, "reject", by) for one in parted[1:]])
    click.echo(f"'{key}' is {len(parted)} works now.", err=True)


def _print_suggestions(pending: Iterable[review.Suggestion]) -> None:
    count = 0
    for count, one in enumerate(pending, 1):  # noqa: B007
        click.echo(f"{one.work}/{one.concept}  {one.label}, confidence {one.confidence:.1f}")
        click.echo(f"    {one.field}: … {one.context} …")
    click.echo(f"{count} suggestion{'' if count == 1 else 's'}", err=True)


def _chosen(
    pending: Iterable[review.Suggestion], wanted: tuple[str, ...], decision: str, by: str
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


def _asked(pending: Iterable[review.Suggestion], by: str) -> list[bib.Decision]:
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
