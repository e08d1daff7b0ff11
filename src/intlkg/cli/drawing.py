"""Commands that draw and measure networks: draw, network."""

from __future__ import annotations

from pathlib import Path

import click

from intlkg import formats, questions, workspace
from intlkg import network as networks
from intlkg.cli.common import FILE, app, base_of, example, in_workspace, print_rows, write_or_print
from intlkg.cli.complete import complete_view


@app.command(
    epilog=example(
        "intlkg draw",
        "intlkg draw --view themes -o themes.html",
        'intlkg draw --view knowledge --focus "psychic distance" --depth 2 -o part.html',
        "intlkg draw --view theories --plain -o plain.html",
    )
)
@click.option("--view", metavar="NAME", help="Only this view.", shell_complete=complete_view)
@click.option("--focus", metavar="ITEM", help="Only what lies around this item, with --view.")
@click.option(
    "--depth", type=click.IntRange(min=0), default=2, show_default=True,
    help="How many links around the item.",
)  # fmt: skip
@click.option("--plain", is_flag=True, help="The ordinary page of pyvis, with --view.")
@click.option("-o", "--output", type=FILE, help="The page to write, with --view.")
@in_workspace
def draw(
    here: workspace.Workspace,
    view: str | None,
    focus: str | None,
    depth: int,
    plain: bool,
    output: Path | None,
) -> None:
    """Write interactive pages of the evidence, which open without a network connection.

    Without --view it is the whole site: a page for each view, concept, work, study and participant,
    the tables, the audit, the gaps and the model, and index.html, which leads to them.
    """
    from intlkg import pages

    if view is None:
        if output is not None or focus is not None or plain:
            raise click.UsageError("-o, --focus and --plain need --view")
        written = pages.write_site(base_of(here), here.generated / "site")
        click.echo(f"{here.generated / 'site' / 'index.html'}")
        click.echo(f"  leads to {len(written) - 1} pages; open it in a browser.", err=True)
        return
    base = base_of(here)
    query = questions.named(here, view, "views")
    graph = networks.project(base, query)
    if focus is not None:
        graph = networks.around(graph, focus, depth)
    target = output or here.generated / "site" / f"{query.name}{'-part' if focus else ''}.html"
    html = pages.plain(graph, here.title) if plain else pages.drawing(base, graph, query)
    workspace.write(target, html.encode())
    click.echo(f"{target}")
    click.echo(
        f"  {query.summary}: {graph.number_of_nodes()} items, "
        f"{graph.number_of_edges()} links; open it in a browser.",
        err=True,
    )


@app.command(
    epilog=example(
        "intlkg network",
        "intlkg network themes --measure betweenness",
        "intlkg network citations --format graphml -o citations.graphml",
        "intlkg network co-citation --format vosviewer -o map.json",
    )
)
@click.argument("view", required=False, shell_complete=complete_view)
@click.option(
    "--measure", type=click.Choice(list(networks.MEASURES)),
    help="Only this measure, the highest values first; default: all, by degree.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["table", *formats.FORMATS, *networks.FORMATS]),
    default="table", show_default=True,
    help="table and the like: the measures; graphml, gexf, vosviewer: the network; nodes, edges: "
    "its lists as CSV.",
)  # fmt: skip
@click.option("-o", "--output", type=FILE, help="The file to write; default: the terminal.")
@in_workspace
def network(
    here: workspace.Workspace,
    view: str | None,
    measure: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Measure the network VIEW, or write it for other tools; without a view, list the views."""
    if view is None:
        for known in questions.load(here, "views").values():
            click.echo(f"  {known.name:14}{known.summary}")
        return
    graph = networks.project(base_of(here), questions.named(here, view, "views"))
    if form in networks.FORMATS:
        text = networks.FORMATS[form](graph)
    else:
        names = [measure] if measure else list(networks.MEASURES)
        head, rows = networks.table(graph, names)
        if form == "table" and output is None:
            print_rows(head, rows)
            return
        text = formats.FORMATS["csv" if form == "table" else form](head, rows)
    write_or_print(text, output)
