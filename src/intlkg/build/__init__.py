"""Build the store from the workspace's files: only what changed, whole or not at all."""

from intlkg.build.files import SOURCES, read
from intlkg.build.generations import Built, build, dump, export, opened, store

__all__ = ["SOURCES", "Built", "build", "dump", "export", "opened", "read", "store"]
