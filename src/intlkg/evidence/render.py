"""Evidence as text for a terminal, as Markdown, as HTML and as JSON."""

import json
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from typing import Any, Final, TypeAlias

from intlkg.evidence.model import (
    ROLES,
    STANCES,
    VOICES,
    Evidence,
    Link,
    Proposition,
    Scheme,
    Tally,
    Trace,
    Who,
)
from intlkg.formats import markdown_text

Why: TypeAlias = Callable[[Proposition | None, Evidence], list[Link]]

LONG: Final = 60
"""Pieces of evidence above which a trace is summed up first, and shown whole on demand."""

_MARGIN: Final = " " * 12
_KINDS: Final = {
    "quote": "in these words",
    "reported": "as the author reports it",
    "finding": "as the study concludes",
    "assertion": "as its author says without a source",
    "citation": "second-hand, as {source} cites it",
    "claim": "second-hand, as {source} reports it",
    "passage": "copied by a reader",
    "mark": "marked by a reader, no words",
    "coding": "also coded here",
}
_NOUNS: Final = {
    "participant": ("participant", "participants"),
    "group": ("group of participants", "groups of participants"),
    "unnamed": ("unnamed voice", "unnamed voices"),
    "study": ("study", "studies"),
    "work": ("work", "works"),
    "work-second-hand": ("work (second-hand)", "works (second-hand)"),
    "work-marked": ("marked work", "marked works"),
}
_VERBS: Final = {
    "supports": ("supports", "support"),
    "disputes": ("disputes", "dispute"),
    "mentions": ("mentions", "mention"),
}
_NAMING: Final = _VERBS | {"supports": ("names", "name")}
_PLAIN: Final = ("about", "proposed by it")
_OBJECTS: Final = {
    "about": "it",
    "leading to": "what leads to it or hinders it",
    "explained by": "what explains it",
    "ways": "ways of it",
    "kinds": "kinds of it",
    "proposed by it": "what it proposes",
}


def in_words(counted: Tally, shown: Tally | None = None) -> list[tuple[str, str]]:
    """Return (role, sentence) of a tally, the role with most who first.

    Args:
        counted: the tally of all evidence.
        shown: the tally of what a filter shows, where one is on; it follows each figure.
    """
    sentences = [(role, _sentence(role, counted, shown)) for role in counted]
    return sorted(sentences, key=lambda pair: (-_size(counted[pair[0]]), ROLES.index(pair[0])))


def brief(counted: Tally) -> str:
    """Return a tally in a few words: how many support, dispute and mention in each role."""
    parts = []
    for role, voices in counted.items():
        sums = {stance: sum(voice[stance] for voice in voices.values()) for stance in STANCES}
        verbs = _VERBS if role in _PLAIN else _NAMING
        said = ", ".join(f"{n} {verbs[stance][n != 1]}" for stance, n in sums.items() if n)
        parts.append(said if role == ROLES[0] else f"{role}: {said}")
    return "; ".join(parts) or "no evidence"


def _sentence(role: str, counted: Tally, shown: Tally | None) -> str:
    clauses = []
    for stance in STANCES:
        names = []
        for voice in VOICES:
            number = counted[role].get(voice, {}).get(stance, 0)
            if number:
                noun = _NOUNS[voice][number != 1]
                names.append((number, f"{_figure(number, role, voice, stance, shown)} {noun}"))
        if names:
            one = len(names) == 1 and names[0][0] == 1
            verbs = _VERBS if role in _PLAIN else _NAMING
            said = _listed([name for _, name in names])
            clauses.append(f"{said} {verbs[stance][not one]} {_OBJECTS[role]}")
    return "; ".join(clauses)


def _figure(number: int, role: str, voice: str, stance: str, shown: Tally | None) -> str:
    if shown is None:
        return str(number)
    left = shown.get(role, {}).get(voice, {}).get(stance, 0)
    return str(number) if left == number else f"{number} ({left} shown)"


def _size(voices: Mapping[str, Mapping[str, int]]) -> int:
    return sum(number for stances in voices.values() for number in stances.values())


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


# ---- text


