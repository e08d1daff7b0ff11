"""Works of the same people and year are told apart by a letter."""

import pytest

from intlkg import build, questions
from intlkg.base import Base
from intlkg.workspace import Workspace

WORK = "@article{{{key},\n author = {{{who}}},\n title = {{{title}}},\n year = {{{year}}}\n}}\n"


def _called(workspace: Workspace, *works: tuple[str, str, str]) -> dict[str, str]:
    """Return title -> name of works (authors, title, year) of a library."""
    text = "".join(
        WORK.format(key=f"k{number}", who=who, title=title, year=year)
        for number, (who, title, year) in enumerate(works)
    )
    (workspace.root / "bib" / "mine.bib").write_text(text, encoding="utf-8")
    base = Base(workspace, build.store(workspace))
    found = base.store.select(
        "SELECT ?title ?label { ?work <http://purl.org/dc/terms/title> ?title ; "
        "<http://www.w3.org/2000/01/rdf-schema#label> ?label }"
    )
    titles = {title for _, title, _ in works}
    pairs = [(questions.text(title), questions.text(label)) for title, label in found.rows]
    assert len([pair for pair in pairs if pair[0] in titles]) == len(works)
    return {title: label for title, label in pairs if title in titles}


def test_letters_go_by_the_order_of_titles(own_toy: Workspace) -> None:
    assert _called(
        own_toy,
        ("Quay, A. and Roe, B.", "Zebra boats", "2012"),
        ("Quay, A. and Roe, B.", "anchors", "2012"),
        ("Quay, A. and Roe, B.", "Masts", "2012"),
    ) == {
        "anchors": "Quay & Roe 2012a",
        "Masts": "Quay & Roe 2012b",
        "Zebra boats": "Quay & Roe 2012c",
    }


@pytest.mark.parametrize(
    ("who", "year", "name"),
    [
        ("Quay, A.", "2013", "Quay 2013"),
        ("Quay, A. and Sand, C.", "2012", "Quay & Sand 2012"),
        ("Roe, B.", "2012", "Roe 2012"),
    ],
)
def test_other_people_or_another_year_need_no_letter(
    own_toy: Workspace, who: str, year: str, name: str
) -> None:
    found = _called(own_toy, ("Quay, A.", "Masts", "2012"), (who, "Sails", year))
    assert found == {"Masts": "Quay 2012", "Sails": name}


def test_a_printed_letter_stays(own_toy: Workspace) -> None:
    study = own_toy.root / "bib" / "harbour-2020.bib"
    text = study.read_text(encoding="utf-8")
    study.write_text(text.replace("year = {2005}", "year = {2005c}"), encoding="utf-8")
    base = Base(own_toy, build.store(own_toy))
    rows = questions.ask(base, "reference-entries").rows
    assert "Olsen 2005c" in {row[2] for row in rows}
