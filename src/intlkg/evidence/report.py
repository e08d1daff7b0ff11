"""Evidence as text for a terminal."""

import json
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from html import escape
from typing import Final, TypeAlias

from intlkg import queries
from intlkg.evidence.suggestions import Suggestion
from intlkg.evidence.trace import DIRECTIONS, Item, Proposition, Trace
from intlkg.evidence.why import Step
from intlkg.tables import markdown_text

Why: TypeAlias = Callable[[Proposition, Item], list[Step]]

_MARGIN: Final = " " * 12
_KINDS: Final = {
    "quote": "in these words",
    "reported": "as the author reports it",
    "finding": "as the study concludes",
    "assertion": "as its author says without a source",
    "citation": "second-hand, as the author cites it",
    "claim": "second-hand, as the author reports it",
}


def text(trace: Trace, width: int = 100, why: Why | None = None) -> str:
    """Return a trace as lines of at most `width` characters, with words, speakers and places.

    Args:
        trace: what to write.
        width: of the lines, in characters.
        why: gives the chain of nodes that leads to an item; None leaves the chains out.
    """
    lines = [_summary(trace), ""]
    for proposition in trace.propositions:
        lines += [*_proposition(proposition, width, why), ""]
    if not trace.propositions:
        lines += ["No proposition is about this theme yet.", ""]
    return "\n".join(lines)


def as_json(
    trace: Trace, why: Why | None = None, suggested: Iterable[Suggestion] | None = None
) -> str:
    """Return a trace as JSON: its propositions with their items, as the classes describe them.

    With `why` each item has the chain of nodes that leads to it; with `suggested` the trace has,
    apart from all evidence, what nobody has reviewed.
    """
    said = asdict(trace)
    for proposition, as_said in zip(trace.propositions, said["propositions"], strict=True):
        for item, own in zip(proposition.items, as_said["items"], strict=True):
            if why is not None:
                own["why"] = [asdict(step) for step in why(proposition, item)]
    if suggested is not None:
        said["suggested"] = [asdict(one) for one in suggested]
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def suggested_text(suggested: Iterable[Suggestion], width: int = 100) -> str:
    """Return what nobody has reviewed as lines, with the words that suggest it."""
    lines = ["Suggested by the words of works, and not reviewed (intlkg review):"]
    for one in suggested:
        lines.append(f"  {one.work}: {one.label}, confidence {one.confidence:.1f}")
        lines += _wrapped(f"{one.field}: … {one.context} …", width)
    return "\n".join(lines if len(lines) > 1 else ["Nothing is suggested."]) + "\n"


def markdown(trace: Trace, why: Why | None = None) -> str:
    """Return a trace as Markdown: a heading for each proposition, a list item for each evidence."""
    lines = [f"# {trace.theme}", "", _summary(trace), ""]
    for proposition in trace.propositions:
        lines += [f"## {proposition.label}", ""]
        for direction in DIRECTIONS:
            for item in proposition.of(direction):
                lines += _listed(item)
                if why is not None:
                    chain = [markdown_text(_step(step)) for step in why(proposition, item)]
                    lines.append(f"  - why: {'; '.join(chain)}")
        lines.append("")
    return "\n".join(lines)


def html(trace: Trace) -> str:
    """Return a trace as HTML for a notebook, every word escaped."""
    parts = [f"<h3>{escape(trace.theme)}</h3><p>{escape(_summary(trace))}</p>"]
    for proposition in trace.propositions:
        parts.append(f"<h4>{escape(proposition.label)}</h4><ul>")
        for direction in DIRECTIONS:
            parts += [_html_item(item) for item in proposition.of(direction)]
        parts.append("</ul>")
    return "".join(parts)


def _html_item(item: Item) -> str:
    words = escape(item.words)
    said = f"<q>{words}</q>" if item.kind == "quote" else words
    who = f"{escape(', '.join(item.who))}, {_KINDS[item.kind]}"
    places = "; ".join(escape(str(place)) for place in item.places)
    return f"<li><b>{item.direction}</b> {who}: {said}<br><small>{places}</small></li>"


def _listed(item: Item) -> list[str]:
    words = markdown_text(item.words)
    quoted = f"\u201c{words}\u201d" if item.kind == "quote" else words
    lines = [f"- **{item.direction}**: {', '.join(item.who)}, {_KINDS[item.kind]}: {quoted}"]
    lines += [f"  - {place}" for place in item.places]
    return lines + [f"  - note: {note}" for note in item.notes]


def _summary(trace: Trace) -> str:
    parts = [_counted(len(trace.propositions), "proposition")]
    sides = [("supports", "support it"), ("disputes", "dispute it")]
    speakers = [f"{trace.count(side, 'participants')} {verb}" for side, verb in sides]
    parts.append(f"of the speakers {', '.join(speakers)}")
    works = trace.count("supports", "literature")
    parts.append(f"{_counted(works, 'cited work')} said to support it")
    studies = trace.count("supports", "authors")
    parts.append(f"{_counted(studies, 'text')} concluding or saying so")
    return f"{trace.theme}: {'; '.join(parts)}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _proposition(proposition: Proposition, width: int, why: Why | None) -> Iterator[str]:
    yield proposition.label
    for direction in DIRECTIONS:
        for item in proposition.of(direction):
            yield from _item(item, width)
            if why is not None:
                yield f"{_MARGIN}why:"
                for step in why(proposition, item):
                    yield from _wrapped(_step(step), width, f"{_MARGIN}  ")
                    yield f"{_MARGIN}      {queries.curie(step.iri)}"


def _item(item: Item, width: int) -> Iterator[str]:
    yield f"  {item.direction:9} {', '.join(item.who)}, {_KINDS[item.kind]}:"
    words = f"\u201c{item.words}\u201d" if item.kind == "quote" else item.words
    yield from _wrapped(words, width)
    for place in item.places:
        yield from _wrapped(str(place), width)
    if item.question:
        yield from _wrapped(f"answers {item.question}", width)
    for note in item.notes:
        yield from _wrapped(f"note: {note}", width)


def _step(step: Step) -> str:
    return f"{step.relation} {step.label}".strip()


def _wrapped(words: str, width: int, margin: str = _MARGIN) -> list[str]:
    return textwrap.wrap(words, width, initial_indent=margin, subsequent_indent=margin)
