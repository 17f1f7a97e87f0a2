"""Workstreams and projects from a workbook: its sheets, what its rows mean, what they would do.

A row becomes what the form of the same thing would send to the same action. One module each:
``sheets`` (the columns), ``stored`` (what cells may name), ``template`` (what it is filled with),
``planning`` (what rows would do), ``applying`` (their saving). Further kinds of row have the same
modules in a package of their own.
"""

from projects.imports.applying import save_by
from projects.imports.planning import plan
from projects.imports.sheets import PROJECTS, SHEETS, WORKSTREAMS
from projects.imports.template import lists, stored_rows

__all__ = ["PROJECTS", "SHEETS", "WORKSTREAMS", "lists", "plan", "save_by", "stored_rows"]
