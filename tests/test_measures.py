"""Measures of networks, checked on networks small enough to count by hand; and their files."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

import networks
from intlkg import network, questions
from intlkg.base import Base
from intlkg.errors import QueryError
from intlkg.workspace import Workspace
from workspaces import Run


@pytest.fixture
def two_groups() -> "nx.MultiDiGraph[str]":
    """Two triangles, joined by one item between them: a-b-c, x-y-z, c-m-x."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in "abcmxyz":
        graph.add_node(name, kind="theme", label=name, group="", text="", facts=[], year=None)
    for one, other in ("ab", "bc", "ca", "xy", "yz", "zx", "cm", "mx"):
        known = {"relation": "is with", "stance": "", "weight": 1, "text": "", "facts": []}
        graph.add_edge(one, other, **known)
    graph.add_edge("a", "a", relation="is itself", stance="", weight=9, text="", facts=[])
    return graph


def test_degree_counts_items_and_strength_counts_weights(two_groups) -> None:
    degree = network.measured(two_groups, "degree")
    assert degree == {"a": 2, "b": 2, "c": 3, "m": 2, "x": 3, "y": 2, "z": 2}
    two_groups.add_edge("b", "a", relation="is with", stance="", weight=4)
    assert network.measured(two_groups, "strength")["a"] == 6


def test_what_lies_between_two_groups_has_the_highest_betweenness(two_groups) -> None:
    between = network.measured(two_groups, "betweenness")
    assert between["m"] == pytest.approx(9 / 15)
    assert between["c"] == pytest.approx(8 / 15)
    assert between["a"] == 0


def test_communities_are_the_two_groups_and_the_same_each_time(two_groups) -> None:
    community = network.measured(two_groups, "community")
    assert community["a"] == community["b"] == community["c"]
    assert community["x"] == community["y"] == community["z"] != community["a"]
    assert network.measured(two_groups, "community") == community
    assert min(community.values()) == 1


def test_the_core_is_what_holds_together(two_groups) -> None:
    two_groups.add_edge("a", "p", relation="", stance="", weight=1)
    two_groups.nodes["p"].update(kind="theme", label="p")
    core = network.measured(two_groups, "core")
    assert (core["p"], core["a"]) == (1, 2)


def test_a_bridge_links_communities_evenly(two_groups) -> None:
    bridging = network.measured(two_groups, "bridging")
    assert bridging["m"] == pytest.approx(0.5)
    assert bridging["a"] == bridging["y"] == 0
    assert 0 < bridging["x"] < 0.5 or 0 < bridging["c"] < 0.5


def test_an_item_without_links_has_measures_too() -> None:
    for name in network.MEASURES:
        values = network.measured(networks.study(), name)
        assert len(values) == 12, name
    assert network.measured(networks.study(), "degree")[networks.BASE + "concept/alone"] == 0


# ---- files


@pytest.mark.parametrize("view", ["knowledge", "themes", "participants", "theories", "citations"])
def test_graphml_and_gexf_read_back_whole(toy_base: Base, view: str) -> None:
    graph = network.project(toy_base, questions.named(toy_base.workspace, view, "views"))
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        text = network.FORMATS[form](graph)
        found = read(io.BytesIO(text.encode()))
        assert set(found) == set(graph)
        assert found.number_of_edges() == graph.number_of_edges()
        for iri in graph:
            assert found.nodes[iri]["label"] == graph.nodes[iri]["label"]
        assert network.FORMATS[form](graph) == text


def test_words_that_xml_cannot_hold_and_markup_survive_in_files() -> None:
    graph = networks.hostile()
    first = next(iter(graph))
    graph.nodes[first]["text"] = "a\x00b\x0bc \ud7ff <&> \N{OLD PERSIAN SIGN A}"
    found = nx.read_graphml(io.BytesIO(network.FORMATS["graphml"](graph).encode()))
    assert found.nodes[first]["text"] == "a b c \ud7ff <&> \N{OLD PERSIAN SIGN A}"
    nx.read_gexf(io.BytesIO(network.FORMATS["gexf"](graph).encode()))
    rows = list(csv.reader(io.StringIO(network.FORMATS["nodes"](graph))))
    assert len(rows) == len(graph) + 1


def test_vosviewer_gets_items_links_clusters_and_years(toy_base: Base) -> None:
    graph = network.project(toy_base, questions.named(toy_base.workspace, "knowledge", "views"))
    body = json.loads(network.FORMATS["vosviewer"](graph))["network"]
    items = {item["id"]: item for item in body["items"]}
    assert sorted(items) == list(range(1, len(graph) + 1))
    assert {item["cluster"] for item in items.values()} >= {1, 2}
    assert all(item["weights"]["Links"] >= 0 for item in items.values())
    assert {item["scores"]["Year"] for item in items.values() if "scores" in item} >= {2020}
    pairs = [(link["source_id"], link["target_id"]) for link in body["links"]]
    assert len(pairs) == len(set(pairs))
    assert all(one < other and {one, other} <= set(items) for one, other in pairs)


