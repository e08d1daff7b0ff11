"""What the shell offers when a person presses Tab: questions, parameters, their values, themes."""

import click
from click.shell_completion import CompletionItem

from intlkg import build, evidence, queries, workspace
from intlkg.errors import IntlkgError


def complete_question(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the questions whose names begin so."""
    return [
        CompletionItem(query.name, help=query.summary)
        for query in queries.load(_here(ctx), "questions").values()
        if query.name.startswith(typed)
    ]


def complete_parameter(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the parameters of the question that begin so, and behind `=` their values."""
    here = _here(ctx)
    try:
        query = queries.named(here, ctx.params.get("name") or "")
    except IntlkgError:
        return []
    name, equals, value = typed.partition("=")
    if not equals:
        return [
            CompletionItem(f"{one.name}=", help=one.summary)
            for one in query.parameters.values()
            if one.name.startswith(typed)
        ]
    if name not in query.parameters:
        return []
    names = _names(here, query.parameters[name].values, value)
    return [CompletionItem(f"{name}={one}") for one in names]


def complete_theme(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the names of concepts that begin so."""
    here = _here(ctx)
    values = queries.named(here, evidence.QUESTION).parameters["theme"].values
    return [CompletionItem(name) for name in _names(here, values, typed)]


def _names(here: workspace.Workspace, question: str, typed: str) -> list[str]:
    """Return what the legal values are called, of the last build; nothing before the first one."""
    try:
        store = build.opened(here)
    except IntlkgError:
        return []
    answer = queries.ask(here, store, question)
    labels = {row[0] for row in answer.rows}
    return sorted(one for one in labels if one.casefold().startswith(typed.casefold()))


def _here(ctx: click.Context) -> workspace.Workspace:
    folder = ctx.params.get("here")
    return folder if isinstance(folder, workspace.Workspace) else workspace.find()
