import json
import textwrap
from collections.abc import Callable

from intlkg import build, evidence
from intlkg.store import Iri, Store
from intlkg.workspace import Workspace
from workspaces import Run


def test_a_trace_tells_first_hand_from_second_hand_and_for_from_against(
    toy: Workspace, toy_store: Store
) -> None:
    found = evidence.trace(toy, toy_store, "visibility")
    (finding,) = found.propositions
    assert finding.label == "visibility motivates internationalization"
    assert [(item.kind, item.who) for item in finding.of("supports")] == [
        ("quote", ("Q1",)),
        ("quote", ("P2",)),
        ("quote", ("P1", "P2", "P3")),
        ("citation", ("Berg & Moe 2018",)),
    ]
    assert [(item.kind, item.who) for item in finding.of("disputes")] == [
        ("citation", ("Moen (2011)",))
    ]
    assert found.count("supports", "participants") == 4
    assert found.count("supports", "literature") == 1
    assert found.count("disputes", "participants") == 0


def test_a_quote_printed_twice_is_one_item_with_two_places(
    toy: Workspace, toy_store: Store
) -> None:
    (finding,) = evidence.trace(toy, toy_store, "visibility").propositions
    quote = finding.of("supports")[1]
    assert quote.words == "Nobody here knows us, abroad they do"
    assert [str(place) for place in quote.places] == [
        "Lind 2020, Abstract, characters 95-131",
        "Lind 2020, section 2 Findings, characters 359-395",
    ]


def test_a_theme_takes_in_the_themes_below_it(toy: Workspace, toy_store: Store) -> None:
    money, late, _ = evidence.trace(toy, toy_store, "financial barrier").propositions
    assert late.label == "late payment hinders internationalization"
    assert [(item.kind, item.voice) for item in late.items] == [("claim", "literature")]
    assert money.label == "lack of funding hinders internationalization"
    assert [item.kind for item in money.of("mentions")] == ["reported"]


def test_suggestions_never_enter_a_trace(toy: Workspace, toy_store: Store) -> None:
    (finding,) = evidence.trace(toy, toy_store, "growth").propositions
    assert [item.who for item in finding.items] == [("all owners",)]


def test_a_trace_reads_as_text(toy: Workspace, toy_store: Store) -> None:
    text = evidence.text(evidence.trace(toy, toy_store, "growth"), width=70)
    assert text == textwrap.dedent(
        """\
        growth goal: 1 proposition; of the speakers 1 support it, 0 dispute it; 0 cited works said to support it; 0 texts concluding or saying so

        growth goal motivates internationalization
          supports  all owners, in these words:
                    \u201cgrowth\u201d
                    Lind 2020, section 2 Findings, characters 262-268
                    answers question 1: Why abroad?
        """
    )


def test_codes_sort_as_people_count() -> None:
    assert sorted(["M11", "M2", "M1", "all"], key=evidence.natural) == ["M1", "M2", "M11", "all"]


def test_what_speaks_against_a_theme_alone(toy: Workspace, toy_store: Store) -> None:
    against = evidence.trace(toy, toy_store, "visibility").against()
    assert [item.who for one in against.propositions for item in one.items] == [("Moen (2011)",)]
    assert evidence.trace(toy, toy_store, "growth").against().propositions == ()


def test_a_trace_is_json_and_markdown_too(toy: Workspace, toy_store: Store) -> None:
    import json

    trace = evidence.trace(toy, toy_store, "visibility")
    body = json.loads(evidence.as_json(trace))
    assert body["theme"] == "visibility"
    kinds = [item["kind"] for one in body["propositions"] for item in one["items"]]
    assert sorted(kinds) == sorted(i.kind for one in trace.propositions for i in one.items)
    written = evidence.markdown(trace)
    assert written.startswith("# visibility\n")
    assert "- **disputes**: Moen (2011), second-hand" in written
    assert "  - Lind 2020, Abstract, characters 95-131" in written


def test_why_leads_from_the_theme_to_the_words(toy: Workspace, toy_store: Store) -> None:
    found = evidence.trace(toy, toy_store, "financial barrier")
    money = next(one for one in found.propositions if "lack of funding" in one.label)
    (item,) = money.of("mentions")
    chain = evidence.why(toy_store, found, money, item)
    assert [(step.relation, step.label) for step in chain] == [
        ("", "financial barrier"),
        ("has narrower", "lack of funding"),
        ("is its subject in", "lack of funding hinders internationalization"),
        ("has evidence (curator-read)", chain[3].label),
        ("rests on", "reported"),
        ("is stated by", "P4"),
        ("stands at", str(item.places[0]).removeprefix("Lind 2020, ")),
    ]
    known = {quad.subject for quad in toy_store.find()} | {quad.object for quad in toy_store.find()}
    assert not [step for step in chain if Iri(step.iri) not in known]


def test_every_item_of_every_theme_has_a_chain_to_a_place(
    corpus: Workspace, corpus_store: Store
) -> None:
    found = evidence.trace(corpus, corpus_store, "internationalization")
    for proposition in found.propositions:
        for item in proposition.items:
            chain = evidence.why(corpus_store, found, proposition, item)
            relations = [step.relation for step in chain]
            assert "rests on" in relations
            assert relations.count("stands at") >= 1, (proposition.label, item.iri)
            assert any(one.startswith("has evidence") for one in relations), item.iri


def test_depth_takes_only_some_levels_of_narrower_themes(
    toy: Workspace, toy_store: Store, intlkg: Callable[..., Run]
) -> None:
    found = evidence.trace(toy, toy_store, "financial barrier")
    assert not evidence.to_depth(toy_store, found, 0).propositions
    assert len(evidence.to_depth(toy_store, found, 1).propositions) == 3
    run = intlkg("trace", "financial barrier", "--depth", "0", "--workspace", toy.root)
    assert "lack of funding" not in run.out


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
    steps = json.loads(chained)["propositions"][0]["items"][0]["why"]
    assert steps[0]["label"] == "visibility"
    listed = intlkg("trace", "visibility", "--markdown", "--why", "--workspace", toy.root).out
    assert "  - why: visibility; is its subject in visibility motivates" in listed


def test_withdrawing_a_participant_names_what_falls_and_what_weakens(
    toy: Workspace, toy_store: Store
) -> None:
    lost = {
        (one.kind, one.label): (one.before, one.after)
        for one in evidence.without(toy, toy_store, ["P3"])
    }
    online = "building an online presence enables internationalization"
    assert lost["proposition", online] == (1, 0)
    assert lost["theme", "building an online presence"] == (1, 0)
    assert lost["theme", "visibility"] == (5, 4)
    assert ("theme", "distance") not in lost


def test_several_sources_are_withdrawn_together_and_a_study_with_all_it_says(
    toy: Workspace, toy_store: Store, intlkg: Callable[..., Run]
) -> None:
    both = {one.label: one.after for one in evidence.without(toy, toy_store, ["P1", "Q2"])}
    assert both["distance"] == 1
    study = {one.label: one.after for one in evidence.without(toy, toy_store, ["Lind 2020"])}
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
    (found,) = [one for one in evidence.gaps(of, build.store(of)) if one.question == question]
    return {row[0] for row in found.answer.rows}
