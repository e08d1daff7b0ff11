"""Whether what people name in their tables and notes is there: themes, relations, works."""

from typing import Final

from intlkg import questions
from intlkg.base import Base
from intlkg.errors import Problem

_LISTS: Final = {"theme": "concepts", "relation": "relations", "work": "works"}


def name_problems(base: Base) -> list[Problem]:
    """Return each name that nothing, or more than one thing, has: at its row, with near names."""
    problems = []
    for row in questions.listed(base, "unresolved-names"):
        value = {name: questions.text(term) for name, term in row.items()}
        fault = _fault(base, value["kind"], value["name"])
        problems.append(Problem(value["file"], int(value["line"]), fault))
    return problems


def _fault(base: Base, kind: str, name: str) -> str:
    same = questions.called(base, _LISTS[kind], name)
    if len(same) > 1:
        return f"'{name}' may mean {', '.join(sorted(same))}; write the one that you mean"
    known = questions.names(base, _LISTS[kind])
    return f"no {kind} is called '{name}'{questions.near(name, known)}; correct it"
