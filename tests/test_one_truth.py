"""One meaning of evidence: the same theme has the same who, stance and counts at every door."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from intlkg import evidence, questions
from intlkg.base import Base, tail
from intlkg.evidence import render
from intlkg.vocab import HANDS, KINDS, ROLES, STANCES, VOICES
from workspaces import ROOT, Run

BASES = ("corpus_base", "toy_base", "library_base", "ward_base")
_Stand = tuple[str, str, str, str]


@pytest.fixture(params=BASES)
def base(request: pytest.FixtureRequest) -> Base:
    found: Base = request.getfixturevalue(request.param)
    return found


def themes(base: Base) -> list[str]:
    """IRIs of all concepts, with evidence or without."""
    return base.once(_themes)


def _themes(base: Base) -> list[str]:
    return sorted({questions.text(row["concept"]) for row in questions.listed(base, "concepts")})


def traced(base: Base, theme: str) -> evidence.Trace:
    """The trace of a theme; all of them are made once."""
    return base.once(_traces)[theme]


def _traces(base: Base) -> dict[str, evidence.Trace]:
    return {theme: evidence.trace_concept(base, theme) for theme in themes(base)}


def truth(base: Base, theme: str) -> set[_Stand]:
    """(who, voice, stance, role) as the trace of a theme has them."""
    listed = traced(base, theme).who()
    return {(who.name, who.voice, stance, role) for who, stance, role, _ in listed}


def counted(base: Base, theme: str) -> dict[tuple[str, str, str], int]:
    """The tally of a theme's trace, without zeros."""
    tally = traced(base, theme).tally
    return {
        (role, voice, stance): number
        for role, voices in tally.items()
        for voice, stances in voices.items()
        for stance, number in stances.items()
        if number
    }


def test_there_is_something_to_compare(base: Base) -> None:
    spoken = [theme for theme in themes(base) if truth(base, theme)]
    assert len(spoken) >= 2
    assert any(stance == "disputes" for t in spoken for _, _, stance, _ in truth(base, t))


def test_a_tally_counts_distinct_who_and_nobody_twice(base: Base) -> None:
    for theme in themes(base):
        trace = traced(base, theme)
        listed = {
            (who.iri or who.name, who.voice, stance, role) for who, stance, role, _ in trace.who()
        }
        assert len(listed) == len(trace.who())
        assert sum(counted(base, theme).values()) == len(listed)
        sides = {(who, voice, role) for who, voice, stance, role in listed if stance != "mentions"}
        mentions = {(w, v, r) for w, v, stance, r in listed if stance == "mentions"}
        assert not sides & mentions


def test_sources_of_theme_says_the_same(base: Base) -> None:
    for theme in themes(base):
        answer = questions.ask(base, "sources-of-theme", {"theme": theme})
        columns = [answer.variables.index(name) for name in ("who", "voice", "stance", "role")]
        asked = {tuple(row[column] for column in columns) for row in answer.rows}
        assert asked == truth(base, theme), theme


def test_themes_counts_the_same(base: Base) -> None:
    answer = questions.ask(base, "themes")
    asked: dict[str, dict[tuple[str, str, str], int]] = {}
    for terms, cells in zip(answer.terms, answer.rows, strict=True):
        row = dict(zip(answer.variables, cells, strict=True))
        own = asked.setdefault(questions.text(terms["theme"]), {})
        for stance in STANCES:
            if int(row[stance]):
                own[row["role"], row["voice"], stance] = int(row[stance])
    spoken = {theme: counts for theme in themes(base) if (counts := counted(base, theme))}
    assert asked == spoken


def test_json_and_markdown_say_the_same(base: Base) -> None:
    for theme in themes(base):
        trace = traced(base, theme)
        said = json.loads(render.as_json(trace))
        assert {
            (one["name"], one["voice"], one["stance"], one["role"]) for one in said["who"]
        } == truth(base, theme)
        assert said["tally"] == trace.tally
        for _, sentence in render.in_words(trace.tally):
            assert sentence in render.markdown(trace)
            assert sentence in " ".join(render.text(trace, 10_000).split())


