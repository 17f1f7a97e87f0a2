"""Writes of the top floor: installing paper templates."""

from reports.actions.templates import install_template

__all__ = ["install_template"]
