"""What a SPARQL text names, found without an engine: services, files to load, graphs, depth.

Where SPARQL can be read in two ways, both are followed: a text that hides a word from one reading
shows it to the other. What looks like `<…>` may be an IRI or two comparisons.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from intlkg.errors import QueryError

DEEPEST: Final = 1_000
"""Brackets within brackets that a query may have."""

LONGEST: Final = 10_000
"""Steps that one chain of signs, or of UNION, may have: each needs room on the engine's stack."""

_OUTSIDE: Final = re.compile(r"service|load|from|\\u", re.IGNORECASE)
_GOES_OUT: Final = re.compile(r"service|load", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LOCAL: Final = r"(?:(?:[\w:%]|\\.)(?:[\w:%.·-]|\\.)*)?"
"""What follows the colon of a prefixed name; it begins with neither a full stop nor a hyphen."""

_TOKEN: Final = re.compile(
    rf"""(?P<space>\s+)|(?P<comment>\#[^\n\r]*)
    |(?P<string>'''(?:[^'\\]|\\.|'(?!''))*'''|\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"
        |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
    |(?P<iri><(?:[^<>"{{}}|^`\\\s]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
    |(?P<variable>[?$]\w+)|(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<pname>(?:[^\W\d](?:[\w.-]*\w)?)?:{_LOCAL})
    |(?P<word>[^\W\d]\w*)|(?P<open>[({{\[])|(?P<close>[)}}\]])|(?P<escape>\\.)|(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_FOLLOWING: Final = re.compile(r"(?:\s|#[^\n\r]*)*\{")
_CHAIN: Final = frozenset("+-*/!|^&=<>")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    end: int


def network_word(text: str) -> str:
    """Return the word by which a query would reach for the network, or nothing."""
    if not _OUTSIDE.search(text):
        return ""
    for reading in {text, _unescaped(text)}:
        for token in _readings(reading):
            if _leads_out(token, reading):
                return "LOAD" if "load" in token.text.lower() else "SERVICE"
    return ""


def graphs(text: str) -> tuple[str, ...] | None:
    """Return the graphs that a query names with FROM and FROM NAMED; None where it has neither."""
    if not _OUTSIDE.search(text):
        return None
    tokens = [one for one in _first_reading(text) if one.kind not in ("space", "comment")]
    starts = [n for n, one in enumerate(tokens) if _is(one, "from")]
    if not starts:
        return None
    named = (n + 1 + _is(tokens[n + 1], "named") for n in starts if n + 2 < len(tokens))
    return tuple(_expanded(tokens, tokens[n]) for n in named)


def undeclared(text: str) -> tuple[str, int] | None:
    """Return the first prefix that a query uses and does not declare, and its line."""
    tokens = [one for one in _first_reading(text) if one.kind not in ("space", "comment")]
    known = {"_"}
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.kind == "pname":
            prefix = token.text.partition(":")[0]
            if before is not None and _is(before, "prefix"):
                known.add(prefix)
            elif prefix not in known:
                return prefix, text.count("\n", 0, token.end) + 1
    return None


def too_deep(text: str) -> str:
    """Return in what a query is too deep for an engine, or nothing."""
    depth = chain = 0
    for token in _first_reading(text):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth > DEEPEST:
            return f"it has brackets within brackets more than {DEEPEST:,} deep"
        chain += _is(token, "union") or (token.kind == "other" and token.text in _CHAIN)
        if token.text == ";" or _is(token, "select"):
            chain = 0
        if chain > LONGEST:
            return f"it joins more than {LONGEST:,} things with signs or UNION"
    return ""


@functools.lru_cache(maxsize=1024)
def checked(text: str, *, network: bool = False) -> tuple[str, ...] | None:
    """Return the graphs that a query names with FROM, if it may be run at all.

    Raises:
        QueryError: it is too deep, or would reach for the network and may not.
    """
    if len(text) > DEEPEST and (fault := too_deep(text)):
        raise QueryError(f"the query is too deep for the engine: {fault}; write it in steps")
    word = "" if network else network_word(text)
    if word:
        raise QueryError(
            f"the query says {word}, which goes to the network, and intlkg works offline; "
            f"take {word} out, or run it with 'intlkg query --allow-network'"
        )
    return graphs(text)


def _leads_out(token: _Token, text: str) -> bool:
    """Whether a token is, or may be read as, the word for a service or a file to load.

    An engine may read `SERVICEex:x {` as the word and a name behind it.
    """
    if token.kind == "word":
        return bool(_GOES_OUT.search(token.text))
    if token.kind == "pname" and _GOES_OUT.search(token.text.partition(":")[0]):
        return bool(_FOLLOWING.match(text, token.end))
    return False


def _readings(text: str) -> Iterator[_Token]:
    """Yield the tokens of all readings of a text; each place is read once."""
    places, seen = [0], {0}
    while places:
        place = places.pop()
        if place >= len(text):
            continue
        token = _token(text, place)
        yield token
        for following in (token.end, *_other_ends(token, text, place)):
            if following not in seen:
                seen.add(following)
                places.append(following)


def _other_ends(token: _Token, text: str, start: int) -> Iterator[int]:
    """Yield where a token may end if it is read in another way."""
    if token.kind == "iri" and not re.match(r"<[A-Za-z][\w+.-]*://", token.text):
        yield start + 1
    elif token.kind == "comment" and text[token.end : token.end + 1] == "\r":
        line = text.find("\n", token.end)
        yield len(text) if line < 0 else line
    elif token.kind == "string" and token.text[:4] in ("''''", '""""'):
        yield start + 2
    elif token.kind == "pname":
        yield from (start + dot.start() for dot in re.finditer(r"\.", token.text))


def _first_reading(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        token = _token(text, place)
        yield token
        place = token.end


def _token(text: str, place: int) -> _Token:
    match = _TOKEN.match(text, place)
    if match is None or match.lastgroup is None:
        return _Token("other", text[place], place + 1)
    return _Token(match.lastgroup, match[0], match.end())


def _is(token: _Token, word: str) -> bool:
    return token.kind == "word" and token.text.lower() == word


def _expanded(tokens: list[_Token], name: _Token) -> str:
    """Return the IRI that a name of a query means by the query's own prefixes and base."""
    base, prefixes = "", {}
    for first, second, third in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if _is(first, "base") and second.kind == "iri":
            base = second.text[1:-1]
        if _is(first, "prefix") and third.kind == "iri":
            prefixes[second.text] = urljoin(base, third.text[1:-1])
    if name.kind == "iri":
        return _unescaped(urljoin(base, name.text[1:-1]))
    prefix, _, local = name.text.partition(":")
    return prefixes.get(f"{prefix}:", f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)


def _unescaped(text: str) -> str:
    """Return a text with its code-point escapes resolved."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code < 0x110000 else match[0]

    return _ESCAPE.sub(character, text)
