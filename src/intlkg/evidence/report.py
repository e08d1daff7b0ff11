"""Evidence as text for a terminal."""

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from intlkg.evidence.trace import DIRECTIONS, Item, Proposition, Trace

_MARGIN: Final = " " * 12
_KINDS: Final = {
    "quote": "in these words",
    "reported": "as the author reports it",
    "finding": "as the study concludes",
    "assertion": "as its author says without a source",
    "citation": "second-hand, as the author cites it",
    "claim": "second-hand, as the author reports it",
}


def text(trace: Trace, width: int = 100) -> str:
    """Return a trace as lines of at most `width` characters, with words, speakers and places."""
    lines = [_summary(trace), ""]
    for proposition in trace.propositions:
        lines += [*_proposition(proposition, width), ""]
    if not trace.propositions:
        lines += ["No proposition is about this theme yet.", ""]
    return "\n".join(lines)


def as_json(trace: Trace) -> str:
    """Return a trace as JSON: its propositions with their items, as the classes describe them."""
    return json.dumps(asdict(trace), ensure_ascii=False, indent=1) + "\n"


def markdown(trace: Trace) -> str:
    """Return a trace as Markdown: a heading for each proposition, a list item for each evidence."""
    lines = [f"# {trace.theme}", "", _summary(trace), ""]
    for proposition in trace.propositions:
        lines += [f"## {proposition.label}", ""]
        for direction in DIRECTIONS:
            for item in proposition.of(direction):
                lines += _listed(item)
        lines.append("")
    return "\n".join(lines)


def _listed(item: Item) -> list[str]:
    words = " ".join(item.words.split()).replace("*", "\\*").replace("<", "&lt;")
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


def _proposition(proposition: Proposition, width: int) -> Iterator[str]:
    yield proposition.label
    for direction in DIRECTIONS:
        for item in proposition.of(direction):
            yield from _item(item, width)


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


def _wrapped(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, initial_indent=_MARGIN, subsequent_indent=_MARGIN)
