"""Browsers from which somebody signed in before.

Strangers who try one account's passwords are stopped after so many, from wherever they come; the
account's owner must not be stopped with them. So a browser in which somebody signed in keeps a
signed cookie, and its failures count by themselves.
"""

from __future__ import annotations

from datetime import timedelta
from secrets import token_hex

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = "portal_browser"
KEPT_FOR = timedelta(days=180)
PEOPLE = 5
"""How many people's sign-ins one browser remembers."""

_SALT = "programme.site.browsers"


def known(request: HttpRequest, email: str) -> str:
    """A name for this browser if the account's owner signed in with it before; else empty."""
    name, marks = _read(request)
    mark = _mark(name, email)
    return name if any(constant_time_compare(mark, each) for each in marks) else ""


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Lets the browser keep that this account's owner signed in with it."""
    name, marks = _read(request)
    name = name or token_hex(16)
    mark = _mark(name, email)
    marks = [mark, *(each for each in marks if each != mark)][:PEOPLE]
    response.set_cookie(
        COOKIE,
        signing.dumps([name, marks], salt=_SALT),
        max_age=KEPT_FOR,
        path="/accounts/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        name, marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=KEPT_FOR)
    except (signing.BadSignature, ValueError):
        return "", []
    return name, marks


def _mark(name: str, email: str) -> str:
    return salted_hmac(_SALT, f"{name}:{email.lower()}", algorithm="sha256").hexdigest()[:32]
