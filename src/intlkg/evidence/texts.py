"""The texts that are at hand in the folder `texts/`: for whole sentences, and to check words."""

import hashlib
from collections.abc import Mapping, Sequence

from intlkg import questions
from intlkg.base import Base
from intlkg.evidence.model import Place
from intlkg.store import Iri, Literal
from intlkg.studies import sentence, stands
from intlkg.vocab import term


def at_hand(base: Base) -> Mapping[str, str]:
    """Return IRI of a work -> its text, for the texts in the workspace's folder `texts/`.

    A study's text is known by its digest; that of another work by its file's name, `KEY.txt`.
    """
    return base.once(_at_hand)


def whole_sentence(base: Base, places: Sequence[Place], words: str) -> str:
    """Return the sentence that words stand in, or nothing where it says no more or is not there."""
    for place in places:
        text = at_hand(base).get(place.source_iri)
        if text is not None and place.start is not None and place.end is not None:
            whole = sentence(text, place.start, place.end)
            return "" if whole.strip(" .") == words.strip(" .") else whole
    return ""


def checked(base: Base, work: str, words: str) -> str:
    """Return `yes` or `no`: whether words stand in a work's text; or `text not at hand`."""
    text = at_hand(base).get(work)
    if text is None:
        return "text not at hand"
    return "yes" if stands(words, text) else "no"


def _at_hand(base: Base) -> dict[str, str]:
    files = sorted((base.workspace.root / "texts").glob("*.txt"))
    if not files:
        return {}
    rows = list(questions.listed(base, "texts"))
    known = {questions.text(row["digest"]): questions.text(row.get("work")) for row in rows}
    found: dict[str, str] = {}
    for path in files:
        content = path.read_bytes()
        named = base.store.find(predicate=Iri(term("dcterms:identifier")), value=Literal(path.stem))
        works = [known.get(hashlib.sha256(content).hexdigest(), "")]
        works += [questions.text(quad.subject) for quad in named]
        found |= {work: content.decode("utf-8", "replace") for work in works if work}
    return found
