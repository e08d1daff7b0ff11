"""The command that adds evidence from a paper: note."""

from __future__ import annotations

import click

from intlkg import evidence, workspace
from intlkg.cli.common import app, base_of, example, in_own_workspace
from intlkg.cli.complete import complete_theme
from intlkg.vocab import STANCES


@app.command(
    epilog=example(
        'intlkg note doe2001 --says "psychic distance hinders internationalization" '
        '--stance supports --words "distance keeps firms at home" --page 12 --by Ada',
        'intlkg note doe2001 --theme "psychic distance" --by Ada',
    )
)
@click.argument("work", metavar="KEY")
@click.option("--says", metavar="SENTENCE", help="The proposition: concept, relation, concept.")
@click.option("--theme", metavar="THEME", help="A theme alone.", shell_complete=complete_theme)
@click.option(
    "--stance", type=click.Choice(STANCES), help="Default: supports with --says, else mentions."
)
@click.option("--words", metavar="TEXT", default="", help="The words, copied from the work.")
@click.option("--page", metavar="PAGE", default="", help="Where they are in it.")
@click.option("--by", metavar="NAME", default="", help="Who read it.")
@click.option("--note", "remark", metavar="TEXT", default="", help="What you remark.")
@in_own_workspace
def note(
    here: workspace.Workspace,
    work: str,
    says: str | None,
    theme: str | None,
    stance: str | None,
    words: str,
    page: str,
    by: str,
    remark: str,
) -> None:
    """Add evidence from the work KEY of your library: what it says on a theme, and where.

    A proposition that nobody has stated yet is made on your word. Without --words it is a mark: it
    counts apart from quoted pages. The evidence is a row of bib/evidence.tsv.
    """
    from intlkg import bib

    if (says is None) == (theme is None):
        raise click.UsageError("say what it is on: --says a proposition, or --theme a theme")
    base = base_of(here)
    subject, relation, object_ = evidence.stated(base, says) if says else ("", "", "")
    reading = bib.Note(
        work=evidence.work_key(base, work),
        theme=evidence.theme_name(base, theme) if theme else "",
        subject=subject,
        relation=relation,
        object=object_,
        stance=stance or ("supports" if says else "mentions"),
        words=words,
        page=page,
        reader=by,
        note=remark,
    )
    path = bib.note(here, reading)
    shown = theme or subject
    click.echo(f"Noted in {path}; 'intlkg trace \"{shown}\"' shows it.", err=True)
