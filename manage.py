#!/usr/bin/env python
"""Django's command line for the Collaboration Portal."""

import os
import sys


def main() -> None:
    """Run one management command; `manage.py help` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
