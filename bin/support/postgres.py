"""A PostgreSQL server for one run of the tests, made from nothing and thrown away."""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

START_SECONDS = 60
# Nothing here outlives the run, so nothing waits for a disk.
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "unix_socket_directories=",
    "listen_addresses=127.0.0.1",
)


class PostgresError(Exception):
    """The throw-away server did not come up; the text holds what it said."""


def unprivileged() -> pwd.struct_passwd | None:
    """As whom to run the server when this is root, which PostgreSQL refuses; None: as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise PostgresError("This is root, and there is no user postgres or nobody to run it as.")


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def accepts_connections(port: int) -> bool:
    """Whether something answers on the port."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@contextlib.contextmanager
def throw_away(programs: Path) -> Iterator[str]:
    """Run a server from the programs in a folder; yields its address as a DATABASE_URL.

    The superuser has a random password: other users of the machine cannot get in. Raises
    PostgresError.
    """
    person = unprivileged()
    user, group = (person.pw_uid, person.pw_gid) if person else (None, None)
    groups: list[str | int] | None = [] if person else None
    home = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
    server = None
    try:
        password = secrets.token_hex(16)
        (home / "password").write_text(password)
        if person:
            for path in (home, home / "password"):
                os.chown(path, person.pw_uid, person.pw_gid)
        made = subprocess.run(
            [
                *(programs / "initdb", "--pgdata", home / "data", "--username=portal"),
                *("--auth=scram-sha-256", f"--pwfile={home / 'password'}"),
                *("--encoding=UTF8", "--locale=C", "--no-sync"),
            ],
            cwd=home,
            capture_output=True,
            text=True,
            check=False,
            user=user,
            group=group,
            extra_groups=groups,
        )
        if made.returncode:
            raise PostgresError(f"initdb failed: {made.stderr.strip()}")
        port = free_port()
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        with (home / "log").open("w") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", home / "data", "-p", str(port), *options],
                cwd=home,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C ends pytest first, then this
                user=user,
                group=group,
                extra_groups=groups,
            )
        deadline = time.monotonic() + START_SECONDS
        while not accepts_connections(port):
            if server.poll() is not None or time.monotonic() > deadline:
                raise PostgresError(
                    f"PostgreSQL did not start: {(home / 'log').read_text()[-2000:]}"
                )
            time.sleep(0.05)
        yield f"postgres://portal:{password}@127.0.0.1:{port}/postgres"
    finally:
        if server is not None and server.poll() is None:
            server.send_signal(signal.SIGQUIT)  # at once: there is nothing to save
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(home, ignore_errors=True)
