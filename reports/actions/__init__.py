"""Writes of the top floor: paper templates of boards, and papers."""

from reports.actions.papers import PaperInput, TemplateInput, save_paper, save_template
from reports.actions.templates import install_template

__all__ = ["PaperInput", "TemplateInput", "install_template", "save_paper", "save_template"]
