"""What is on record of the portal as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from programme.models import AuditEntry
from programme.record_words import sentence_of

LISTED = 50


@dataclass(frozen=True, slots=True)
class PortalChange:
    """Who began or ceased to administer the portal, on which day, and by whom."""

    day: date
    who: str
    done: str


def portal_history() -> tuple[PortalChange, ...]:
    """The newest changes of who administers the portal. One query."""
    found = AuditEntry.objects.filter(verb__in=("account.portal_given", "account.portal_taken"))
    return tuple(
        PortalChange(
            timezone.localdate(each.at),
            each.actor_label,
            str(sentence_of(each.verb)).format(name=each.after["email"]),
        )
        for each in found[:LISTED]
    )
