"""Every address of the portal, and who may read and write it: the table behind
tests/test_access.py and tests/test_pages.py. An address that is missing here fails the suite, and
so does a line without an address.

To add a page, add a line to the module of its app. A page about one row is listed once for each
answer that its rows get: for a row of one's own and for one of somebody else's.
"""

from tests.routes import accounts, finance, programme, projects, reports
from tests.routes.table import ACCOUNTS, ADMINISTERS_PORTAL, EVERYBODY, SIGNED_IN, Route, roles

ROUTES: list[Route] = [
    *accounts.ROUTES,
    *programme.ROUTES,
    *projects.ROUTES,
    *finance.ROUTES,
    *reports.ROUTES,
]

__all__ = [
    "ACCOUNTS",
    "ADMINISTERS_PORTAL",
    "EVERYBODY",
    "ROUTES",
    "SIGNED_IN",
    "Route",
    "roles",
]
