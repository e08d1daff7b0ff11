import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from workspaces import ROOT, Run

Intlkg = Callable[..., Run]
COMMANDS = [
    "add", "ask", "audit", "build", "check", "draw", "export", "init", "network", "note", "query", "review", "table", "trace",
    "verify", "without",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_and_takes_a_workspace(
    intlkg: Intlkg, command: str
) -> None:
    run = intlkg(command, "--help")
    assert run.status == 0
    assert run.out.startswith(f"Usage: intlkg {command} ")
    assert f"  Example:\n    intlkg {command}" in run.out
    assert command == "init" or "--workspace DIR" in run.out


def test_the_commands_are_these(intlkg: Intlkg) -> None:
    listed = intlkg("--help").out.split("Commands:")[1].splitlines()
    assert [line.split()[0] for line in listed if line.strip()] == COMMANDS


def test_build_says_what_it_did_and_then_that_nothing_is_to_do(intlkg: Intlkg, own_toy) -> None:
    first = intlkg("build", "--workspace", own_toy.root)
    assert (first.status, first.out) == (0, "")
    assert first.err.startswith("Built 34 files (9 read anew): ")
    second = intlkg("build", "--workspace", own_toy.root)
    assert second.err == "Nothing to do: 34 files unchanged.\n"


def test_trace_prints_the_words_and_their_place(intlkg: Intlkg, toy) -> None:
    run = intlkg("trace", "being seen", "--workspace", toy.root)
    assert run.status == 0
    assert "\u00bbNobody here knows us, abroad they do\u00ab" in run.out
    assert "Lind 2020, section 2 Findings, characters 359-395" in run.out
    assert run.err == ""


def test_an_unknown_theme_is_refused_with_near_ones(intlkg: Intlkg, toy) -> None:
    run = intlkg("trace", "visibilty", "--workspace", toy.root)
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        "intlkg: no theme is called 'visibilty'; did you mean 'visibility'?; "
        "'intlkg ask concepts' lists all\n"
    )


def test_ask_lists_the_questions_by_group(intlkg: Intlkg, toy) -> None:
    run = intlkg("ask", "--workspace", toy.root)
    assert run.out.index("A. Tracing support") < run.out.index("B. Disagreement")
    assert re.search(r"\n  disagreements +[^\n]+\?\n", run.out)
    assert "for example: intlkg ask sources-of-theme theme=visibility" in run.out


def test_ask_prints_a_table_of_labels(intlkg: Intlkg, toy) -> None:
    run = intlkg("ask", "voices-per-motive", "--workspace", toy.root)
    lines = [line.split() for line in run.out.splitlines()]
    assert lines[:2] == [["motive", "participants"], ["visibility", "4"]]
    assert run.err == "3 rows\n"


def test_a_table_never_reads_words_as_markup(intlkg: Intlkg, own_toy) -> None:
    study = own_toy.root / "graphs" / "harbour-2020.trig"
    study.write_text(study.read_text().replace('"all owners"', '"[red]all[/red] owners"'))
    run = intlkg("ask", "unnamed-speakers", "--workspace", own_toy.root)
    assert "[red]all[/red] owners" in run.out


def test_ask_writes_csv_and_json(intlkg: Intlkg, toy) -> None:
    command = ("ask", "sources-of-theme", "theme=distance", "--workspace", toy.root, "--format")
    assert intlkg(*command, "csv").out.splitlines()[0] == "who,voice,stance,role,theme"
    assert '"vars": [' in intlkg(*command, "json").out


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("sources-of-theme", "visibility"), "'visibility' is not PARAMETER=VALUE"),
        (("sources-of-theme", "theme=a", "theme=b"), "'theme' is given twice"),
        (("sources-of-theme", "topic=a"), "no parameter 'topic'"),
        (("nothing",), "there is no question 'nothing'"),
    ],
)
def test_wrong_use_of_ask_is_refused(
    intlkg: Intlkg, toy, arguments: tuple[str, ...], fault: str
) -> None:
    run = intlkg("ask", *arguments, "--workspace", toy.root)
    assert run.status == 2
    assert fault in run.err
    assert "Traceback" not in run.err


def test_a_named_folder_must_be_in_a_workspace(intlkg: Intlkg, tmp_path: Path) -> None:
    run = intlkg("trace", "visibility", "--workspace", tmp_path / "missing")
    assert (run.status, "does not exist" in run.err) == (2, True)
    run = intlkg("trace", "visibility", "--workspace", tmp_path)
    assert run.status == 2
    assert run.err == (
        f"intlkg: {tmp_path} is in no workspace: neither it nor a folder above has an intlkg.toml; "
        "go to one that has, or name it with --workspace\n"
    )


