import base64
import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

import networks
from intlkg import network, pages, questions
from intlkg.base import Base
from intlkg.pages import kinds
from intlkg.pages.layout import positions
from intlkg.vocab import STANCES, VOICES

ABOUT = pages.About("A study", "What it shows", said=networks.said())


def _data(html: str, name: str = "data"):
    found = re.search(
        rf'<script type="application/(json|gzip)" id="{name}">(.*?)</script>', html, re.S
    )
    assert found
    return json.loads(
        found[2] if found[1] == "json" else gzip.decompress(base64.b64decode(found[2]))
    )


@pytest.fixture(scope="module")
def html() -> str:
    return pages.page(networks.study(), ABOUT)


def test_the_page_carries_every_item_and_link(html: str) -> None:
    data = _data(html)
    assert [(k["plural"], k["count"]) for k in data["kinds"]] == [
        ("themes", 3),
        ("propositions", 2),
        ("statements", 3),
        ("participants", 3),
        ("sources", 1),
    ]
    assert len(data["edges"]) == 11
    assert [node["label"] for node in data["nodes"] if node["id"] == "concept/alone"] == [
        "lonely theme"
    ]


def test_the_items_of_the_map_go_through_pyvis(html: str) -> None:
    shapes = {node["group"]: node["shape"] for node in _data(html, "vis-nodes")}
    assert shapes["theme"] == "hexagon"
    assert len(set(shapes.values())) == 5
    assert all({"x", "y"} <= set(node) for node in _data(html, "vis-nodes"))


def test_the_page_asks_for_nothing_from_anywhere(html: str) -> None:
    markup = re.sub(r"<script.*?</script>|<style>.*?</style>", "", html, flags=re.S)
    assert not re.findall(r"(?:src|href)=[\"'](?!#)", markup)
    assert "default-src &#39;none&#39;" in html


def test_no_word_of_the_data_can_become_markup() -> None:
    html = pages.page(networks.hostile(), pages.About(*networks.HOSTILE[:2]))
    assert html.count("</script>") == 4
    assert "<img" not in html
    labels = {node["label"] for node in _data(html)["nodes"]}
    assert labels == set(networks.HOSTILE)


def test_ids_of_two_items_never_clash() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in ("https://a.org/x/y", "https://b.org/x/y", "https://c.org/x#y"):
        graph.add_node(iri, kind="theme", label=iri, group="", text="", facts=[], year=None)
    ids = [node["id"] for node in _data(pages.page(graph, ABOUT))["nodes"]]
    assert sorted(ids) == ["x/y", "x/y~2", "x/y~3"]


def test_nodes_stand_apart_and_components_do_not_overlap() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    nx.add_cycle(graph, [f"a{n}" for n in range(30)])
    nx.add_star(graph, [f"b{n}" for n in range(20)])
    graph.add_nodes_from(["lone", "other"])
    places = positions(graph)
    assert set(places) == set(graph.nodes)
    points = list(places.values())
    for number, (x, y) in enumerate(points):
        for u, v in points[number + 1 :]:
            assert (x - u) ** 2 + (y - v) ** 2 > 15**2


def test_a_network_of_nothing_is_a_page_too() -> None:
    assert _data(pages.page(nx.MultiDiGraph(), ABOUT))["nodes"] == []


def test_the_same_network_gives_the_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    script = (
        "import networks, sys; from intlkg import pages; from pathlib import Path;"
        "pages.write(networks.study(), Path(sys.argv[1]), pages.About('t', 'n'))"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / f"{seed}.html")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
            check=True,
        )
    assert (tmp_path / "1.html").read_bytes() == (tmp_path / "2.html").read_bytes()


def test_a_large_network_is_packed_whole_and_draws_an_overview(tmp_path: Path) -> None:
    graph = networks.large(3_000, 7_500)
    html = pages.page(graph, ABOUT)
    data = _data(html)
    assert (len(data["nodes"]), len(data["edges"])) == (3_000, 7_500)
    drawn = _data(html, "vis-nodes")
    assert len(drawn) == 300
    assert {node["group"] for node in drawn} == {"theme"}
    assert 0 < len(data["overview"]) <= 450
    assert html == pages.page(networks.large(3_000, 7_500), ABOUT)
    raw = len(json.dumps(data))
    assert len(html) < 600_000 + raw / 2


def test_the_page_says_what_is_known_besides_the_network() -> None:
    iri = networks.BASE + "work/makaya"
    about = pages.About(
        "t", "n",
        queries={"view": "SELECT ?x { ?x a ?y }"},
        citations={iri: "@article{makaya}"},
        pages={iri: "work/makaya.html"},
        measures={"degree": dict.fromkeys(networks.study(), 1.0)},
    )  # fmt: skip
    data = _data(pages.page(networks.study(), about))
    (source,) = [node for node in data["nodes"] if node["kind"] == "source"]
    assert (source["bibtex"], source["href"], source["m"]) == (
        "@article{makaya}", "work/makaya.html", [1.0],
    )  # fmt: skip
    assert data["measures"] == ["degree"]
    assert data["queries"]["view"].startswith("SELECT")


def test_nothing_is_written_beside_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pages.write(networks.study(), tmp_path / "site" / "x.html", ABOUT)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["site", "x.html"]


def test_the_page_is_given_what_python_says_of_themes(html: str) -> None:
    data = _data(html)
    theme = next(node for node in data["nodes"] if node["id"] == "concept/distance")
    assert theme["tally_words"] == ["1 participant supports it; 1 participant disputes it."]
    assert theme["who"][1] == ["M1", "participant", "disputes", "about"]
    assert data["nodes"][theme["who_at"][1]]["label"] == "M1"
    step, role = theme["propositions"][0]
    assert (data["nodes"][step]["id"], role) == ("proposition/one", "")
    assert ["is about", "", "", "about"] in data["relations"]


def test_kinds_and_stances_are_shown_by_one_table(corpus_base: Base) -> None:
    data = _data(pages.page(networks.study(), ABOUT))
    assert [stance["stance"] for stance in data["stances"]] == list(STANCES)
    for view in questions.load(corpus_base.workspace, "views").values():
        graph = network.project(corpus_base, view)
        assert {known["kind"] for _, known in graph.nodes(data=True)} <= set(kinds.KINDS)


def test_scripts_hold_no_list_of_kinds_stances_or_voices() -> None:
    words = "|".join({*kinds.KINDS, *STANCES, *VOICES} - {"group"})
    for path in (Path(pages.__file__).parent / "templates").glob("*.js"):
        assert not re.findall(rf"[\"'`](?:{words})[\"'`]", path.read_text("utf-8")), path.name
