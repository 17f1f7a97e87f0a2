"""What was read of an uploaded file, kept until its owner has looked at what it would do.

Like a draft it is its owner's alone and is not a write of meaning. It is kept for a day, so that a
preview can be looked at again and a confirmation that is sent twice finds its page.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from programme.models import Programme, Upload, User

KEPT_FOR = timedelta(days=1)
MOST = 5
"""How many uploads of a user are kept; of more the oldest goes."""
LARGEST = 2_000_000
"""Characters of what was read, as JSON."""


def is_too_large(data: Mapping[str, Any]) -> bool:
    return len(json.dumps(data)) > LARGEST


def keep(
    user: User, programme: Programme, kind: str, file_name: str, data: Mapping[str, Any]
) -> Upload:
    """Keeps what was read, and lets go of what is too old and of what is too many."""
    tidy()
    longest = Upload._meta.get_field("file_name").max_length
    upload = Upload.objects.create(
        user=user,
        programme=programme,
        kind=kind,
        key=secrets.token_hex(16),
        file_name=file_name.replace("\x00", "")[:longest],
        data=dict(data),
    )
    kept = Upload.objects.filter(user=user).order_by("-uploaded_at", "-pk")
    if surplus := list(kept.values_list("pk", flat=True)[MOST:]):
        Upload.objects.filter(pk__in=surplus).delete()
    return upload


def waiting(user: User, programme: Programme, kind: str) -> QuerySet[Upload]:
    """What the user uploaded of this kind in the programme within KEPT_FOR."""
    since = timezone.now() - KEPT_FOR
    rows = Upload.objects.of(programme).filter(user=user, kind=kind)
    return rows.filter(uploaded_at__gte=since)


def tidy() -> None:
    """Lets go of what nobody confirmed within KEPT_FOR."""
    Upload.objects.filter(uploaded_at__lt=timezone.now() - KEPT_FOR).delete()
