"""The server behind the browser tests leaves nothing running behind it."""

import socket
import threading
from urllib.parse import urlsplit

import pytest

from tests.serving import served

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def test_a_line_that_is_still_open_ends_with_the_server():
    """A browser keeps its connections. A thread that outlived the server closed the database
    connection when it was nobody's to share any more, and failed whatever test came next."""
    before = set(threading.enumerate())
    with served() as address:
        line = socket.create_connection((urlsplit(address).hostname, urlsplit(address).port))
        line.sendall(b"GET /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert line.recv(15).startswith(b"HTTP/1.1 ")
    left = [each for each in threading.enumerate() if each not in before and each.is_alive()]
    assert left == []
    line.close()
