"""Whether every anchored passage stands where it is said to stand."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from intlkg import questions, studies
from intlkg.base import Base
from intlkg.store import Iri


def known_texts(places: Iterable[Path]) -> dict[str, Path]:
    """Return digest -> file of the source texts in files and folders; missing ones are left out."""
    found = {}
    for place in places:
        files = sorted(place.iterdir()) if place.is_dir() else [place]
        found.update({studies.digest(file): file for file in files if file.is_file()})
    return found


def texts(base: Base) -> dict[str, str]:
    """Return IRI -> digest of the workspace's source texts."""
    rows = questions.listed(base, "texts")
    return {questions.text(row["text"]): questions.text(row["digest"]) for row in rows}


def anchors_by_text(base: Base) -> dict[str, list[studies.Anchor]]:
    """Return IRI of a source text -> what is claimed of the anchors in it."""
    found: dict[str, list[studies.Anchor]] = defaultdict(list)
    for row in questions.listed(base, "anchors"):
        value = {name: questions.text(term) for name, term in row.items()}
        found[value["text"]].append(_anchor(value))
    return found


def anchor_faults(
    base: Base, files: dict[str, Path]
) -> tuple[int, tuple[str, ...], list[tuple[str, str]]]:
    """Return how many anchors there are, which texts were not at hand, and (anchor, fault)s."""
    by_text = anchors_by_text(base)
    digests = texts(base)
    faults = []
    unread = []
    for text, anchors in by_text.items():
        path = files.get(digests[text])
        if path is None:
            unread.append(base.store.label(Iri(text)) or text.rsplit("/", 2)[-2])
        words = path.read_bytes().decode("utf-8") if path else None
        for anchor in anchors:
            faults += [(anchor.iri, fault) for fault in studies.verify(anchor, words)]
    count = len({anchor.iri for anchors in by_text.values() for anchor in anchors})
    return count, tuple(sorted(unread)), faults


def _anchor(value: dict[str, str]) -> studies.Anchor:
    return studies.Anchor(
        iri=value["anchor"],
        start=int(value["start"]),
        end=int(value["end"]),
        exact=value["exact"],
        prefix=value.get("prefix", ""),
        suffix=value.get("suffix", ""),
        content=value.get("content", ""),
        holder=value.get("holder", ""),
        part=int(value.get("part") or 0),
    )
