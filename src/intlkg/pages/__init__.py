"""Interactive pages of evidence networks: one file each, which opens offline."""

from intlkg.pages.explorer import page, write
from intlkg.pages.reference import write_reference

__all__ = ["page", "write", "write_reference"]