def test_outside_all_workspaces_the_shipped_one_answers(
    intlkg: Intlkg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "M2, M4, M11, M17" in intlkg("trace", "visibility").out


def test_broken_settings_are_refused_in_one_line(intlkg: Intlkg, own_toy) -> None:
    (own_toy.root / "intlkg.toml").write_text("title = ")
    run = intlkg("build", "--workspace", own_toy.root)
    assert run.status == 2
    assert run.err.startswith(f"intlkg: {own_toy.root / 'intlkg.toml'}: ")
    assert run.err.count("\n") == 1


@pytest.mark.parametrize("form", ["turtle", "nquads", "jsonld"])
def test_export_writes_to_a_file_or_to_the_terminal(
    intlkg: Intlkg, toy, tmp_path: Path, form: str
) -> None:
    target = tmp_path / "out"
    run = intlkg("export", "--format", form, "-o", target, "--workspace", toy.root)
    assert run.status == 0
    shown = intlkg("export", "--format", form, "--workspace", toy.root)
    assert shown.out.encode() == target.read_bytes()


def test_draw_writes_the_site_and_says_where(intlkg: Intlkg, own_toy) -> None:
    run = intlkg("draw", "--workspace", own_toy.root)
    start = Path(run.out.strip())
    assert start.name == "index.html"
    for name in ("knowledge", "themes", "citations", "co-citation", "coupling", "theories"):
        assert (start.parent / f"{name}.html").is_file()
    assert "open it in a browser" in run.err


def test_one_view_goes_where_it_is_told(intlkg: Intlkg, toy, tmp_path: Path) -> None:
    target = tmp_path / "themes.html"
    assert intlkg("draw", "--view", "themes", "-o", target, "--workspace", toy.root).status == 0
    assert target.is_file()
    run = intlkg("draw", "-o", target, "--workspace", toy.root)
    assert (run.status, "need --view" in run.err) == (2, True)
    run = intlkg("draw", "--view", "thems", "--workspace", toy.root)
    assert (run.status, "did you mean 'themes'" in run.err) == (2, True)


def test_part_of_a_view_is_drawn_around_an_item(intlkg: Intlkg, toy, tmp_path: Path) -> None:
    target = tmp_path / "part.html"
    part = ("draw", "--view", "knowledge", "--depth", "1", "-o", target, "--workspace", toy.root)
    run = intlkg(*part, "--focus", "visibility")
    assert "3 items, 2 links" in run.err
    assert "visibility motivates internationalization" in target.read_text()
    assert "distance determines" not in target.read_text()
    run = intlkg(*part, "--focus", "visibilty")
    assert (run.status, "did you mean 'visibility'" in run.err) == (2, True)


def test_plain_draws_what_pyvis_draws(intlkg: Intlkg, toy, tmp_path: Path) -> None:
    target = tmp_path / "plain.html"
    run = intlkg("draw", "--view", "themes", "--plain", "-o", target, "--workspace", toy.root)
    assert run.status == 0
    html = target.read_text()
    assert "new vis.Network" in html
    assert "visibility" in html
    assert "https://cdn" not in html


def test_check_says_that_nothing_is_wrong(intlkg: Intlkg, toy) -> None:
    run = intlkg("check", "--workspace", toy.root)
    assert (run.status, run.out) == (0, "")
    assert "51% of the text of Berg 2021 is stored." in run.err
    assert run.err.endswith("No problems; 32 anchored passages.\n")


def test_a_closed_pipe_is_no_error(toy) -> None:
    command = f"{sys.executable} -m intlkg.cli export --workspace {toy.root} | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_asking_loads_no_slow_library(toy) -> None:
    code = (
        "import sys; sys.argv = ['intlkg', 'trace', 'visibility'];"
        "from intlkg import cli\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "slow = {'rdflib', 'networkx', 'numpy', 'pyvis', 'pyshacl', 'bibtexparser', 'rich'}\n"
        "print(sorted(slow & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=toy.root, capture_output=True, text=True, env=os.environ
    )
    assert done.stderr.strip() == "[]"


def test_adding_outside_all_workspaces_never_writes_to_the_shipped_one(
    intlkg: Intlkg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "library.bib"
    library.write_text("@book{a, title = {T}, author = {A, B.}, year = {2001}}\n")
    monkeypatch.chdir(tmp_path)
    run = intlkg("add", library)
    assert (run.status, run.out) == (2, "")
    assert f"{tmp_path} is in no workspace" in run.err
    assert not (ROOT / "bib" / "library.bib").exists()