def text(trace: Trace, width: int = 100, why: Why | None = None, *, whole: bool = True) -> str:
    """Return a trace as lines of at most `width` characters, with words, who and places.

    Args:
        trace: what to write.
        width: of the lines, in characters.
        why: gives the chain of nodes that leads to evidence; None leaves the chains out.
        whole: False sums a long trace up, and shows only what is contested in full.
    """
    seen = trace.shown or trace
    lines = [*_head(trace, width), ""]
    short = not whole and len(seen.evidence) > LONG
    for proposition in seen.propositions:
        if short and not proposition.contested:
            lines.append(_outline(trace, proposition, width))
        else:
            lines += [*_proposition(proposition, width, why), ""]
    if short:
        lines += ["", "Each in full, with words and places: --all", ""]
    lines += _apart("Works marked with it, or quoted on it:", seen.marks, width, why)
    if not short:
        lines += _apart("Also coded here:", seen.codings, width, why)
    elif seen.codings:
        lines += [f"Also coded here: {_counted(len(seen.codings), 'passage')}.", ""]
    lines += _near(trace, width)
    return "\n".join(lines)


def scheme_text(scheme: Scheme, width: int = 100) -> str:
    """Return a scheme as lines: its tally, and its concepts with theirs."""
    lines = [f"{scheme.label}: a scheme of {_counted(scheme.concepts, 'concept')}"]
    lines += _sentences(scheme.tally, None, width)
    lines.append("")
    margin = max((len(theme.label) for theme, _ in scheme.themes), default=0) + 2
    for theme, counted in scheme.themes:
        lines += _wrapped(brief(counted), width, " " * (margin + 2), f"  {theme.label:{margin}}")
    silent = scheme.concepts - len(scheme.themes)
    if silent:
        lines += ["", f"{_counted(silent, 'concept')} of it without evidence."]
    return "\n".join([*lines, ""])


def _head(trace: Trace, width: int) -> Iterator[str]:
    seen = trace.shown
    yield f"{trace.theme.label}: {_counted(len(trace.propositions), 'proposition')}" + (
        f", with {_counted(len(trace.narrower), 'narrower theme')}" if trace.narrower else ""
    )
    if trace.status == "known-without-evidence":
        yield "  No evidence is on this theme yet."
    yield from _sentences(trace.tally, seen.tally if seen else None, width)


def _sentences(counted: Tally, shown: Tally | None, width: int) -> Iterator[str]:
    for role, said in in_words(counted, shown):
        name = "About it" if role == ROLES[0] else role.capitalize()
        yield from _wrapped(f"{name}: {said}.", width, "    ", "  ")


def _outline(trace: Trace, proposition: Proposition, width: int) -> str:
    counted = Trace(trace.theme, trace.narrower, (proposition,), (), ()).tally
    return "\n".join(_wrapped(f"{proposition.label}: {brief(counted)}", width, "    ", "  "))


def _proposition(proposition: Proposition, width: int, why: Why | None) -> Iterator[str]:
    role = f" ({proposition.role})" if proposition.role != ROLES[0] else ""
    yield proposition.label + role
    for stance in STANCES:
        for one in proposition.of(stance):
            yield from _evidence(one, width)
            yield from _chain(proposition, one, width, why)


def _apart(
    heading: str, evidence: Iterable[Evidence], width: int, why: Why | None
) -> Iterator[str]:
    listed = list(evidence)
    if listed:
        yield heading
        for one in listed:
            yield from _evidence(one, width)
            yield from _chain(None, one, width, why)
        yield ""


def _chain(
    proposition: Proposition | None, one: Evidence, width: int, why: Why | None
) -> Iterator[str]:
    if why is not None:
        yield f"{_MARGIN}why:"
        for link in why(proposition, one):
            yield from _wrapped(f"{link.relation} {link.label}".strip(), width, f"{_MARGIN}  ")
            if link.iri:
                yield f"{_MARGIN}      {link.iri}"


def _evidence(one: Evidence, width: int) -> Iterator[str]:
    who = ", ".join(map(_name, one.who))
    yield from _wrapped(f"{one.stance:9} {who}, {kind(one)}:", width, _MARGIN, "  ")
    if one.label:
        yield from _wrapped(one.label, width)
    yield from _wrapped(marked_words(one), width)
    if one.marked:
        yield from _wrapped(f"marked with {one.marked}", width)
    for place in one.places:
        yield from _wrapped(str(place), width)
    if one.question:
        yield from _wrapped(f"answers {one.question}", width)
    for remark in remarks(one):
        yield from _wrapped(remark, width)


def _near(trace: Trace, width: int) -> Iterator[str]:
    if trace.related:
        yield "See also:"
        for relation, theme, counted in trace.related:
            said = f"{theme.label} ({relation}): {brief(counted)}"
            yield from _wrapped(said, width, "    ", "  ")
        yield ""


