"""When a programme reminds of updates, and in which words."""

from __future__ import annotations

from django import forms

from programme.common.forms import PortalModelForm
from projects.models import ReminderRule

DAYS = ("days_before", "days_after", "sponsor_after")
_SHORT = {"class": "govuk-input--width-4", "inputmode": "numeric"}


class ReminderRuleForm(PortalModelForm):
    class Meta:
        model = ReminderRule
        fields = (
            "is_on",
            "on_opening",
            "days_before",
            "on_due",
            "days_after",
            "sponsor_after",
            "words",
        )
        labels = {
            "is_on": "Send reminders by e-mail",
            "on_opening": "When a period opens",
            "days_before": "Days before an update is due",
            "on_due": "On the day on which it is due",
            "days_after": "Days after it was due",
            "sponsor_after": "Days after which the sponsor is told too",
            "words": "What each letter says first",
        }
        help_texts = {
            "days_before": "Empty for no letter before it.",
            "days_after": "From then on each wait is twice the one before: after 2 days, 6, 14 and "
            "so on. Empty for none.",
            "sponsor_after": "Of a project that names the account of its sponsor. Empty for never.",
            "words": "Such as whom to ask. The letter lists the updates below, each with its link.",
        }
        widgets = {
            "words": forms.Textarea({"rows": 5}),
            **dict.fromkeys(DAYS, forms.TextInput(_SHORT)),
        }
