"""The evidence tables, checked by hand against the statements of the toy workspace."""

import pytest

from intlkg import build, evidence
from intlkg.base import Base
from intlkg.errors import BuildError, QueryError
from intlkg.evidence import Table
from intlkg.workspace import Workspace
from workspaces import ROOT


def cells(table: Table, row: str) -> dict[str, str]:
    """Return the named row of a table as column -> cell."""
    (found,) = [cells for cells in table.rows if cells[0] == row]
    return dict(zip(table.head, found, strict=True))


@pytest.fixture
def made(toy_base: Base):
    return lambda name: evidence.table(toy_base, name)


@pytest.mark.parametrize("name", evidence.TABLES)
def test_every_table_has_a_title_a_note_and_full_rows(made, name: str) -> None:
    table = made(name)
    assert table.title
    assert table.note.endswith(".")
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.head)}
    assert table.csv().splitlines()[0] == ",".join(table.head)


def test_themes_by_participants_draw_zeros_and_tell_who_is_against(made) -> None:
    table = made("participants")
    assert table.head[3:10] == ("P1", "P2", "P3", "P4", "P5", "Q1", "Q2")
    visibility = cells(table, "visibility")
    assert (visibility["P1"], visibility["P2"], visibility["P5"]) == ("1", "2", "0")
    assert cells(table, "distance")["P5"] == "1 against"
    assert cells(table, "growth goal")["all owners"] == "1"


def test_themes_by_sources_keep_what_a_study_reports_apart_from_its_own(made) -> None:
    row = cells(made("sources"), "visibility")
    assert (row["Lind 2020"], row["Lind 2020 (marked)"]) == ("0", "1")
    assert row["Berg & Moe 2018 (second-hand)"] == "1"
    assert row["Moen (2011) (second-hand)"] == "1 against"
    (distance,) = [row for row in made("sources").rows if row[0] == "distance"]
    assert dict(zip(made("sources").head, distance, strict=True))["Lindqvist n.d."] == "1"


def test_a_quote_is_one_row_for_each_speaker_and_theme(made) -> None:
    table = made("quotes")
    rows = [dict(zip(table.head, row, strict=True)) for row in table.rows]
    (own,) = [row for row in rows if row["quote"] == "q561" and row["theme"] == "distance"]
    assert own["participant"] == "P5"
    assert own["age_band"] == "60-69"
    assert own["path"] == "Distances > distance"
    assert own["stance"] == "disputes"
    assert own["words"] == "distance does not matter any more"
    assert (own["start"], own["end"], own["source"]) == ("561", "594", "Lind 2020")
    shared = [
        row["participant"] for row in rows if (row["quote"], row["theme"]) == ("q306", "visibility")
    ]
    assert shared == ["P1", "P2", "P3"]


def test_co_occurrence_counts_evidence_on_both_themes_and_is_symmetric(made) -> None:
    table = made("co-occurrence")
    assert cells(table, "visibility")["internationalization"] == "5"
    assert cells(table, "visibility")["distance"] == "0"
    body = [row[1:] for row in table.rows]
    assert body == [tuple(column) for column in zip(*body, strict=True)]


def test_saturation_ends_where_every_order_ends(made) -> None:
    table = made("saturation")
    rows = [dict(zip(table.head, row, strict=True)) for row in table.rows]
    assert [row["new_themes"] for row in rows] == ["3", "2", "1", "1", "0", "0", "0"]
    assert [int(row["themes"]) for row in rows] == [3, 5, 6, 7, 7, 7, 7]
    for row in rows:
        assert int(row["low"]) <= int(row["median"]) <= int(row["high"])
    assert {rows[-1][name] for name in ("themes", "low", "median", "high")} == {"7"}


def test_the_band_of_saturation_does_not_depend_on_the_order(toy_base: Base, made) -> None:
    """The band of one participant is what the seven curves by hand give: 1 to 4 themes."""
    table = made("saturation")
    first = dict(zip(table.head, table.rows[0], strict=True))
    alone = sorted(_touched(made("participants"), at) for at in range(7))
    assert int(first["low"]) >= alone[0]
    assert first["high"] == str(alone[-1])
    assert made("saturation") == evidence.table(toy_base, "saturation")


