"""Settings, safeguards and the work behind the commands in bin/."""

import json
import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import (
    CommandError,
    call_command,
    get_commands,
    load_command_class,
)
from django.db import ConnectionHandler
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from bin.support import pure, setup, system
from bin.support import test as suite
from programme.management.commands import start
from programme.site import safeguards
from tests import verapdf
from tests.builders import make_person, make_programme, make_user

ROOT = Path(__file__).resolve().parents[1]
PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "a-secret-of-our-own-that-is-long-enough-for-anybody-0123456789",
    "ALLOWED_HOSTS": "portal.example",
}

BEHIND_A_PROXY = {"SECURE_PROXY_SSL_HEADER": "X-Forwarded-Proto", "TRUSTED_PROXY_COUNT": "1"}
GUESSABLE = ["secret", "x" * 64, "change-me-" * 10, "ab" * 40, "0123456789" * 6, "aabb" * 24 + "c"]
ANY_HOST = ["*", "portal.example,*", "*.example", ".org", "."]
UNSHARED = ["locmemcache://", "dummycache://"]


@pytest.fixture
def settings_for(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """The settings as they would be with nothing in the environment but what is given."""

    def read(**environment: str) -> dict[str, Any]:
        proxy = ("SECURE_PROXY_SSL_HEADER", "TRUSTED_PROXY_COUNT")
        for name in (*PRODUCTION, *proxy, "DEBUG", "DATABASE_URL", "CACHE_URL"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "programme/site/settings.py"))

    return read


# --- settings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORTAL_ENV": "staging"}, "must be “development” or “production”"),
        (PRODUCTION | {"SECRET_KEY": ""}, "default secret"),
        ({"PORTAL_ENV": "production", "ALLOWED_HOSTS": "portal.example"}, "default secret"),
        (PRODUCTION | {"DEBUG": "on"}, "DEBUG on"),
        (PRODUCTION | {"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS"),
        *((PRODUCTION | {"SECRET_KEY": each}, "SECRET_KEY can be guessed") for each in GUESSABLE),
        *((PRODUCTION | {"ALLOWED_HOSTS": each}, "name each host in full") for each in ANY_HOST),
        *((PRODUCTION | {"CACHE_URL": each}, "do not share") for each in UNSHARED),
        (PRODUCTION | {"SECURE_PROXY_SSL_HEADER": "X-Forwarded-Proto"}, "TRUSTED_PROXY_COUNT"),
        (PRODUCTION | BEHIND_A_PROXY | {"TRUSTED_PROXY_COUNT": "0"}, "TRUSTED_PROXY_COUNT"),
    ],
)
def test_settings_refuse_an_unsafe_start_in_plain_words(
    settings_for: Callable[..., dict[str, Any]], environment: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=re.escape(sentence)):
        settings_for(**environment)


@pytest.mark.parametrize("hosts", ["portal", "portal.example,10.0.0.7", ".portal.example", "[::1]"])
def test_settings_take_hosts_that_are_ones_own(
    settings_for: Callable[..., dict[str, Any]], hosts: str
) -> None:
    read = settings_for(**PRODUCTION | {"ALLOWED_HOSTS": hosts})
    assert read["ALLOWED_HOSTS"] == hosts.split(",")


