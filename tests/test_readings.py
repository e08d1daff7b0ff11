"""What the shipped study's readings must have, whatever they say."""

from pathlib import Path

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
STORED = """
PREFIX biro: <http://purl.org/spar/biro/>
PREFIX c4o: <http://purl.org/spar/c4o/>
PREFIX ik: <https://w3id.org/intlkg/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?start ?words
WHERE {
  { ?anchor oa:hasSelector ?position , ?quote . ?position oa:start ?start . ?quote oa:exact ?words
    FILTER NOT EXISTS { ?entry a biro:BibliographicReference ; ik:anchor ?anchor } }
  UNION
  { ?pointer c4o:hasContext ?sentence . ?sentence c4o:hasContent ?words }
}
ORDER BY ?words
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


def test_less_than_two_thirds_of_the_text_are_stored(corpus_store: Store, texts: Path) -> None:
    text = (texts / "makaya-2024.txt").read_bytes().decode("utf-8")
    stored = bytearray(len(text))
    for start, words in _rows(corpus_store, STORED):
        at = int(start) if start else text.find(words)
        if at >= 0:
            stored[at : at + len(words)] = b"\x01" * len(words)
    assert 0.5 < sum(stored) / len(text) < 2 / 3


def test_whom_the_text_credits_is_in_the_text(corpus_store: Store, texts: Path) -> None:
    text = (texts / "makaya-2024.txt").read_bytes().decode("utf-8")
    credited = _rows(corpus_store, CREDITED)
    assert len(credited) > 5
    for whom, start in credited:
        near = text[max(0, int(start) - 200) : int(start) + 300]
        assert whom.lower() in near.lower(), whom
