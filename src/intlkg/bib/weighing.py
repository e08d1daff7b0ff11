"""What speaks for and against two entries being one work, and what follows from it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

ALIKE: Final = 90.0
"""Least likeness of two titles, from 0 to 100, at which a person should look."""

_PLACED: Final = 80.0
"""The same of titles at the same place of the same volume."""

_UNLIKE: Final = 60.0
"""Likeness below which two titles are those of two works, whatever identifier they share."""

_LONG: Final = 40
SHORT: Final = 15
"""Letters from which on a title says much, and below which it says little."""

_RECURRENT: Final = re.compile(
    r"(?:guest-)?editorial|introduction|preface|foreword|afterword|book-reviews?|reviews?|letters?|"
    r"comments?|reply|replies|errat(?:um|a)|corrections?|corrigend(?:um|a)|index|contents|news|"
    r"table-of-contents|announcements?|calendar|obituary|conclusions?|discussion|abstracts?|notes?|"
    r"from-the-editors?|acknowledge?ments?|appendix|abbreviations|bibliography|references|"
    r"(?:editors?|editorial|presidents?)-(?:comments?|notes?|message|introduction)|"
    r"vorwort|einleitung|einfuhrung|avant-propos|prologo|introduccion"
)
"""Titles that one author gives to many works."""

_PARTS: Final = frozenset(("chapter", "paper"))
"""Classes of works that are in a book, whose DOI some programs give to each of them."""

STOP: Final = frozenset("a an the of on in to and for by de la le der die das und et y".split())
_PART: Final = re.compile(r"(?:^|\s)(?:part|pt|volume|vol|book|teil|partie|[ivx]+|\d{1,2})(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Facts:
    """What an entry says that can speak for or against its being another's work.

    All are words in lower case, without accents, joined by hyphens; '' or 0 is not known.

    Attributes:
        title: the title's words.
        year: when it appeared.
        families: the makers' family names, in order.
        given: the first one's given names.
        venue: what it appeared in.
        volume: of a journal or book.
        number: of an issue.
        page: the first one.
        edition: its edition.
        kind: the class of its type.
        preprint: whether it is a preprint.
        printed: whether a reference list prints it, which may be wrong.
    """

    title: str
    year: int
    families: tuple[str, ...]
    given: str
    venue: str
    volume: str
    number: str
    page: str
    edition: str
    kind: str
    preprint: bool
    printed: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whether two entries are one work.

    Attributes:
        verdict: `certain`, `likely` (a person should look) or `no`.
        likeness: from 0 to 1.
        reasons: what speaks for it, in words.
        against: what speaks against it, in words.
    """

    verdict: str
    likeness: float = 0.0
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def weigh(one: Facts, other: Facts) -> Evidence:
    """Return whether two entries are one work, by what both say; identifiers are not looked at.

    Title, year and first author make it certain unless anything speaks against it: other pages,
    volume, number, venue, given name, type or edition. Of titles that recur (Editorial) something
    has to speak for it too. Two strong disagreements, such as pages and number, make two works.
    """
    placed = one.page == other.page != "" and one.volume == other.volume
    likeness, title = _titles(one.title, other.title, placed=placed)
    years = _years(one, other)
    people = _first_authors(one, other)
    if not title or years is None or people is None:
        return Evidence("no")
    against = _against(one, other)
    strong = sum(said.split(" ", 1)[0] in ("pages", "volume", "number", "in") for said in against)
    place = one.page and other.page and one.page != other.page and strong > 1
    reasons = [title, years, people, *_places(one, other)]
    said = tuple(filter(None, reasons))
    edition = one.edition != other.edition and years != "same year"
    moved = strong > 0 and years not in ("same year", "")
    if place or edition or moved or len(against) > 2 or (strong and _recurs(one.title)):
        return Evidence("no", 0.0, said, tuple(against))
    exact = one.title == other.title and one.year == other.year and people == _SAME_AUTHOR
    enough = not _recurs(one.title) or one.page == other.page != ""
    if len(one.title) < SHORT and one.kind != "book":
        enough = enough and bool(_places(one, other))
    doubts = len(against) > 1 if one.printed or other.printed else bool(against)
    if exact and enough and not doubts:
        return Evidence("certain", 1.0, said, tuple(against))
    score = (
        likeness
        - 0.1 * len(against)
        - 0.1 * (years != "same year")
        - 0.05 * (people != _SAME_AUTHOR)
    )
    return Evidence("likely", round(max(0.1, min(score, 0.99)), 3), said, tuple(against))


