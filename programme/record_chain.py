"""The chain of the record: what is hashed, and whether what is stored still fits together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from programme.models import AuditEntry, AuditHead, AuditLink

FIELDS = (
    "actor_id",
    "actor_label",
    "programme_id",
    "verb",
    "object_type",
    "object_id",
    "object_label",
    "before",
    "after",
    "correlation_id",
)
"""What an entry says besides when: all of it is hashed."""


def storable(said: Mapping[str, Any]) -> dict[str, Any]:
    """``before`` or ``after`` as both databases give it back: plain JSON, with numbers that are
    not whole as text."""
    text = json.dumps(dict(said), cls=DjangoJSONEncoder)
    stored: dict[str, Any] = json.loads(text, parse_float=str)
    return stored


def digest(entry: AuditEntry) -> str:
    """SHA-256 of what the entry says, as canonical JSON."""
    said = {name: getattr(entry, name) for name in FIELDS}
    said["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(text)


def link(previous: str, number: int, entry_id: int, entry_digest: str) -> str:
    """The hash that chains an entry to those before it; the databases' triggers do the same."""
    return sha256(f"{previous}:{number}:{entry_id}:{entry_digest}")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def head() -> str:
    """How the chain ends now, as "number:hash"; to be kept elsewhere and held against it later."""
    return str(AuditHead.objects.first() or AuditHead(entries=0))


def flaws(known: str | None = None) -> Iterator[str]:
    """What is wrong with the chain, in sentences. ``known`` is an earlier ``head()``, which the
    chain must still pass through.

    Reads while others write: the head is read first, so that what is added meanwhile comes after.
    """
    at_first = AuditHead.objects.first() or AuditHead(entries=0)
    anchors = [(at_first.entries, at_first.hash, "its head")]
    if known:
        length, _, ended = known.partition(":")
        anchors.append((int(length), ended, "the head that was kept"))
    previous, expected = "", 1
    for one in AuditLink.objects.select_related("entry").order_by("number").iterator():
        while expected < one.number:
            yield f"Entry number {expected} is gone."
            expected += 1
        yield from _flaws_of(one, previous)
        for number, hashed, what in anchors:
            if number == one.number and hashed != one.hash:
                yield f"At entry number {number} the chain is not the one that {what} was made of."
        previous, expected = one.hash, one.number + 1
    longest = max(number for number, _, _ in anchors)
    if expected <= longest:
        yield (
            f"The chain ends with entry number {expected - 1}, but it had {longest}: "
            f"the last ones were taken out."
        )
    now = AuditHead.objects.first() or AuditHead(entries=0)
    if now.entries < expected - 1:
        yield f"The chain has {expected - 1} entries, but its head says {now.entries}."
    for entry in AuditEntry.objects.filter(link=None).order_by("pk"):
        yield f"{_named(entry)} is not in the chain: it was written past the guards."


def _flaws_of(one: AuditLink, previous: str) -> Iterator[str]:
    name = _named(one.entry)
    if digest(one.entry) != one.entry.digest:
        yield f"{name} does not say what was recorded: it was changed."
    if one.previous != previous:
        yield f"{name} does not follow the entry before it: the chain is broken there."
    if one.hash != link(one.previous, one.number, one.entry_id, one.entry.digest):
        yield f"{name} does not have the hash that it was chained with."


def _named(entry: AuditEntry) -> str:
    return f"Entry {entry.pk} ({entry})"
