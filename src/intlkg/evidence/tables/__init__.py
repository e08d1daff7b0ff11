"""Tables of evidence for a paper."""

from intlkg.evidence.tables.cerqual import write_judgements
from intlkg.evidence.tables.registry import TABLES, Table, table

__all__ = ["TABLES", "Table", "table", "write_judgements"]
