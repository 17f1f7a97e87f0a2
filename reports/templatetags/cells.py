"""Typed cells of the document model in templates, printed as papers print them."""

from django import template
from django.utils.safestring import SafeString

from programme.common import cells
from programme.common.blocks import Cell

register = template.Library()


@register.filter
def cell(value: Cell) -> SafeString:
    """`{{ project.rating|cell }}`: a rating as letter and word on its colour, a gap named."""
    return cells.cell(value)
