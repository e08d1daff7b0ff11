"""Networks for tests of the pages: a small one as studies give, and one that means harm."""

import random
from itertools import pairwise

import networkx as nx

BASE = "https://example.org/"
HOSTILE = [
    "</script><script>window.harmed = 1</script>",
    "<img src=x onerror='window.harmed = 1'>",
    '"><svg onload=window.harmed=1>',
    "{{ 7 * 7 }} {% raw %}",
    "<a href='javascript:window.harmed=1'>click</a>",
    "\u2028window.harmed = 1\u2029",
    "https://example.org/ <b>bold</b> &amp; &lt;i&gt;",
]


def _node(graph: "nx.MultiDiGraph[str]", name: str, kind: str, label: str, **data: object) -> str:
    iri = BASE + name
    known: dict[str, object] = {"group": "", "text": "", "by": "", "facts": [], "year": None}
    graph.add_node(iri, **{**known, "kind": kind, "label": label, **data})
    return iri


def study() -> "nx.MultiDiGraph[str]":
    """Return two themes, two propositions, three statements, three speakers, a source, a loner."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    near = _node(graph, "concept/distance", "theme", "psychic distance", group="Distances")
    seen = _node(graph, "concept/seen", "theme", "visibility", group="Motives", text="To be seen.")
    _node(graph, "concept/alone", "theme", "lonely theme", group="Motives")
    one = _node(graph, "proposition/one", "proposition", "psychic distance determines entry")
    two = _node(graph, "proposition/two", "proposition", "visibility motivates entry")
    source = _node(graph, "work/makaya", "source", "Makaya 2024", year=2024)
    said = [
        ("q1", "the entry depends on psychic distance", "M9", one, "supports"),
        ("q2", "psychic distance does not impact that much", "M1", one, "disputes"),
        ("q3", "For sure money, also visibility", "M2", two, "supports"),
    ]
    graph.add_edge(one, near, relation="is about", role="about", stance="", weight=1)
    graph.add_edge(two, seen, relation="is about", role="about", stance="", weight=1)
    for name, words, who, proposition, stance in said:
        facts = [
            ("Said by", who),
            ("Where", "section 4-2, characters 10-50"),
            ("Source", "Makaya 2024"),
        ]
        quote = _node(graph, f"data/s/{name}", "statement", words, text=words, by=who, facts=facts)
        speaker = _node(graph, f"data/s/{who}", "participant", who)
        graph.add_edge(quote, proposition, relation=stance, role="quote", stance=stance, weight=1)
        graph.add_edge(quote, speaker, relation="said by", role="stated-by", stance="", weight=1)
        graph.add_edge(speaker, source, relation="speaks in", role="speaks-in", stance="", weight=1)
    return graph


def said() -> dict[str, dict[str, object]]:
    """Return what Python says of the themes and propositions of `study`."""
    near = {
        "tally": {"about": {"participant": {"supports": 1, "disputes": 1, "mentions": 0}}},
        "tally_words": ["1 participant supports it; 1 participant disputes it."],
        "brief": "1 supports, 1 disputes",
        "bar": {"supports": 1, "disputes": 1, "mentions": 0},
        "who": [
            ["M9", "participant", "supports", "about"],
            ["M1", "participant", "disputes", "about"],
        ],
        "who_iris": [BASE + "data/s/M9", BASE + "data/s/M1"],
    }
    seen = {
        "tally": {"about": {"participant": {"supports": 1, "disputes": 0, "mentions": 0}}},
        "tally_words": ["1 participant supports it."],
        "brief": "1 supports",
        "bar": {"supports": 1, "disputes": 0, "mentions": 0},
        "who": [["M2", "participant", "supports", "about"]],
        "who_iris": [BASE + "data/s/M2"],
    }
    return {
        BASE + "proposition/one": near,
        BASE + "proposition/two": seen,
        BASE + "concept/distance": {
            **near, "propositions": [[BASE + "proposition/one", ""]], "within": [],
        },
        BASE + "concept/seen": {
            **seen, "propositions": [[BASE + "proposition/two", ""]], "within": [],
        },
    }  # fmt: skip


def hostile() -> "nx.MultiDiGraph[str]":
    """Return a network whose every word tries to run a script or to inject HTML."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kinds = ["theme", "proposition", "statement", "participant", "source", "<b>kind</b>"]
    nodes = [
        _node(graph, f"x/{number}?{text}", kinds[number % len(kinds)], text, text=text, group=text,
              facts=[(text, text)])
        for number, text in enumerate(HOSTILE * 2)
    ]  # fmt: skip
    for one, other in pairwise(nodes):
        graph.add_edge(one, other, relation=HOSTILE[0], stance="supports", weight=1)
    return graph


def large(nodes: int, edges: int, seed: int = 1) -> "nx.MultiDiGraph[str]":
    """Return a made-up network: a tenth themes, the rest propositions, statements and sources."""
    draw = random.Random(seed)  # noqa: S311
    kinds = ["theme", *["proposition"] * 3, *["statement"] * 4, *["source"] * 2]
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    names = []
    for number in range(nodes):
        kind = kinds[number % len(kinds)]
        words = " ".join(draw.choices(_WORDS, k=4 if kind == "theme" else 9))
        names.append(
            _node(graph, f"{kind}/n{number}", kind, words, text=words if kind == "statement" else "",
                  year=draw.randint(1977, 2026) if kind == "source" else None)
        )  # fmt: skip
    for _ in range(edges):
        one, other = draw.choice(names), names[int(nodes * draw.random() ** 2)]
        stance = draw.choice(["supports", "supports", "disputes", ""])
        graph.add_edge(one, other, relation=stance or "is about", stance=stance, weight=1)
    return graph


_WORDS = (
    "entry distance network knowledge market partner risk growth digital export speed online firm "
    "manager barrier motive capability resource international foreign"
).split()