def in_doubt(one: Facts, other: Facts, evidence: Evidence) -> Evidence:
    """Return the evidence for one work where its author has given the title to several.

    Then it is certain only where the page, or volume and number, are the same too.
    """
    placed = one.page == other.page != "" or (
        one.number == other.number != "" and one.volume == other.volume
    )
    if evidence.verdict != "certain" or placed:
        return evidence
    against = (*evidence.against, "several works have this title and author")
    return replace(evidence, verdict="likely", likeness=0.95, against=against)


def contradiction(one: Facts, other: Facts) -> tuple[str, ...]:
    """Return what shows that an identifier that two entries share is not that of one work.

    So it is with the DOI of a book that its chapters bear, and with misprints: the titles are
    unlike, and so are the people, the pages or the kind.
    """
    if not one.title or not other.title or one.title == other.title:
        unlike = False
    else:
        unlike = _closeness(one.title, other.title) < _UNLIKE
    apart = bool(one.families and other.families) and not _share_a_person(one, other)
    paged = bool(one.page and other.page) and one.page != other.page
    part = one.kind in _PARTS and other.kind in _PARTS
    kinds = {one.kind, other.kind}
    within = "book" in kinds and bool(kinds & _PARTS)
    if (unlike and (apart or paged or part or within)) or (part and apart):
        said = [f"titles '{_words(one.title)}' and '{_words(other.title)}'"] if unlike else []
        return (*said, *_against(one, other))
    return ()


def closeness(one: Facts, other: Facts) -> float:
    """Return how alike two titles are, from 0 to 100."""
    return _closeness(one.title, other.title)


def same_author(one: Facts, other: Facts) -> bool:
    """Return whether the first authors may be one person, in any form of the name."""
    return _first_authors(one, other) is not None


_SAME_AUTHOR: Final = "same first author"


def forms(family: str) -> list[str]:
    """Return the parts of a family name, with ue, oe and ae as the bare vowel."""
    words = [word for word in family.split("-") if len(word) > 2] or [family]
    return [re.sub(r"([uoa])e", r"\1", word) for word in words]


def _titles(one: str, other: str, *, placed: bool) -> tuple[float, str]:
    """Return the likeness of two titles, from 0 to 1, and what is alike in them, or ''.

    Numbers in titles tell works apart (part 1, part 2), unless they stand at the same place.
    """
    if not one or not other:
        return 0.0, ""
    if one == other:
        return 1.0, "same title"
    first, second = one.replace("-", " "), other.replace("-", " ")
    if placed or sorted(_marks(first)) == sorted(_marks(second)):
        ratio = _closeness(one, other)
        if ratio >= (_PLACED if placed else ALIKE) and min(len(one), len(other)) >= SHORT:
            return ratio / 100, f"titles alike by {ratio:.0f} %"
    short, long = sorted((first, second), key=len)
    rest = long[len(short) :]
    begins = long.startswith(f"{short} ") and len(short) >= SHORT and short.count(" ") > 1
    if begins and not _PART.search(rest[:20]):
        return 0.92, "one title is the beginning of the other"
    return 0.0, ""


