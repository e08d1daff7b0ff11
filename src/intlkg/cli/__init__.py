"""The command line: parse, call one library function, print, return a status.

0: done; 1: ran and found problems; 2: could not run. Answers go to stdout, all else to stderr.
"""

import os
import sys

import click

from intlkg.cli import asking, base, drawing, library, noting
from intlkg.cli.common import app, print_problems
from intlkg.errors import BuildError, IntlkgError

__all__ = ["app", "asking", "base", "drawing", "library", "main", "noting"]


def main() -> None:
    """Run the command line and leave with its status."""
    try:
        status = app(prog_name="intlkg", standalone_mode=False)
    except BuildError as error:
        print_problems(error.problems)
        status = 1
    except IntlkgError as error:
        click.echo(f"intlkg: {error}", err=True)
        status = 2
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except click.Abort:
        click.echo("intlkg: stopped; nothing was left half done", err=True)
        status = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status if isinstance(status, int) else 0)
