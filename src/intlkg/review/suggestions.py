"""Suggestions: concepts whose names stand in the title, abstract or keywords of a work.

They are worked out when asked for and never stored: only what a person accepts enters the graph.
"""

import csv
import io
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from intlkg import formats, questions
from intlkg.base import Base, tail
from intlkg.evidence.rows import evidence
from intlkg.store import Iri, Rows
from intlkg.vocab import term
from intlkg.workspace import Workspace

FIELDS: Final = {"title": 0.3, "keywords": 0.3, "mendeley-tags": 0.3, "abstract": 0.1}
"""Where names are looked for, and what finding one there adds to the confidence."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A concept that a work may have to do with, or a work that it may be.

    Attributes:
        work: the work's key.
        concept: the end of the concept's IRI; or `same-as:` and the key of the work that it may be.
        label: what the concept is called.
        words: the words that were found.
        field: where they were found.
        context: what stands around them.
        confidence: from 0 to 1: 0.4, 0.2 more for a name of several words, 0.1 more for the
            preferred name, and what the field adds.
    """

    work: str
    concept: str
    label: str
    words: str
    field: str
    context: str
    confidence: float


def suggestions(base: Base) -> list[Suggestion]:
    """Return what nobody has decided on yet: the surest first, then by work and concept.

    Names match as whole words in any case, also in the plural; of names that overlap the longest
    counts. A concept that a work is linked to already is not suggested for it.
    """
    from intlkg import bib

    names = _names(base)
    pattern = _pattern(names)
    known = {(one.work, questions.fold(one.concept)) for one in bib.decisions(base.workspace)}
    linked = {
        (tail(who.iri), theme.iri)
        for one in evidence(base)
        for who in one.who
        for _, theme in one.roles
    }
    found: dict[tuple[str, str], Suggestion] = {}
    for name, path in base.workspace.files("bib/*.bib").items():
        for entry in bib.read(name, path.read_bytes()).entries:
            if "intlkg-printed" in entry.fields:
                continue
            texts = {f: bib.decode(entry.fields[f]) for f in FIELDS if f in entry.fields}
            for iri, one in _matches(entry.key, texts, names, pattern):
                if (entry.key, questions.fold(one.concept)) in known or (
                    bib.local(entry.key),
                    iri,
                ) in linked:
                    continue
                best = found.get((entry.key, iri))
                if best is None or one.confidence > best.confidence:
                    found[entry.key, iri] = one
    listed = [*found.values(), *_duplicates(base.workspace)]
    return sorted(listed, key=lambda one: (-one.confidence, one.work, one.concept))


def _duplicates(workspace: Workspace) -> Iterator[Suggestion]:
    """Yield a suggestion for each two works that are likely one."""
    from intlkg import bib

    known = {(one.work, one.concept) for one in bib.decisions(workspace)}
    for pair in bib.duplicates(workspace):
        same = f"{bib.SAME_AS}{pair.work}"
        if (pair.other, same) not in known:
            label = f"the same work as {pair.work}"
            words, context = pair.title, pair.context
            yield Suggestion(pair.other, same, label, words, "title", context, pair.likeness)


def unmapped_words(base: Base) -> questions.Answer:
    """Return the words of libraries that nobody has mapped, with the concepts of nearest names.

    The columns are word, kind, works and nearest: up to three concepts, the nearest first.
    """
    rows: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in questions.listed(base, "unmapped-words"):
        word, kind, works = (questions.text(row[name]) for name in ("word", "kind", "works"))
        near = questions.near_values(base, "concepts", word)
        rows[word, kind] = (word, kind, works, ", ".join(map(tail, near[:3])))
    columns = ("word", "kind", "works", "nearest")
    return questions.Answer(columns, tuple(rows.values()), Rows(columns, []))


def suggested_text(suggested: Iterable[Suggestion], width: int = 100) -> str:
    """Return what nobody has reviewed as lines, with the words that suggest it."""
    lines = ["Suggested by the words of works, and not reviewed (intlkg review):"]
    for one in suggested:
        lines.append(f"  {one.work}: {one.label}, confidence {one.confidence:.1f}")
        said = f"{one.field}: … {one.context} …"
        margin = " " * 12
        lines += textwrap.wrap(said, width, initial_indent=margin, subsequent_indent=margin)
    return "\n".join(lines if len(lines) > 1 else ["Nothing is suggested."]) + "\n"


def suggestions_csv(pending: Iterable[Suggestion]) -> str:
    """Return suggestions as CSV with an empty column `decision`, to be filled in elsewhere."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["decision", "work", "concept", "label", "words", "field", "context", "confidence"]
    )
    for one in pending:
        row = [one.work, one.concept, one.label, one.words, one.field, one.context]
        writer.writerow(["", *map(formats.harmless, row), f"{one.confidence:.1f}"])
    return out.getvalue()


def _names(base: Base) -> dict[str, tuple[str, str, bool]]:
    """Return name in lower case -> concept, its label, and whether that is the name."""
    names: dict[str, tuple[str, str, bool]] = {}
    rows = list(questions.listed(base, "concepts"))
    to_type = base.trusted(predicate=Iri(term("skos:hiddenLabel")))
    hidden = {questions.text(quad.object) for quad in to_type}
    for preferred in (True, False):
        for row in rows:
            label = questions.text(row["label"])
            name = label if preferred else questions.text(row.get("alternative"))
            if len(name) > 2 and name not in hidden:
                names.setdefault(
                    name.casefold(), (questions.text(row["concept"]), label, preferred)
                )
    return names


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    forms = [
        f"{re.escape(name[:-1])}(?:y|ies)" if name.endswith("y") else f"{re.escape(name)}(?:e?s)?"
        for name in sorted(names, key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms) or '(?!)'})(?![\w-])", re.IGNORECASE)


def _matches(
    work: str,
    texts: dict[str, str],
    names: dict[str, tuple[str, str, bool]],
    pattern: re.Pattern[str],
) -> Iterator[tuple[str, Suggestion]]:
    for field, text in texts.items():
        for match in pattern.finditer(text):
            iri, label, preferred = _named(match[0].casefold(), names)
            confidence = 0.4 + FIELDS[field] + 0.2 * (" " in match[0].strip()) + 0.1 * preferred
            context = text[max(0, match.start() - 40) : match.end() + 40]
            concept = iri.rsplit("/", 1)[-1]
            yield (
                iri,
                Suggestion(work, concept, label, match[0], field, context, min(1.0, confidence)),
            )


def _named(words: str, names: dict[str, tuple[str, str, bool]]) -> tuple[str, str, bool]:
    """Return the concept of a name, or of the name whose plural it is."""
    singulars = (words, words.removesuffix("s"), words.removesuffix("es"), f"{words[:-3]}y")
    return next(names[form] for form in singulars if form in names)
