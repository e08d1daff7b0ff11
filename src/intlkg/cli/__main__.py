"""Run the command line: `python -m intlkg.cli`."""

from intlkg.cli import main

main()
