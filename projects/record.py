"""What the record says of this app's actions: its own sentences and names of values."""

VERBS = {
    "period.reminded": "sent reminders for {name}",
    "reminder_rule.set": "changed when the programme reminds of updates",
    "period.admitted_late": "admitted late updates for {name}",
    "milestone.forecast_moved": "moved the forecast of the milestone {name}",
    "milestone.reached": "recorded that the milestone {name} was reached",
    "milestone.rebaselined": "gave the milestone {name} a new baseline",
    "project.first_stage_corrected": "corrected the first stage of the project {name}",
    "project.stage_changed": "moved the project {name} to another stage",
    "risk_scheme.matrix_set": "changed the risk matrix of the programme",
    "update.handed_in": "handed in the update {name}",
    "update.pulled_back": "pulled back the update {name}",
}
"""By verb, where "<done> the <noun> <name>" would not be English. {name} is the thing's name."""

LABELS = {
    "admitted_until": "admitted until",
    "actual_day": "reached on",
    "actual_on": "reached on",
    "baseline_day": "baseline",
    "forecast_day": "forecast",
    "looked_through": "looked through",
    "path_to_green": "what gets it back on track",
    "path_to_green_by": "back on track by",
    "path_to_green_owner": "who gets it back on track",
    "stated_on": "said on",
}
"""Names of values that their field does not explain."""
