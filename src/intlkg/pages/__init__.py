"""Interactive pages of evidence networks, and the site around them; all open offline."""

from intlkg.pages.explorer import About, page, write
from intlkg.pages.site import drawing, write_plain, write_site

__all__ = ["About", "drawing", "page", "write", "write_plain", "write_site"]
