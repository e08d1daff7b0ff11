"""Records of lines with tags, as PubMed, Web of Science and EndNote's .enw files have them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Record:
    """One record: where it begins, and tag -> its values in order."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *tags: str) -> str:
        """Return the first value of these tags, or ''."""
        return next((self.values[tag][0] for tag in tags if self.values.get(tag)), "")

    def all(self, *tags: str) -> list[str]:
        """Return all values of these tags."""
        return [value for tag in tags for value in self.values.get(tag, [])]

    def rest(self, *used: str) -> dict[str, str]:
        """Return the values of all other tags, each tag in one text."""
        return {t: "; ".join(v) for t, v in self.values.items() if t not in used and any(v)}


def records(
    text: str, line: re.Pattern[str], first: str, end: str = "", joint: str = " "
) -> Iterator[Record | tuple[int, str]]:
    """Yield records, and stray text outside of them as (line, text).

    Args:
        text: the file.
        line: what a tagged line looks like: group 1 is the tag, group 2 the value.
        first: the tag that begins a record.
        end: the tag that ends one, if any.
        joint: what joins a line without a tag to the value before it.
    """
    record: Record | None = None
    last = ""
    for number, written in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        found = line.match(written)
        if found is None:
            if record is not None and last and written.strip():
                record.values[last][-1] += f"{joint}{written.strip()}"
            elif written.strip():
                yield number, written.strip()
            continue
        tag, value = found[1], (found[2] or "").strip()
        if tag == first or (end and tag == end):
            if record is not None:
                yield record
            record, last = (Record(number) if tag == first else None), ""
        if record is not None and tag != end:
            record.values.setdefault(tag, []).append(value)
            last = tag
    if record is not None:
        yield record
