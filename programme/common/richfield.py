"""A form's question for rich text: an editor with a tool bar, or without script a plain text area.

The editor (``static/js/editor``) sends HTML with ``MARK`` before it; anything else is plain text,
which ``richtext.changed_plainly`` reads. Both ways, a text that was left as it was comes back
letter by letter: what an editor or plain text cannot show is not lost by opening a form and
sending it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from programme.common.questions import subject
from programme.common.richtext import as_typed_here, changed_plainly, length, to_plain, written

MARK = "<!--rich-->"
"""What HTML begins with that a form sends. As a comment it means nothing in the text itself."""
HOW_TO_WRITE = (
    "Leave a line empty between paragraphs. Lines that begin with “- ”, or with 1. 2. 3., become a "
    "list."
)
MARKUP = 10
"""How many times as long as its text rich text may be with all its tags."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Rich text as a form shows it: as plain text, and as HTML."""

    plain: str
    html: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What a browser sent, to be shown again."""

    text: str


class RichTextarea(forms.Textarea):
    """A text area of plain text that carries the rich text for the editor."""

    template_name = "django/forms/widgets/rich_text.html"

    def format_value(self, value: Any) -> Shown:
        return value if isinstance(value, Shown) else Shown("", "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["how"], widget["mark"] = HOW_TO_WRITE, MARK
        widget["how_id"] = how_id = f"{widget['attrs'].get('id', name)}-plain"
        described = widget["attrs"].get("aria-describedby")
        widget["attrs"]["aria-describedby"] = f"{described} {how_id}" if described else how_id
        return context


class LongestText(MaxLengthValidator):
    """Counts what a reader sees, and not the tags around it."""

    def clean(self, x: str) -> int:
        return length(x)


class RichTextField(forms.CharField):
    """Rich text. ``stored`` is what the form began with, which a form of the portal gives it."""

    def __init__(self, *, rows: int = 8, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(widget=RichTextarea({"rows": rows}), **kwargs)
        self.stored = ""
        if max_length is not None:
            self.limit_to(max_length)

    def limit_to(self, most: int) -> None:
        self.max_length = most
        self.validators.append(LongestText(most))

    def to_python(self, value: Any) -> str:
        text = as_typed_here(super().to_python(value))
        if not text.startswith(MARK):
            return changed_plainly(self.stored, text)
        html = text.removeprefix(MARK).strip()
        if html == as_typed_here(self.stored).strip():
            return self.stored
        if self.max_length is not None and len(html) > MARKUP * self.max_length:
            raise ValidationError(
                f"{subject(str(self.label))} has too many links and changes of style: paste it as "
                "plain text."
            )
        return written(html)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != (initial or "")
        except ValidationError:
            return True

    def plain(self, sent: str) -> str:
        """What was sent, for a page that shows it as plain text."""
        return self.prepare_value(Sent(sent)).plain

    def bound_data(self, data: Any, initial: Any) -> Sent:
        return Sent(str(data or ""))

    def prepare_value(self, value: Any) -> Shown:
        if not isinstance(value, Sent):
            return Shown(to_plain(value or ""), value or "")
        text = as_typed_here(value.text)
        if text.startswith(MARK):
            html = written(text.removeprefix(MARK))
            return Shown(to_plain(html), html)
        return Shown(text, changed_plainly(self.stored, text))