def test_the_words_of_a_tally_hold_its_numbers(base: Base) -> None:
    for theme in themes(base):
        tally = traced(base, theme).tally
        for role, sentence in render.in_words(tally):
            figures = sorted(int(one) for one in re.findall(r"\b\d+\b", sentence))
            numbers = [n for stances in tally[role].values() for n in stances.values() if n]
            assert figures == sorted(numbers)


def test_a_filter_leaves_the_tally_of_all(base: Base) -> None:
    for theme in themes(base):
        trace = traced(base, theme)
        filtered = trace.only(lambda one: one.stance == "disputes")
        assert filtered.tally == trace.tally
        assert filtered.shown is not None
        assert {one.stance for one in filtered.shown.evidence} <= {"disputes"}


def _table(base: Base, name: str) -> dict[tuple[str, str], dict[str, str]]:
    """(path, role) -> column -> cell, of what is not zero."""
    table = evidence.table(base, name)
    rows = csv.DictReader(io.StringIO(table.csv()))
    return {
        (row.pop("path"), row.pop("role")): {
            column: cell for column, cell in row.items() if column != "theme" and cell != "0"
        }
        for row in rows
    }


def _stances(cell: str) -> set[str]:
    names = {"": "supports", "against": "disputes", "mentioned": "mentions"}
    return {names[part.partition(" ")[2]] for part in cell.split(", ")}


def test_the_tables_of_participants_and_sources_say_the_same(base: Base) -> None:
    tables = {**_table(base, "participants")}
    for key, cells in _table(base, "sources").items():
        tables.setdefault(key, {}).update(cells)
    marks = {"work-second-hand": " (second-hand)", "work-marked": " (marked)"}
    for theme in themes(base):
        path = " > ".join(evidence.path(base, theme))
        said = {
            (column, stance, role)
            for (where, role), cells in tables.items()
            if where == path
            for column, cell in cells.items()
            for stance in _stances(cell)
        }
        expected = {
            (name + marks.get(voice, ""), stance, role)
            for name, voice, stance, role in truth(base, theme)
        }
        assert said == expected, path


def test_the_rdf_shortcuts_say_the_same(base: Base) -> None:
    """`ik:supportsTheme` and its kin hold what is about a theme itself, by hand and stance."""
    names = {
        f"{prefix}{verb}Theme": (hand, stance)
        for hand, prefixes in zip(
            HANDS, (("", "s"), ("reportedTo", ""), ("markedTo", "")), strict=True
        )
        for prefix, end in [prefixes]
        for stance, bare in zip(STANCES, ("support", "dispute", "mention"), strict=True)
        for verb in [f"{bare}s" if end else bare.capitalize()]
    }
    query = (
        "SELECT ?who ?property ?theme { ?who ?property ?theme . ?theme ik:broaderOrSelf ?theme }"
    )
    answer = questions.run(base, query)[0]
    asked = {
        (questions.text(row["who"]), *names[local], questions.text(row["theme"]))
        for row in answer.terms
        if (local := tail(questions.text(row["property"]))) in names
    }
    expected = set()
    for theme in themes(base):
        own = [one for one in evidence.evidence(base) if ("about", theme) in _roles(one)]
        stands: dict[tuple[str, str], set[str]] = {}
        for one in own:
            for who in one.who:
                if who.iri:
                    stands.setdefault((who.iri, one.hand), set()).add(one.stance)
        for (who, hand), stances in stands.items():
            for stance in stances - {"mentions"} or stances:
                expected.add((who, hand, stance, theme))
    assert asked == expected


def _roles(one: evidence.Evidence) -> set[tuple[str, str]]:
    return {(role, theme.iri) for role, theme in one.roles}


