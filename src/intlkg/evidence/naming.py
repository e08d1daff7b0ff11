"""What a person means who names a proposition, a theme or a work: the names to write down."""

import re

from intlkg import questions
from intlkg.base import Base, tail
from intlkg.errors import QueryError, UnknownNameError
from intlkg.store import Iri, Literal
from intlkg.vocab import term


def stated(base: Base, sentence: str) -> tuple[str, str, str]:
    """Return subject, relation and object of a sentence such as `distance hinders trade`.

    Subject and object come back as `theme_name` gives them, the relation by its label.

    Raises:
        QueryError: the sentence has no relation, or its subject or object is no concept.
    """
    labels = [questions.text(row["label"]) for row in questions.listed(base, "relations")]
    words = " ".join(sentence.split())
    faults = []
    for label in sorted(labels, key=len, reverse=True):
        for found in re.finditer(rf"(?<!\w){re.escape(label)}(?!\w)", words, re.IGNORECASE):
            try:
                subject = theme_name(base, words[: found.start()])
                return subject, label, theme_name(base, words[found.end() :])
            except UnknownNameError as error:
                faults.append(str(error))
    if faults:
        raise QueryError(faults[0])
    raise QueryError(f"'{sentence}' has no relation; use one of {', '.join(sorted(labels))}")


def theme_name(base: Base, name: str) -> str:
    """Return the shortest name by which a table finds a concept again: its label, id or IRI.

    Raises:
        UnknownNameError: no concept, or more than one, is called so.
    """
    concept = questions.find(base, "concepts", name.strip(), "theme").value
    label = base.label(concept)
    for short in (label, tail(concept)):
        if questions.called(base, "concepts", short) == [tail(concept)]:
            return short
    return concept


def work_key(base: Base, key: str) -> str:
    """Return the key of a work of a library, which a person gives as any of its keys.

    Raises:
        UnknownNameError: no work has the key; it suggests near ones.
    """
    identifier = Iri(term("dcterms:identifier"))
    if any(base.store.find(predicate=identifier, value=Literal(key))):
        return key
    known = [questions.text(row["key"]) for row in questions.listed(base, "works")]
    offers = questions.nearest(key, known)
    raise UnknownNameError(f"no work has the key '{key}'{questions.near(key, known)}", offers)
