import csv

import pytest

from intlkg import build, mappings
from intlkg.store import Iri, Quad, Store
from intlkg.vocab import IKC, term
from intlkg.workspace import Workspace
from workspaces import ROOT

TABLES = sorted((ROOT / "ontology" / "mappings").glob("*.sssom.tsv"))
TABLE = """\
#curie_map:
#  ikc: https://w3id.org/intlkg/concept/
#  stw: http://zbw.eu/stw/descriptor/
#object_source: http://zbw.eu/stw
subject_id\tpredicate_id\tobject_id\tobject_label\tobject_type\tmapping_justification
ikc:franchising\tskos:exactMatch\tstw:12782-5\tFranchising\t\tsemapv:ManualMappingCuration
ikc:internationalization\tskos:notation\t\tF23\trdfs literal\tsemapv:ManualMappingCuration
"""


def _read(table: str) -> tuple[list[Quad], list[str]]:
    quads, problems = mappings.read("x.sssom.tsv", table.encode(), "http://g")
    return quads, [str(problem) for problem in problems]


def test_a_table_becomes_mappings_and_notations() -> None:
    quads, problems = _read(TABLE)
    assert problems == []
    said = {(q.subject, q.predicate.value, q.object) for q in quads}
    stw = Iri("http://zbw.eu/stw/descriptor/12782-5")
    assert (Iri(IKC + "franchising"), term("skos:exactMatch"), stw) in said
    notations = [q.object.value for q in quads if q.predicate.value == term("skos:notation")]
    assert notations == ["F23"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("exactMatch", "sameAs", "6: 'skos:sameAs' is no mapping; use one of skos:exactMatch"),
        ("stw:12782", "gnd:12782", "6: the prefix of 'gnd:12782-5' is not in curie_map"),
        ("\tFranchising", "\t", "6: the row has no object_label; fill it in"),
        ("F23\trdfs literal\tsemapv:ManualMappingCuration", "F23\trdfs literal\t",
         "7: the row has no mapping_justification"),
        ("skos:notation", "skos:closeMatch", "7: 'skos:closeMatch' is no mapping; use one of skos:nota"),
        ("#curie_map:", "#curie_map: [", "1: the head is not YAML"),
    ],
)  # fmt: skip
def test_a_row_at_fault_is_named_with_its_line(old: str, new: str, fault: str) -> None:
    assert old in TABLE
    _, problems = _read(TABLE.replace(old, new, 1))
    assert problems[0].startswith(f"x.sssom.tsv:{fault}")


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_the_shipped_tables_name_our_concepts_as_we_do(
    path, corpus: Workspace, corpus_store: Store
) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    rows = list(csv.DictReader(lines, delimiter="\t"))
    assert rows
    for row in rows:
        concept = Iri(IKC + row["subject_id"].removeprefix("ikc:"))
        assert corpus_store.label(concept) == row["subject_label"]
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"


def test_a_mapping_reaches_the_trusted_graph(corpus: Workspace, corpus_store: Store) -> None:
    build.build(corpus)
    found = corpus_store.values(Iri(IKC + "franchising"), Iri(term("skos:exactMatch")))
    assert [corpus_store.label(one) for one in found if isinstance(one, Iri)] == ["Franchising"]
