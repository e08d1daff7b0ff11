"""The one table of kinds and stances: what each is called, and how pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from intlkg.vocab import STANCES as ORDER


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of item on a map.

    Attributes:
        plural: what several are called.
        shape: the name that vis-network has for its shape.
        light: its colour on light paper; empty for that of quiet text.
        dark: its colour on dark paper.
        size: of the mark.
        topic: whether evidence is on it: it is listed as a theme.
        said: whether evidence bears on it: it is a step of the trail.
        spoken: whether its text is somebody's words.
        dated: whether years filter it.
    """

    plural: str
    shape: str = "dot"
    light: str = ""
    dark: str = ""
    size: int = 9
    topic: bool = False
    said: bool = False
    spoken: bool = False
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Stance:
    """How a stance is shown: its sign, its colours, its opposite, whether lines are dashed."""

    sign: str
    light: str
    dark: str
    opposite: str = ""
    dashed: bool = False


KINDS: Final[Mapping[str, Kind]] = {
    "theme": Kind("themes", "hexagon", "#b23c00", "#ff9a70", 15, topic=True),
    "theory": Kind("theories", "star", "#7a2fb0", "#cf9dff", 15, topic=True),
    "proposition": Kind("propositions", "square", "#0a5794", "#6cb3ff", said=True),
    "statement": Kind("statements", "dot", "#04704c", "#3ed8a2", 8, spoken=True),
    "participant": Kind("participants", "triangle", "#9a2f72", "#f29acb", 10),
    "group": Kind("groups", "triangle", "#6b4a9c", "#c3a9f5", 10),
    "unnamed": Kind("unnamed voices", "triangle", "#56616e", "#a3adb9"),
    "study": Kind("studies", "triangleDown", "#0b6470", "#5fd0dd", 11),
    "source": Kind("sources", "diamond", "#6a5800", "#e6c94f", 11, dated=True),
}
"""In the order of the legend."""

STANCES: Final[Mapping[str, Stance]] = {
    "supports": Stance("\u2713", "#04704c", "#3ed8a2", "disputes"),
    "disputes": Stance("\u2717", "#b3261e", "#ff8b7e", "supports", dashed=True),
    "mentions": Stance("\u2022", "#56616e", "#a3adb9"),
}
_SIGNS: Final = {
    "hexagon": "\u2b22", "square": "\u25a0", "dot": "\u25cf", "triangle": "\u25b2",
    "triangleDown": "\u25bc", "diamond": "\u25c6", "star": "\u2605",
}  # fmt: skip
"""Shape -> the character that looks like it."""

_QUIET: Final = "quiet"
"""The style of a kind that is in no table."""


def kind(name: str) -> Kind:
    """Return how a kind is shown; one that is not in the table is a quiet dot."""
    return KINDS.get(name, Kind(f"{name}s"))


def kinds(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the kinds of a network, in the order of the legend, as its page needs them."""
    order = [*(name for name in KINDS if name in counts), *sorted(set(counts) - set(KINDS))]
    return [{"kind": name, "count": counts[name], **_shown(name)} for name in order]


def stances() -> list[dict[str, Any]]:
    """Return the stances in their order, as a page needs them."""
    return [
        {
            "stance": name,
            "sign": STANCES[name].sign,
            "opposite": STANCES[name].opposite,
            "dashed": STANCES[name].dashed,
        }
        for name in ORDER
    ]


def style(*, by_button: bool) -> str:
    """Return the style of kinds and stances: their colours in both schemes, and what has them.

    Args:
        by_button: whether a class makes the page dark; else the system's setting does.
    """
    named: dict[str, Kind | Stance] = {**KINDS, **STANCES}
    light = " ".join(f"--{name}: {one.light};" for name, one in named.items())
    dark = " ".join(f"--{name}: {one.dark};" for name, one in named.items())
    system = f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    rules = [f":root {{ {light} }}", f":root.dark {{ {dark} }}" if by_button else system]
    rules += [f".mark.{name} {{ color: var(--{name}); }}" for name in KINDS]
    for name, one in STANCES.items():
        dashes = " stroke-dasharray: 5 4;" if one.dashed else ""
        rules += [
            f".stance.{name} {{ color: var(--{name}); }}",
            f".bar .{name} {{ background: var(--{name}); }}",
            f".cards button.{name} {{ border-left-color: var(--{name}); }}",
            f"#trail-lines path.{name} {{ stroke: var(--{name});{dashes} }}",
        ]
    return "\n".join([*rules, ""])


def _shown(name: str) -> dict[str, Any]:
    one = kind(name)
    known = {
        "plural": one.plural,
        "shape": one.shape,
        "sign": _SIGNS[one.shape],
        "css": name if name in KINDS else _QUIET,
        "size": one.size,
    }
    flags = {"topic": one.topic, "said": one.said, "spoken": one.spoken, "dated": one.dated}
    return known | {flag: True for flag, on in flags.items() if on}
