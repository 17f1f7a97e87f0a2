"""What production settings must not be: plain sentences, asked for by ``settings.py``."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

SHORTEST_SECRET = 50
"""As Django's own deployment check has it."""
LEAST_BITS = 200
"""So much must be in a secret by the variety of its characters; 50 random ones have about 280."""
SHARED_NEEDED = "locmem", "dummy"
"""Caches that processes do not share."""


def refusals(
    *,
    secret: str,
    default_secret: str,
    debug: bool,
    hosts: Sequence[str],
    cache_backend: str,
    proxy_header: str,
    proxy_count: int,
) -> list[str]:
    """What is wrong with production settings, a sentence for each."""
    found = []
    if secret in {"", default_secret}:
        found.append(
            "The portal does not start in production with the default secret: "
            "set SECRET_KEY to a long random text of your own."
        )
    elif is_guessable(secret):
        found.append(
            f"SECRET_KEY can be guessed: set it to a random text of at least {SHORTEST_SECRET} "
            f"characters, such as “python -c 'import secrets; print(secrets.token_urlsafe(64))'” "
            f"prints."
        )
    if debug:
        found.append(
            "The portal does not start in production with DEBUG on: "
            "it shows its workings to every visitor."
        )
    if not hosts:
        found.append(
            "Set ALLOWED_HOSTS to the host names under which the portal is reached, "
            "separated by commas."
        )
    for host in hosts:
        everybodys = host.startswith(".") and "." not in host.strip(".")
        if "*" in host or everybodys:
            found.append(
                f"ALLOWED_HOSTS has “{host}”, which lets others choose the name in the portal's "
                f"links: name each host in full."
            )
    if any(name in cache_backend for name in SHARED_NEEDED):
        found.append(
            "CACHE_URL names a cache that processes do not share, in which sign-in limits "
            "would not hold: leave it out, or name a server."
        )
    if proxy_header and proxy_count < 1:
        found.append(
            "SECURE_PROXY_SSL_HEADER says that a proxy stands before the portal: set "
            "TRUSTED_PROXY_COUNT to how many, or sign-in limits take all visitors for one."
        )
    return found


def is_guessable(secret: str) -> bool:
    """Whether a secret is short, a repetition, or of few different characters."""
    repeats = secret in (secret + secret)[1:-1]
    counts = Counter(secret).values()
    per_character = -sum(n / len(secret) * math.log2(n / len(secret)) for n in counts)
    return len(secret) < SHORTEST_SECRET or repeats or per_character * len(secret) < LEAST_BITS
