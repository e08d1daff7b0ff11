"""What the shipped study's readings must have, whatever they say."""

from pathlib import Path

from intlkg.base import Base
from intlkg.check.anchors import known_texts
from intlkg.check.shares import MOST, shares
from intlkg.store import Store

LINES = """
PREFIX ik: <https://w3id.org/intlkg/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?line ?strength ?reason
WHERE {
  ?line ik:bearsOn ?proposition .
  OPTIONAL { ?line ik:strength ?strength }
  OPTIONAL { ?line ik:reason ?reason }
}
ORDER BY ?line
"""
CREDITED = """
PREFIX ik: <https://w3id.org/intlkg/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?whom ?start
WHERE { ?claim ik:creditedAs ?whom ; ik:anchor ?anchor . ?anchor oa:hasSelector ?position . ?position oa:start ?start }
ORDER BY ?start ?whom
"""


def _rows(store: Store, query: str) -> list[list[str]]:
    return [
        ["" if term is None else term.value for term in row] for row in store.select(query).rows
    ]


def test_every_line_says_how_outright_and_why(corpus_store: Store) -> None:
    lines = _rows(corpus_store, LINES)
    assert len(lines) > 400
    for line, strength, reason in lines:
        assert strength.rpartition("/")[2] in ("stated", "hedged", "implied"), line
        assert reason.endswith(".") and 4 <= len(reason.split()) <= 40, (line, reason)


def test_less_than_two_thirds_of_the_text_are_stored(corpus_base: Base, texts: Path) -> None:
    (share,) = shares(corpus_base, known_texts([texts])).values()
    assert 0.5 < share < MOST


def test_whom_the_text_credits_is_in_the_text(corpus_store: Store, texts: Path) -> None:
    text = (texts / "makaya-2024.txt").read_bytes().decode("utf-8")
    credited = _rows(corpus_store, CREDITED)
    assert len(credited) > 5
    for whom, start in credited:
        near = text[max(0, int(start) - 200) : int(start) + 300]
        assert whom.lower() in near.lower(), whom
