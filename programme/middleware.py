"""What happens to every request before its view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from programme import audit
from programme.models import Programme


class CorrelationMiddleware:
    """Gives the audit entries of one request one correlation id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with audit.correlated():
            return self.get_response(request)


class ProgrammeMiddleware:
    """Looks up the programme that an address names, among those the user may see.

    A view whose address has ``<slug:programme>`` finds it as ``request.programme``; everybody
    else gets the same 404 as for a programme that does not exist. Stands behind
    ``LoginRequiredMiddleware``, which has sent away whoever is not signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.programme = None
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> None:
        if "programme" in kwargs:
            request.programme = get_object_or_404(
                Programme.objects.visible_to(request.user), slug=kwargs["programme"]
            )
