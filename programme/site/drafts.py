"""Text that is not lost: kept while it is typed, and when a session ends before it is saved.

Each form carries a signed token that says for whom, and in which session, it was made. When it
comes back after that session has come to its end by time, the token is enough to keep the text for
that user and nobody else, who is offered it again after signing in. Signing out, another password
and a closed account end the token with the session. What comes late stands beside what was kept
before and replaces nothing. A draft is not a write of meaning: nothing reads it but its owner's
own form.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth import HASH_SESSION_KEY
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from programme.models import Draft, Session, User

TOKEN = "draft_token"  # noqa: S105 - the name of a field
"""Name of the hidden field that carries the token."""
KEPT_FOR = timedelta(days=30)
LATE_BY = timedelta(days=1)
"""How long after a session's end its forms are still taken."""
LARGEST = 200_000
"""Characters that a draft may hold, names of controls and texts; a larger one is not kept."""
MOST = 50
"""How many drafts a user may have, and again as many that came late."""

_SALT = "programme.site.drafts"
# What a form carries that is not an answer; "_keep" and the like are the buttons of pages.
_NOT_ANSWERS = ("csrfmiddlewaretoken", TOKEN, "form_key")


def token(request: HttpRequest) -> str:
    """Proof that the portal gave this address's form to the user in this session."""
    mark = _mark(request.session.session_key)
    return signing.dumps([request.user.pk, request.path, mark], salt=_SALT)


def owner(text: str, path: str) -> User | None:
    """Whose form at ``path`` the token belongs to; None for a token that is forged, of another
    form, or of a session that was ended or is over for longer than LATE_BY."""
    try:
        pk, known, mark = signing.loads(text, salt=_SALT, max_age=KEPT_FOR)
    except (signing.BadSignature, ValueError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or known != path:
        return None
    for session in Session.objects.filter(user=user, expire_date__gt=timezone.now() - LATE_BY):
        if constant_time_compare(_mark(session.session_key), mark):
            was = session.get_decoded().get(HASH_SESSION_KEY, "")
            # As Django does with a session: another password ends it.
            return user if constant_time_compare(was, user.get_session_auth_hash()) else None
    return None


def keep(user: User, path: str, answers: QueryDict) -> bool:
    """Keeps what its owner types, in place of what was kept before; False when it is too much.
    Of more than MOST drafts the oldest goes."""
    data = _data(path, answers)
    if data is None:
        return False
    tidy()
    Draft.objects.update_or_create(user=user, path=path, late=False, defaults={"data": data})
    kept = Draft.objects.filter(user=user, late=False).order_by("-saved_at", "-pk")
    surplus = list(kept.values_list("pk", flat=True)[MOST:])
    if surplus:
        Draft.objects.filter(pk__in=surplus).delete()
    return True


@transaction.atomic
def keep_late(user: User, path: str, answers: QueryDict) -> bool:
    """Keeps what came after the session's end beside what was kept before; False when it is too
    much, or when something came late already: whoever sends it is not signed in, and so replaces
    and removes nothing."""
    data = _data(path, answers)
    if data is None:
        return False
    tidy()
    if Draft.objects.filter(user=user, late=True).count() >= MOST:
        return False
    _, is_new = Draft.objects.get_or_create(
        user=user, path=path, late=True, defaults={"data": data}
    )
    return is_new


def tidy() -> None:
    """Lets go of drafts that nobody came back for within KEPT_FOR."""
    Draft.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()


def waiting(user: User, path: str) -> list[Draft]:
    """What the user typed into this form and has not saved, the newest first. One query."""
    since = timezone.now() - KEPT_FOR
    return list(Draft.objects.filter(user=user, path=path, saved_at__gte=since))


def forget(user: User, path: str, *, late: bool) -> None:
    """Lets go of what was kept: it was saved, or its owner does not want it."""
    Draft.objects.filter(user=user, path=path, late=late).delete()


def answers_of(draft: Draft) -> QueryDict:
    """A draft as a browser would send it."""
    answers = QueryDict(mutable=True)
    for name, texts in draft.data.items():
        answers.setlist(name, texts)
    return answers


def given(answers: QueryDict) -> Iterable[tuple[str, list[str]]]:
    """What the form asked for, without what it carries for the portal's sake."""
    for name, texts in answers.lists():
        if name not in _NOT_ANSWERS and not name.startswith("_"):
            # No text has a NUL in it, and PostgreSQL stores none.
            yield name.replace("\x00", ""), [str(text).replace("\x00", "") for text in texts]


def _data(path: str, answers: QueryDict) -> dict[str, list[str]] | None:
    """What to store; None when it is more than a draft may be."""
    data = dict(given(answers))
    size = sum(len(name) + sum(map(len, texts)) for name, texts in data.items())
    longest = Draft._meta.get_field("path").max_length
    return data if size <= LARGEST and len(path) <= longest else None


def _mark(session_key: str | None) -> str:
    """Tells sessions apart without giving their keys away."""
    return salted_hmac(_SALT, session_key or "", algorithm="sha256").hexdigest()
