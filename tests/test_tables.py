"""Answers in the formats that people paste elsewhere, and free queries."""

import csv
import io
import json
import os
import re
import signal
import time
from collections.abc import Callable

import pytest

from intlkg import formats
from intlkg import open as open_base
from intlkg.errors import QueryError
from intlkg.store import apart, within
from intlkg.workspace import Workspace
from workspaces import Run

Intlkg = Callable[..., Run]
HEAD = ("who", "words")
ROWS = (("=M1", 'a|b *c* <script> & 50% $x_1 \\ "q"'), ("M2", "two\nlines"))
THEMES = "SELECT ?who { ?who ik:supportsTheme ikc:visibility } ORDER BY ?who"


def test_csv_and_tsv_hold_every_cell() -> None:
    read = list(csv.reader(io.StringIO(formats.as_csv(HEAD, ROWS))))
    assert read == [list(HEAD), ["'=M1", ROWS[0][1]], list(ROWS[1])]
    assert formats.as_tsv(HEAD, ROWS).splitlines()[2] == "M2\ttwo lines"


def test_markdown_and_html_run_nothing_of_a_cell() -> None:
    markdown = formats.as_markdown(HEAD, ROWS)
    assert markdown.splitlines()[1] == "| --- | --- |"
    assert r"a\|b \*c\* \<script\>" in markdown
    assert len(markdown.splitlines()) == 4
    page = formats.as_html(HEAD, ROWS)
    assert "<script>" not in page
    assert "&lt;script&gt; &amp; 50%" in page


def test_latex_escapes_what_it_would_read() -> None:
    latex = formats.as_latex(HEAD, ROWS)
    assert r"\& 50\% \$x\_1 \textbackslash{}" in latex
    assert latex.startswith("\\begin{tabular}{ll}\n\\toprule\n")


@pytest.mark.parametrize("form", [*formats.FORMATS, "json"])
def test_a_question_is_answered_in_every_format(intlkg: Intlkg, toy: Workspace, form: str) -> None:
    run = intlkg("ask", "voices-per-motive", "--format", form, "--workspace", toy.root)
    assert run.status == 0
    assert "visibility" in run.out


def test_any_query_runs_with_the_prefixes_known(intlkg: Intlkg, toy: Workspace) -> None:
    run = intlkg("query", THEMES, "--format", "csv", "--workspace", toy.root)
    assert run.status == 0
    assert run.out.splitlines()[:2] == ["who", "P1"]
    own = "PREFIX x: <https://w3id.org/intlkg/ns#> PREFIX ik: <https://w3id.org/intlkg/concept/>\n"
    query = own + "SELECT ?who { ?who x:supportsTheme ik:visibility }"
    again = intlkg("query", query, "--format", "csv", "--workspace", toy.root)
    assert sorted(again.out.splitlines()) == sorted(run.out.splitlines())


def test_a_cut_answer_says_so(intlkg: Intlkg, toy: Workspace) -> None:
    run = intlkg("query", THEMES, "--limit", "2", "--format", "tsv", "--workspace", toy.root)
    assert len(run.out.splitlines()) == 3
    assert "Cut after 2 rows; there are more." in run.err
    whole = intlkg("query", THEMES, "--format", "json", "--workspace", toy.root)
    assert "Cut" not in whole.err
    assert len(json.loads(whole.out)["results"]["bindings"]) > 2


def test_an_error_has_the_line_and_column_of_the_query_itself(
    intlkg: Intlkg, toy: Workspace
) -> None:
    run = intlkg("query", "SELECT ?who { ?who }", "--workspace", toy.root)
    assert run.status == 2
    assert re.search(r"line:column 1:21\b", run.err)
    assert "Traceback" not in run.err


def test_a_construct_comes_as_turtle(intlkg: Intlkg, toy: Workspace) -> None:
    query = "CONSTRUCT { ?who ik:supportsTheme ikc:visibility } WHERE { ?who ik:supportsTheme ikc:visibility }"
    run = intlkg("query", query, "--format", "turtle", "--workspace", toy.root)
    assert run.status == 0
    assert "ik:supportsTheme ikc:visibility ." in run.out
    refused = intlkg("query", query, "--workspace", toy.root)
    assert refused.status == 2
    assert "write a SELECT" in refused.err