def kind(one: Evidence) -> str:
    """Return the kind of evidence in plain words, with whoever reports it."""
    source = one.places[0].source if one.places else "another text"
    return _KINDS[one.kind].format(source=source)


def marked_words(one: Evidence, start: str = "»", end: str = "«") -> str:
    """Return the words; within their sentence, where it says more, they are marked.

    Args:
        one: the evidence.
        start: put before the words in their sentence.
        end: put after them.
    """
    if one.sentence:
        plain = " ".join(one.words.replace("*", "").split())
        before, found, after = one.sentence.partition(plain)
        if found:
            return f"{before}{start}{found}{end}{after}"
    quoted = one.kind in ("quote", "passage")
    return f"\u201c{one.words}\u201d" if quoted else one.words


def remarks(one: Evidence) -> Iterator[str]:
    """Yield what is remarked on evidence: reason and strength, notes, reader, check."""
    if one.reason:
        yield f"why it counts ({one.strength or 'read by a curator'}): {one.reason}"
    for note in one.notes:
        yield f"note: {note}"
    if one.reader:
        yield f"read by {one.reader}"
    if one.checked:
        yield _CHECKED[one.checked]


_CHECKED: Final = {
    "yes": "checked: the words are in the text",
    "no": "checked: the words are not in the text",
    "text not at hand": "not checked: the text is not at hand",
}


def _name(who: Who) -> str:
    return f"{who.name} (no entry in the list)" if who.unlisted else who.name


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _wrapped(words: str, width: int, margin: str = _MARGIN, first: str = "") -> list[str]:
    return textwrap.wrap(
        words,
        max(width, len(margin) + 20),
        initial_indent=first or margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )


# ---- Markdown, HTML


def markdown(trace: Trace, why: Why | None = None) -> str:
    """Return a trace as Markdown: a heading for each proposition, a list item for each evidence."""
    seen = trace.shown or trace
    lines = [f"# {trace.theme.label}", "", *_head(trace, 10_000), ""]
    for proposition in seen.propositions:
        role = f" ({proposition.role})" if proposition.role != ROLES[0] else ""
        lines += [f"## {proposition.label}{role}", ""]
        for stance in STANCES:
            for one in proposition.of(stance):
                lines += _item(proposition, one, why)
        lines.append("")
    for heading, evidence in (("Marked works", seen.marks), ("Also coded here", seen.codings)):
        if evidence:
            lines += [f"## {heading}", ""]
            lines += [line for one in evidence for line in _item(None, one, why)]
            lines.append("")
    return "\n".join(lines)


def _item(proposition: Proposition | None, one: Evidence, why: Why | None) -> Iterator[str]:
    who = ", ".join(map(_name, one.who))
    words = markdown_text(marked_words(one, "**", "**")) if not one.sentence else _bold(one)
    yield f"- **{one.stance}**: {who}, {kind(one)}{': ' if words else ''}{words}"
    yield from (f"  - {place}" for place in one.places)
    yield from (f"  - {remark}" for remark in remarks(one))
    if why is not None:
        chain = [f"{link.relation} {link.label}".strip() for link in why(proposition, one)]
        yield f"  - why: {markdown_text('; '.join(chain))}"


def _bold(one: Evidence) -> str:
    return (
        markdown_text(marked_words(one, "\x01", "\x02")).replace("\x01", "**").replace("\x02", "**")
    )


def html(trace: Trace) -> str:
    """Return a trace as HTML for a notebook, every word escaped."""
    sentences = "".join(f"<p>{escape(said)}.</p>" for _, said in in_words(trace.tally))
    parts = [f"<h3>{escape(trace.theme.label)}</h3>{sentences}"]
    for proposition in (trace.shown or trace).propositions:
        parts.append(f"<h4>{escape(proposition.label)}</h4><ul>")
        parts += [_html_item(one) for stance in STANCES for one in proposition.of(stance)]
        parts.append("</ul>")
    return "".join(parts)


def _html_item(one: Evidence) -> str:
    who = escape(f"{', '.join(map(_name, one.who))}, {kind(one)}")
    places = "; ".join(escape(str(place)) for place in one.places)
    words = escape(marked_words(one, "\x01", "\x02"))
    words = words.replace("\x01", "<mark>").replace("\x02", "</mark>")
    return f"<li><b>{one.stance}</b> {who}: {words}<br><small>{places}</small></li>"


# ---- JSON