def _closeness(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    first, second = one.replace("-", " "), other.replace("-", " ")
    short, long = sorted((first, second), key=len)
    if len(short) >= SHORT and long.startswith(short):
        return max(85.0, fuzz.token_sort_ratio(first, second))
    return fuzz.token_sort_ratio(first, second)


def _marks(title: str) -> list[str]:
    return [word for word in title.split() if re.fullmatch(r"\d+|[ivx]+", word)]


def _years(one: Facts, other: Facts) -> str | None:
    """Return what the years say for it; None where they are of two works."""
    if not one.year or not other.year:
        return ""
    if one.year == other.year:
        return "same year"
    return f"years {one.year} and {other.year}" if abs(one.year - other.year) == 1 else None


def _first_authors(one: Facts, other: Facts) -> str | None:
    """Return what the first authors say for it; None where they are two persons."""
    if not one.families or not other.families:
        return None
    first, second = one.families[0], other.families[0]
    if first == second:
        return _SAME_AUTHOR
    here = {*forms(first), *forms(one.given)}
    there = {*forms(second), *forms(other.given)}
    if {*forms(first)} & there or {*forms(second)} & here or _spelled_alike(first, second):
        return f"first authors '{first}' and '{second}' may be one"
    if one.title == other.title and len(one.title) >= _LONG and _share_a_person(one, other):
        return f"first authors '{first}' and '{second}', but they share one"
    return None


def _spelled_alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return min(len(one), len(other)) > 3 and fuzz.ratio(one, other) >= 80


def _share_a_person(one: Facts, other: Facts) -> bool:
    here = {form for name in (*one.families, one.given) for form in forms(name)}
    there = {form for name in (*other.families, other.given) for form in forms(name)}
    return bool({f for n in one.families for f in forms(n)} & there) or bool(
        {f for n in other.families for f in forms(n)} & here
    )


def _places(one: Facts, other: Facts) -> list[str]:
    """Return what both say of where the work is, and say alike."""
    pairs = (
        ("page", one.page, other.page), ("volume", one.volume, other.volume),
        ("number", one.number, other.number), ("venue", one.venue, other.venue),
    )  # fmt: skip
    return [f"same {name}" for name, here, there in pairs if here and here == there]


def _against(one: Facts, other: Facts) -> list[str]:
    """Return in words where two entries disagree on what one work has only one of."""
    pairs = (
        ("pages from", one.page, other.page), ("volume", one.volume, other.volume),
        ("number", one.number, other.number), ("edition", one.edition, other.edition),
        ("type", one.kind, other.kind),
    )  # fmt: skip
    said = [
        f"{name} {here} and {there}"
        for name, here, there in pairs
        if here and there and here != there
    ]
    if one.edition != other.edition and not (one.edition and other.edition):
        said.append(f"edition {one.edition or other.edition} in one")
    if one.venue and other.venue and not _same_venue(one.venue, other.venue):
        said.append(f"in '{_words(one.venue)}' and '{_words(other.venue)}'")
    if one.families[:1] == other.families[:1] and not _same_given(one.given, other.given):
        said.append(f"given names {_words(one.given)} and {_words(other.given)}")
    if not _same_others(one.families, other.families):
        said.append(f"by '{_names(one)}' and '{_names(other)}'")
    if one.preprint != other.preprint and (one.venue or other.venue):
        said.append("one is a preprint")
    return said


def _same_venue(one: str, other: str) -> bool:
    """Return whether two names may be of one venue; words may be cut, or be an acronym."""
    if one == other:
        return True
    first = [word for word in one.split("-") if word not in STOP]
    second = [word for word in other.split("-") if word not in STOP]
    if not first or not second:
        return True
    short, long = sorted((first, second), key=lambda words: len("".join(words)))
    if len(short) == 1 and short[0] == "".join(word[0] for word in long):
        return True
    return len(short) == len(long) and all(
        whole.startswith(part) or part.startswith(whole)
        for whole, part in zip(long, short, strict=True)
    )


def _same_given(one: str, other: str) -> bool:
    """Return whether two given names may be one person's: `J.` may be Jane, Jane is not Wei."""
    pairs = zip(one.split("-"), other.split("-"), strict=False)
    if all(here.startswith(there) or there.startswith(here) for here, there in pairs):
        return True
    return _initials(one) == _initials(other) and min(len(one), len(other)) <= 3


def _initials(given: str) -> str:
    """Return the initials of given names; `JA` in one word is two of them."""
    words = given.split("-")
    return words[0] if len(words) == 1 and len(given) <= 3 else "".join(word[:1] for word in words)


def _same_others(one: Iterable[str], other: Iterable[str]) -> bool:
    """Return whether the longer list of makers holds all of the shorter, in any form."""
    first, second = list(one), list(other)
    if not first or not second:
        return True
    short, long = sorted((first, second), key=len)
    known = {form for name in long for form in forms(name)}
    return all(set(forms(name)) & known for name in short)


def _recurs(title: str) -> bool:
    return bool(_RECURRENT.fullmatch(title))


def _words(text: str) -> str:
    return text.replace("-", " ")


def _names(facts: Facts) -> str:
    return ", ".join(_words(name) for name in facts.families[:3])
