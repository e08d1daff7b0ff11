"""Studies: statements anchored in the texts that report them."""

from intlkg.studies.anchors import Anchor, digest, verify, warnings
from intlkg.studies.gaps import stands
from intlkg.studies.placing import Placed, place, unplaced
from intlkg.studies.sentences import sentence

__all__ = [
    "Anchor",
    "Placed",
    "digest",
    "place",
    "sentence",
    "stands",
    "unplaced",
    "verify",
    "warnings",
]
