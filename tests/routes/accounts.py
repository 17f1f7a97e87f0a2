"""Sign-in and one's own account: outside any programme."""

from typing import Any

from tests.routes.table import EVERYBODY, SIGNED_IN, Route

_KEY = {"uidb36": "1", "key": "nonsense"}


def _route(name: str, **options: Any) -> Route:
    return Route(name, **{"get": EVERYBODY, "post": EVERYBODY, **options})


ROUTES = [
    _route("account_login"),
    _route("account_logout"),
    _route("account_invitations", get=SIGNED_IN, post=SIGNED_IN),
    _route("account_name", get=SIGNED_IN, post=SIGNED_IN),
    _route("account_inactive", post=""),
    _route("account_signup"),
    _route("account_change_password", get=SIGNED_IN, post=SIGNED_IN),
    _route("account_set_password", get=SIGNED_IN, post=SIGNED_IN),
    _route("account_reset_password"),
    _route("account_reset_password_done", post=""),
    _route("account_reset_password_from_key", at=lambda programme: _KEY),
    _route("account_reset_password_from_key_done", post=""),
]