def test_lists_have_the_columns_that_gephi_reads(toy_base: Base) -> None:
    graph = network.project(toy_base, questions.named(toy_base.workspace, "participants", "views"))
    nodes = list(csv.DictReader(io.StringIO(network.FORMATS["nodes"](graph))))
    edges = list(csv.DictReader(io.StringIO(network.FORMATS["edges"](graph))))
    ids = {node["Id"] for node in nodes}
    assert {node["Label"] for node in nodes} >= {"P1", "visibility"}
    assert all({edge["Source"], edge["Target"]} <= ids for edge in edges)
    assert {edge["Stance"] for edge in edges} >= {"supports", "disputes"}


# ---- the shipped views


def _links(base: Base, view: str) -> list[tuple[str, str, str, int]]:
    graph = network.project(base, questions.named(base.workspace, view, "views"))
    return [
        (graph.nodes[a]["label"], data["relation"], graph.nodes[b]["label"], data["weight"])
        for a, b, data in graph.edges(data=True)
    ]


def test_participants_are_linked_with_the_themes_that_they_speak_of(toy_base: Base) -> None:
    links = _links(toy_base, "participants")
    assert ("P5", "disputes", "distance", 1) in links
    assert ("P2", "supports", "visibility", 2) in links


def test_who_cites_what_and_which_theory_was_stated_where(corpus_base: Base) -> None:
    links = _links(corpus_base, "citations")
    assert ("Uppsala model", "was stated in", "Johanson & Vahlne 1977", 1) in links
    assert ("Uppsala model", "was revised in", "Johanson & Vahlne 2009", 1) in links
    cited = [link for link in links if link[:2] == ("Makaya 2024", "cites")]
    assert len(cited) == 51
    assert ("Makaya 2024", "cites", "Hollensen 2017", 4) in links


def test_theories_are_linked_with_their_critics(corpus_base: Base) -> None:
    links = _links(corpus_base, "theories")
    assert ("born global theory", "criticizes", "Uppsala model", 1) in links
    assert ("eclectic paradigm", "extends", "internalization theory", 1) in links


def test_works_of_one_sentence_are_cited_together(corpus_base: Base) -> None:
    links = _links(corpus_base, "co-citation")
    assert len(links) == 25
    assert len([link for link in links if "Knight & Liesch 2016" in link]) == 4


def test_texts_that_cite_the_same_are_coupled(
    own_toy: Workspace, intlkg: Callable[..., Run]
) -> None:
    (own_toy.root / "more.bib").write_text(
        "@article{a, title={First boats}, author={Ay, A}, year={2001}, cites={c, d}}\n"
        "@article{b, title={Second boats}, author={Be, B}, year={2002}, cites={c, d}}\n"
        "@article{c, title={Third harbour}, author={Ce, C}, year={1999}}\n"
        "@article{d, title={Fourth harbour}, author={De, D}, year={1998}}\n"
    )
    assert intlkg("add", own_toy.root / "more.bib", "--workspace", own_toy.root).status == 0
    run = intlkg("network", "coupling", "--format", "edges", "--workspace", own_toy.root)
    (row,) = csv.DictReader(io.StringIO(run.out))
    assert (row["Label"], row["Weight"]) == ("shares references with", "2")


# ---- the command


def test_views_are_listed_measured_and_written(
    intlkg: Callable[..., Run], toy: Workspace, tmp_path: Path
) -> None:
    listed = intlkg("network", "--workspace", toy.root).out
    assert all(name in listed for name in questions.load(toy, "views"))
    run = intlkg(
        "network", "themes", "--measure", "degree", "--format", "csv", "--workspace", toy.root
    )
    rows = list(csv.DictReader(io.StringIO(run.out)))
    assert list(rows[0]) == ["item", "kind", "degree"]
    assert [float(row["degree"]) for row in rows] == sorted(
        (float(row["degree"]) for row in rows), reverse=True
    )
    target = tmp_path / "x.gexf"
    run = intlkg("network", "themes", "--format", "gexf", "-o", target, "--workspace", toy.root)
    assert run.err == f"Wrote {target}.\n"
    assert len(nx.read_gexf(target)) == len(rows)
    wrong = intlkg("network", "theme", "--workspace", toy.root)
    assert (wrong.status, "did you mean 'themes'" in wrong.err) == (2, True)


def test_part_of_a_network_from_python(toy: Workspace) -> None:
    from intlkg import open as open_base

    kg = open_base(toy.root)
    whole, part = kg.network(), kg.network(focus="visibility", depth=1)
    assert 1 < len(part) < len(whole)
    with pytest.raises(QueryError, match="no item of this view is called 'visib'"):
        kg.network(focus="visib")
    assert "<iframe" in kg.draw("themes")._repr_html_()
