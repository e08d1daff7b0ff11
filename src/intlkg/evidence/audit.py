"""The audit: what is at fault in the texts themselves, not in what curators made of them."""

import json
from dataclasses import dataclass

from intlkg import questions
from intlkg.base import Base


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of fault: what it is, the question that finds it, and what was found."""

    title: str
    question: str
    answer: questions.Answer


def audit(base: Base) -> tuple[Part, ...]:
    """Return the answers of all questions that are marked `audit`, by group and name."""
    marked = [
        query for query in questions.load(base.workspace, "questions").values() if query.audit
    ]
    return tuple(
        Part(query.audit, query.name, questions.labelled(base, base.store.select(query.text)))
        for query in sorted(marked, key=lambda query: (query.group, query.name))
    )


def audit_json(parts: tuple[Part, ...]) -> str:
    """Return an audit as JSON: a list of parts, each with its rows as objects."""
    body = [
        {
            "title": part.title,
            "question": part.question,
            "count": len(part.answer.rows),
            "rows": [
                dict(zip(part.answer.variables, row, strict=True)) for row in part.answer.rows
            ],
        }
        for part in parts
    ]
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"
