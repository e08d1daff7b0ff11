"""Answers in the formats that people paste elsewhere, and free queries."""

import csv
import io
import json
import re
from collections.abc import Callable

import pytest

from intlkg import tables
from intlkg.workspace import Workspace
from workspaces import Run

Intlkg = Callable[..., Run]
HEAD = ("who", "words")
ROWS = (("=M1", 'a|b *c* <script> & 50% $x_1 \\ "q"'), ("M2", "two\nlines"))
THEMES = "SELECT ?who { ?who ik:supportsTheme ikc:visibility } ORDER BY ?who"


def test_csv_and_tsv_hold_every_cell() -> None:
    read = list(csv.reader(io.StringIO(tables.as_csv(HEAD, ROWS))))
    assert read == [list(HEAD), ["'=M1", ROWS[0][1]], list(ROWS[1])]
    assert tables.as_tsv(HEAD, ROWS).splitlines()[2] == "M2\ttwo lines"


def test_markdown_and_html_run_nothing_of_a_cell() -> None:
    markdown = tables.as_markdown(HEAD, ROWS)
    assert markdown.splitlines()[1] == "| --- | --- |"
    assert r"a\|b \*c\* \<script\>" in markdown
    assert len(markdown.splitlines()) == 4
    page = tables.as_html(HEAD, ROWS)
    assert "<script>" not in page
    assert "&lt;script&gt; &amp; 50%" in page


def test_latex_escapes_what_it_would_read() -> None:
    latex = tables.as_latex(HEAD, ROWS)
    assert r"\& 50\% \$x\_1 \textbackslash{}" in latex
    assert latex.startswith("\\begin{tabular}{ll}\n\\toprule\n")


@pytest.mark.parametrize("form", [*tables.FORMATS, "json"])
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
