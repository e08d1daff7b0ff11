"""Placing: fill in where the words that a curator typed stand in the text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from intlkg.store import Block, Document, Graph, Literal, render
from intlkg.studies import differences, gaps, passages
from intlkg.studies.passages import Passage
from intlkg.vocab import RDF_TYPE, term

SURROUNDING: Final = 24
"""Characters kept before and after an anchored passage."""

_HOLDERS: Final = {
    term(name)
    for name in (
        "ik:VerbatimQuote", "ik:ReportedStatement", "ik:Assertion", "ik:Finding",
        "ik:LiteratureClaim", "ik:StudyFact",
        "c4o:InTextReferencePointer", "c4o:SingleLocationPointerList",
    )
}  # fmt: skip
_ONE_PLACE: Final = {
    term("c4o:InTextReferencePointer"),
    term("c4o:SingleLocationPointerList"),
}


@dataclass(slots=True)
class Placed:
    """What `place` did: changes in words, and (IRI, fault with cure) for what has no place."""

    changes: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


def unplaced(document: Document) -> int:
    """Return how many statements and passages of a document have no place in a text yet."""
    return _Placer(document, "", "").open()


def place(document: Document, source: str, text: str) -> Placed:
    """Fill in or refresh every anchor of one source text in a document.

    A holder of words (a statement, in-text citation, finding or literature claim) without an anchor
    gets one at each place where its words stand, a citation only inside its sentence. An anchor
    with words but no position, or a wrong one, gets the right one. Surroundings and sections follow
    from the positions. Words are looked for exactly; else whatever their typography, and then take
    the text's own; else, where they have gaps (`[…]`, `...`, an editor's words in brackets), as
    passages one after another.

    Args:
        document: a study's graphs; changed in place.
        source: IRI of the `ik:SourceText`.
        text: its characters.
    """
    return _Placer(document, source, text).run()


class _Placer:
    def __init__(self, document: Document, source: str, text: str) -> None:
        self._document = document
        self._source = source
        self._text = text
        self._placed = Placed()
        self._blocks: dict[str, tuple[Graph, Block]] = {}
        for graph in document.graphs:
            for block in graph.blocks:
                if self._types(block):
                    self._blocks.setdefault(document.expand(block.subject), (graph, block))
        self._holders: dict[str, list[Block]] = {}
        for _, block in self._blocks.values():
            for anchor in self._values(block, "ik:anchor"):
                self._holders.setdefault(anchor, []).append(block)

    def run(self) -> Placed:
        starts: dict[str, int] = {}
        for iri, (graph, block) in list(self._blocks.items()):
            if self._is(block, "ik:TextAnchor") and self._source in self._values(
                block, "oa:hasSource"
            ):
                found = self._anchor(iri, graph, block)
                if found:
                    starts[iri] = found.start
        for iri, (graph, block) in list(self._blocks.items()):
            if _HOLDERS & set(self._types(block)) and not self._values(block, "ik:anchor"):
                starts.update(self._anchor_holder(iri, graph, block))
        self._sections(starts)
        return self._placed

    def open(self) -> int:
        blocks = [block for _, block in self._blocks.values()]
        holders = [
            block
            for block in blocks
            if _HOLDERS & set(self._types(block)) and not self._values(block, "ik:anchor")
        ]
        anchors = [
            block
            for block in blocks
            if self._is(block, "ik:TextAnchor")
            and not self._selector(block, "oa:TextPositionSelector")
        ]
        return len(holders) + len(anchors)

    # ---- anchors that are there

    def _anchor(self, iri: str, graph: Graph, block: Block) -> Passage | None:
        quote = self._selector(block, "oa:TextQuoteSelector")
        if quote is None:
            return None
        exact = self._one(quote, "oa:exact")
        position = self._selector(block, "oa:TextPositionSelector")
        old = int(self._one(position, "oa:start") or -1) if position else -1
        around = (self._one(quote, "oa:prefix"), self._one(quote, "oa:suffix"))
        found = self._located(iri, exact, around, old)
        if found is None:
            return None
        if position is None:
            position = Block(f"{block.subject}p")
            block.state(
                self._name("oa:hasSelector"),
                [position.subject, *block.objects(self._name("oa:hasSelector"))],
            )
            graph.blocks.insert(graph.blocks.index(block) + 1, position)
            self._say(f"{block.subject} placed at {found.start}-{found.end}")
        elif old != found.start:
            self._say(f"{block.subject} moved from {old} to {found.start}")
        self._write(position, quote, found)
        if not self._values(block, "ik:part"):
            for holder in self._holders.get(iri, ()):
                self._reword(holder, found)
        return found

    def _located(self, iri: str, exact: str, around: tuple[str, str], old: int) -> Passage | None:
        """Return where words stand: at the old place, else at the one that fits best."""
        if old >= 0 and self._text.startswith(exact, old):
            return Passage(old, old + len(exact))
        candidates = passages.locate(exact, self._text)
        if not candidates:
            self._miss(iri, exact)
            return None
        prefix, suffix = around
        fitting = [
            place
            for place in candidates
            if self._text.endswith(prefix, 0, place.start)
            and self._text.startswith(suffix, place.end)
        ]
        if old < 0 and len(candidates) > 1 and len(fitting) != 1:
            where = ", ".join(str(place.start) for place in candidates)
            self._fault(
                iri,
                f"its words stand at {len(candidates)} places ({where}); "
                "add an oa:prefix that only one of them has",
            )
            return None
        return min(fitting or candidates, key=lambda place: abs(place.start - old))

    def _reword(self, holder: Block, found: Passage) -> None:
        """Give a holder the text's own quotation marks, where it differs by these alone."""
        content = self._one(holder, "c4o:hasContent")
        there = self._text[found.start : found.end]
        if not content or passages.agrees(content, there):
            return
        if passages.find_tolerant(content, there) == [Passage(0, len(there))]:
            self._state_content(holder, passages.retyped(content, there))
            self._say(f"{holder.subject} takes the text's own typography")

    def _state_content(self, holder: Block, words: str) -> None:
        (old,) = holder.objects(self._name("c4o:hasContent"))
        language = old[old.rindex("@") :] if old.rfind("@") > old.rfind(old[0]) else ""
        holder.state(self._name("c4o:hasContent"), [render(Literal(words)) + language])

    # ---- holders without an anchor

    def _anchor_holder(self, iri: str, graph: Graph, block: Block) -> dict[str, int]:
        content = self._one(block, "c4o:hasContent")
        if not content:
            return {}
        within = Passage(0, len(self._text))
        if _ONE_PLACE & set(self._types(block)):
            sentences = self._sentence(block)
            if not sentences:
                self._fault(iri, "its sentence is not in the text; correct c4o:hasContext")
                return {}
            within = sentences[0]
        inside = self._text[within.start : within.end]
        found = passages.locate(content, inside)
        if _ONE_PLACE & set(self._types(block)):
            found = found[:1]
        split = [] if found else gaps.parts(content)
        if len(split) > 1 or (split and split[0].gap):
            found = gaps.locate([one.words for one in split], inside)
        if not found:
            self._miss(iri, content, split)
            return {}
        places = [Passage(one.start + within.start, one.end + within.start) for one in found]
        return self._state_places(graph, block, places, split)

    def _state_places(
        self, graph: Graph, block: Block, places: list[Passage], split: list[gaps.Part]
    ) -> dict[str, int]:
        """Write an anchor for each place: of the whole words, or of one part of them."""
        starts = {}
        at = graph.blocks.index(block) + 1
        for number, found in enumerate(places):
            anchor, selectors = self._new_anchor(block, found)
            iri = self._document.expand(anchor.subject)
            starts[iri] = found.start
            graph.blocks[at:at] = [anchor, *selectors]
            at += 3
            self._blocks[iri] = (graph, anchor)
            if split:
                self._state_part(anchor, number + 1, split[number].gap)
            else:
                self._reword(block, found)
        block.state(self._name("ik:anchor"), [self._document.shorten(iri) for iri in starts])
        joined = ", then ".join if split else " and ".join
        self._say(f"{block.subject} placed at {joined(map(str, starts.values()))}")
        return starts

    def _state_part(self, anchor: Block, number: int, gap: str) -> None:
        anchor.state(self._name("ik:part"), [str(number)])
        if gap:
            anchor.state(self._name("ik:gapBefore"), [self._name(gap)])

    def _sentence(self, block: Block) -> list[Passage]:
        for sentence in self._values(block, "c4o:hasContext"):
            if sentence in self._blocks:
                words = self._one(self._blocks[sentence][1], "c4o:hasContent")
                return passages.locate(words, self._text)
        return []

    def _new_anchor(self, holder: Block, found: Passage) -> tuple[Block, tuple[Block, Block]]:
        prefix, _, local = holder.subject.partition(":")
        name = f"{prefix}:a{found.start}"
        if self._document.expand(name) in self._blocks:
            name = f"{name}-{local}"
        position = Block(f"{name}p", [("a", [self._name("oa:TextPositionSelector")])])
        quote = Block(f"{name}q", [("a", [self._name("oa:TextQuoteSelector")])])
        self._write(position, quote, found)
        anchor = Block(
            name,
            [
                ("a", [self._name("ik:TextAnchor")]),
                (self._name("oa:hasSource"), [self._document.shorten(self._source)]),
                (self._name("oa:hasSelector"), [position.subject, quote.subject]),
            ],
        )
        return anchor, (position, quote)

    # ---- what follows from positions

    def _write(self, position: Block, quote: Block, found: Passage) -> None:
        number = self._name("xsd:nonNegativeInteger")
        if not position.properties:
            position.state("a", [self._name("oa:TextPositionSelector")])
        position.state(self._name("oa:start"), [f'"{found.start}"^^{number}'])
        position.state(self._name("oa:end"), [f'"{found.end}"^^{number}'])
        before = self._text[max(0, found.start - SURROUNDING) : found.start]
        after = self._text[found.end : found.end + SURROUNDING]
        exact = self._text[found.start : found.end]
        for name, words in (("oa:prefix", before), ("oa:exact", exact), ("oa:suffix", after)):
            if self._one(quote, name) != words:
                quote.state(self._name(name), [render(Literal(words))] if words else [])

    def _sections(self, starts: dict[str, int]) -> None:
        """State for each anchor the section whose heading is the last one at or before it."""
        headings = sorted(
            (starts[anchor], block.subject)
            for _, block in self._blocks.values()
            if self._is(block, "doco:Section")
            for anchor in self._values(block, "ik:anchor")
            if anchor in starts
        )
        for anchor, start in starts.items():
            before = [name for heading, name in headings if heading <= start]
            if before:
                self._blocks[anchor][1].state(self._name("ik:inSection"), before[-1:])

    # ---- reading blocks

    def _miss(self, iri: str, words: str, split: Sequence[gaps.Part] = ()) -> None:
        wanted = [one.words for one in split] or [words]
        if len(wanted) > 1 and gaps.disordered(wanted, self._text):
            self._fault(iri, "its passages stand in another order in the text; copy their order")
            return
        lost = next((one for one in wanted if not passages.locate(one, self._text)), words)
        like = differences.likeness(lost, self._text)
        hint = f"; {like}" if like else ""
        self._fault(iri, f"its words are not in the text{hint}; copy them from the text")

    def _fault(self, iri: str, fault: str) -> None:
        self._placed.faults.append((iri, fault))

    def _selector(self, block: Block, kind: str) -> Block | None:
        for selector in self._values(block, "oa:hasSelector"):
            if selector in self._blocks and self._is(self._blocks[selector][1], kind):
                return self._blocks[selector][1]
        return None

    def _types(self, block: Block) -> list[str]:
        return [
            self._document.expand(value)
            for name, values in block.properties
            if self._document.expand(name) == RDF_TYPE
            for value in values
        ]

    def _is(self, block: Block, kind: str) -> bool:
        return term(kind) in self._types(block)

    def _values(self, block: Block, predicate: str) -> list[str]:
        return [self._document.expand(value) for value in block.objects(self._name(predicate))]

    def _one(self, block: Block | None, predicate: str) -> str:
        literals = block.objects(self._name(predicate)) if block else []
        return self._document.value(literals[0]) if literals else ""

    def _name(self, prefixed: str) -> str:
        return self._document.shorten(term(prefixed))

    def _say(self, change: str) -> None:
        self._placed.changes.append(change)
