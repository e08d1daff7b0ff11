"""Interactive pages of evidence networks, and the site around them; all open offline."""

from intlkg.pages.explorer import About, page, plain, write
from intlkg.pages.site import drawing, write_site

__all__ = ["About", "drawing", "page", "plain", "write", "write_site"]
