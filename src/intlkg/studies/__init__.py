"""Studies: statements anchored in the texts that report them."""

from intlkg.studies.anchors import Anchor, digest, plain, verify

__all__ = ["Anchor", "digest", "plain", "verify"]
