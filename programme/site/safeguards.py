"""What a production installation must not start with."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.utils import DatabaseError

from programme import record_guards


def example_accounts(using: str = "default") -> int:
    """How many accounts of the example programme are stored; 0 before the tables exist."""
    user_model = get_user_model()
    try:
        if user_model._meta.db_table not in connections[using].introspection.table_names():
            return 0
        return user_model._base_manager.using(using).filter(is_example=True).count()
    except DatabaseError:
        # No database to look at: whoever starts the portal will be told so by Django itself.
        return 0


def _refusal(count: int) -> str:
    return (
        f"The portal does not start in production with example accounts in its database "
        f"({count} found): their password is known to everybody. Delete them, or start from a "
        f"new database."
    )


def refuse_what_is_stored() -> None:
    """Called by wsgi.py and asgi.py before the first request.

    Raises ImproperlyConfigured in production when an account of the example programme is stored,
    when the database does not guard the record of who did what, and when it lacks the table of the
    cache.
    """
    if not settings.PRODUCTION:
        return
    if count := example_accounts():
        raise ImproperlyConfigured(_refusal(count))
    if missing := missing_guards():
        raise ImproperlyConfigured(
            f"The portal does not start in production without the guards of its record "
            f"({', '.join(missing)}): run “manage.py migrate”, then “manage.py check_data”."
        )
    if table := missing_cache_table():
        raise ImproperlyConfigured(
            f"Limits of sign-in count in the table “{table}”, which is not there: run “manage.py "
            f"createcachetable”."
        )


def missing_cache_table() -> str:
    """The table that CACHES names and the database lacks; empty where none is needed."""
    cache = settings.CACHES["default"]
    if not cache["BACKEND"].endswith(".DatabaseCache"):
        return ""
    try:
        stored = connections["default"].introspection.table_names()
    except DatabaseError:
        return ""  # as above
    return "" if cache["LOCATION"] in stored else cache["LOCATION"]


def missing_guards() -> list[str]:
    """Guards of the record that the database lacks; none before the tables exist."""
    try:
        if record_guards.ENTRY not in connections["default"].introspection.table_names():
            return []
        return record_guards.missing()
    except DatabaseError:
        return []  # as above


@register(Tags.database)
def check_example_accounts(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """The same rule for `manage.py check --database default` and for `migrate`."""
    if not settings.PRODUCTION:
        return []
    return [
        Error(_refusal(count), id="programme.E001")
        for using in databases or []
        if (count := example_accounts(using))
    ]
