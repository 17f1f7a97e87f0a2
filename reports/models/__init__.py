"""The top floor's tables: paper templates, papers and their issues."""

from reports.models.files import RenderedFile
from reports.models.papers import Issue, Paper, PaperRecommendation, PaperSection
from reports.models.templates import PaperTemplate, TemplateSection

__all__ = [
    "Issue",
    "Paper",
    "PaperRecommendation",
    "PaperSection",
    "PaperTemplate",
    "RenderedFile",
    "TemplateSection",
]
