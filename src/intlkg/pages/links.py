"""Where the pages of the site are, and the items of its explorers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses in the site.

    Attributes:
        pages: IRI -> name of the file that is its page.
        items: IRI -> address of its item in an explorer, ready for a link.
        up: what leads from the linking page to the folder of the site.
    """

    pages: Mapping[str, str]
    items: Mapping[str, str]
    up: str = ""

    def page(self, iri: str) -> str:
        """Return the address of a thing's page, or nothing."""
        return f"{self.up}{quote(self.pages[iri])}" if iri in self.pages else ""

    def item(self, iri: str) -> str:
        """Return the address of a thing in an explorer, or nothing."""
        return f"{self.up}{self.items[iri]}" if iri in self.items else ""

    def below(self) -> "Links":
        """Return the same addresses for the pages of a folder."""
        return replace(self, up="../")