def test_without_and_if_withdrawn_say_the_same(base: Base) -> None:
    rows = questions.listed(base, "sources")
    for source in sorted({questions.text(row["source"]) for row in rows}):
        answer = questions.ask(base, "if-withdrawn", {"source": source})
        asked = {
            _loss(answer, terms, cells)
            for terms, cells in zip(answer.terms, answer.rows, strict=True)
        }
        losses = {
            (one.iri, str(one.before), str(one.after))
            for one in evidence.without(base, [source])
            if one.kind == "proposition"
        }
        assert asked == losses, source


def _loss(
    answer: questions.Answer, terms: Mapping[str, object], cells: tuple[str, ...]
) -> tuple[str, str, str]:
    row = dict(zip(answer.variables, cells, strict=True))
    return questions.text(terms["proposition"]), row["before"], row["after"]  # type: ignore[arg-type]


@pytest.mark.parametrize("codes", [STANCES, KINDS, VOICES, HANDS, ROLES], ids=lambda c: c[0])
def test_the_codes_are_those_of_the_ontology(corpus_base: Base, codes: tuple[str, ...]) -> None:
    query = """SELECT ?label { ?code skos:inScheme ?scheme ; ik:rank ?rank ; skos:prefLabel ?label .
               ?first skos:inScheme ?scheme ; skos:prefLabel ?name ; ik:rank 1 . FILTER(STR(?name) = "%s") }
               ORDER BY ?rank"""
    answer = questions.run(corpus_base, query % codes[0])[0]
    assert tuple(row[0] for row in answer.rows) == codes


def test_trace_prints_what_the_json_says(intlkg: Callable[..., Run], corpus_base: Base) -> None:
    root = corpus_base.workspace.root
    for theme in ("visibility", "internationalization", "lack of funding", "psychic distance"):
        said = json.loads(intlkg("trace", "--workspace", root, theme, "--json").out)
        printed = " ".join(intlkg("trace", "--workspace", root, theme, "--all").out.split())
        for _, sentence in render.in_words(said["tally"]):
            assert sentence in printed
        concept = said["theme"]["iri"]
        assert {(w["name"], w["voice"], w["stance"], w["role"]) for w in said["who"]} == truth(
            corpus_base, concept
        )


def _sources(suffix: str) -> Iterator[Path]:
    yield from sorted((ROOT / "src").rglob(f"*{suffix}"))


def test_nobody_but_the_owner_lists_the_codes() -> None:
    """No module or script holds a list of kinds, stances or voices; `vocab` does."""
    faults = []
    for path in [*_sources(".py"), *_sources(".js")]:
        if path.name == "vocab.py":
            continue
        text = path.read_text(encoding="utf-8")
        for codes in (
            STANCES,
            ("quote", "reported", "finding"),
            ("participant", "group", "unnamed"),
        ):
            listed = r",\s*".join(rf"[\"']{re.escape(code)}[\"']" for code in codes[:3])
            if re.search(listed, text):
                faults.append(f"{path.relative_to(ROOT)}: {', '.join(codes)}")
    assert not faults


def test_no_display_word_is_compared() -> None:
    faults = []
    for path in [*_sources(".py"), *_sources(".js")]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"startsWith\(\"is |startswith\(\"is |=== \"(is|Said|said) ", line):
                faults.append(f"{path.relative_to(ROOT)}:{number}")
    assert not faults


def test_the_engine_names_nothing_of_our_field() -> None:
    """No concept, scheme, language or base of the shipped workspace stands in the engine."""
    ours = re.compile(
        r"\bIKC\b|intlkg/concept/|/work/|our translation|\"(Theories|Entry modes|Firm types|German|French)\""
        r"|DigitalSkill|SpeedFactor|ik:Motive|ik:Barrier|psychic|visibility|born.global"
    )
    faults = []
    for path in [*_sources(".py"), *_sources(".js")]:
        in_docstring = False
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.count('"""') == 1:
                in_docstring = not in_docstring
            shown = in_docstring or '"""' in line or "example(" in line or "intlkg " in line
            if ours.search(line) and not shown and path.name != "vocab.py":
                faults.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    assert not faults