def test_production_tells_browsers_to_insist_on_https(
    settings_for: Callable[..., dict[str, Any]],
) -> None:
    settings = settings_for(**PRODUCTION, **BEHIND_A_PROXY)
    assert settings["DEBUG"] is False
    assert settings["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize("where", ["", "dbcache://other_table", "locmemcache://"])
def test_the_cache_holds_more_failures_than_anybody_makes(
    settings_for: Callable[..., dict[str, Any]], where: str
) -> None:
    production = {} if where.startswith("locmem") else PRODUCTION
    given = {"CACHE_URL": where} if where else {}
    cache = settings_for(**production, **given)["CACHES"]["default"]
    assert cache["OPTIONS"]["MAX_ENTRIES"] == 100_000
    redis = settings_for(**PRODUCTION, CACHE_URL="rediscache://cache.example:6379/1")["CACHES"]
    assert "MAX_ENTRIES" not in redis["default"].get("OPTIONS", {})


def test_sqlite_file_lies_in_the_repository_wherever_the_command_was_started(
    settings_for: Callable[..., dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings_for()["DATABASES"]["default"]["NAME"] == ROOT / "var/portal.sqlite3"
    named = settings_for(DATABASE_URL="sqlite:///var/other.sqlite3")["DATABASES"]["default"]
    assert named["NAME"] == ROOT / "var/other.sqlite3"
    assert named["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert named["OPTIONS"]["timeout"] > 5


def test_sqlite_file_gets_write_ahead_log_and_foreign_keys(
    settings_for: Callable[..., dict[str, Any]], tmp_path: Path, django_db_blocker: Any
) -> None:
    databases = settings_for(DATABASE_URL=f"sqlite:///{tmp_path}/x.sqlite3")["DATABASES"]
    connection = ConnectionHandler(databases)["default"]
    try:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            found = {
                pragma: cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
                for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
    finally:
        connection.close()
    full = 2
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 20_000,
    }


def test_postgresql_address_is_taken_apart(settings_for: Callable[..., dict[str, Any]]) -> None:
    database = settings_for(DATABASE_URL="postgres://ann:pw@db.example:5433/portal")["DATABASES"]
    assert database["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert (database["default"]["HOST"], database["default"]["PORT"]) == ("db.example", 5433)
    assert "init_command" not in database["default"].get("OPTIONS", {})


# --- safeguards and sign-in -------------------------------------------------------------------


@pytest.mark.django_db
def test_production_refuses_example_accounts(settings: Any) -> None:
    get_user_model().objects.create_user("lead@essex.example", is_example=True, is_active=False)
    safeguards.refuse_what_is_stored()  # development keeps them
    assert safeguards.check_example_accounts(databases=["default"]) == []

    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match=r"example accounts .*\(1 found\)"):
        safeguards.refuse_what_is_stored()
    (error,) = safeguards.check_example_accounts(databases=["default"])
    assert error.id == "programme.E001"

    get_user_model().objects.all().delete()
    safeguards.refuse_what_is_stored()


@pytest.mark.django_db
def test_production_wants_the_table_in_which_it_counts(settings: Any) -> None:
    backend = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "portal_cache"}}
    safeguards.refuse_what_is_stored()
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="run “manage.py createcachetable”"):
        safeguards.refuse_what_is_stored()
    call_command("createcachetable", verbosity=0)
    safeguards.refuse_what_is_stored()


@pytest.mark.django_db
def test_nobody_signs_up_alone(client: Any) -> None:
    password = "correct horse battery"
    form = {"email": "stranger@x.example", "password1": password, "password2": password}
    client.post(reverse("account_signup"), form)
    assert not get_user_model().objects.exists()


@pytest.mark.django_db
def test_sign_in_by_address_until_too_many_wrong_passwords(client: Any) -> None:
    get_user_model().objects.create_user("lead@essex.example", "correct horse")

    def sign_in(password: str) -> bool:
        form = {"login": "Lead@Essex.example", "password": password}
        client.post(reverse("account_login"), form)
        signed_in = "_auth_user_id" in client.session
        client.logout()
        return signed_in

    assert sign_in("correct horse")
    assert not any(sign_in("a guess") for _ in range(5))
    assert not sign_in("correct horse"), "five wrong passwords should have closed the door a while"


@pytest.mark.django_db
def test_reset_tells_nobody_who_has_an_account(client: Any, mailoutbox: list[Any]) -> None:
    get_user_model().objects.create_user("lead@essex.example", "correct horse")
    addresses = ["lead@essex.example", "stranger@essex.example"]
    answers = [client.post(reverse("account_reset_password"), {"email": a}) for a in addresses]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert [message.to for message in mailoutbox] == [["lead@essex.example"]]


@pytest.mark.django_db
def test_pages_forbid_inline_script_and_style(client: Any) -> None:
    policy = client.get(reverse("account_login")).headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy


# --- manage.py start --------------------------------------------------------------------------


@pytest.mark.django_db
def test_start_loads_the_example_once_and_names_its_accounts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    called = []

    def record(name: str, *arguments: str, **options: Any) -> None:
        called.append((name, *arguments))
        if name == "load_programme":
            user = make_user(email="lead@essex.example", is_example=True)
            make_person(user=user, programme=make_programme(), post="Project lead")

    monkeypatch.setattr(start, "call_command", record)
    monkeypatch.delenv("RUN_MAIN", raising=False)
    call_command("start", port=8123)
    call_command("start", port=8123)
    serve = ("runserver", "127.0.0.1:8123")
    assert called == [("load_programme", "essex"), serve, serve]
    said = capsys.readouterr().out
    assert said.count("http://127.0.0.1:8123/") == 2
    assert "lead@essex.example  Project lead" in said
    assert settings.EXAMPLE_PASSWORD in said


def test_start_is_not_for_production(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="gunicorn"):
        call_command("start")


# --- bin/setup --------------------------------------------------------------------------------


def test_a_step_is_done_again_only_when_its_inputs_changed(tmp_path: Path) -> None:
    source, stamp, done = tmp_path / "lock", tmp_path / "made/stamp", []

    def step(content: str) -> int:
        source.write_text(content)
        setup.once("Step", stamp, [source, "3.11"], lambda: done.append(content))
        return len(done)

    assert [step(content) for content in ("one", "one", "two", "two", "one")] == [1, 1, 2, 2, 3]
    stamp.unlink()
    assert step("one") == 4


def test_a_failed_step_is_not_taken_for_done(tmp_path: Path) -> None:
    def fail() -> None:
        setup.run("false")

    for _ in range(2):
        with pytest.raises(setup.SetupError, match="“false” failed"):
            setup.once("Step", tmp_path / "stamp", ["input"], fail)
    assert not (tmp_path / "stamp").exists()


def test_fingerprint_tells_where_one_input_ends() -> None:
    assert setup.fingerprint(["ab", "c"]) != setup.fingerprint(["a", "bc"])
    assert setup.fingerprint(["a", "b"]) != setup.fingerprint(["b", "a"])


@pytest.mark.parametrize(
    ("platform", "command"),
    [
        ("Linux", "sudo apt-get update && sudo apt-get install --yes libpango-1.0-0 postgresql"),
        ("Darwin", "brew install pango postgresql"),
    ],
)
def test_what_is_missing_comes_with_one_command(
    monkeypatch: pytest.MonkeyPatch, platform: str, command: str
) -> None:
    monkeypatch.setattr(system.platform, "system", lambda: platform)
    monkeypatch.setattr(system.shutil, "which", lambda name: f"/usr/bin/{name}")
    pango = system.Need("Pango", lambda: False, ("libpango-1.0-0",), ("pango",))
    postgres = system.Need("PostgreSQL", lambda: False, ("postgresql",), ("postgresql",))
    there = system.Need("Java", lambda: True, ("default-jdk-headless",), ("openjdk",))
    assert system.advice(system.missing([pango, there, postgres])) == command


def test_lock_files_hold_hashes_and_no_addresses() -> None:
    for lock in (*ROOT.glob("requirements*.lock"), ROOT / "bin/support/node.lock"):
        text = lock.read_text()
        assert "://" not in text
        assert "--find-links" not in text
        packages = re.findall(r"^[A-Za-z].*?(?=^[A-Za-z]|\Z)", text, flags=re.M | re.S)
        assert packages
        assert [package for package in packages if "--hash=sha256:" not in package] == []
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert [name for name, package in installed.items() if "resolved" in package] == []
    assert [name for name, package in installed.items() if "integrity" not in package] == []


@pytest.mark.parametrize(("style", "weight"), [("400", 400), ("600", 600), ("700", 700)])
def test_typeface_has_figures_of_one_width_and_the_signs_that_papers_use(
    style: str, weight: int
) -> None:
    from fontTools.ttLib import TTFont

    with TTFont(ROOT / f"static/build/fonts/source-sans-3-{style}.ttf") as font:
        glyphs = font.getBestCmap()
        assert font["OS/2"].usWeightClass == weight
        assert [sign for sign in "–—’“”£−↑↓×•…½%" if ord(sign) not in glyphs] == []
        assert len({font["hmtx"][glyphs[ord(figure)]][0] for figure in "0123456789"}) == 1


# --- bin/lint ---------------------------------------------------------------------------------


def test_no_file_silences_a_checker_that_does_not_read_it() -> None:
    read = set(pure.pure_modules()) | set((ROOT / "bin").rglob("*.py"))
    silent = [
        str(path.relative_to(ROOT))
        for app in (*pure.APPS, "benchmarks")
        for path in (ROOT / app).rglob("*.py")
        if path not in read and "# type: ignore" in path.read_text()
    ]
    assert silent == []


def test_pure_modules_are_told_from_those_that_need_django() -> None:
    names = {str(path.relative_to(ROOT)) for path in pure.pure_modules()}
    assert {
        "reports/document.py",
        "programme/common/blocks.py",
        "programme/common/formats.py",
        "finance/funding.py",
    } <= names
    sections = {str(path.relative_to(ROOT)) for path in ROOT.glob("reports/sections/*.py")}
    assert sections <= names
    assert not names & {
        "programme/site/settings.py",
        "programme/models/people.py",
        "reports/apps.py",
    }


def test_a_module_is_not_pure_when_what_it_imports_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = tmp_path / "finance"
    app.mkdir()
    (app / "__init__.py").write_text("")
    (app / "sums.py").write_text("import decimal\n")
    (app / "above.py").write_text("from finance import below\n")
    (app / "below.py").write_text("def rows():\n    from django.db import connection\n")
    monkeypatch.setattr(pure, "ROOT", tmp_path)
    assert pure.pure_modules() == [app / "sums.py"]


# --- bin/test ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "reasons", "strict", "expected"),
    [
        ([0, 0], [], True, 0),
        ([0, 1], [], False, 1),
        ([2, 0], [], False, 2),
        ([0, 5], [], False, 0),  # only browser tests were asked for
        ([5, 5], [], False, 5),
        ([0, 0], ["browser tests"], False, 0),
        ([0, 0], ["browser tests"], True, 1),
        ([0], ["the suite on PostgreSQL"], True, 1),
    ],
)
def test_the_verdict_of_both_runs(
    statuses: list[int], reasons: list[str], strict: bool, expected: int
) -> None:
    runs = [suite.SuiteRun("database", status, "") for status in statuses]
    assert suite.verdict(runs, reasons, strict) == expected


