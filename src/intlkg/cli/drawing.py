"""Commands that draw and measure networks: draw, network."""

from __future__ import annotations

from pathlib import Path

import click

from intlkg import network as networks
from intlkg import queries, tables, workspace
from intlkg.cli.common import FILE, app, example, in_workspace, print_rows, store_of
from intlkg.cli.complete import complete_view


@app.command(epilog=example("intlkg draw", "intlkg draw --view themes -o themes.html"))
@click.option("--view", metavar="NAME", help="Only this view; default: a page for each view.")
@click.option("-o", "--output", type=FILE, help="The page to write, with --view.")
@in_workspace
def draw(here: workspace.Workspace, view: str | None, output: Path | None) -> None:
    """Write interactive pages of the evidence network, which open without a network connection."""
    from intlkg import pages

    if output is not None and view is None:
        raise click.UsageError("-o needs --view: several views do not fit one file.")
    store = store_of(here)
    views = [queries.named(here, view, "views")] if view else queries.load(here, "views").values()
    for query in views:
        graph = networks.project(here, store, query)
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
    "--format", "form", type=click.Choice(["table", *tables.FORMATS, *networks.FORMATS]),
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
        for known in queries.load(here, "views").values():
            click.echo(f"  {known.name:14}{known.summary}")
        return
    graph = networks.project(here, store_of(here), queries.named(here, view, "views"))
    if form in networks.FORMATS:
        text = networks.FORMATS[form](graph)
    else:
        names = [measure] if measure else list(networks.MEASURES)
        head, rows = networks.table(graph, names)
        if form == "table" and output is None:
            print_rows(head, rows)
            return
        text = tables.FORMATS["csv" if form == "table" else form](head, rows)
    if output is None:
        click.echo(text, nl=False)
        return
    workspace.write(output, text.encode())
    click.echo(f"Wrote {output}.", err=True)
