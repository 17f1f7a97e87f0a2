"""PDFs of papers: made once for each content, one at a time, and kept for a while.

Making one takes seconds of a whole processor. With ``PAPERS_BY_WORKER`` it is the work of
``manage.py worker``; without, a request makes it itself, but only one on a machine at a time, so
that the others go on answering. Whichever it is, the row of ``RenderedFile`` is the truth: a
process that dies in the middle leaves a row that somebody else takes up again.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task

from programme.common import words
from programme.models import User
from reports.document import Document
from reports.models import Paper, RenderedFile
from reports.render import html
from reports.render.html import file_name
from reports.render.jsonform import from_json, printed_json
from reports.render.pdf import CannotPrint, document_file, render_pdf

logger = logging.getLogger(__name__)

State = RenderedFile.State

MOST_AT_ONCE = 3
"""Files that one person may wait for at the same time; MOST_A_MINUTE that they may ask for."""
MOST_A_MINUTE = 10
TAKEN_UP_AGAIN = timedelta(minutes=10)
"""After which a file that is still being made counts as given up."""
KEPT = timedelta(days=30)
MOST_BYTES = 200 * 1024 * 1024


class TooMany(Exception):
    """Somebody asks for more files than are made for one person; the message says so."""


def requested(paper: Paper, document: Document, *, with_restricted: bool, by: User) -> RenderedFile:
    """The file of a paper's document, asked for where nobody has yet. Raises ``TooMany``."""
    text = printed_json(document)
    key = _key(paper, text)
    file = _light().filter(key=key).first()
    if file is None:
        _refuse_too_many(by)
        file, _ = RenderedFile.objects.get_or_create(
            key=key,
            defaults={
                "paper": paper,
                "with_restricted": with_restricted,
                "name": file_name(document, "pdf"),
                "document": text,
                "requested_by": by,
            },
        )
        _enqueue(file)
    elif _open().filter(pk=file.pk, state=State.RENDERING).exists():
        _enqueue(file)
    return file


def advance(file: RenderedFile) -> RenderedFile:
    """The file as it stands now; without a worker it is made here, if nothing else is being made
    on this machine."""
    if file.state in (State.WAITING, State.RENDERING) and not settings.PAPERS_BY_WORKER:
        with _alone() as alone:
            if alone:
                make(file.pk)
    return _light().get(pk=file.pk)


def make(pk: int) -> None:
    """Makes a file that is waiting or was given up; nothing where another process has it."""
    now = timezone.now()
    if not _open().filter(pk=pk).update(state=State.RENDERING, started_at=now):
        return
    file = RenderedFile.objects.select_related("paper__template__programme").get(pk=pk)
    document = from_json(file.document)
    try:
        attached = document_file(document, file_name(document, "json"))
        with words.speaking(file.paper.template.programme.spoken):
            content = render_pdf(document, attachments=[attached])
    except CannotPrint as problem:
        logger.error("%s: %s", file, problem)
        _finish(pk, state=State.FAILED, problem=str(problem))
    except Exception:
        logger.exception("%s could not be made", file)
        _finish(pk, state=State.FAILED, problem="Something went wrong; it has been logged.")
    else:
        _finish(pk, state=State.DONE, content=content, size=len(content))
        prune()


@task()
def make_file(pk: int) -> None:
    """``make`` as a worker's task, which may be called twice for the same row."""
    make(pk)


def content_of(file: RenderedFile) -> bytes:
    """The bytes of a file that is made."""
    RenderedFile.objects.filter(pk=file.pk).update(used_at=timezone.now())
    return bytes(RenderedFile.objects.values_list("content", flat=True).get(pk=file.pk) or b"")


def forget(file: RenderedFile) -> None:
    """Lets go of a file, so that it is made anew when it is asked for again."""
    RenderedFile.objects.filter(pk=file.pk).delete()


def before(file: RenderedFile) -> int:
    """How many files are made before this one."""
    waiting = RenderedFile.objects.filter(state__in=(State.WAITING, State.RENDERING))
    return waiting.filter(requested_at__lt=file.requested_at).count()


def prune() -> None:
    """Lets go of files that nobody has used for a month, and of the oldest over 200 MB."""
    RenderedFile.objects.filter(used_at__lt=timezone.now() - KEPT).delete()
    total, spare = 0, []
    rows = RenderedFile.objects.filter(state=State.DONE).order_by("-used_at", "-pk")
    for pk, size in rows.values_list("pk", "size"):
        total += size
        if total > MOST_BYTES:
            spare.append(pk)
    RenderedFile.objects.filter(pk__in=spare).delete()


# --- rows -------------------------------------------------------------------------------------


def _light() -> QuerySet[RenderedFile]:
    """Rows without what is large in them."""
    return RenderedFile.objects.defer("content", "document")


def _open() -> QuerySet[RenderedFile]:
    """Files that a process may take up: those waiting, and those that were given up."""
    given_up = timezone.now() - TAKEN_UP_AGAIN
    return RenderedFile.objects.filter(
        Q(state=State.WAITING) | Q(state=State.RENDERING, started_at__lt=given_up)
    )


def _finish(pk: int, **values: object) -> None:
    RenderedFile.objects.filter(pk=pk).update(document="", **values)


def _enqueue(file: RenderedFile) -> None:
    if settings.PAPERS_BY_WORKER:
        transaction.on_commit(lambda: make_file.enqueue(file.pk))


def _refuse_too_many(by: User) -> None:
    own = RenderedFile.objects.filter(requested_by=by)
    if own.filter(state__in=(State.WAITING, State.RENDERING)).count() >= MOST_AT_ONCE:
        raise TooMany(
            f"{MOST_AT_ONCE} PDFs that you asked for are still being made. Try again when one of "
            "them is ready."
        )
    if own.filter(requested_at__gt=timezone.now() - timedelta(minutes=1)).count() >= MOST_A_MINUTE:
        raise TooMany("You have asked for many PDFs in one minute. Try again in a minute.")


# --- what decides a file's bytes, and who may make one ----------------------------------------


def _key(paper: Paper, document: str) -> str:
    return hashlib.sha256(
        f"{paper.pk}\n{words.spoken()}\n{_printer()}\n{document}".encode()
    ).hexdigest()


@cache
def _printer() -> str:
    """A hash of what prints: this code, its style sheets, templates and typefaces, WeasyPrint."""
    base = Path(settings.BASE_DIR)
    folders = (
        (base / "reports/render", "*.py"),
        (base / "programme/common", "*.py"),
        (base / "templates/reports/paper", "*.html"),
        (html.STYLES, "*.css"),
        (html.FONTS, "*"),
    )
    total = hashlib.sha256(version("weasyprint").encode())
    for folder, pattern in folders:
        for path in sorted(folder.glob(pattern)):
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nothing else on this machine makes a file; nothing does until it ends."""
    with (Path(settings.VAR_DIR) / "papers.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
