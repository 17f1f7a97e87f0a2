"""The document model as JSON and back, losing nothing.

Every object carries its kind as "type" (the dataclass's name); decimals are strings, dates ISO.
This is what an issued paper is frozen as; what a paper's PDF carries as its attachment is the
same without the references to rows, so that a file says nothing that it does not print.
"""

from __future__ import annotations

import json
import types
import typing
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any

from programme.common import blocks, values
from reports import document as model
from reports.document import Document

TAG = "type"

_CLASSES: dict[str, type] = {
    cls.__name__: cls
    for module in (model, blocks, values)
    for cls in vars(module).values()
    if isinstance(cls, type) and is_dataclass(cls)
}


class MalformedDocument(ValueError):
    """JSON that is not a document; the message says where."""


def to_json(document: Document) -> str:
    """The document as JSON text: UTF-8 characters as they are, fields in the model's order."""
    return json.dumps(encode(document), ensure_ascii=False, indent=1)


def printed_json(document: Document) -> str:
    """What the document prints, as JSON text to give away: without the references by which the
    portal finds the rows behind a figure, and without the reasons that ratings carry, which only a
    block of their own prints."""
    return to_json(without_references(document))


def without_references(value: Any) -> Any:
    """A value of the document model with no ``Ref`` left in it, nor a rating's reason."""
    if isinstance(value, blocks.Ref):
        return None
    if isinstance(value, blocks.Rating):
        return replace(value, reason="")
    if isinstance(value, tuple):
        return tuple(without_references(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value,
            **{
                field.name: without_references(getattr(value, field.name))
                for field in fields(value)
            },
        )
    return value


def from_json(text: str) -> Document:
    """The document that ``to_json`` wrote. Raises ``MalformedDocument`` for anything else."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise MalformedDocument(f"This is not JSON: {error}") from error
    document = decode(data, Document, "document")
    assert isinstance(document, Document)
    return document


def encode(value: Any) -> Any:
    """A value of the document model as what JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        encoded = {field.name: encode(getattr(value, field.name)) for field in fields(value)}
        return {TAG: type(value).__name__, **encoded}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def decode(data: Any, hint: Any, where: str = "value") -> Any:
    """``data`` as a value of the type ``hint``; ``where`` names the place in error messages."""
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return _decode_union(data, typing.get_args(hint), where)
    if origin is tuple:
        if not isinstance(data, list):
            raise MalformedDocument(f"{where}: expected a list")
        item_hint = typing.get_args(hint)[0]
        return tuple(decode(item, item_hint, f"{where}[{i}]") for i, item in enumerate(data))
    if is_dataclass(hint):
        return _decode_object(data, (hint,), where)
    if hint is Decimal or hint is date or issubclass(hint, Enum):
        return _decode_text(data, hint, where)
    if type(data) is not hint:
        raise MalformedDocument(f"{where}: expected {hint.__name__}, found {type(data).__name__}")
    return data


def _decode_union(data: Any, hints: tuple[Any, ...], where: str) -> Any:
    if data is None and type(None) in hints:
        return None
    classes = tuple(hint for hint in hints if is_dataclass(hint))
    if classes:
        return _decode_object(data, classes, where)
    (hint,) = (hint for hint in hints if hint is not type(None))
    return decode(data, hint, where)


def _decode_object(data: Any, allowed: tuple[Any, ...], where: str) -> Any:
    cls = _CLASSES.get(data.get(TAG, "")) if isinstance(data, dict) else None
    if cls is None or cls not in allowed:
        names = ", ".join(hint.__name__ for hint in allowed)
        raise MalformedDocument(f"{where}: expected one of {names}")
    hints = _hints(cls)
    if data.keys() - {TAG} != hints.keys():
        odd = ", ".join(sorted((data.keys() - {TAG}) ^ hints.keys()))
        raise MalformedDocument(f"{where}: the fields of {cls.__name__} do not match: {odd}")
    try:
        return cls(
            **{name: decode(data[name], hint, f"{where}.{name}") for name, hint in hints.items()}
        )
    except MalformedDocument:
        raise
    except ValueError as error:  # a rule of the value itself, such as a TBC that has an amount
        raise MalformedDocument(f"{where}: {error}") from error


def _decode_text(data: Any, hint: Any, where: str) -> Any:
    if not isinstance(data, str):
        raise MalformedDocument(f"{where}: expected text, found {type(data).__name__}")
    try:
        return date.fromisoformat(data) if hint is date else hint(data)
    except (ValueError, InvalidOperation) as error:
        raise MalformedDocument(f"{where}: {data!r} is no {hint.__name__}") from error


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)
