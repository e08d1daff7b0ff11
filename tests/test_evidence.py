import textwrap

from intlkg import evidence
from intlkg.store import Store
from intlkg.workspace import Workspace


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