def _touched(table: Table, at: int) -> int:
    """Return how many themes a participant speaks on, without what is only rolled up."""
    rolled = {"financial barrier", "step theory"}
    return sum(row[3 + at] != "0" for row in table.rows if row[0] not in rolled)


def test_a_gap_map_counts_kinds_of_evidence_and_crossings(made, library_base: Base) -> None:
    visibility = cells(made("gap-map"), "visibility")
    assert (visibility["quote"], visibility["citation"], visibility["finding"]) == ("3", "2", "0")
    assert cells(made("gap-map"), "leap theory")["step theory"] == "1"
    assert "step theory" not in evidence.table(library_base, "gap-map").head


def test_the_evidence_profile_counts_and_leaves_the_judgement_open(made) -> None:
    row = cells(made("cerqual"), "visibility motivates internationalization")
    assert (row["studies"], row["participants"], row["statements"]) == ("2", "4", "3")
    assert (row["contrary_works"], row["supporting_works"]) == ("1", "1")
    assert row["first_hand_share"] == "75%"
    assert row["confidence"] == ""
    distance = cells(made("cerqual"), "distance determines internationalization")
    assert distance["contrary_participants"] == "1"
    summary = cells(made("summary-of-findings"), "distance determines internationalization")
    assert (
        summary["contributing"]
        == "participants: 2, statements: 2, studies: 2 (Berg 2021; Lind 2020); "
        "participants against: 1"
    )


def test_counts_of_few_persons_are_hidden_and_cannot_be_worked_out(corpus_base: Base) -> None:
    table = evidence.table(corpus_base, "demographics")
    assert "Education: master degree (12)" in table.head
    assert "Marital status: widowed (hidden)" in table.head
    heads = [name.split(":")[0] for name in table.head]
    for row in table.rows:
        assert not {"1", "2"} & set(row[1:])
        for name in {"Education", "Gender", "Marital status"}:
            own = [cell for head, cell in zip(heads, row, strict=True) if head == name]
            if own.count("hidden") == 1:
                assert not [cell for cell in own if cell not in {"hidden", "0"}], row


def test_judgements_are_kept_through_a_new_writing(own_toy: Workspace, intlkg) -> None:
    run = intlkg("table", "cerqual", "--write", "--workspace", own_toy.root)
    assert run.status == 0
    path = own_toy.root / "judgements.tsv"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    assert head.split("\t")[:2] == ["id", "finding"]
    at = next(number for number, line in enumerate(lines) if "visibility motivates" in line)
    fields = lines[at].split("\t")
    fields[1] = "Being seen abroad is a reason to go there."
    fields[2] = fields[4] = fields[5] = "No or very minor concerns: read in full"
    fields[3] = "Minor concerns: one voice against"
    fields[6] = "moderate"
    lines[at] = "\t".join(fields)
    lines.append("\t".join(["gone", "no longer there", "", "", "", "", "low", "why", "me"]))
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    assert intlkg("table", "cerqual", "--write", "--workspace", own_toy.root).status == 0
    again = path.read_text(encoding="utf-8").splitlines()
    assert lines[at] in again
    assert lines[-1] in again
    profile = evidence.table(Base(own_toy, build.store(own_toy)), "cerqual")
    assert cells(profile, fields[1])["confidence"] == "moderate"
    summary = evidence.table(Base(own_toy, build.store(own_toy)), "summary-of-findings")
    assert cells(summary, fields[1])["confidence"] == "moderate"


