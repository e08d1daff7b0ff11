"""Evidence as text for a terminal."""

import textwrap
from collections.abc import Iterator
from typing import Final

from intlkg.evidence.trace import DIRECTIONS, Finding, Item, Trace

_MARGIN: Final = " " * 12
_KINDS: Final = {
    "quote": "in these words",
    "reported": "as the author reports it",
    "citation": "second-hand, as the author cites it",
    "claim": "second-hand, as the author reports it",
}


def text(trace: Trace, width: int = 100) -> str:
    """Return a trace as lines of at most `width` characters: findings, words, speakers, places."""
    lines = [_summary(trace), ""]
    for finding in trace.findings:
        lines += [*_finding(finding, width), ""]
    if not trace.findings:
        lines += ["No finding is about this theme yet.", ""]
    return "\n".join(lines)


def _summary(trace: Trace) -> str:
    voices = [
        f"{trace.count(direction, first_hand=True)} {verb}"
        for direction, verb in (("supports", "support it"), ("disputes", "dispute it"))
    ]
    works = trace.count("supports", first_hand=False)
    cited = f"{works} cited work{'' if works == 1 else 's'} said to support it"
    count = len(trace.findings)
    found = f"{count} finding{'' if count == 1 else 's'}"
    return f"{trace.theme}: {found}; of the speakers {', '.join(voices)}; {cited}"


def _finding(finding: Finding, width: int) -> Iterator[str]:
    yield finding.label
    for direction in DIRECTIONS:
        for item in finding.of(direction):
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
