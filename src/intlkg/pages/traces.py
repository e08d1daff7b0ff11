"""The evidence on each theme as its trace has it, made of rows that are read once."""

from collections.abc import Iterable, Mapping
from typing import Any

from intlkg import evidence
from intlkg.base import Base
from intlkg.evidence import Evidence, Tally, Trace, Who, render
from intlkg.vocab import ROLES


def traces(base: Base) -> Mapping[str, Trace]:
    """Return IRI of a theme -> its trace, for all themes with evidence; made once."""
    return base.once(_traces)


def shown(base: Base, iris: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return IRI -> what a page says of a theme or a proposition, for those with evidence.

    That is `tally`, `tally_words` (sentences), `brief` (the tally in a few words), `bar` (stance ->
    how many, in the role with most), `who` (lists of name, voice, stance, role), `who_iris`; of a
    theme also `propositions` (their IRIs and roles, in the order of its trace) and `within` (the
    IRIs of the themes below it).
    """
    wanted = set(iris)
    found = {iri: _of_theme(one) for iri, one in traces(base).items() if iri in wanted}
    for iri, said in base.once(propositions).items():
        if iri in wanted:
            found[iri] = standing(said, {theme.iri for one in said for _, theme in one.roles})
    return found


def propositions(base: Base) -> dict[str, tuple[Evidence, ...]]:
    """Return IRI of a proposition -> the evidence that bears on it."""
    found: dict[str, list[Evidence]] = {}
    for one in evidence.evidence(base):
        if one.proposition:
            found.setdefault(one.proposition, []).append(one)
    return {iri: tuple(said) for iri, said in found.items()}


def standing(said: Iterable[Evidence], themes: Iterable[str]) -> dict[str, Any]:
    """Return the tally of some evidence, as figures and in words, and who it is."""
    listed, on = list(said), list(themes)
    counted, who = evidence.tally(listed, on), evidence.whos(listed, on)
    return {
        "tally": counted,
        "tally_words": sentences(counted),
        "brief": render.brief(counted),
        "bar": _bar(counted),
        "who": [[one.name, one.voice, stance, role] for one, stance, role, _ in who],
        "who_iris": [one.iri for one, *_ in who],
    }


def sentences(counted: Tally) -> list[str]:
    """Return a tally as sentences, one for each role, the role with most who first."""
    return [f"{said}." for _, said in render.in_words(counted)]


def name(who: Who) -> str:
    """Return what somebody is called, and that a work has no entry where that is so."""
    return f"{who.name} (no entry in the list)" if who.unlisted else who.name


def _of_theme(one: Trace) -> dict[str, Any]:
    return {
        **standing(one.evidence, one.themes),
        "propositions": [[said.iri, _beside(said.role)] for said in one.propositions],
        "within": [theme.iri for theme in one.narrower],
    }


def _beside(role: str) -> str:
    """Return what stands beside a proposition: its role, where it is not simply about the theme."""
    return "" if role == ROLES[0] else role


def _bar(counted: Tally) -> dict[str, int]:
    """Return stance -> how many who, in the role with most of them."""
    role = next((role for role, _ in render.in_words(counted)), "")
    sums: dict[str, int] = {}
    for stances in counted.get(role, {}).values():
        for stance, number in stances.items():
            sums[stance] = sums.get(stance, 0) + number
    return sums


def _traces(base: Base) -> dict[str, Trace]:
    return {
        iri: evidence.assembled(base, evidence.within(base, iri), said)
        for iri, said in evidence.by_theme(base).items()
    }
