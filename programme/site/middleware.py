"""What happens to every request before its view."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import parse_header_parameters

from programme import audit
from programme.common import words
from programme.models import Programme
from programme.site import drafts

logger = logging.getLogger(__name__)


class RequestSizeMiddleware:
    """Refuses what is larger than MAX_REQUEST_BYTES before any of it is read or put on the disk.

    Django bounds the text of a form by itself, but not its files. What does not say how long it is
    is not read at all: WSGI reads as many bytes as the request announces.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if not announced.isdigit() or int(announced) > settings.MAX_REQUEST_BYTES:
            raise RequestDataTooBig(f"A request of {announced} bytes is refused.")
        return self.get_response(request)


class NullCharacterMiddleware:
    """Refuses an address with a NUL in it, which no page of the portal has and which PostgreSQL
    cannot be asked about. In an answer to a form it is the field that refuses it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path_info or "%00" in query or "\x00" in query:
            raise BadRequest("An address with a NUL in it is refused.")
        return self.get_response(request)


class RoomMiddleware:
    """Says in plain words that a disk is full: the one for temporary files, which holds what is
    sent while it is read and papers while they are made, or the database's.

    Stands before ``CsrfViewMiddleware``, which is the first to read what a form sends.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.content_type == "multipart/form-data":
            try:
                request.POST  # noqa: B018 - read now, files and all
            except OSError as problem:
                return self.process_exception(request, problem)
        return None

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not is_out_of_room(problem):
            return None
        logger.critical("%s: no room on a disk: %s", request.path, problem)
        return render(request, "507.html", status=507)


def is_out_of_room(problem: Exception) -> bool:
    """Whether a disk is full, or written to its quota."""
    if isinstance(problem, DatabaseError):
        return "disk is full" in str(problem) or "No space left on device" in str(problem)
    is_disk = isinstance(problem, OSError)
    return is_disk and (
        problem.errno in {errno.ENOSPC, errno.EDQUOT}
        or "No usable temporary directory" in str(problem)
    )


class PrivateMiddleware:
    """Tells browsers and proxies to keep no copy of what the portal answers, so that nobody sees
    it by going back after its reader signed out. Stands behind WhiteNoise, which answers for static
    files: those stay cacheable."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store, private"
        return response


class CorrelationMiddleware:
    """Gives the audit entries of one request one correlation id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with audit.correlated():
            return self.get_response(request)


class DownloadMiddleware:
    """Records every file that somebody takes away: what leaves the portal is out of its hands.

    By the answer, not by the view, so that no download can be forgotten: a file's name carries its
    marking, its address what it was made of. Stands behind ``CorrelationMiddleware``. A file whose
    entry cannot be written is not sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        said = response.headers.get("Content-Disposition", "")
        if said.startswith("attachment") and request.user.is_authenticated:
            _, named = parse_header_parameters(said)
            address = request.get_full_path()[:2_000]
            with transaction.atomic():
                audit.record(
                    verb="file.downloaded",
                    obj=request.programme or request.user,
                    before={},
                    after={"file": named.get("filename", ""), "address": address},
                    by=request.user,
                )
        return response


class AdminMiddleware:
    """Answers 404 for Django's admin to whoever has no use of it: all but staff who may see one of
    its tables. Nobody learns that it is there, and its form to sign in, which has no limit of
    tries, serves nobody. Stands before ``LoginRequiredMiddleware``, which would send to sign in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> None:
        if request.resolver_match.app_name != "admin":
            return
        if not admin.site.has_permission(request) or not admin.site.get_app_list(request):
            raise Http404("There is nothing here for this reader.")


class DraftMiddleware:
    """Keeps what was typed into a form whose session ended before it was sent.

    Stands before ``LoginRequiredMiddleware``, which would send the visitor to sign in and throw the
    text away. The form's token says whose it is (``programme.site.drafts``).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method != "POST" or request.user.is_authenticated:
            return None
        if drafts.TOKEN not in request.POST:
            return None
        owner = drafts.owner(request.POST[drafts.TOKEN], request.path)
        kept = owner is not None and drafts.keep_late(owner, request.path, request.POST)
        if "_draft" in request.POST:
            words = "Your text is kept." if kept else "Copy your text before you leave this page."
            return HttpResponse(f"You are signed out. {words}", content_type="text/plain")
        if not kept:
            return self.show(request)
        messages.info(request, "You were signed out. Your text is kept: sign in to go on with it.")
        return redirect_to_login(request.path)

    def show(self, request: HttpRequest) -> HttpResponse:
        """What was sent and cannot be kept, to be copied. Only a form of the portal's own gets
        here: one from elsewhere has no proof of origin."""
        answers = [
            (name.replace("_", " ").capitalize(), text)
            for name, texts in drafts.given(request.POST)
            for text in texts
            if name != "version" and not text.strip().isdecimal() and text.strip()
        ]
        context = {"answers": answers, "sign_in_url": redirect_to_login(request.path).url}
        return render(request, "programme/signed_out.html", context, status=403)


class ProgrammeMiddleware:
    """Looks up the programme that an address names, among those the user may see.

    A view whose address has ``<slug:programme>`` finds it as ``request.programme``; everybody
    else gets the same 404 as for a programme that does not exist. ``request.programmes`` are all
    that the user may see, read with the same query, for the way to the others. All that is answered
    is said in the programme's words. Stands behind
    ``LoginRequiredMiddleware``, which has sent away whoever is not signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.programme = None
        with words.speaking(words.DEFAULT):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> None:
        if "programme" in kwargs:
            request.programmes = tuple(Programme.objects.visible_to(request.user))
            named = (each for each in request.programmes if each.slug == kwargs["programme"])
            request.programme = next(named, None)
            if request.programme is None:
                raise Http404("No programme that you may see has this address.")
            words.speak(request.programme.spoken)
