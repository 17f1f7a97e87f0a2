"""What every test finds: fast passwords, its own files, an empty cache, perhaps a browser."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from bin.support import system
from tests import verapdf

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXAMPLES = {"essex", "northmere"}
DATA = Path(__file__).with_name("data")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM_MISSING = "Chromium is missing: bin/setup --tests, or name a browser in CHROMIUM"

# A first example may wait for a cold import; a deadline would then fail for no fault of the code.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database-only`: the second database's run, without what does not depend on it."""
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out what one run is enough for: browser, verapdf, one_engine, and no database",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Hash passwords fast: tests sign in often and nobody attacks them."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_report_header(config: pytest.Config) -> str:
    """Names the database in the first lines of the output."""
    return f"database: {django_settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip by name what this machine cannot run, and keep all browser tests in one process."""
    if config.getoption("--database-only"):
        again, once = [], []
        for item in items:
            alone = is_marked(item, "browser", "verapdf", "one_engine") or not uses_database(item)
            (once if alone else again).append(item)
        config.hook.pytest_deselected(items=once)
        items[:] = again
    no_browser = CHROMIUM_MISSING if system.chromium() is None else None
    no_verapdf = verapdf.missing() if any(is_marked(item, "verapdf") for item in items) else None
    for item in items:
        if EXAMPLES & set(getattr(item, "fixturenames", ())) and not is_marked(item, "browser"):
            # An example is loaded once for a module, and so in one process only.
            item.add_marker(pytest.mark.xdist_group(str(item.path)))
        if is_marked(item, "browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
            if no_browser:
                item.add_marker(pytest.mark.skip(reason=no_browser))
        if is_marked(item, "verapdf") and no_verapdf:
            item.add_marker(pytest.mark.skip(reason=f"veraPDF: {no_verapdf}"))


def is_marked(item: pytest.Item, *names: str) -> bool:
    """Whether the test carries one of the marks."""
    return any(item.get_closest_marker(name) for name in names)


def uses_database(item: pytest.Item) -> bool:
    """Whether the test may touch the database, by its mark or by a fixture, its own or one that
    those stand on."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return is_marked(item, "django_db") or "django_db_setup" in fixtures or "db" in fixtures


@pytest.fixture(scope="session", autouse=True)
def _own_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Uploaded and issued files, and the lock under which papers are made, are of one process of
    the tests alone, in folders that pytest clears away."""
    media, var = tmp_path_factory.mktemp("media"), tmp_path_factory.mktemp("var")
    with override_settings(MEDIA_ROOT=media, VAR_DIR=var):
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """The cache holds the sign-in rate limits, which must not count from test to test."""
    cache.clear()


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """A headless Chromium (Playwright's Browser); the test that uses it is marked `browser`.

    Open a context of its own per test: `chromium.new_context(base_url=live_server.url)`.
    """
    from playwright.sync_api import sync_playwright

    path = system.chromium()
    if path is None:
        pytest.skip(CHROMIUM_MISSING)
    # Playwright runs an event loop in this thread, in which Django would refuse to query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


def _loaded(blocker, name: str) -> "Iterator[None]":
    """An example in the database for one module's tests, and gone after them. Each test's own
    changes are rolled back to it."""
    with blocker.unblock(), transaction.atomic():
        call_command("load_programme", name, verbosity=0)
        # What waits for a commit, once: else every test's end would do it for the whole example.
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def essex(django_db_setup: None, django_db_blocker) -> "Iterator[None]":
    """The Essex programme, as `manage.py load_programme essex` stores it."""
    yield from _loaded(django_db_blocker, "essex")


@pytest.fixture(scope="module")
def northmere(django_db_setup: None, django_db_blocker) -> "Iterator[None]":
    """A programme of quite another kind: tests/data/northmere.yaml."""
    yield from _loaded(django_db_blocker, str(DATA / "northmere.yaml"))
