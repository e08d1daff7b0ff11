"""Evidence as lists on a page: who takes which stance, in which words, of which kind, where."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final, TypeAlias

from intlkg.evidence import Evidence, Proposition, Trace, Who, render
from intlkg.pages import kinds, traces
from intlkg.vocab import ROLES, STANCES

Href: TypeAlias = Callable[[str], str]
"""IRI -> address of its page; empty where it has none."""

_Stand: TypeAlias = tuple[str, str, str, str]
_START, _END = "\x01", "\x02"
_HEADINGS: Final = {role: role.capitalize() for role in ROLES} | {ROLES[0]: "About it"}
_APART: Final = ("Marked with it, or quoted on it", "Also coded here")


def by_role(trace: Trace, href: Href, explore: Href) -> list[dict[str, Any]]:
    """Return parts of a page: the evidence of a trace by its role, then marks and codings.

    Each who of the trace's list is marked in the rows with name, voice, stance and role.
    """
    listed = {_stand(who, stance, role) for who, stance, role, _ in trace.who()}

    def items(said: Iterable[Evidence]) -> list[dict[str, Any]]:
        return [item(one, one.role(trace.themes)[0], href, listed) for one in _ordered(said)]

    parts = []
    for role in ROLES:
        of_role = [one for one in trace.propositions if one.role == role]
        if of_role:
            blocks = [_block(one, trace, items(one.evidence), explore) for one in of_role]
            parts.append({"heading": _HEADINGS[role], "evidence": blocks})
    for heading, said in zip(_APART, (trace.marks, trace.codings), strict=True):
        if said:
            parts.append({"heading": heading, "evidence": [{"items": items(said)}]})
    return parts


def item(one: Evidence, role: str, href: Href, listed: Collection[_Stand] = ()) -> dict[str, Any]:
    """Return what a page shows of one piece of evidence.

    Args:
        one: the evidence.
        role: what it is for the theme of the page; empty where the page is not a theme's.
        href: finds the pages of whoever speaks and of the sources.
        listed: who, voice, stance and role that the page counts; they are marked in the page.
    """
    before, _, rest = render.marked_words(one, _START, _END).partition(_START)
    marked, _, after = rest.partition(_END)
    return {
        "stance": one.stance,
        "sign": kinds.STANCES[one.stance].sign,
        "who": [_who(who, one.stance, role, href, listed) for who in one.who],
        "kind": render.kind(one),
        "words": {"before": before, "marked": marked, "after": after},
        "label": one.label,
        "marked": one.marked,
        "places": [{"label": str(p), "href": href(p.source_iri)} for p in one.places],
        "remarks": list(render.remarks(one)),
    }


def _block(
    one: Proposition, trace: Trace, items: list[dict[str, Any]], explore: Href
) -> dict[str, Any]:
    counted = Trace(trace.theme, trace.narrower, (one,), (), ()).tally
    note = "; ".join(traces.sentences(counted))
    return {"label": one.label, "href": explore(one.iri), "note": note, "items": items}


def _who(
    who: Who, stance: str, role: str, href: Href, listed: Collection[_Stand]
) -> dict[str, Any]:
    shown: dict[str, Any] = {"label": traces.name(who), "href": href(who.iri)}
    if _stand(who, stance, role) in listed:
        shown["data"] = data(who.name, who.voice, stance, role)
    return shown


def data(name: str, voice: str, stance: str, role: str) -> Mapping[str, str]:
    """Return the `data-` attributes of an element that stands for somebody's stance."""
    return {"who": name, "voice": voice, "stance": stance, "role": role}


def _stand(who: Who, stance: str, role: str) -> _Stand:
    return (who.iri or who.name, who.voice, stance, role)


def _ordered(said: Iterable[Evidence]) -> list[Evidence]:
    return sorted(said, key=lambda one: STANCES.index(one.stance))
