"""Networks: views as networkx graphs, measures of their items, and files for other tools."""

from intlkg.network.around import around
from intlkg.network.formats import FORMATS
from intlkg.network.measures import MEASURES, measured, table
from intlkg.network.project import project

__all__ = ["FORMATS", "MEASURES", "around", "measured", "project", "table"]
