"""What the pages of a programme are made of: lists, details, forms, confirmations.

A page names its ``permission`` and what it shows; these classes bring the rest, so that every page
asks for rights, filters, downloads, saves and refuses in one way.
"""

from programme.access import ANYTHING
from programme.pages.base import InAddress, ProgrammePage
from programme.pages.details import DetailPage, History
from programme.pages.edits import ConfirmPage, EditPage, ReasonForm
from programme.pages.lists import ListPage

__all__ = [
    "ANYTHING",
    "ConfirmPage",
    "DetailPage",
    "EditPage",
    "History",
    "InAddress",
    "ListPage",
    "ProgrammePage",
    "ReasonForm",
]
