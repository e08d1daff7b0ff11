"""Interactive pages of evidence networks: one file each, which opens offline."""

from intlkg.pages.explorer import page, write

__all__ = ["page", "write"]
