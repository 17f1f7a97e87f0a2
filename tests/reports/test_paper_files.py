"""PDFs of papers are made once, one at a time, for nobody too many, by a worker where one runs."""

import fcntl
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from programme.models import Programme, User
from reports import paper_files
from reports.models import Paper, RenderedFile
from reports.papers import paper_document
from reports.render.pdf import CannotPrint

ADDRESS = "/essex/papers/strategic-board/2018-05/"
PDF = f"{ADDRESS}paper.pdf"
State = RenderedFile.State

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """Rendering in no time; the titles of what was rendered."""
    found: list[str] = []

    def render(document, attachments):
        found.append(document.meta.title)
        return b"%PDF-" + document.meta.title.encode()

    monkeypatch.setattr(paper_files, "render_pdf", render)
    return found


@pytest.fixture
def reader(client, essex):
    client.force_login(User.objects.get(email="board@example.org"))
    return client


@pytest.fixture
def by_worker(settings, django_capture_on_commit_callbacks):
    settings.PAPERS_BY_WORKER = True
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        yield callbacks


@pytest.fixture(autouse=True)
def one_connection(monkeypatch) -> None:
    """A worker in the test's own process leaves it its connection, which is in a transaction."""
    command = "django_tasks_db.management.commands.db_worker"
    monkeypatch.setattr(f"{command}.close_old_connections", lambda: None)


def ask(title: str = "", by: str = "board@example.org") -> RenderedFile:
    """Somebody asks for a paper; another title makes it another document."""
    paper = Paper.objects.select_related("template__programme", "template__board", "period").get(
        template__slug="strategic-board", period__slug="2018-05"
    )
    paper.template.title = title
    if title:
        Paper.objects.filter(pk=paper.pk).update(title=title)
    document = paper_document(paper.template, paper.period)
    return paper_files.requested(
        paper, document, with_restricted=False, by=User.objects.get(email=by)
    )


def test_a_file_is_made_once_for_each_content(reader, made) -> None:
    first, second = reader.get(PDF), reader.get(PDF)
    assert first.content == second.content
    assert len(made) == 1
    Programme.objects.filter(slug="essex").update(vision="Another vision.")
    assert reader.get(PDF).status_code == 200
    assert len(made) == 2
    assert {each.document for each in RenderedFile.objects.all()} == {""}


def test_what_prints_decides_too(essex, monkeypatch) -> None:
    key = ask().key
    assert ask().key == key
    monkeypatch.setattr(paper_files, "_printer", lambda: "another style sheet")
    assert ask().key != key


