import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intlkg import build, evidence
from intlkg.base import Base
from intlkg.errors import BuildError, StoreError
from intlkg.store import Iri
from intlkg.vocab import TRUSTED
from intlkg.workspace import Workspace, read
from workspaces import DATA, copy_of


def test_an_unchanged_workspace_builds_nothing(own_toy: Workspace) -> None:
    assert build.build(own_toy).fresh
    before = {path: path.stat().st_mtime_ns for path in own_toy.generated.rglob("*")}
    assert not build.build(own_toy).fresh
    assert {path: path.stat().st_mtime_ns for path in own_toy.generated.rglob("*")} == before


def test_only_the_changed_file_is_read_anew(own_toy: Workspace) -> None:
    build.build(own_toy)
    concepts = own_toy.root / "ontology" / "concepts" / "toy.ttl"
    concepts.write_text(concepts.read_text().replace('"being seen"', '"being looked at"'))
    built = build.build(own_toy)
    assert built.parsed == ("ontology/concepts/toy.ttl",)
    found = evidence.trace(Base(own_toy, build.opened(own_toy)), "being looked at")
    assert found.theme.label == "visibility"


def test_a_deleted_file_is_gone_from_the_store(own_toy: Workspace) -> None:
    build.build(own_toy)
    (own_toy.root / "graphs" / "harbour-2020.trig").unlink()
    build.build(own_toy)
    assert evidence.trace(Base(own_toy, build.opened(own_toy)), "visibility").propositions == ()


def test_all_defects_are_named_at_once_and_the_previous_store_stays(own_toy: Workspace) -> None:
    build.build(own_toy)
    (own_toy.root / "graphs" / "bad.ttl").write_text("<a> <b> .\n")
    (own_toy.root / "graphs" / "worse.trig").write_text("\n\n@prefix : <x> \n")
    with pytest.raises(BuildError) as raised:
        build.build(own_toy)
    assert [problem.path for problem in raised.value.problems] == [
        "graphs/bad.ttl",
        "graphs/worse.trig",
    ]
    assert evidence.trace(Base(own_toy, build.opened(own_toy)), "visibility").propositions


def test_a_rule_that_does_not_parse_is_named(own_toy: Workspace) -> None:
    rules = own_toy.root / "queries" / "rules"
    rules.mkdir(parents=True)
    (rules / "99-mine.rq").write_text("#+ summary: broken\nCONSTRUCT { ?s }\n")
    with pytest.raises(BuildError) as raised:
        build.build(own_toy)
    (problem,) = raised.value.problems
    assert (problem.path, problem.line) == ("queries/rules/99-mine.rq", 2)


def test_before_the_first_build_the_cure_is_named(own_toy: Workspace) -> None:
    with pytest.raises(StoreError, match="run 'intlkg build'"):
        build.opened(own_toy)


def test_the_trusted_graph_holds_no_suggestion(toy: Workspace) -> None:
    build.build(toy)
    suggested = Iri("https://example.org/toy/graph/harbour-2020/suggested")
    quads = list(build.dump(toy))
    suggestions = {quad.triple for quad in quads if quad.graph_name == suggested}
    trusted = {quad.triple for quad in quads if quad.graph_name == Iri(TRUSTED)}
    assert len(suggestions) == 11
    assert not suggestions & trusted


def test_rules_derive_classes_facets_closure_shortcuts_and_disagreements(
    toy: Workspace,
) -> None:
    build.build(toy)
    ik, ikc = "https://w3id.org/intlkg/ns#", "https://w3id.org/intlkg/concept/"
    data = "https://example.org/toy/data/harbour-2020/"
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    trusted = {
        (q.subject.value, q.predicate.value, q.object.value)
        for q in build.dump(toy)
        if q.graph_name == Iri(TRUSTED) and isinstance(q.subject, Iri) and isinstance(q.object, Iri)
    }
    assert (data + "q359", kind, ik + "ParticipantStatement") in trusted
    assert (ikc + "visibility", kind, ik + "Motive") in trusted
    assert (ikc + "lack-of-funding", ik + "broaderOrSelf", ikc + "financial-barrier") in trusted
    assert (data + "P2", ik + "supportsTheme", ikc + "visibility") in trusted
    assert (data + "P5", ik + "disputesTheme", ikc + "distance") in trusted
    assert (data + "P4", ik + "mentionsTheme", ikc + "lack-of-funding") in trusted
    assert (data + "P4", ik + "supportsTheme", ikc + "lack-of-funding") not in trusted
    distance = "https://example.org/toy/disagreement/distance-determines-internationalization"
    assert (distance, kind, ik + "Disagreement") in trusted


def test_a_correction_wins_over_what_is_printed_and_print_is_kept(toy: Workspace) -> None:
    build.build(toy)
    work = Iri("https://example.org/toy/work/berg-moe-2017-seen")
    year = Iri("http://purl.org/spar/fabio/hasPublicationYear")
    printed = Iri("https://w3id.org/intlkg/ns#yearAsPrinted")
    trusted = [q for q in build.dump(toy) if q.graph_name == Iri(TRUSTED)]
    assert [q.object.value for q in trusted if (q.subject, q.predicate) == (work, year)] == ["2018"]
    entry = Iri("https://example.org/toy/data/harbour-2020/ref1")
    assert [q.object.value for q in trusted if (q.subject, q.predicate) == (entry, printed)] == [
        "2017"
    ]


def test_a_literal_is_exported_as_it_was_written(own_toy: Workspace) -> None:
    note = '<http://e.org/a> <http://e.org/p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    (own_toy.root / "graphs" / "numbers.ttl").write_text(note)
    build.build(own_toy)
    assert note.strip(" .\n") in build.export(own_toy, "nquads").decode()


