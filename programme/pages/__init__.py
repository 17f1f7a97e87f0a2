"""What the pages of a programme are made of: lists, details, forms, confirmations.

A page names its ``permission`` and what it shows; these classes bring the rest, so that every page
asks for rights, filters, downloads, saves and refuses in one way.
"""

from programme.access import ANYTHING
from programme.pages.base import InAddress, ProgrammePage
from programme.pages.details import DetailPage, History
from programme.pages.edits import ConfirmPage, EditPage, ReasonForm
from programme.pages.lists import ListPage
from programme.pages.portal import PortalEdit, PortalPage
from programme.pages.set_up import (
    SET_UP,
    PartAdd,
    PartEdit,
    PartList,
    PartRestore,
    PartWithdraw,
)

__all__ = [
    "ANYTHING",
    "ConfirmPage",
    "DetailPage",
    "EditPage",
    "History",
    "InAddress",
    "ListPage",
    "PartAdd",
    "PartEdit",
    "PartList",
    "PartRestore",
    "PartWithdraw",
    "PortalEdit",
    "PortalPage",
    "ProgrammePage",
    "ReasonForm",
    "SET_UP",
]
