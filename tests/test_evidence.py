import json
import textwrap
from collections.abc import Callable

from intlkg import build, evidence, review
from intlkg.base import Base
from intlkg.evidence import render
from intlkg.store import Iri, Store
from intlkg.workspace import Workspace
from workspaces import Run


def test_a_trace_tells_first_hand_from_second_hand_and_for_from_against(toy_base: Base) -> None:
    found = evidence.trace(toy_base, "visibility")
    (finding,) = found.propositions
    assert finding.label == "visibility motivates internationalization"
    assert [(item.kind, item.names) for item in finding.of("supports")] == [
        ("quote", ("Q1",)),
        ("quote", ("P2",)),
        ("quote", ("P1", "P2", "P3")),
        ("citation", ("Berg & Moe 2018",)),
    ]
    assert [(item.kind, item.names) for item in finding.of("disputes")] == [
        ("citation", ("Moen (2011)",))
    ]
    assert found.tally == {
        "about": {
            "participant": {"supports": 4, "disputes": 0, "mentions": 0},
            "work-second-hand": {"supports": 1, "disputes": 1, "mentions": 0},
            "work-marked": {"supports": 1, "disputes": 0, "mentions": 0},
        }
    }


def test_a_quote_printed_twice_is_one_item_with_two_places(toy_base: Base) -> None:
    (finding,) = evidence.trace(toy_base, "visibility").propositions
    quote = finding.of("supports")[1]
    assert quote.words == "Nobody here knows us, abroad they do"
    assert [str(place) for place in quote.places] == [
        "Lind 2020, Abstract, characters 95-131",
        "Lind 2020, section 2 Findings, characters 359-395",
    ]


def test_a_theme_takes_in_the_themes_below_it(toy_base: Base) -> None:
    money, late, _ = evidence.trace(toy_base, "financial barrier").propositions
    assert late.label == "late payment hinders internationalization"
    assert [(item.kind, item.voice) for item in late.evidence] == [("claim", "work-second-hand")]
    assert money.label == "lack of funding hinders internationalization"
    assert [item.kind for item in money.of("mentions")] == ["reported"]


def test_suggestions_never_enter_a_trace(toy_base: Base) -> None:
    (finding,) = evidence.trace(toy_base, "growth").propositions
    assert [item.names for item in finding.evidence] == [("all owners",)]


def test_a_trace_reads_as_text(toy_base: Base) -> None:
    text = render.text(evidence.trace(toy_base, "growth"), width=70)
    assert text == textwrap.dedent(
        """\
        growth goal: 1 proposition
          About it: 1 group of participants supports it.

        growth goal motivates internationalization
          supports  all owners, in these words:
                    All the owners mentioned \u201c\u00bbgrowth\u00ab\u201d as a motive.
                    Lind 2020, section 2 Findings, characters 262-268
                    answers question 1: Why abroad?
        """
    )


def test_codes_sort_as_people_count() -> None:
    assert sorted(["M11", "M2", "M1", "all"], key=evidence.natural) == ["M1", "M2", "M11", "all"]


def test_what_speaks_against_a_theme_alone(toy_base: Base) -> None:
    trace = evidence.trace(toy_base, "visibility").only(lambda one: one.stance == "disputes")
    assert trace.shown is not None
    assert [one.names for one in trace.shown.evidence] == [("Moen (2011)",)]
    assert "4 (0 shown) participants" in render.text(trace)
    growth = evidence.trace(toy_base, "growth").only(lambda one: one.stance == "disputes")
    assert growth.shown is not None
    assert not growth.shown.propositions


def test_a_trace_is_json_and_markdown_too(toy_base: Base) -> None:
    import json

    trace = evidence.trace(toy_base, "visibility")
    body = json.loads(render.as_json(trace))
    assert body["theme"]["label"] == "visibility"
    kinds = [item["kind"] for one in body["propositions"] for item in one["evidence"]]
    assert sorted(kinds) == sorted(i.kind for one in trace.propositions for i in one.evidence)
    written = render.markdown(trace)
    assert written.startswith("# visibility\n")
    assert (
        "- **disputes**: Moen (2011) (no entry in the list), second-hand, as Lind 2020" in written
    )
    assert "  - Lind 2020, Abstract, characters 95-131" in written


def test_why_leads_from_the_theme_to_the_words(toy_base: Base, toy_store: Store) -> None:
    found = evidence.trace(toy_base, "financial barrier")
    money = next(one for one in found.propositions if "lack of funding" in one.label)
    (item,) = money.of("mentions")
    chain = evidence.why(toy_base, found, money, item)
    assert [(step.relation, step.label) for step in chain] == [
        ("", "financial barrier"),
        ("has narrower", "lack of funding"),
        ("is its subject in", "lack of funding hinders internationalization"),
        ("has evidence (curator-read)", chain[3].label),
        ("rests on", "reported"),
        ("in the voice of a participant", "P4"),
        ("at", str(item.places[0])),
    ]
    known = {quad.subject for quad in toy_store.find()} | {quad.object for quad in toy_store.find()}
    assert not [step for step in chain if Iri(step.iri) not in known]