@pytest.mark.parametrize("engine", ["memory", "disk"])
def test_both_engines_give_the_same_answer(own_toy: Workspace, engine: str) -> None:
    settings = own_toy.root / "intlkg.toml"
    settings.write_text(settings.read_text() + f'engine = "{engine}"\n')
    workspace = read(own_toy.root)
    found = evidence.trace(Base(workspace, build.store(workspace)), "visibility")
    assert ("P1", "P2", "P3") in {item.names for item in found.propositions[0].of("supports")}
    disks = list((workspace.generated / "store").glob("*/disk"))
    assert len(disks) == (1 if engine == "disk" else 0)


def _in_fresh_process(folder: Path, seed: str, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "intlkg.cli", *arguments, "--workspace", str(folder)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
    )


def test_the_same_input_gives_the_same_bytes_in_any_folder_and_under_any_hash_seed(
    tmp_path: Path,
) -> None:
    outputs = []
    for seed in ("1", "2"):
        folder = tmp_path / f"copy-{seed}"
        copy_of(DATA / "toy", folder)
        for form in ("turtle", "nquads", "jsonld"):
            _in_fresh_process(folder, seed, "export", "--format", form, "-o", str(folder / form))
        _in_fresh_process(folder, seed, "draw")
        made = [*(folder / form for form in ("turtle", "nquads", "jsonld"))]
        made += sorted((folder / "build" / "site").glob("*.html"))
        outputs.append([(path.name, path.read_bytes()) for path in made])
    assert len(outputs[0]) >= 5
    assert outputs[0] == outputs[1]


def test_a_build_killed_at_any_moment_leaves_a_usable_store(own_toy: Workspace) -> None:
    settings = own_toy.root / "intlkg.toml"
    settings.write_text(settings.read_text() + 'engine = "disk"\n')
    workspace = read(own_toy.root)
    build.build(workspace)
    concepts = own_toy.root / "ontology" / "concepts" / "toy.ttl"
    command = [sys.executable, "-m", "intlkg.cli", "build", "--workspace", str(own_toy.root)]
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    whole = time.monotonic() - started
    for step in range(1, 13):
        with concepts.open("a") as stream:
            stream.write(f"# change {step}\n")
        shutil.rmtree(workspace.generated / "cache", ignore_errors=True)
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(1.5 * whole * step / 12)
        process.kill()
        process.wait()
        found = evidence.trace(Base(workspace, build.opened(workspace)), "visibility")
        assert found.propositions[0].of("supports")
    assert build.build(workspace).files
    left = {path.name for path in (workspace.generated / "store").iterdir()}
    assert not {name for name in left if name.endswith(".part")}


def _on_disk(workspace: Workspace) -> Workspace:
    settings = workspace.root / "intlkg.toml"
    settings.write_text(settings.read_text() + 'engine = "disk"\n')
    return read(workspace.root)


def _entry(key: str, title: str, journal: str = "Harbour Studies") -> str:
    author = f"{key.split('-', 1)[0].capitalize()}, Ann and Moe, Ola"
    fields = f"author = {{{author}}}, title = {{{title}}}, year = {{2020}}"
    return f"@article{{{key}, {fields}, journal = {{{journal}}}, keywords = {{port cities}}}}\n"


CHANGES = {
    "a paper is new": ({"bib/new.bib": _entry("new-2020-quays", "Quays")}, True),
    "two papers are new in two files": (
        {"bib/n.bib": _entry("n-2020-a", "A"), "bib/m.bib": _entry("m-2020-b", "B", "Other")},
        True,
    ),
    "a paper changes": ({"bib/own.bib": _entry("own-2020-piers", "Piers and Quays")}, True),
    "a paper is withdrawn": ({"bib/own.bib": None}, True),
    "a venue of a withdrawn paper is in another library": (
        {"bib/own.bib": _entry("own-2020-piers", "Piers", "Other Journal")},
        False,
    ),
    "a paper is a reviewed one": ({"bib/rev.bib": _entry("rev-2020-looked", "Looked at")}, True),
    "two libraries speak of one work": (
        {"bib/two.bib": _entry("own-2020-piers", "Piers again")},
        False,
    ),
    "a mark is new": ({"bib/themes.tsv": "word\tconcept\nport cities\tdistance\n"}, False),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_store_that_went_along_with_a_change_is_as_one_that_is_built_anew(
    own_toy: Workspace, case: str
) -> None:
    workspace = _on_disk(own_toy)
    (workspace.root / "bib" / "own.bib").write_text(_entry("own-2020-piers", "Piers", "Quayside"))
    (workspace.root / "bib" / "big.bib").write_text(
        "\n".join(_entry(f"b{n}-2020-x{n}", f"Big {n}") for n in range(60))
        + (_entry("c-2020-c", "C", "Quayside") if "venue" in case else "")
    )
    (workspace.root / "bib" / "reviewed.tsv").write_text(
        "work\tconcept\tdecision\tby\twords\nrev-2020-looked\tvisibility\taccept\tme\tLooked\n"
    )
    build.build(workspace)
    made, along = CHANGES[case]
    for name, text in made.items():
        if text is None:
            (workspace.root / name).unlink()
        else:
            (workspace.root / name).write_text(text)
    went = build.build(workspace)
    dumped, stored = set(build.dump(workspace)), set(build.opened(workspace).find())
    shared = len({path.stat().st_ino for path in workspace.generated.rglob("*.sst")})
    assert (shared < len(list(workspace.generated.rglob("*.sst")))) is along
    shutil.rmtree(workspace.generated / "store")
    whole = build.build(workspace)
    assert stored == set(build.opened(workspace).find())
    assert dumped == set(build.dump(workspace))
    assert (went.quads, went.trusted, went.inferred) == (
        whole.quads,
        whole.trusted,
        whole.inferred,
    )