def test_a_query_that_takes_too_long_is_stopped(intlkg: Intlkg, toy: Workspace) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    run = intlkg("query", endless, "--timeout", "0.5", "--workspace", toy.root)
    assert (run.status, run.out) == (2, "")
    assert "stopped after 0.5 seconds; ask for less, or give more time" in run.err
    graph = f"CONSTRUCT {{ ?a ?b ?n }} WHERE {{ ?a ?b ?c {{ {endless} }} }}"
    again = intlkg(
        "query", graph, "--format", "turtle", "--timeout", "0.5", "--workspace", toy.root
    )
    assert "stopped after 0.5 seconds" in again.err


def test_work_that_takes_too_much_memory_or_breaks_is_an_error_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def grown() -> int:
        held = []
        while len(held) < 3000:
            held.append(b"x" * (1 << 20))
            time.sleep(0.001)
        return len(held)

    monkeypatch.setenv("INTLKG_MEMORY", "0.1")
    for limited in (apart, within):
        with pytest.raises(QueryError, match="more memory"):
            limited(grown, 60)
    with pytest.raises(QueryError, match="more memory"):
        apart(lambda: len(bytearray(17 << 30)), 60)
    with pytest.raises(QueryError, match="broke the engine"):
        apart(lambda: os.kill(os.getpid(), signal.SIGKILL), 60)
    assert apart(lambda: "done", 60) == "done"


def test_a_question_that_makes_a_graph_comes_as_turtle(intlkg: Intlkg, own_toy: Workspace) -> None:
    made = (
        "#+ summary: Who supports what?\n"
        "CONSTRUCT { ?who ik:supportsTheme ?theme } WHERE { ?who ik:supportsTheme ?theme }\n"
    )
    prefix = "PREFIX ik: <https://w3id.org/intlkg/ns#>\n"
    folder = own_toy.root / "queries" / "questions"
    folder.mkdir(parents=True)
    (folder / "supporters.rq").write_text(made.replace("CONSTRUCT", prefix + "CONSTRUCT", 1))
    run = intlkg("ask", "supporters", "--format", "turtle", "--workspace", own_toy.root)
    assert run.status == 0, run.err
    assert "ik:supportsTheme ikc:visibility" in run.out
    refused = intlkg("ask", "supporters", "--workspace", own_toy.root)
    assert refused.status == 2
    assert "turtle" in refused.err.casefold()


def test_answers_and_tables_go_to_pandas_and_show_in_notebooks(toy: Workspace) -> None:
    kg = open_base(toy.root)
    answer = kg.ask("sources-of-theme", theme="visibility")
    frame = answer.to_pandas()
    assert list(frame.columns) == list(answer.variables)
    assert list(frame["who"]) == [row[0] for row in answer.rows]
    assert "<td>P1</td>" in answer._repr_html_()
    table = kg.table("participants")
    assert table.to_pandas().shape == (len(table.rows), len(table.head))
    assert "<mark>Nobody here knows us" in kg.trace("visibility")._repr_html_()


def test_a_concept_has_its_names_and_neighbours(toy: Workspace) -> None:
    kg = open_base(toy.root)
    money = kg.concept("lack of funding")
    assert (money.label, money.scheme, money.broader) == (
        "lack of funding", "Barriers", ("financial barrier",),
    )  # fmt: skip
    assert "lack of funding" in kg.concept("financial barrier").narrower
    with pytest.raises(QueryError, match="no theme is called"):
        kg.concept("money for nothing")


def test_the_python_interface_traces_to_a_depth_and_withdraws(toy: Workspace) -> None:
    kg = open_base(toy.root)
    assert not kg.trace("financial barrier", depth=0).propositions
    found = kg.trace("visibility")
    chain = kg.why(found, found.propositions[0], found.propositions[0].evidence[0])
    assert chain[0].label == "visibility"
    assert {one.label for one in kg.without("P3") if not one.after} == {
        "building an online presence",
        "building an online presence enables internationalization",
    }


def test_a_base_read_into_memory_gives_the_same_answers(corpus: Workspace) -> None:
    on_disk, in_memory = open_base(corpus.root), open_base(corpus.root, in_memory=True)
    for question in ("evidence", "themes", "citations"):
        assert in_memory.ask(question) == on_disk.ask(question)
