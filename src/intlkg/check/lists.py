"""Whether the lists of a workspace's own have the columns that the engine reads."""

from intlkg import questions
from intlkg.base import Base
from intlkg.errors import Problem, QueryError
from intlkg.workspace import shipped


def list_problems(base: Base) -> list[Problem]:
    """Return the lists that lack a column of the shipped list of their name."""
    own, ours = base.workspace, shipped()
    problems = []
    for name, query in questions.load(ours, "lists").items():
        path = own.files(query.path).get(query.path)
        if own.root == ours.root or path is None or own.root not in path.parents:
            continue
        try:
            there = set(base.store.select(questions.named(own, name, "lists").text, 1).variables)
        except QueryError as error:
            problems.append(Problem(query.path, error.line, f"{error}; mend the list"))
            continue
        needed = base.store.select(query.text, 1).variables
        if missing := [column for column in needed if column not in there]:
            fault = f"the list has no column '{missing[0]}', which pages and commands read"
            problems.append(Problem(query.path, 1, f"{fault}; select ?{missing[0]}"))
    return problems
