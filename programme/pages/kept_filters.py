"""The way back up to a list keeps what the reader had narrowed it to: remembered in their session,
list by list, as they last saw it."""

from __future__ import annotations

from django.http import HttpRequest

KEY = "lists"
MOST = 20
"""Lists that are remembered, the last seen."""
LONGEST = 1_000
"""Characters of an address behind its question mark that are worth it."""


def keep(request: HttpRequest) -> None:
    """Remembers what the list at this address is narrowed to, and forgets it where it is whole."""
    known: dict[str, str] = request.session.get(KEY, {})
    query = request.GET.urlencode()
    if query == known.get(request.path, "") or len(query) > LONGEST:
        return
    kept = [(path, narrowed) for path, narrowed in known.items() if path != request.path]
    if query:
        kept.append((request.path, query))
    request.session[KEY] = dict(kept[-MOST:])


def with_filters(request: HttpRequest, url: str) -> str:
    """The address of a list as the reader last saw it; any other address as it is."""
    kept = request.session.get(KEY, {}).get(url, "")
    return f"{url}?{kept}" if kept else url
