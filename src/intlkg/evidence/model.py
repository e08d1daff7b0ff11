"""Evidence as values: who takes which stance on what, in which words, where, and how many do."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TypeAlias

from intlkg.vocab import HANDS, KINDS, ROLES, STANCES, VOICES

__all__ = [
    "HANDS", "KINDS", "ROLES", "STANCES", "VOICES", "Evidence", "Link", "Place", "Proposition",
    "Scheme", "Tally", "Theme", "Trace", "Who", "natural", "stands", "tally", "whos",
]  # fmt: skip

Tally: TypeAlias = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Role -> voice -> stance -> how many distinct who; only roles and voices that somebody has."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words are: a source, its section and positions in its text; or a file and a line.

    Attributes:
        source: the label of the work, or the name of the file.
        section: the section of the text; may be empty.
        start: position of the first character; None where only a page or line is known.
        end: position after the last character.
        locator: a page, or a line; empty where positions are known.
        source_iri: which work that is; empty for a file.
        iri: the anchor, where there is one.
    """

    source: str
    section: str = ""
    start: int | None = None
    end: int | None = None
    locator: str = ""
    source_iri: str = ""
    iri: str = ""

    def __str__(self) -> str:
        """Return the place in words."""
        at = f"characters {self.start}-{self.end}" if self.start is not None else self.locator
        return ", ".join(part for part in (self.source, self.section, at) if part)