def as_json(
    trace: Trace,
    why: Why | None = None,
    *,
    start: int = 0,
    limit: int | None = None,
    more: Mapping[str, object] | None = None,
) -> str:
    """Return a trace as JSON, by the contract of `docs/model.md`.

    Args:
        trace: what to write.
        why: gives the chain of nodes that leads to evidence.
        start: how many propositions to pass over: the `next` of the answer before.
        limit: how many propositions to give; None for all of them.
        more: what else to say, apart from all evidence.
    """
    seen = trace.shown or trace
    listed = seen.propositions[start : None if limit is None else start + limit]
    rest = start + len(listed)
    said: dict[str, Any] = {
        "status": trace.status,
        "theme": {
            "iri": trace.theme.iri,
            "label": trace.theme.label,
            "narrower": [theme.label for theme in trace.narrower],
        },
        "did_you_mean": [],
        **who_and_tally(trace),
    }
    if trace.shown is not None:
        said["shown"] = trace.shown.tally
    said |= {
        "propositions": [
            {
                "iri": proposition.iri,
                "label": proposition.label,
                "role": proposition.role,
                "evidence": [_as_dict(proposition, one, why) for one in proposition.evidence],
            }
            for proposition in listed
        ],
        "marks": [_as_dict(None, one, why) for one in seen.marks],
        "codings": [_as_dict(None, one, why) for one in seen.codings],
        "related": [
            {"relation": relation, "label": theme.label, "iri": theme.iri, "tally": counted}
            for relation, theme, counted in trace.related
        ],
        "schemes": [],
        "next": rest if rest < len(seen.propositions) else None,
        **(more or {}),
    }
    return _json(said)


def who_and_tally(trace: Trace) -> dict[str, Any]:
    """Return the parts `who` and `tally` of a trace as plain values."""
    return {
        "who": [
            {
                **_as_who(who),
                "stance": stance,
                "role": role,
                "themes": [theme.label for theme in themes],
            }
            for who, stance, role, themes in trace.who()
        ],
        "tally": trace.tally,
    }


def unknown_json(suggestions: Iterable[str]) -> str:
    """Return the JSON for a name that nothing has, with the names that are near."""
    return _json(_empty("unknown-name") | {"did_you_mean": list(suggestions)})


def scheme_json(scheme: Scheme) -> str:
    """Return a scheme as JSON, in the shape of a trace."""
    own = {"label": scheme.label, "concepts": scheme.concepts, "tally": scheme.tally}
    said = _empty("scheme") | {
        "theme": {
            "iri": scheme.iri,
            "label": scheme.label,
            "narrower": [theme.label for theme, _ in scheme.themes],
        },
        "tally": scheme.tally,
        "related": [
            {"relation": "in it", "label": theme.label, "iri": theme.iri, "tally": counted}
            for theme, counted in scheme.themes
        ],
        "schemes": [own],
    }
    return _json(said)


def _empty(status: str) -> dict[str, Any]:
    return {
        "status": status,
        "theme": None,
        "did_you_mean": [],
        "who": [],
        "tally": {},
        "propositions": [],
        "marks": [],
        "codings": [],
        "related": [],
        "schemes": [],
        "next": None,
    }


def _as_who(who: Who) -> dict[str, Any]:
    said: dict[str, Any] = {"name": who.name, "iri": who.iri or None, "voice": who.voice}
    return said | ({"note": "no entry in the list"} if who.unlisted else {})


def _as_dict(proposition: Proposition | None, one: Evidence, why: Why | None) -> dict[str, Any]:
    said: dict[str, Any] = {
        "stance": one.stance,
        "kind": one.kind,
        "voice": one.voice,
        "hand": one.hand,
        "who": [_as_who(who) for who in one.who],
        "words": one.words,
        "sentence": one.sentence or None,
        "label": one.label or None,
        "reason": one.reason or None,
        "strength": one.strength or None,
        "places": [
            {
                "text": str(place),
                "source": place.source,
                "source_iri": place.source_iri or None,
                "section": place.section or None,
                "start": place.start,
                "end": place.end,
                "locator": place.locator or None,
            }
            for place in one.places
        ],
        "checked": one.checked or None,
        "iri": one.iri,
        "marked": one.marked or None,
        "reader": one.reader or None,
        "question": one.question or None,
        "basis": one.basis or None,
        "notes": list(one.notes),
    }
    if why is not None:
        chain = why(proposition, one)
        said["why"] = [
            {"relation": link.relation, "label": link.label, "iri": link.iri} for link in chain
        ]
    return said


def _json(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"
