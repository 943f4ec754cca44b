#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from gwonseon.error_reports import show_uncaught


def main() -> None:
    """Run a management command; for wrong settings, print one sentence and exit with status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gwonseon.settings")
    sys.excepthook = show_uncaught
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
