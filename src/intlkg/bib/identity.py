"""What an entry tells of which work it is an entry of."""

import re
from dataclasses import dataclass
from typing import Final

from intlkg.bib.keys import wording
from intlkg.bib.weighing import SHORT, STOP, Facts, forms
from intlkg.bib.work import Work

SAID: Final = "intlkg-said-"
"""Before the name of a field: what a library says otherwise than what was known first."""

_WHOLE: Final = frozenset(
    "book mvbook collection mvcollection proceedings mvproceedings manual thesis phdthesis "
    "mastersthesis report techreport booklet".split()
)
"""Types whose ISBN is that of the work, not that of the book it is in."""

_CLASSES: Final = {
    "mvbook": "book", "collection": "book", "mvcollection": "book", "booklet": "book",
    "inbook": "chapter", "incollection": "chapter", "suppbook": "chapter", "bookinbook": "chapter",
    "suppcollection": "chapter", "inreference": "chapter", "inproceedings": "paper",
    "conference": "paper", "mvproceedings": "proceedings", "phdthesis": "thesis",
    "mastersthesis": "thesis", "techreport": "report", "suppperiodical": "article",
    "electronic": "misc", "www": "misc", "online": "misc", "unpublished": "misc",
}  # fmt: skip
"""Types that say the same of what a work is."""

_PAGE: Final = re.compile(r"[a-z]*\d+[a-z]*")
_YEAR: Final = re.compile(r"\d{4}")
_SERVERS: Final = re.compile(r"arxiv|biorxiv|medrxiv|ssrn|preprint|working-paper|discussion-paper")


@dataclass(frozen=True, slots=True)
class Identity:
    """What an entry tells of which work it is an entry of.

    Attributes:
        doi: the work's bare DOI, or ''.
        sure: (what it is, value) of the identifiers of the work, surest first.
        text: all that the entry says, or ''.
        same: title, year and first family name as one value; '' where there is too little.
        near: values of which two entries that are likely one work share one.
        facts: what speaks for or against it.
    """

    doi: str
    sure: tuple[tuple[str, str], ...]
    text: str
    same: str
    near: tuple[str, ...]
    facts: Facts


def identity(work: Work) -> Identity:
    """Return what an entry tells of its work; a key, or author and year alone, tell nothing."""
    facts = _facts(work)
    sure: list[tuple[str, str]] = [("DOI", work.doi)] if work.doi else []
    if work.pmid:
        sure.append(("PubMed number", work.pmid))
    if work.kind in _WHOLE and work.isbn:
        sure.append(("ISBN", "|".join((work.isbn, facts.edition, facts.volume))))
    text = _text(work)
    if text:
        sure.append(("text", text))
    who = facts.families[0] if facts.families else ""
    same = "|".join((facts.title, str(facts.year or ""), who)) if facts.title and who else ""
    return Identity(work.doi, tuple(sure), text, same, _near(facts), facts)


def _facts(work: Work) -> Facts:
    makers = work.people(f"{SAID}author") or work.makers
    kind = work.text("intlkg-kind") or work.kind
    pages = wording(_said(work, "pages"))
    page = _PAGE.match(pages)
    venue = wording(_said(work, "journal", "journaltitle", "booktitle"))
    edition = _said(work, "edition")
    found = _YEAR.search(_said(work, "year", "date"))
    preprint = bool(_SERVERS.search(venue)) or (
        not venue and bool(work.arxiv or _SERVERS.search(wording(work.text("howpublished", "url"))))
    )
    return Facts(
        title=wording(_said(work, "title")),
        year=int(found[0]) if found else 0,
        families=tuple(filter(None, (wording(name.family) for name in makers))),
        given=wording(makers[0].given) if makers else "",
        venue=venue,
        volume=_number(_said(work, "volume")),
        number=_number(_said(work, "number", "issue")),
        page=page[0] if page else pages,
        edition=re.sub(r"\D", "", edition) or wording(edition) if edition else "",
        kind=_CLASSES.get(kind, kind),
        preprint=preprint,
        printed="intlkg-printed" in work.fields,
    )


def _said(work: Work, *names: str) -> str:
    """Return what a library says itself, where something else was known first."""
    if "intlkg-same" not in work.fields:
        return work.text(*names)
    return work.text(*(SAID + name for name in names)) or work.text(*names)


def _number(written: str) -> str:
    if not written or written.isdecimal():
        return written.lstrip("0")
    digits = re.findall(r"\d+", written)
    return "-".join(str(int(found)) for found in digits[:2]) if digits else wording(written)


def _near(facts: Facts) -> tuple[str, ...]:
    """Return what likely works are found by: how the title begins; its rare words by the author."""
    if not facts.title or not facts.families:
        return ()
    found = [f"title|{facts.title}|{facts.families[0]}"]
    if len(facts.title) < SHORT:
        return tuple(found)
    words = [word for word in facts.title.split("-") if word not in STOP]
    found += ["start|" + "-".join(words[:4])] if len(words) > 2 else []
    longest = sorted(set(words), key=lambda word: (-len(word), word))[:2]
    for name in forms(facts.families[0])[:3]:
        found += [f"{name}|{word}" for word in longest]
    return tuple(dict.fromkeys(found))


def _text(work: Work) -> str:
    """Return all that an entry says, in an order of its own; its keys say nothing of a work."""
    said = [
        f"{name}={' '.join(value.split())}"
        for name, value in work.fields.items()
        if name != "ids" and not name.startswith(SAID)
    ]
    return "\n".join([work.kind, *sorted(said)]) if said else ""
