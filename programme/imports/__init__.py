"""Rows from a workbook: what a sheet holds is told as columns; the rest is the same for every kind.

``reading`` makes rows or problems of a file, ``template`` writes the workbook that somebody fills
in, ``planner`` finds what cells name and what changes, ``plan`` says of each row whether it is
added, changed or left as it is, and carries that out.
An app says what its rows mean (``projects.imports``), and saves them by the actions of its screens.
"""

from programme.imports.guard import MAX_BYTES, Refused
from programme.imports.lookups import AmbiguousWord, Lookup, UnknownWord
from programme.imports.plan import FieldChange, Plan, Planned, all_problems, carry_out, rehearse
from programme.imports.planner import Coming, RowPlanner
from programme.imports.reading import read
from programme.imports.shapes import Kind, Problem, Reading, ReadRow, Sheet, SheetColumn
from programme.imports.template import write

__all__ = [
    "MAX_BYTES",
    "AmbiguousWord",
    "Coming",
    "FieldChange",
    "SheetColumn",
    "Kind",
    "Lookup",
    "Plan",
    "Planned",
    "Problem",
    "ReadRow",
    "Reading",
    "Refused",
    "RowPlanner",
    "Sheet",
    "UnknownWord",
    "all_problems",
    "carry_out",
    "read",
    "rehearse",
    "write",
]