def test_every_item_of_every_theme_has_a_chain_to_a_place(corpus_base: Base) -> None:
    found = evidence.trace(corpus_base, "internationalization")
    for proposition in found.propositions:
        for item in proposition.evidence:
            chain = evidence.why(corpus_base, found, proposition, item)
            relations = [step.relation for step in chain]
            assert "rests on" in relations
            assert relations.count("at") >= 1, (proposition.label, item.iri)
            assert any(one.startswith("has evidence") for one in relations), item.iri


def test_depth_takes_only_some_levels_of_narrower_themes(
    toy_base: Base, toy: Workspace, toy_store: Store, intlkg: Callable[..., Run]
) -> None:
    assert not evidence.trace(toy_base, "financial barrier", 0).propositions
    assert len(evidence.trace(toy_base, "financial barrier", 1).propositions) == 3
    run = intlkg("trace", "financial barrier", "--depth", "0", "--workspace", toy.root)
    assert "lack of funding hinders" not in run.out
    assert "lack of funding (narrower): 1 supports, 1 mentions" in run.out


def test_what_is_suggested_is_shown_apart_and_only_when_asked(
    own_toy: Workspace, intlkg: Callable[..., Run]
) -> None:
    bib = "@article{a, title={Visibility of small harbours}, author={Doe, Ann}, year={2019}}"
    (own_toy.root / "more.bib").write_text(bib)
    assert intlkg("add", own_toy.root / "more.bib", "--workspace", own_toy.root).status == 0
    plain = intlkg("trace", "visibility", "--workspace", own_toy.root).out
    assert "Doe" not in plain
    more = intlkg("trace", "visibility", "--suggested", "--workspace", own_toy.root).out
    assert more.startswith(plain)
    apart = more.removeprefix(plain)
    assert "not reviewed" in apart
    assert "Visibility of small harbours" in apart
    found = json.loads(
        intlkg("trace", "visibility", "--suggested", "--json", "--workspace", own_toy.root).out
    )
    assert found["suggested"][0]["concept"] == "visibility"


def test_json_and_markdown_have_flags_of_their_own(
    toy: Workspace, intlkg: Callable[..., Run]
) -> None:
    for form in ("json", "markdown"):
        long = intlkg("trace", "visibility", "--format", form, "--workspace", toy.root).out
        assert intlkg("trace", "visibility", f"--{form}", "--workspace", toy.root).out == long
    chained = intlkg("trace", "visibility", "--json", "--why", "--workspace", toy.root).out
    steps = json.loads(chained)["propositions"][0]["evidence"][0]["why"]
    assert steps[0]["label"] == "visibility"
    listed = intlkg("trace", "visibility", "--markdown", "--why", "--workspace", toy.root).out
    assert "  - why: visibility; is its subject in visibility motivates" in listed


def test_withdrawing_a_participant_names_what_falls_and_what_weakens(toy_base: Base) -> None:
    lost = {
        (one.kind, one.label): (one.before, one.after) for one in evidence.without(toy_base, ["P3"])
    }
    online = "building an online presence enables internationalization"
    assert lost["proposition", online] == (1, 0)
    assert lost["theme", "building an online presence"] == (1, 0)
    assert lost["theme", "visibility"] == (6, 5)
    assert ("theme", "distance") not in lost


def test_several_sources_are_withdrawn_together_and_a_study_with_all_it_says(
    toy_base: Base, toy: Workspace, intlkg: Callable[..., Run]
) -> None:
    both = {one.label: one.after for one in evidence.without(toy_base, ["P1", "Q2"])}
    assert both["distance"] == 2
    study = {one.label: one.after for one in evidence.without(toy_base, ["Lind 2020"])}
    assert study["visibility"] == 1
    assert study["growth goal"] == 0
    run = intlkg("without", "P3", "--format", "csv", "--workspace", toy.root)
    assert run.out.splitlines()[0] == "loses,kind,what,supported_by,then_by"
    assert run.out.splitlines()[1].startswith("all,")
    wrong = intlkg("without", "P33", "--workspace", toy.root)
    assert (wrong.status, wrong.out) == (2, "")
    assert "P3" in wrong.err


def test_gaps_are_listed_by_kind(toy: Workspace, intlkg: Callable[..., Run]) -> None:
    run = intlkg("check", "--gaps", "--workspace", toy.root)
    assert run.status == 0
    assert "Themes that rest on one participant only (intlkg ask single-voice-themes)" in run.out
    assert "building an online presence" in run.out


def test_a_gap_that_is_closed_is_gone(own_toy: Workspace) -> None:
    before = _gap(own_toy, "works-without-theme")
    library = own_toy.root / "bib" / "boats.bib"
    library.write_text("@book{a, title={Boats}, author={Doe, Ann}, year={2019}}")
    assert _gap(own_toy, "works-without-theme") == before | {"Doe 2019"}
    library.write_text(
        "@book{a, title={Boats}, author={Doe, Ann}, year={2019}, intlkg-theme={visibility}}"
    )
    assert _gap(own_toy, "works-without-theme") == before


def _gap(of: Workspace, question: str) -> set[str]:
    (found,) = [one for one in review.gaps(Base(of, build.store(of))) if one.question == question]
    return {row[0] for row in found.answer.rows}
