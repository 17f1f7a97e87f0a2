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


class ReminderKind(StrEnum):
    """Why somebody is reminded of an update."""

    OPENING = "opening"
    BEFORE = "before"
    DUE = "due"
    AFTER = "after"
    SPONSOR = "sponsor"
    HAND = "hand"

    @property
    def label(self) -> str:
        """What a page calls it."""
        return REMINDER_WORDS[self]


REMINDER_WORDS = {
    ReminderKind.OPENING: "Opened",
    ReminderKind.BEFORE: "Due soon",
    ReminderKind.DUE: "Due today",
    ReminderKind.AFTER: "Overdue",
    ReminderKind.SPONSOR: "Overdue, to the sponsor",
    ReminderKind.HAND: "Sent by the office",
}