def test_while_another_is_being_made_one_waits_on_a_page_that_looks_again(reader, made) -> None:
    with (Path(settings.VAR_DIR) / "papers.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        response = reader.get(PDF, follow=True)
        [(address, _)] = response.redirect_chain
        assert "Your PDF is being made" in response.content.decode()
        assert response["Refresh"] == "3"
        assert made == []
    page = reader.get(address)
    assert "Your PDF is ready" in page.content.decode()
    assert page["Refresh"] == f"0; url={PDF}"
    assert reader.get(PDF).content.startswith(b"%PDF-")
    assert len(made) == 1


def test_two_at_once_never_make_the_same_file(essex, made) -> None:
    file = ask()
    paper_files.make(file.pk)
    paper_files.make(file.pk)
    assert len(made) == 1


def test_nobody_waits_for_more_than_three_nor_asks_for_more_than_ten_a_minute(
    reader, made, by_worker
) -> None:
    for number in range(3):
        ask(f"Paper {number}")
    response = reader.get(PDF, follow=True)  # the last of the three: it is asked for already
    assert "Your PDF is being made" in response.content.decode()
    Paper.objects.update(title="A fourth")
    response = reader.get(PDF, follow=True)
    assert "3 PDFs that you asked for are still being made. Try again" in response.content.decode()
    assert RenderedFile.objects.count() == 3
    ask("A fourth", by="office@example.org")  # another person may

    RenderedFile.objects.update(state=State.DONE)
    for number in range(4, 11):
        ask(f"Paper {number}")
        RenderedFile.objects.update(state=State.DONE)
    with pytest.raises(paper_files.TooMany, match="in one minute"):
        ask("One more")


def test_a_paper_that_cannot_be_printed_is_tried_again_when_asked_for(reader, monkeypatch) -> None:
    def fail(*args, **kwargs):
        raise CannotPrint("The table “Costs” does not fit.")

    monkeypatch.setattr(paper_files, "render_pdf", fail)
    response = reader.get(PDF, follow=True)
    assert response.redirect_chain[-1] == (ADDRESS, 302)
    assert "The table “Costs” does not fit." in response.content.decode()
    assert not RenderedFile.objects.exists()


def test_what_goes_wrong_is_said_without_its_details(reader, monkeypatch) -> None:
    def fail(*args, **kwargs):
        raise RuntimeError("secret")

    monkeypatch.setattr(paper_files, "render_pdf", fail)
    html = reader.get(PDF, follow=True).content.decode()
    assert "Something went wrong" in html
    assert "secret" not in html


def test_a_worker_makes_what_was_asked_for(reader, made, settings) -> None:
    settings.PAPERS_BY_WORKER = True
    file = ask()
    paper_files.make_file.enqueue(file.pk)
    assert "It is next to be made" in reader.get(PDF, follow=True).content.decode()
    assert made == []
    call_command("worker", batch=True)
    assert len(made) == 1
    assert reader.get(PDF).content.startswith(b"%PDF-")


def test_asking_leaves_the_work_to_a_worker_once_it_is_stored(
    essex, made, settings, django_capture_on_commit_callbacks
) -> None:
    settings.PAPERS_BY_WORKER = True
    with django_capture_on_commit_callbacks() as callbacks:
        file = ask()
        ask()
    assert len(callbacks) == 1
    assert paper_files.advance(file).state == State.WAITING
    assert made == []


def test_a_worker_takes_up_what_one_of_its_slot_left_when_it_was_killed(essex, made) -> None:
    file = ask()
    paper_files.make_file.enqueue(file.pk)
    task = DBTaskResult.objects.get()
    task.claim("slot-1")
    call_command("worker", batch=True, slot="2")
    assert made == []  # the other slot's worker may still be at it
    call_command("worker", batch=True, slot="1")
    assert len(made) == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_a_file_that_was_given_up_is_taken_up_again(essex, made) -> None:
    file = ask()
    RenderedFile.objects.update(state=State.RENDERING, started_at=timezone.now())
    paper_files.make(file.pk)
    assert made == []
    long_ago = timezone.now() - paper_files.TAKEN_UP_AGAIN - timedelta(seconds=1)
    RenderedFile.objects.update(started_at=long_ago)
    paper_files.make(file.pk)
    assert len(made) == 1


def test_files_are_let_go_of_by_age_and_size(essex, made, monkeypatch) -> None:
    for number in range(4):
        paper_files.make(ask(f"Paper {number}", by="office@example.org").pk)
    oldest, *others = RenderedFile.objects.order_by("pk")
    RenderedFile.objects.filter(pk=oldest.pk).update(used_at=timezone.now() - paper_files.KEPT)
    paper_files.prune()
    assert RenderedFile.objects.count() == 3
    monkeypatch.setattr(paper_files, "MOST_BYTES", sum(each.size for each in others[1:]))
    paper_files.prune()
    assert [each.pk for each in RenderedFile.objects.order_by("pk")] == [
        each.pk for each in others[1:]
    ]


def test_a_file_with_what_is_withheld_needs_the_right_for_it(client, essex, made) -> None:
    RenderedFile.objects.filter(pk=ask().pk).update(with_restricted=True)
    page = f"{PDF}/{RenderedFile.objects.get().key}/"
    client.force_login(User.objects.get(email="lead@example.org"))
    assert client.get(page).status_code == 403
    assert client.get(f"{PDF}?restricted=yes").status_code == 403
    client.force_login(User.objects.get(email="board@example.org"))
    assert client.get(page)["Refresh"] == f"0; url={PDF}?restricted=yes"


@pytest.mark.one_engine
def test_memory_stays_flat_over_many_papers() -> None:
    """Measured in a process of its own over 200 papers: docs/decisions/0015. Here over fewer."""
    code = """
import resource, django
django.setup()
from tests.reports.sample import sample
from reports.render.pdf import render_pdf
def held():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 1e6
for n in range(4):
    render_pdf(sample(projects=1))
before = held()
for n in range(8):
    render_pdf(sample(projects=1, marking=f"OFFICIAL {n}"))
print(held() - before)
"""
    if not Path("/proc/self/statm").exists():
        pytest.skip("No /proc on this machine")
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={
            "DJANGO_SETTINGS_MODULE": "programme.site.settings",
            "DATABASE_URL": "sqlite://:memory:",
            "PATH": "/usr/bin:/bin",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(run.stdout) < 20