@dataclass(frozen=True, slots=True)
class Theme:
    """A concept that evidence is on, with what it is called."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Who:
    """Whoever takes a stance: a name, and the IRI where there is one.

    Attributes:
        name: a participant's code, or the label of a group, study or work.
        iri: which one that is; empty for somebody whom a text credits without a name.
        voice: one of `VOICES`.
        unlisted: whether it is a work that a text cites without an entry in its list.
    """

    name: str
    iri: str
    voice: str
    unlisted: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """One item of evidence: who takes a stance on a proposition or a theme, in words, at places.

    Attributes:
        iri: which statement, citation, claim, finding, passage, mark or coding it is.
        line: the reading that makes it evidence.
        stance: one of `STANCES`.
        kind: one of `KINDS`.
        voice: one of `VOICES`.
        hand: one of `HANDS`.
        who: whoever takes the stance, in the order of their names.
        words: the words; for a citation the sentence that cites, for a mark nothing.
        places: every place where the words are.
        roles: (role, theme) pairs: what the evidence is for its themes; one of `ROLES` each.
        proposition: IRI of the proposition; empty where only a theme is meant.
        label: what curators call a finding; empty where they have no other words for it.
        marked: the word, field or decision behind a mark.
        reader: who marked or copied it.
        question: the interview question that was answered.
        basis: who read the stance into the words.
        strength: how firmly the words say it.
        reason: why the words bear on the proposition.
        notes: what curators or readers remark.
        checked: `yes`, `no` or `text not at hand` for a passage; else empty.
        written: the file of the workspace in which a reader wrote it; empty for anchored words.
        sentence: the whole sentence, where the text is at hand and it says more than the words.
    """

    iri: str
    line: str
    stance: str
    kind: str
    voice: str
    hand: str
    who: tuple[Who, ...]
    words: str
    places: tuple[Place, ...]
    roles: tuple[tuple[str, Theme], ...]
    proposition: str = ""
    label: str = ""
    marked: str = ""
    reader: str = ""
    question: str = ""
    basis: str = ""
    strength: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()
    checked: str = ""
    written: str = ""
    sentence: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of whoever takes the stance."""
        return tuple(who.name for who in self.who)

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes that it is on, without the theories that only propose what it says."""
        return tuple(theme for role, theme in self.roles if role != ROLES[-1])

    def role(self, themes: Iterable[str]) -> tuple[str, tuple[Theme, ...]]:
        """Return the role for a theme and those below it, and by which of them; the first counts.

        Args:
            themes: IRIs of the theme and of what is below it.
        """
        known = set(themes)
        found = [(role, theme) for role, theme in self.roles if theme.iri in known]
        if not found:
            return "", ()
        first = min((role for role, _ in found), key=ROLES.index)
        return first, tuple(theme for role, theme in found if role == first)


@dataclass(frozen=True, slots=True)
class Proposition:
    """A proposition as a sentence and by its IRI, its role for a theme, and what bears on it."""

    label: str
    iri: str
    role: str
    evidence: tuple[Evidence, ...]

    def of(self, stance: str) -> tuple[Evidence, ...]:
        """Return the evidence of one stance, in the order of voices and then of the text."""
        return tuple(one for one in self.evidence if one.stance == stance)

    @property
    def contested(self) -> bool:
        """Whether somebody supports it and somebody disputes it."""
        return bool(self.of("supports") and self.of("disputes"))


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme of concepts.

    Attributes:
        iri: which scheme it is.
        label: what it is called.
        concepts: how many concepts are in it.
        tally: of the evidence on all of them.
        themes: those that have evidence, each with its own tally; the most spoken of first.
    """

    iri: str
    label: str
    concepts: int
    tally: Tally
    themes: tuple[tuple[Theme, Tally], ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """All evidence on a theme and the themes below it.

    Attributes:
        theme: what was asked for.
        narrower: the themes below it that are taken along.
        propositions: what is said, contested first, then by how many say so.
        marks: works that a person marked, and passages on the theme without a proposition.
        codings: passages that a coder placed under it, and nobody has read a stance into.
        broader: (theme, tally) of the themes above it.
        related: (theme, tally) of the themes beside it and just below it.
        shown: what a filter left, where one is on; the tally is always of all.
        html: what writes it as HTML, for notebooks.
    """

    theme: Theme
    narrower: tuple[Theme, ...]
    propositions: tuple[Proposition, ...]
    marks: tuple[Evidence, ...]
    codings: tuple[Evidence, ...]
    related: tuple[tuple[str, Theme, Tally], ...] = ()
    shown: "Trace | None" = field(default=None, compare=False)
    html: "Callable[[Trace], str] | None" = field(default=None, compare=False, repr=False)

    @property
    def themes(self) -> tuple[str, ...]:
        """IRIs of the theme and of those below it."""
        return (self.theme.iri, *(theme.iri for theme in self.narrower))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All of it, as often as it is listed."""
        said = [one for proposition in self.propositions for one in proposition.evidence]
        return (*said, *self.marks, *self.codings)

    @property
    def status(self) -> str:
        """`disputed`, `evidence` or `known-without-evidence`."""
        if not self.evidence:
            return "known-without-evidence"
        disputed = any(
            stance == "disputes" and role != "proposed by it" for _, stance, role, _ in self.who()
        )
        return "disputed" if disputed else "evidence"

    @property
    def tally(self) -> Tally:
        """How many take which stance, by role and voice."""
        return tally(self.evidence, self.themes)

    def who(self) -> "list[tuple[Who, str, str, tuple[Theme, ...]]]":
        """Return (who, stance, role, themes), each who once for a stance, role and voice."""
        return whos(self.evidence, self.themes)

    def only(self, keep: Callable[[Evidence], bool]) -> "Trace":
        """Return the same trace with a filter on: what it shows, beside the tally of all."""
        kept = [
            Proposition(one.label, one.iri, one.role, tuple(filter(keep, one.evidence)))
            for one in self.propositions
        ]
        left = Trace(
            self.theme,
            self.narrower,
            tuple(one for one in kept if one.evidence),
            tuple(filter(keep, self.marks)),
            tuple(filter(keep, self.codings)),
        )
        return replace(self, shown=left)

    def _repr_html_(self) -> str | None:
        return self.html(self) if self.html else None


@dataclass(frozen=True, slots=True)
class Link:
    """A node of the chain that leads from a theme to words, and how it joins the one before.

    Attributes:
        relation: how, in words; empty for the first node.
        label: what people call it.
        iri: which node it is.
    """

    relation: str
    label: str
    iri: str


_Stands: TypeAlias = tuple[Who, str, str, Theme]


def stands(evidence: Iterable[Evidence], themes: Iterable[str]) -> Iterator[_Stands]:
    """Yield (who, stance, role, theme) of evidence for a theme, as often as it is there.

    Args:
        evidence: what to look at.
        themes: IRIs of the theme and of what is below it.
    """
    known = tuple(themes)
    for one in evidence:
        role, on = one.role(known)
        for who in one.who:
            for theme in on:
                yield who, one.stance, role, theme


def whos(
    evidence: Iterable[Evidence], themes: Iterable[str]
) -> list[tuple[Who, str, str, tuple[Theme, ...]]]:
    """Return (who, stance, role, themes): each distinct who once for a stance, role and voice.

    Who takes a side is not listed as mentioning too, in the same role and voice. This is what every
    tally counts.
    """
    found: dict[tuple[str, str, str, str], tuple[Who, list[Theme]]] = {}
    for who, stance, role, theme in stands(evidence, themes):
        key = (who.iri or who.name, who.voice, role, stance)
        on = found.setdefault(key, (who, []))[1]
        if theme not in on:
            on.append(theme)
    sides = {key[:3] for key in found if key[3] != "mentions"}
    listed = [
        (who, stance, role, tuple(on))
        for (name, voice, role, stance), (who, on) in found.items()
        if stance != "mentions" or (name, voice, role) not in sides
    ]
    return sorted(listed, key=_order)


def tally(evidence: Iterable[Evidence], themes: Iterable[str]) -> Tally:
    """Return how many distinct who take which stance on a theme, by role and voice.

    Args:
        evidence: all that is on the theme.
        themes: IRIs of the theme and of what is below it.
    """
    counted: dict[str, dict[str, dict[str, int]]] = {}
    for who, stance, role, _ in whos(evidence, themes):
        voices = counted.setdefault(role, {})
        voices.setdefault(who.voice, dict.fromkeys(STANCES, 0))[stance] += 1
    return {
        role: {voice: counted[role][voice] for voice in VOICES if voice in counted[role]}
        for role in ROLES
        if role in counted
    }


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a sort key that puts M2 before M11."""
    digits = [list(group) for _, group in groupby(text, str.isdigit)]
    parts = ["".join(group) for group in digits]
    return tuple((int(p), "") if p.isdecimal() else (0, p) for p in parts)


def _order(row: tuple[Who, str, str, tuple[Theme, ...]]) -> tuple[object, ...]:
    who, stance, role, _ = row
    place = (ROLES.index(role), VOICES.index(who.voice), STANCES.index(stance))
    return (*place, natural(who.name), who.iri)
