"""Studies: statements anchored in the texts that report them."""

from intlkg.studies.anchors import Anchor, digest, verify
from intlkg.studies.passages import find_tolerant
from intlkg.studies.placing import Placed, place
from intlkg.studies.sentences import sentence

__all__ = ["Anchor", "Placed", "digest", "find_tolerant", "place", "sentence", "verify"]
