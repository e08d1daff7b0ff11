"""What the shell offers when a person presses Tab: questions, parameters, values, themes, tables.

Values with white space are offered with hyphens instead, which need no quotes.
"""

from collections.abc import Mapping

import click
from click.shell_completion import CompletionItem

from intlkg import build, evidence, questions, workspace
from intlkg.base import Base
from intlkg.errors import IntlkgError


def complete_question(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the questions whose names begin so."""
    return _offered(questions.asked(_here(ctx)), typed)


def complete_parameter(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the parameters of the question that begin so, and behind `=` their values."""
    here = _here(ctx)
    try:
        query = questions.named(here, ctx.params.get("name") or "")
    except IntlkgError:
        return []
    # Bash takes `=` for a word of its own and replaces only what stands behind it.
    name, equals, value = "".join((*_apart(ctx), typed)).partition("=")
    if not equals:
        return [
            CompletionItem(f"{one.name}=", help=one.summary)
            for one in query.parameters.values()
            if one.name.startswith(typed)
        ]
    if name not in query.parameters:
        return []
    kept = "" if _apart(ctx) else f"{name}="
    names = _names(here, query.parameters[name].values, value)
    return [CompletionItem(f"{kept}{one}") for one in names]


def complete_theme(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the names of concepts that begin so."""
    here = _here(ctx)
    return [CompletionItem(name) for name in _names(here, "concepts", typed)]


def complete_source(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the participants, studies and works whose names begin so."""
    here = _here(ctx)
    return [CompletionItem(name) for name in _names(here, evidence.SOURCES, typed)]


def complete_view(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the views whose names begin so."""
    return _offered(questions.load(_here(ctx), "views"), typed)


def complete_table(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the evidence tables whose names begin so."""
    return [
        CompletionItem(name, help=title)
        for name, (title, *_) in evidence.TABLES.items()
        if name.startswith(typed)
    ]


def _offered(known: Mapping[str, questions.Query], typed: str) -> list[CompletionItem]:
    return [
        CompletionItem(query.name, help=query.summary)
        for query in known.values()
        if query.name.startswith(typed)
    ]


def _apart(ctx: click.Context) -> tuple[str, ...]:
    """Return the parameter and its `=` if the shell gave them as words of their own."""
    given = ctx.params.get("values") or ()
    if given and given[-1] == "=":
        return tuple(given[-2:])
    return tuple(given[-1:]) if given and "=" not in given[-1] else ()


def _names(here: workspace.Workspace, question: str, typed: str) -> list[str]:
    """Return what the legal values are called, of the last build; nothing before the first one."""
    try:
        answer = questions.ask(Base(here, build.opened(here)), question)
    except IntlkgError:
        return []
    names = {"-".join(row[0].split()) for row in answer.rows}
    return sorted(one for one in names if one.casefold().startswith(typed.casefold()))


def _here(ctx: click.Context) -> workspace.Workspace:
    folder = ctx.params.get("here")
    return folder if isinstance(folder, workspace.Workspace) else workspace.find()
