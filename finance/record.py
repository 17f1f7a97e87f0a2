"""What the record says of this app's actions: its own sentences and names of values."""

VERBS = {
    "benefit_profile.validated": "validated what was realised of {name}",
}
"""By verb, where "<done> the <noun> <name>" would not be English. {name} is the thing's name."""

LABELS = {
    "fixed": "fixed amounts",
}
"""Names of values that their field does not explain."""
