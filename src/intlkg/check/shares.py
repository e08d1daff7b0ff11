"""How much of each text the workspace stores: words of others are kept in passages, not whole."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from intlkg import questions
from intlkg.base import Base
from intlkg.check.anchors import texts

MOST: Final = 2 / 3
"""The share of a text that may be stored."""


def shares(base: Base, files: Mapping[str, Path]) -> dict[str, float]:
    """Return IRI of a source text -> the share of its characters that is stored, from 0 to 1.

    Args:
        base: whose texts.
        files: digest -> file of the texts that are at hand; of others nothing is said.
    """
    held = {
        text: files[digest].read_bytes().decode("utf-8")
        for text, digest in texts(base).items()
        if digest in files
    }
    stored = {text: bytearray(len(words)) for text, words in held.items()}
    for row in questions.listed(base, "stored-words"):
        text, words = questions.text(row["text"]), questions.text(row["words"])
        if text in held:
            start = questions.text(row.get("start"))
            at = int(start) if start else held[text].find(words)
            if at >= 0:
                stored[text][at : at + len(words)] = b"\1" * len(words)
    return {text: sum(marks) / max(1, len(marks)) for text, marks in stored.items()}
