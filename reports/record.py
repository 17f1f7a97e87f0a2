"""What the record says of this app's actions: its own sentences and names of values."""

VERBS = {
    "programme_file.loaded": "loaded the programme file of {name}",
}
"""By verb, where "<done> the <noun> <name>" would not be English. {name} is the thing's name."""

LABELS: dict[str, str] = {}
"""Names of values that their field does not explain."""
