"""Words that the tables store and the arithmetic reads: one type for both."""

from __future__ import annotations

from enum import StrEnum


class ChangeKind(StrEnum):
    """What a change of a milestone says."""

    SET = "set"
    FORECAST = "forecast"
    REBASELINE = "rebaseline"
    REACHED = "reached"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"

    @property
    def label(self) -> str:
        """What a page calls it."""
        return CHANGE_WORDS[self]


CHANGE_WORDS = {
    ChangeKind.SET: "Set",
    ChangeKind.FORECAST: "Forecast moved",
    ChangeKind.REBASELINE: "Re-baselined",
    ChangeKind.REACHED: "Reached",
    ChangeKind.WITHDRAWN: "Withdrawn",
    ChangeKind.REOPENED: "Reopened",
}
