"""A TriG file as people write it: blocks with their comments, in one stable layout.

The layout keeps a person's order, comments and spelling of terms, and settles white space: one line
a block where it fits, else one line a property; at most one empty line between blocks.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pyoxigraph

from intlkg.errors import Problem

WIDTH: Final = 160
"""Columns that a line may have before its block is broken into one line a property."""

_PIECE: Final = re.compile(
    r"""(?P<space>\s+)|(?P<comment>\#[^\n]*)
    |(?P<string>(?:\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
        (?:@[A-Za-z][\w-]*|\^\^(?:<[^>\s]*>|[^\s;,.\[\](){}]+))?)
    |(?P<iri><[^<>\s]*>)
    |(?P<mark>[;,\[\](){}]|\.(?![\w:%-]))
    |(?P<word>(?:[^\s;,.\[\](){}"'<>\#]|\.(?=[\w:%-]))(?:[^\s;,.\[\](){}"'<>]|\.(?=[\w:%-]))*)""",
    re.VERBOSE | re.DOTALL,
)
_OPENING: Final = "[("
_CLOSING: Final = "])"


@dataclass(slots=True, eq=False)
class Block:
    """One subject with its properties, and the comment above it.

    Attributes:
        subject: the subject as written, such as `m:M1`; empty for a comment that stands alone.
        properties: (predicate, objects) as written, in order.
        comments: lines above the block, with their `#`; an empty one for an empty line.
        gap: whether an empty line stands above.
    """

    subject: str = ""
    properties: list[tuple[str, list[str]]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    gap: bool = False

    def objects(self, predicate: str) -> list[str]:
        """Return the objects of a property as written; none where the block lacks it."""
        return [value for name, values in self.properties if name == predicate for value in values]

    def state(self, predicate: str, objects: Iterable[str]) -> None:
        """Make these the only objects of a property; one without objects is taken out."""
        values = list(objects)
        for number, (name, _) in enumerate(self.properties):
            if name == predicate:
                self.properties[number : number + 1] = [(predicate, values)] if values else []
                return
        if values:
            self.properties.append((predicate, values))


@dataclass(slots=True)
class Graph:
    """A named graph's blocks; `name` is empty for what stands outside of any."""

    name: str
    blocks: list[Block]
    comments: list[str] = field(default_factory=list)


class Document:
    """A Turtle or TriG file that can be changed and written again without losing a comment."""

    def __init__(self, header: list[str], prefixes: dict[str, str], graphs: list[Graph]) -> None:
        """Wrap the parts of a file; use `read_document`."""
        self.header = header
        self.prefixes = prefixes
        self.graphs = graphs

    def expand(self, term: str) -> str:
        """Return the IRI that a term means, with `a` for rdf:type; a literal stays as it is."""
        if term == "a":
            return "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
        if term.startswith("<"):
            return term[1:-1]
        prefix, colon, local = term.partition(":")
        return self.prefixes[prefix] + local if colon and prefix in self.prefixes else term

    def shorten(self, iri: str) -> str:
        """Return an IRI as the file writes it: with a prefix where it has one."""
        for prefix, space in self.prefixes.items():
            if iri.startswith(space) and re.fullmatch(r"[\w-]*", iri[len(space) :]):
                return f"{prefix}:{iri[len(space) :]}"
        return f"<{iri}>"

    def value(self, literal: str) -> str:
        """Return the characters of a literal, escapes resolved."""
        (triple,) = pyoxigraph.parse(
            f"{self._declared} <x:s> <x:p> {literal} .", pyoxigraph.RdfFormat.TURTLE
        )
        return triple.object.value if isinstance(triple.object, pyoxigraph.Literal) else literal

    @cached_property
    def _declared(self) -> str:
        return "".join(f"@prefix {name}: <{iri}> . " for name, iri in self.prefixes.items())

    def text(self) -> str:
        """Return the file in its stable layout."""
        lines = list(self.header)
        for graph in self.graphs:
            if lines and lines[-1]:
                lines.append("")
            lines += graph.comments
            if graph.name:
                lines.append(f"{graph.name} {{")
            for number, block in enumerate(graph.blocks):
                if block.gap and (number or graph.name):
                    lines.append("")
                lines += _laid_out(block, "  " if graph.name else "")
            if graph.name:
                lines.append("}")
        return "\n".join(lines) + "\n"


def read_document(name: str, text: str) -> Document | Problem:
    """Return a Turtle or TriG file as a document, or the defect that keeps it from being read.

    Args:
        name: the file's name, for the problem.
        text: the file's content, which must be good TriG: parse it first.
    """
    return _Reader(name, text).document()


class _Reader:
    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self._at = 0
        self._comments: list[str] = []
        self._gap = False

    def document(self) -> Document | Problem:
        document = Document([], {}, [])
        try:
            while (piece := self._next()) is not None:
                if piece.lower() in ("@prefix", "prefix", "@base", "base"):
                    self._directive(document, piece)
                else:
                    self._body(document, piece)
        except ValueError as error:
            line = self._text.count("\n", 0, self._at) + 1
            return Problem(self._name, line, f"{error}; mend the syntax here")
        if self._comments:
            document.graphs.append(Graph("", [Block(comments=self._taken(), gap=True)]))
        return document

    def _directive(self, document: Document, word: str) -> None:
        document.header += self._taken()
        parts = [word]
        wanted = 3 if "prefix" in word.lower() else 2
        while len(parts) < wanted:
            parts.append(self._needed())
        if word.startswith("@"):
            self._expect(".")
            parts.append(".")
        document.header.append(" ".join(parts))
        if wanted == 3:
            document.prefixes[parts[1][:-1]] = parts[2][1:-1]

    def _body(self, document: Document, first: str) -> None:
        if first.lower() == "graph":
            first = self._needed()
        comments, gap = self._taken(), self._gap
        following = self._needed()
        if following == "{":
            document.graphs.append(Graph(first, self._blocks(), comments))
            return
        if not document.graphs or document.graphs[-1].name:
            document.graphs.append(Graph("", []))
        block = self._block(first, following)
        block.comments = [*comments, *block.comments]
        block.gap = gap
        document.graphs[-1].blocks.append(block)

    def _blocks(self) -> list[Block]:
        blocks = []
        while (piece := self._needed()) != "}":
            comments, gap = self._taken(), self._gap
            block = self._block(piece, self._needed())
            block.comments = [*comments, *block.comments]
            block.gap = gap
            blocks.append(block)
        if self._comments:
            blocks.append(Block(comments=self._taken(), gap=True))
        return blocks

    def _block(self, subject: str, piece: str) -> Block:
        """Read the properties of a subject up to the full stop, or to the end of the graph."""
        block = Block(subject)
        while piece != ".":
            if piece != ";":
                block.properties.append((piece, self._objects()))
            piece = self._needed()
            if piece == "}":
                self._at -= 1
                break
        block.comments = self._taken()
        return block

    def _objects(self) -> list[str]:
        objects: list[list[str]] = [[]]
        depth = 0
        while True:
            before = self._at
            piece = self._needed()
            if not depth and piece in (";", ".", "}"):
                self._at = before if piece == "." else self._at - 1
                return [" ".join(parts) for parts in objects]
            if not depth and piece == ",":
                objects.append([])
                continue
            depth += (piece in _OPENING) - (piece in _CLOSING)
            objects[-1].append(piece)

    def _taken(self) -> list[str]:
        taken, self._comments = self._comments, []
        return taken

    def _expect(self, wanted: str) -> None:
        piece = self._needed()
        if piece != wanted:
            raise ValueError(f"'{piece}' stands where '{wanted}' is needed")

    def _needed(self) -> str:
        piece = self._next()
        if piece is None:
            raise ValueError("the file ends in the middle of a statement")
        return piece

    def _next(self) -> str | None:
        """Return the next piece; comments on the way are kept, an empty line is remembered."""
        self._gap = False
        while self._at < len(self._text):
            match = _PIECE.match(self._text, self._at)
            if match is None:
                raise ValueError(f"'{self._text[self._at]}' is not understood")
            self._at = match.end()
            if match.lastgroup == "comment":
                self._comments.append(match[0].rstrip())
            elif match.lastgroup == "space":
                if match[0].count("\n") > 1 and self._comments:
                    self._comments.append("")
                elif match[0].count("\n") > 1:
                    self._gap = True
            else:
                return match[0]
        return None


def _laid_out(block: Block, indent: str) -> list[str]:
    lines = [(indent + comment).rstrip() for comment in block.comments]
    if not block.subject:
        return lines
    parts = [f"{predicate} {' , '.join(values)}" for predicate, values in block.properties]
    whole = f"{indent}{block.subject} {' ; '.join(parts)} ."
    if len(whole) <= WIDTH or len(parts) == 1:
        return [*lines, whole]
    ends = [" ;"] * (len(parts) - 1) + [" ."]
    for number, (part, end) in enumerate(zip(parts, ends, strict=True)):
        start = f"{indent}{block.subject} " if number == 0 else f"{indent}  "
        lines += _filled(start + part + end, f"{indent}    ")
    return lines


def _filled(line: str, indent: str) -> list[str]:
    """Break a long list of terms after its commas; a literal is never broken."""
    lines = []
    while len(line) > WIDTH and '"' not in line and (cut := line.rfind(" , ", 0, WIDTH - 1)) > 0:
        lines.append(line[: cut + 2])
        line = indent + line[cut + 3 :]
    return [*lines, line]