FULL = {
    "finding": "Being seen abroad is a reason to go there.",
    "methodological_limitations": "Minor: few were asked",
    "coherence": "Moderate concerns; one voice is against",
    "adequacy": "no or very minor concerns, four speak",
    "relevance": "minor, harbours alone",
    "confidence": "moderate",
}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({}, ""),
        ({"confidence": "very low"}, ""),
        ({"confidence": ""}, ""),
        ({"finding": "visibility motivates internationalization"}, "is no sentence; word the"),
        ({"finding": "Yes."}, "is no sentence"),
        ({"coherence": "minor"}, "coherence is 'minor' without an explanation; write it behind"),
        ({"coherence": "moderate concerns."}, "coherence is 'moderate concerns.' without an expl"),
        ({"coherence": "minor", "confidence": ""}, "without an explanation"),
        ({"relevance": ""}, "the confidence is judged before relevance; judge and explain that"),
        ({"confidence": "high"}, "is high, but with moderate concerns it is moderate at most"),
        ({"confidence": "high", "explanation": "The voice against speaks of another time."}, ""),
        ({"coherence": "serious: half are against"}, "with serious concerns it is low at most"),
        ({"coherence": "minor: one against", "confidence": "high"}, ""),
        ({"relevance": "minority views"}, "is no relevance; begin it with one of"),
    ],
)
def test_what_is_judged_is_checked(
    own_toy: Workspace, intlkg, changed: dict[str, str], fault: str
) -> None:
    row = {"id": "visibility-motivates-internationalization", **FULL, **changed}
    names = ["id", "finding", "methodological_limitations", "coherence", "adequacy", "relevance",
             "confidence", "explanation", "by"]  # fmt: skip
    lines = ["\t".join(names), "\t".join(row.get(name, "") for name in names)]
    (own_toy.root / "judgements.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run = intlkg("table", "cerqual", "--format", "csv", "--workspace", own_toy.root)
    assert fault in run.err
    assert (run.status == 0) is (fault == "")


def test_a_synthesis_lists_its_studies_and_a_single_study_has_no_confidence(
    made, corpus_base: Base
) -> None:
    row = cells(made("cerqual"), "visibility motivates internationalization")
    assert row["which_studies"].count("; ") == int(row["studies"]) - 1 == 1
    assert "Lind 2020" in row["which_studies"]
    for name in ("cerqual", "summary-of-findings"):
        alone = evidence.table(corpus_base, name)
        assert "confidence" not in alone.head
        assert not {"coherence", "explanation"} & set(alone.head)
        assert "a synthesis of 2 studies or more" in alone.note
        assert "Makaya 2024" in alone.note
        assert "2 studies or more" not in made(name).note
    with pytest.raises(QueryError, match="Add a second study first"):
        evidence.write_judgements(corpus_base)


def test_faults_in_judgements_are_all_named(own_toy: Workspace, intlkg) -> None:
    intlkg("table", "cerqual", "--write", "--workspace", own_toy.root)
    path = own_toy.root / "judgements.tsv"
    head, first, second, *rest = path.read_text(encoding="utf-8").splitlines()
    first = first.split("\t")
    first[6] = "quite sure"
    second = second.split("\t")
    second[0] = ""
    path.write_text("\n".join([head, "\t".join(first), "\t".join(second), *rest]), encoding="utf-8")
    run = intlkg("table", "cerqual", "--workspace", own_toy.root)
    assert run.status != 0
    assert "judgements.tsv:2: 'quite sure' is no confidence; begin it with one of: high" in run.err
    assert "judgements.tsv:3: the row has no id" in run.err
    path.write_text("finding\n", encoding="utf-8")
    assert "missing: id" in intlkg("table", "cerqual", "--workspace", own_toy.root).err
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BuildError):
        evidence.table(Base(own_toy, build.store(own_toy)), "cerqual")


def test_an_unknown_table_is_refused_with_near_ones(made, intlkg, toy: Workspace, tmp_path) -> None:
    with pytest.raises(QueryError, match=r"no table 'quote'.*quotes"):
        made("quote")
    run = intlkg("table", "quote", "--workspace", toy.root)
    assert (run.status, run.out) == (2, "")
    assert "quotes" in run.err


def test_tables_are_listed_printed_and_written(intlkg, toy: Workspace, tmp_path) -> None:
    listed = intlkg("table", "--workspace", toy.root).out
    assert all(f"  {name} " in listed for name in evidence.TABLES)
    shown = intlkg("table", "saturation", "--workspace", toy.root)
    assert shown.out.splitlines()[0].split()[0] == "participants"
    assert "Saturation. How many themes" in shown.err
    target = tmp_path / "quotes.csv"
    run = intlkg("table", "quotes", "-o", target, "--workspace", toy.root)
    assert run.err == f"Wrote {target}.\n"
    assert target.read_text().startswith("quote,participant,age_band,theme,path,role,stance,words")
    assert intlkg("table", "quotes", "--write", "--workspace", toy.root).status == 2


def test_judgements_are_never_written_into_the_shipped_workspace(
    intlkg, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = intlkg("table", "cerqual", "--write")
    assert run.status == 2
    assert "is in no workspace" in run.err
    assert not (ROOT / "judgements.tsv").exists()