def test_what_could_not_run_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setattr(system, "java", lambda: None)
    monkeypatch.setattr(system, "postgres_programs", lambda: None)
    reasons = "\n".join(suite.not_run())
    for name in ("/nowhere/chromium", "veraPDF tests: Java", "PostgreSQL is missing"):
        assert name in reasons


@pytest.mark.verapdf
def test_verapdf_finds_what_is_wrong_and_passes_what_is_right(tmp_path: Path) -> None:
    import weasyprint

    page = weasyprint.HTML(string="<html lang=en><title>A paper</title><h1>A paper</h1></html>")
    tagged, plain = tmp_path / "tagged.pdf", tmp_path / "plain.pdf"
    page.write_pdf(tagged, pdf_variant="pdf/ua-1")
    page.write_pdf(plain)
    failures = verapdf.validate_all([tagged, plain], ["ua1"])
    assert failures[tagged] == []
    assert failures[plain]
    assert all(failure.startswith("ua1 ") for failure in failures[plain])


@pytest.mark.verapdf
def test_verapdf_does_not_pass_what_it_could_not_read(tmp_path: Path) -> None:
    (tmp_path / "text.pdf").write_text("not a PDF")
    with pytest.raises(verapdf.NotChecked):
        verapdf.validate(tmp_path / "text.pdf", ["ua1"])


WITHOUT_TABLES = {"start", "restore"}
"""Commands that make the tables, or put others in their place."""
COMMANDS = sorted(
    (app, name)
    for name, app in get_commands().items()
    if app in ("programme", "projects", "finance", "reports") and name not in WITHOUT_TABLES
)


@pytest.mark.django_db
@pytest.mark.parametrize(("app", "name"), COMMANDS)
def test_a_database_that_was_not_migrated_is_a_sentence(monkeypatch, app, name):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *args: [1, 2])
    with pytest.raises(CommandError, match="2 migrations to make first.*manage.py migrate"):
        load_command_class(app, name).execute(force_color=False, no_color=False, skip_checks=True)
