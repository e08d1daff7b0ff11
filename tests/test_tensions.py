"""Tensions: readings that pull apart without bearing on one proposition."""

from collections.abc import Mapping

import pytest

from intlkg import build, questions
from intlkg.base import Base
from intlkg.workspace import Workspace, shipped

NEAR = """
  p:distance-{relation}-{object} a ik:Proposition ;
    ik:subjectConcept ikc:distance ; ik:relationType ikv:{relation} ; ik:objectConcept ikc:{object} .
  h:e750-near a ik:EvidenceLine ;
    ik:bearsOn p:distance-{relation}-{object} ; ik:stance ikv:{stance} ;
    ik:basis ikv:curator-read ; ik:evidenceItem h:f750 .
"""
KNOWN = (
    "distance hinders internationalization, though not: distance determines internationalization"
)
"""The tension that the invented workspace has by itself."""
NARROWER = "ikc:speed-of-internationalization skos:broader ikc:internationalization .\n"


def _tensions(workspace: Workspace) -> dict[str, set[tuple[str, ...]]]:
    """Return label -> (proposition, stance, who) of the sides, KNOWN left out."""
    answer = questions.ask(Base(workspace, build.store(workspace)), "tensions")
    found: dict[str, set[tuple[str, ...]]] = {}
    for label, proposition, stance, _, who, _ in answer.rows:
        found.setdefault(label, set()).add((proposition, stance, who))
    del found[KNOWN]
    return found


def _with(own_toy: Workspace, said: str, replaced: Mapping[str, str] | None = None) -> Workspace:
    """Return the invented workspace with more said in its curated graph."""
    study = own_toy.root / "graphs" / "harbour-2020.trig"
    text = study.read_text(encoding="utf-8").replace("g:curated {", "g:curated {" + said, 1)
    for old, new in (replaced or {}).items():
        assert old in text
        text = text.replace(old, new, 1)
    study.write_text(text, encoding="utf-8")
    return own_toy


@pytest.mark.parametrize(
    ("relation", "stance", "object_", "found"),
    [
        ("accelerates", "supports", "internationalization", True),
        ("accelerates", "mentions", "internationalization", False),
        ("determines", "supports", "speed-of-internationalization", True),
        ("is-kind-of", "supports", "internationalization", False),
    ],
)
def test_what_is_affirmed_pulls_against_what_is_denied_of_the_same_pair(
    own_toy: Workspace, relation: str, stance: str, object_: str, found: bool
) -> None:
    concepts = own_toy.root / "ontology" / "concepts" / "toy.ttl"
    concepts.write_text(concepts.read_text(encoding="utf-8") + NARROWER, encoding="utf-8")
    said = NEAR.format(relation=relation, stance=stance, object=object_)
    sides = list(_tensions(_with(own_toy, said)).values())
    assert bool(sides) is found
    for side in sides:
        assert {stance for _, stance, _ in side} == {"supports", "disputes"}
        assert {who for _, stance, who in side if stance == "supports"} == {"Lind 2020"}
        assert {who for _, stance, who in side if stance == "disputes"} == {"P5"}


def test_to_deny_a_hindrance_does_not_pull_against_a_help(own_toy: Workspace) -> None:
    said = NEAR.format(relation="enables", stance="supports", object="internationalization")
    denied = NEAR.format(relation="hinders", stance="disputes", object="internationalization")
    labels = set(_tensions(_with(own_toy, said + denied.replace("e750-near", "e750-far"))))
    assert labels == {
        "distance enables internationalization, "
        "though not: distance determines internationalization",
        "distance determines internationalization, "
        "though not: distance hinders internationalization",
    }


def test_who_names_another_pulls_against_all_who_are_said_to_name_the_same(
    own_toy: Workspace,
) -> None:
    assert not _tensions(own_toy)
    same = {"ik:attributionMode ikv:collective ;": "ik:attributionMode ikv:collective ;\n"
            "    ik:saysTheSame true ;"}  # fmt: skip
    (side,) = _tensions(_with(own_toy, "", same)).values()
    assert side == {
        ("growth goal motivates internationalization", "supports", "all owners"),
        ("visibility motivates internationalization", "supports", "P2"),
    }


def test_a_side_is_written_once_however_many_stand_against_it(own_toy: Workspace) -> None:
    lines = "".join(
        f"h:x{number} a ik:EvidenceLine ; ik:bearsOn p:distance-determines-internationalization ; "
        f"ik:stance ikv:{stance} ; ik:basis ikv:curator-read ; ik:evidenceItem h:f750 .\n"
        for number, stance in enumerate(["supports", "disputes"] * 200)
    )
    store = build.store(_with(own_toy, lines))
    for name in ("60-disagreements", "61-tensions"):
        rule = questions.load(shipped(), "rules")[name].text
        sides = [t for t in store.construct(rule) if t.predicate.value.endswith("hasSide")]
        assert len(sides) <= 410


def test_the_study_holds_the_tensions_that_a_reader_finds(corpus_base: Base) -> None:
    answer = questions.ask(corpus_base, "tensions")
    sides: dict[str, dict[str, set[str]]] = {}
    for label, _, stance, _, who, words in answer.rows:
        sides.setdefault(label, {}).setdefault(stance, set()).add(who)
        assert words
    assert len(sides) >= 17
    mode = sides[
        "psychic distance hinders internationalization, "
        "though not: psychic distance determines entry mode choice"
    ]
    assert mode == {"supports": {"Makaya 2024"}, "disputes": {"M1"}}
    unique = sides["product uniqueness is a way of internationalization, though all name the same"]
    assert unique["supports"] >= {"M10", "all participants"}
