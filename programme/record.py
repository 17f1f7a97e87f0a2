"""What the record says of this app's actions: its own sentences and names of values."""

VERBS = {
    "account.password_changed": "changed the password of {name}",
    "account.password_reset": "chose a password for {name} through a link sent by e-mail",
    "account.password_set": "chose a first password for {name}",
    "account.signed_in": "signed in",
    "account.wrong_password": "refused a wrong password for the account of {name}",
    "board_member.added": "added the board seat {name}",
    "board_member.edited": "changed the board seat {name}",
    "board_member.ended": "ended the board seat {name}",
    "dimension.tolerances_set": "set the tolerances of {name}",
    "file.downloaded": "downloaded a file of {name}",
    "meeting.held": "recorded that the meeting {name} took place",
    "person.accepted": "accepted the invitation of {name}",
    "person.address_changed": "changed the address of {name}",
    "person.closed": "closed the account of {name}",
    "person.declined": "declined the invitation of {name}",
    "person.edited": "changed the details of {name}",
    "person.invited": "invited {name}",
    "person.invited_again": "invited {name} again",
    "person.renamed": "changed the name of {name}",
    "person.reopened": "opened the account of {name} again",
    "role.assigned": "gave the role {name}",
    "role.changed": "changed the role {name}",
    "role.confirmed": "confirmed the role {name}",
    "role.ended": "ended the role {name}",
    "text.redacted": "redacted texts of {name}",
}
"""By verb, where "<done> the <noun> <name>" would not be English. {name} is the thing's name."""

LABELS = {
    "accepted_at": "accepted on",
    "as_at": "as-at date",
    "closed_at": "closed on",
    "confirmed_at": "confirmed on",
    "declined_at": "declined on",
    "from_day": "first day",
    "held_on": "day",
    "order": "place in the list",
    "reports_to": "reports to",
    "slug": "word in addresses",
    "starts_at": "time",
    "to_day": "last day",
    "user": "person",
}
"""Names of values that their field does not explain."""
