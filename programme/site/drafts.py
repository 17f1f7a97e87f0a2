"""Text that is not lost: kept while it is typed, and when a session ends before it is saved.

Each form carries a signed token that says whose form it is. When it comes back without a session,
the token is enough to keep the text for that user and nobody else, who is offered it again after
signing in. A draft is not a write of meaning: nothing reads it but its owner's own form.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.core import signing
from django.http import QueryDict
from django.utils import timezone

from programme.models import Draft, User

TOKEN = "draft_token"  # noqa: S105 - the name of a field
"""Name of the hidden field that carries the token."""
KEPT_FOR = timedelta(days=30)
LARGEST = 200_000
"""Characters of text that a draft may hold; a longer one is not kept."""

_SALT = "programme.site.drafts"
# What a form carries that is not an answer; "_keep" and the like are the buttons of pages.
_NOT_ANSWERS = ("csrfmiddlewaretoken", TOKEN)


def token(user: User, path: str) -> str:
    """Proof that the portal gave the form at ``path`` to ``user``."""
    return signing.dumps([user.pk, path], salt=_SALT)


def owner(text: str, path: str) -> User | None:
    """Whose form at ``path`` the token belongs to; None for a token that is forged, too old, of
    another form or of an account that is closed."""
    try:
        pk, known = signing.loads(text, salt=_SALT, max_age=KEPT_FOR)
    except (signing.BadSignature, ValueError):
        return None
    return User.objects.filter(pk=pk, is_active=True).first() if known == path else None


def keep(user: User, path: str, answers: QueryDict) -> bool:
    """Keeps the answers in place of what was kept before; False when there are too many of them.
    Drafts that nobody came back for within KEPT_FOR go."""
    data = dict(given(answers))
    if sum(len(text) for texts in data.values() for text in texts) > LARGEST:
        return False
    Draft.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()
    Draft.objects.update_or_create(user=user, path=path, defaults={"data": data})
    return True


def waiting(user: User, path: str) -> Draft | None:
    """What the user typed into this form and has not saved. One query."""
    since = timezone.now() - KEPT_FOR
    return Draft.objects.filter(user=user, path=path, saved_at__gte=since).first()


def forget(user: User, path: str) -> None:
    """Lets go of what was kept: it was saved, or its owner does not want it."""
    Draft.objects.filter(user=user, path=path).delete()


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
            yield name, [str(text) for text in texts]
