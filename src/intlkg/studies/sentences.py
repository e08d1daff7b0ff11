"""The sentence in which words stand."""

import re
from typing import Final

_END: Final = re.compile(r"[.!?][\"'”’»)*\]]*\s+(?=[\"'“‘«(*\[]*[A-Z0-9À-Þ])|\n\s*\n")
_NO_END: Final = re.compile(r"(?:\b(?:et al|e\.g|i\.e|cf|vs|pp?|no|vol|ed|eds|Dr|Prof)|\b[A-Z])\.$")
"""What ends with a full stop and does not end a sentence: abbreviations and initials."""


def sentence(text: str, start: int, end: int) -> str:
    """Return the sentence or sentences that hold a passage, on one line, without emphasis.

    A sentence ends with a mark that a capital, a digit or an opening quotation mark follows, or
    with its paragraph; common abbreviations and initials do not end one.

    Args:
        text: the whole text.
        start: position of the passage's first character.
        end: position after its last one.
    """
    first, last = 0, len(text)
    for stop in _END.finditer(text, max(0, start - 2000), min(len(text), end + 2000)):
        if "\n" not in stop[0] and _NO_END.search(
            text[max(0, stop.start() - 9) : stop.start() + 1]
        ):
            continue
        if stop.end() <= start:
            first = stop.end()
        elif stop.start() >= end - 1:
            last = stop.end()
            break
    return " ".join(text[first:last].replace("*", "").split())
