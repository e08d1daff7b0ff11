"""What a person judges of the findings of a synthesis after GRADE-CERQual: one file, checked.

The file is `judgements.tsv` in the workspace. Each finding is a sentence; each of four components
has a level and its explanation; the confidence follows from them.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from intlkg.errors import BuildError, Problem
from intlkg.workspace import Workspace, write

NAME: Final = "judgements.tsv"
COMPONENTS: Final = ("methodological_limitations", "coherence", "adequacy", "relevance")
JUDGED: Final = (*COMPONENTS, "confidence", "explanation", "by")
_COLUMNS: Final = ("id", "finding", *JUDGED)
_CONCERNS: Final = ("no or very minor", "minor", "moderate", "serious")
_CONFIDENCE: Final = ("high", "moderate", "low", "very low")
_ALLOWED: Final = {
    "no or very minor": "high",
    "minor": "high",
    "moderate": "moderate",
    "serious": "low",
}
"""Worst concern of a finding -> the highest confidence that needs no reason of its own."""
_SENTENCE: Final = re.compile(r"[^\W\d_a-zß-ÿ].*\s.*\s.*[.!?]$", re.S)
"""A capital first, three words or more, and a mark at the end."""

Judgements = Mapping[str, Mapping[str, str]]


def read(workspace: Workspace, current: Iterable[str]) -> Judgements:
    """Return what a person judged, by the id of the proposition; nothing before there is a file.

    Args:
        workspace: whose judgements.
        current: the ids of findings that there are; rows of others are kept unchecked.

    Raises:
        BuildError: rows are at fault; all are named.
    """
    path = workspace.root / NAME
    if not path.is_file():
        return {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise BuildError([Problem(NAME, 1, "it is not UTF-8; save it as UTF-8")]) from None
    table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    rows = [{n: (v or "").strip() for n, v in row.items() if n in _COLUMNS} for row in table]
    problems = [*_head_faults(table.fieldnames or ())] or _row_faults(rows, frozenset(current))
    if problems:
        raise BuildError(problems)
    return {row["id"]: row for row in rows}


def save(workspace: Workspace, judged: Judgements, labels: Mapping[str, str]) -> str:
    """Write the file with a row for each finding, and return its name.

    What is filled in stays, the wording of findings too, and also of findings that are no more.

    Args:
        workspace: whose judgements.
        judged: what is filled in.
        labels: id -> wording of the findings that there are.
    """
    lines = ["\t".join(_COLUMNS)]
    for key in [*labels, *(key for key in judged if key not in labels)]:
        known = judged.get(key, {})
        wording = known.get("finding", "") or labels.get(key, "")
        lines.append("\t".join((key, wording, *(known.get(name, "") for name in JUDGED))))
    write(workspace.root / NAME, ("\n".join(lines) + "\n").encode())
    return NAME


def _head_faults(names: Iterable[str]) -> Iterator[Problem]:
    if missing := [name for name in _COLUMNS if name not in names]:
        fault = f"the first line must name the columns {', '.join(_COLUMNS)}, with tabs between"
        yield Problem(NAME, 1, f"{fault}; missing: {', '.join(missing)}")


def _row_faults(rows: list[dict[str, str]], current: frozenset[str]) -> list[Problem]:
    found = []
    for line, row in enumerate(rows, 2):
        faults = list(_level_faults(row))
        if not faults and row["id"] in current:
            faults = list(_judgement_faults(row))
        found += [Problem(NAME, line, fault) for fault in faults]
    return found


def _level_faults(row: Mapping[str, str]) -> Iterator[str]:
    if not row.get("id"):
        yield "the row has no id; each row begins with the one that --write gave it"
    for name in (*COMPONENTS, "confidence"):
        levels = _CONFIDENCE if name == "confidence" else _CONCERNS
        if row.get(name) and not _level(row, name):
            yield f"'{row[name]}' is no {name}; begin it with one of: {', '.join(levels)}"


def _judgement_faults(row: Mapping[str, str]) -> Iterator[str]:
    """Yield what is at fault in judgements whose levels are right."""
    for name in COMPONENTS:
        if level := _level(row, name):
            if not re.search(r"\w", re.sub(r"^\W*concerns?\b", "", row[name][len(level) :])):
                yield f"{name} is '{row[name]}' without an explanation; write it behind the level"
        elif row["confidence"]:
            yield f"the confidence is judged before {name}; judge and explain that first"
    if not row["confidence"]:
        return
    if not _SENTENCE.match(row["finding"]):
        yield f"'{row['finding']}' is no sentence; word the finding as one, with a full stop"
    yield from _height_faults(row)


def _height_faults(row: Mapping[str, str]) -> Iterator[str]:
    """Yield a confidence that is higher than the worst concern allows, without a reason."""
    worst = max((_level(row, name) for name in COMPONENTS), key=("", *_CONCERNS).index)
    allowed, given = _ALLOWED.get(worst, "high"), _level(row, "confidence")
    if _CONFIDENCE.index(given) < _CONFIDENCE.index(allowed) and not row["explanation"]:
        yield (
            f"the confidence is {given}, but with {worst} concerns it is {allowed} at most; "
            "lower it, or give the reason under explanation"
        )


def _level(row: Mapping[str, str], name: str) -> str:
    """Return the level with which a judgement begins; '' for none."""
    levels = _CONFIDENCE if name == "confidence" else _CONCERNS
    said = row.get(name, "").casefold()
    return next((level for level in levels if re.match(rf"{level}\b", said)), "")
