"""A form that is sent twice counts once, whether the browser runs scripts or not.

Each form carries a key of its own. What it led to is kept under that key in the transaction that
saved it, so that of two sendings at one moment the second waits for the first. The same answers
sent again (two clicks, or the way back and the button once more) lead to what was saved then. A
browser that goes back may fetch the form anew and put the old answers into it: the same answers
under another key are asked about, once.
"""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from hashlib import sha256

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from programme.models import SentForm, User
from programme.site import drafts

KEY = "form_key"
"""Name of the hidden field that carries the key."""
KEPT_FOR = drafts.KEPT_FOR
ALIKE_FOR = timedelta(hours=12)
"""How long the same answers in another form are asked about."""
MOST = 200
"""How many forms of a user are remembered; of more the oldest goes."""

_ASKED = "asked-"


def new_key(*, asked: bool = False) -> str:
    """A key for a form that is about to be shown; of one whose reader was ``asked`` whether they
    mean it, and so is not asked again."""
    return (_ASKED if asked else "") + secrets.token_urlsafe(16)


def is_alike(user: User, path: str, answers: QueryDict) -> bool:
    """Whether the same answers came from this page within ALIKE_FOR under another key, and nobody
    was asked about it yet. Answers without a key are no form's."""
    key = key_of(answers)
    if not key or key.startswith(_ASKED):
        return False
    since = timezone.now() - ALIKE_FOR
    same = SentForm.objects.filter(user=user, digest=digest(path, answers), sent_at__gte=since)
    return same.exclude(key=key).exists()


def sent_before(user: User, answers: QueryDict) -> SentForm | None:
    """What is known of a form that was saved already; None for one that was not, and for answers
    that carry no key."""
    key = key_of(answers)
    return SentForm.objects.filter(user=user, key=key).first() if key else None


def take(user: User, path: str, answers: QueryDict) -> tuple[SentForm | None, bool]:
    """Marks a form as sent, and whether it had not been before: within the transaction that saves
    it, which waits for another one that saves the same form. None for answers without a key."""
    key = key_of(answers)
    if not key:
        return None, True
    return SentForm.objects.get_or_create(
        user=user, key=key, defaults={"digest": digest(path, answers), "leads_to": ""}
    )


def note(sent: SentForm, path: str, answers: QueryDict, leads_to: str) -> None:
    """Keeps what a form said and where what was saved stands. Of more than MOST the oldest go."""
    sent.digest, sent.leads_to = digest(path, answers), leads_to
    sent.save()
    tidy()
    kept = SentForm.objects.filter(user=sent.user).order_by("-sent_at", "-pk")
    if surplus := list(kept.values_list("pk", flat=True)[MOST:]):
        SentForm.objects.filter(pk__in=surplus).delete()


def says_the_same(sent: SentForm, path: str, answers: QueryDict) -> bool:
    return sent.digest == digest(path, answers)


def digest(path: str, answers: QueryDict) -> str:
    """Stands for a page and all that its form says, so that its texts are not kept twice."""
    said = [path, *sorted(drafts.given(answers))]
    return sha256(json.dumps(said).encode()).hexdigest()


def digest_of_file(file: UploadedFile) -> str:
    """Stands for a file among the answers: two with the same content say the same."""
    found = sha256()
    for piece in file.chunks():
        found.update(piece)
    file.seek(0)
    return found.hexdigest()


def tidy() -> None:
    """Lets go of what is older than KEPT_FOR."""
    SentForm.objects.filter(sent_at__lt=timezone.now() - KEPT_FOR).delete()


def key_of(answers: QueryDict) -> str:
    """The key that came with the answers; empty for one that no form of the portal has."""
    key = answers.get(KEY, "")
    longest = SentForm._meta.get_field("key").max_length
    return key if key.isascii() and key.isprintable() and len(key) <= longest else ""


def given(request: HttpRequest) -> QueryDict:
    """All that a form sent, with what stands for each file."""
    found = request.POST.copy()
    for name, file in request.FILES.items():
        found[name] = digest_of_file(file)
    return found
