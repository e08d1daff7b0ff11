"""Forty questions that the evidence base answers, and forty that it must refuse.

The table `data/ground-truth.tsv` was written by reading the study. Each row says what is asked in
words, how it is asked of the command, and what the JSON of the answer must hold, or must not.
"""

import csv
import json
import shlex
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from intlkg.workspace import Workspace
from workspaces import DATA, Run

with (DATA / "ground-truth.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_forty_are_answered_and_forty_refused() -> None:
    assert Counter(row["kind"] for row in ROWS) == {
        "evidence": 40,
        "unknown-name": 10,
        "known-without-evidence": 10,
        "outside-scope": 10,
        "false-premise": 10,
    }
    assert len({(row["question"], row["asked"]) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['kind']}-{row['question']}" for row in ROWS])
def test_the_base_answers_what_it_knows_and_refuses_the_rest(
    row: dict[str, str], corpus: Workspace, intlkg: Callable[..., Run]
) -> None:
    run = intlkg(*shlex.split(row["asked"]), "--format", "json", "--workspace", corpus.root)
    command = row["asked"].split()[0]
    assert "Traceback" not in run.err
    if row["kind"] in ("unknown-name", "outside-scope"):
        assert run.status == 2
        refusal = json.loads(run.out) if command == "trace" else {}
        assert refusal.get("status", "unknown-name") == "unknown-name"
        if row["kind"] == "outside-scope":
            assert refusal["did_you_mean"] == []
        return
    assert run.status == 0, run.err
    body = json.loads(run.out)
    if row["kind"] == "known-without-evidence":
        assert body["status"] == "known-without-evidence"
        assert (body["propositions"], body["tally"]) == ([], {})
        return
    found = set(_facts(body)) if command == "trace" else set(_values(body))
    if row["kind"] == "evidence":
        assert any(row["expected"] in one for one in found), sorted(found)
        return
    assert body["status"] in ("evidence", "disputed")
    assert row["expected"] not in found


def _facts(body: dict[str, Any]) -> Iterator[str]:
    """Yield 'who stance proposition' for each piece of evidence of a trace."""
    for proposition in body["propositions"]:
        for one in proposition["evidence"]:
            for who in one["who"]:
                yield f"{who['name']} {one['stance']} {proposition['label']}"


def _values(body: dict[str, Any]) -> Iterator[str]:
    """Yield the values of an answer in the JSON format of SPARQL results."""
    for binding in body["results"]["bindings"]:
        for value in binding.values():
            yield value.get("label", value["value"])
