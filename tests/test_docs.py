"""The documentation is under test: commands run, code blocks parse, help texts are current."""

import copy
import doctest
import json
import re
import runpy
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

import intlkg
from intlkg import api, bib, build, questions, workspace
from intlkg.store import Store, parse
from intlkg.workspace import Workspace
from workspaces import DATA, ROOT, Run

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _blocks(language: str) -> list[tuple[str, str]]:
    fence = re.compile(rf"^```{language}\n(.*?)^```", re.M | re.S)
    return [
        (f"{path.name}-{number}", block)
        for path in DOCUMENTS
        for number, block in enumerate(fence.findall(path.read_text(encoding="utf-8")), 1)
    ]


def _commands() -> list[str]:
    lines = [line for _, block in _blocks("sh") for line in block.splitlines()]
    return [line.split("#")[0].strip() for line in lines if line.startswith("intlkg ")]


def test_the_readme_is_short_and_its_picture_is_there() -> None:
    assert README.count("\n") <= 120
    for path in re.findall(r"\]\((?!http|#)([^)]+)\)", README):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for path in re.findall(r"\]\((?!http|#)([^)#]+)\)", text):
        assert (document.parent / path).exists(), path


@pytest.fixture(scope="module")
def documented(corpus: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped workspace with a library of one's own, built; tests copy it with its store."""
    folder = tmp_path_factory.mktemp("documented") / "own"
    shutil.copytree(corpus.root, folder, ignore=shutil.ignore_patterns("build"))
    shutil.copy(DATA / "bib" / "zotero.bib", folder / "library.bib")
    own = workspace.read(folder)
    bib.add(own, [folder / "library.bib"])
    build.build(own)
    return folder


@pytest.mark.parametrize("command", _commands())
def test_a_documented_command_runs(
    command: str,
    documented: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    intlkg: Callable[..., Run],
) -> None:
    own = tmp_path / "own"
    shutil.copytree(documented, own)
    monkeypatch.chdir(own)
    run = intlkg(*shlex.split(command)[1:])
    assert run.status == 0, run.err


def test_the_readme_shows_what_trace_prints(corpus: Workspace, intlkg: Callable[..., Run]) -> None:
    shown = re.search(r"```console\n\$ intlkg trace visibility\n(.*?)```", README, re.S)
    assert shown
    assert intlkg("trace", "visibility", "--workspace", corpus.root).out.strip() == shown[1].strip()


@pytest.mark.parametrize(("name", "block"), _blocks("turtle"))
def test_a_turtle_block_parses_and_holds_in_our_data(
    name: str, block: str, corpus_store: Store
) -> None:
    quads = parse("block.ttl", block.encode(), "http://g")
    assert isinstance(quads, list), quads
    known = {str(quad.triple) for quad in corpus_store.find()}
    assert not [str(quad.triple) for quad in quads if str(quad.triple) not in known], name


@pytest.mark.parametrize(("name", "block"), _blocks("sparql"))
def test_a_sparql_block_runs_in_both_engines(name: str, block: str, corpus_store: Store) -> None:
    assert corpus_store.select(block).variables, name
    rdflib.Graph().query(block)
    if block.startswith("#+"):
        assert questions.read("queries/questions/block.rq", block.encode()).summary


def test_the_first_query_of_the_readme_names_the_four_managers(corpus_store: Store) -> None:
    block = dict(_blocks("sparql"))["README.md-1"]
    found = {corpus_store.label(row["source"]) for row in corpus_store.select(block)}  # type: ignore[arg-type]
    assert found == {"M2", "M4", "M11", "M17", "Makaya 2024"}


def test_a_python_block_runs(
    corpus: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(corpus.root)
    for _, block in _blocks("python"):
        exec(compile(block, "README.md", "exec"), {})  # noqa: S102
    assert "['M2'" in capsys.readouterr().out.replace("(", "[")


def test_the_notebook_prints_what_it_shows(
    corpus: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus.root)
    shown = json.loads((ROOT / "docs" / "tour.ipynb").read_text(encoding="utf-8"))
    run = runpy.run_path(str(ROOT / "scripts" / "notebook.py"))["executed"](copy.deepcopy(shown))
    assert sum(len(cell.get("outputs", ())) for cell in shown["cells"]) >= 10
    assert run == shown


def test_docstrings_are_true(corpus: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus.root)
    result = doctest.testmod(api)
    assert (result.failed, result.attempted) == (0, 13)


def test_the_help_texts_in_the_documentation_are_current(
    monkeypatch: pytest.MonkeyPatch, intlkg: Callable[..., Run]
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    shown = re.findall(r"## intlkg (\w+)\n\n```text\n(.*?)```", text, re.S)
    assert len(shown) == 16
    for command, words in shown:
        assert intlkg(command, "--help").out.strip() == words.strip()


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
def test_the_graph_of_the_python_interface_answers_sparql(corpus: Workspace) -> None:
    kg = intlkg.open(corpus.root)
    found = kg.graph.query("SELECT ?source { ?source ik:supportsTheme ikc:visibility }")
    assert len(list(found)) == 5
    assert kg.ask("sources-of-theme", theme="visibility").rows


def test_the_version_is_the_same_everywhere() -> None:
    for name in ("pyproject.toml", "CITATION.cff"):
        assert intlkg.__version__ in (ROOT / name).read_text(encoding="utf-8")
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
