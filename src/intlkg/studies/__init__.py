"""Studies: statements anchored in the texts that report them."""

from intlkg.studies.anchors import Anchor, digest, verify
from intlkg.studies.placing import Placed, place

__all__ = ["Anchor", "Placed", "digest", "place", "verify"]
