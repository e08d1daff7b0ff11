"""An evidence base for qualitative research: trace a theme to the words on the page."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intlkg.api import EvidenceBase, open

__version__ = "0.1.0"
__all__ = ["EvidenceBase", "__version__", "open"]


def __getattr__(name: str) -> Any:
    """Load the Python interface when it is first used: the commands start without it."""
    if name in ("EvidenceBase", "open"):
        from intlkg import api

        return getattr(api, name)
    raise AttributeError(f"module 'intlkg' has no attribute '{name}'")
