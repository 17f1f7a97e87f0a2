"""The portal served from the process of the tests, for a real browser to open.

pytest-django's own ``live_server`` empties every table after each test, which the record of what
was done refuses. In SQLite's memory the server shares the test's connection instead, and with it
the test's transaction.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.servers.basehttp import ThreadedWSGIServer
from pytest_django.live_server_helper import LiveServer


class _LettingGo(ThreadedWSGIServer):
    """A server that has let go of everything when it stops: it hangs up on browsers that keep a
    line open, and waits for the threads behind them. One that outlived the server would find the
    test's database connection closed to it."""

    daemon_threads = False

    def __init__(self, *args, **kwargs) -> None:
        self._lines: set[socket.socket] = set()
        super().__init__(*args, **kwargs)

    def process_request(self, request, client_address) -> None:
        self._lines.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request) -> None:
        self._lines.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        for line in list(self._lines):
            with suppress(OSError):  # hung up at the other end already
                line.shutdown(socket.SHUT_RDWR)
        super().server_close()


@contextmanager
def served() -> Iterator[str]:
    """Serves the portal with what the test has in its database; gives its address."""
    server = LiveServer("127.0.0.1", start=False)
    server.thread.server_class = _LettingGo
    server.start()
    try:
        yield server.url
    finally:
        server.stop()
