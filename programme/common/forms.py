"""How every form of the portal is printed and what it says when an answer is missing.

``FORM_RENDERER`` names :class:`PortalRenderer`; templates are in ``templates/django/forms/``.
Validation is the server's: no browser bubble competes with the error summary.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField
from django.forms.models import construct_instance
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.utils.functional import cached_property

from programme.common.questions import missing, say_of, subject
from programme.common.richfield import RichTextField
from programme.common.richtext import as_typed_here
from programme.common.words import say

# What a widget's control is called in GOV.UK Frontend; the first class that fits counts.
_CONTROL_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.PasswordInput, "govuk-input govuk-password-input__input govuk-js-password-input-input"),
    (forms.TextInput, "govuk-input"),
)
LONGEST_TEXT = 10_000
"""Characters of a text whose column has no bound of its own. Whatever is longer is refused in
words: nothing is cut off."""
_COUNTED_FROM = 60
"""Shorter texts, such as a number in papers, are asked for without a count of their characters."""


class PortalBoundField(BoundField):
    """A field with what its template needs to know, so that the template computes nothing."""

    @property
    def use_fieldset(self) -> bool:
        """A group of controls stands in a fieldset; a file is one control and has a label."""
        return bool(self.field.widget.use_fieldset) and not isinstance(
            self.field.widget, forms.FileInput
        )

    @property
    def label_text(self) -> str:
        """The label, with "(optional)" behind it where the form marks what may be left out."""
        marked = getattr(self.form, "mark_optional", False) and not self.field.required
        return f"{self.label} (optional)" if marked and not self.is_tick else str(self.label)

    @property
    def is_tick(self) -> bool:
        """Whether this is one box to tick, whose label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_password(self) -> bool:
        return isinstance(self.field.widget, forms.PasswordInput)

    @cached_property
    def limit(self) -> int | None:
        """How many characters may be typed, where the page counts them."""
        widget, longest = self.field.widget, getattr(self.field, "max_length", None)
        counts = getattr(self.form, "counts_characters", False) and longest is not None
        if not counts or not isinstance(widget, (forms.Textarea, forms.TextInput)):
            return None
        if isinstance(self.field, forms.EmailField) or self.is_password:
            return None
        return longest if isinstance(widget, forms.Textarea) or longest >= _COUNTED_FROM else None

    @property
    def limit_text(self) -> str:
        return f"You can enter up to {self.limit:,} characters"

    @property
    def aria_describedby(self) -> str | None:
        """Hint, error and count of characters, as templates/django/forms/field.html names them."""
        described = super().aria_describedby
        if described is None or self.limit is None:
            return described
        return f"{described} {self.id_for_label}-info".strip()

    @cached_property
    def wrong_parts(self) -> Sequence[str]:
        """Names of the parts that the errors are about, of a field that has parts."""
        return [part for error in self.errors.as_data() for part in getattr(error, "parts", ())]

    @property
    def error_target(self) -> str:
        """Id of the control that a link in the error summary leads to."""
        widget = self.field.widget
        if hasattr(widget, "error_target"):
            return str(widget.error_target(self.auto_id, self.wrong_parts))
        if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)):
            return f"{self.auto_id}_0"
        return str(self.id_for_label or self.auto_id)

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        if widget.is_hidden:
            return attrs
        if getattr(widget, "takes_error_parts", False):
            attrs.pop("aria-invalid", None)
            attrs["error_parts"] = self.wrong_parts
            return attrs
        if self.use_fieldset:
            # The fieldset carries hint and error; a radio has no invalid state of its own.
            attrs.pop("aria-invalid", None)
        control = next((name for kind, name in _CONTROL_CLASSES if isinstance(widget, kind)), "")
        if control:
            words = [*control.split(), *widget.attrs.get("class", "").split()]
            if self.limit is not None:
                words.append("govuk-js-character-count")
            if self.errors and control.startswith("govuk-") and "__input" not in words[0]:
                words.append(f"{words[0]}--error")
            attrs["class"] = " ".join(dict.fromkeys(words))
        return attrs


class PortalRenderer(TemplatesSetting):
    """Django's renderer over the project's templates, with the portal's bound field."""

    bound_field_class = PortalBoundField


class FormMixin:
    """What the portal's forms share: labels known to their fields, and plain "required" messages.

    ``mark_optional`` puts "(optional)" behind labels of fields that may be left out; a filter,
    where everything may, turns it off. Texts say how long they may be; ``counts_characters`` shows
    it from the start. Lines that a browser sent end as those of any other text.
    """

    mark_optional = True
    counts_characters = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.data = _with_plain_lines(self.data)
        for field in self.fields.values():
            _in_own_words(field)
        self.prepare_fields()
        for name, field in self.fields.items():
            if isinstance(field, RichTextField):
                field.stored = self.get_initial_for_field(field, name) or ""
            if field.label is None:
                field.label = say(pretty_name(name))
            if str(field.error_messages.get("required")) in _without_a_name(field):
                field.error_messages["required"] = required_message(field)
            for part in (field, *getattr(field, "fields", ())):
                say_of(part, str(field.label))
            if isinstance(field, forms.CharField):
                _say_limit(field)

    def prepare_fields(self) -> None:
        """Where a form changes its fields, before messages are made from their labels."""

    @property
    def values(self) -> dict[str, Any]:
        """The answers by the names that the form's action takes. The version that the page adds
        is no answer."""
        answers: dict[str, Any] = self.cleaned_data
        return {name: value for name, value in answers.items() if name != "version"}


class PortalForm(FormMixin, forms.Form):
    """A form that is not about one model row."""


class PortalModelForm(FormMixin, forms.ModelForm):
    """A form about one row; what it means to save it is an action's business. So are the rules of
    the row as a whole: the action says in plain words what Django would say here in its own."""

    def _post_clean(self) -> None:
        """The answers go into the row, each already checked by its field; no more than that."""
        try:
            self.instance = construct_instance(
                self, self.instance, self._meta.fields, self._meta.exclude
            )
        except ValidationError as error:
            self.add_error(None, error)


def _without_a_name(field: forms.Field) -> set[str]:
    """What Django, and a kind of field, say of an empty answer without naming the question."""
    kinds = type(field).__mro__
    defaults = [vars(kind).get("default_error_messages", {}).get("required") for kind in kinds]
    return {say(str(text)) for text in defaults if text}


def _with_plain_lines(data: Any) -> Any:
    """What a browser sent, with the line ends and bullets that texts have everywhere else."""
    if not hasattr(data, "lists"):
        return data
    plain = data.copy()
    for name, texts in data.lists():
        plain.setlist(name, [as_typed_here(text) for text in texts])
    return plain


def _in_own_words(field: forms.Field) -> None:
    """What a form was written with, in the words of the programme; names that it is given later,
    such as those of a programme's dimensions, stay as they are."""
    if field.label is not None:
        field.label = say(str(field.label))
    field.help_text = say(str(field.help_text))
    field.error_messages = {code: say(str(text)) for code, text in field.error_messages.items()}
    if isinstance(field, forms.ModelChoiceField) and field.empty_label:
        field.empty_label = say(str(field.empty_label))


def _say_limit(field: forms.CharField) -> None:
    """Gives a text a limit where it has none, and a plain sentence for one that is too long."""
    if field.max_length is None and isinstance(field, RichTextField):
        field.limit_to(LONGEST_TEXT)
    elif field.max_length is None:
        field.max_length = LONGEST_TEXT
        field.validators.append(MaxLengthValidator(LONGEST_TEXT))
    # A browser that knows the limit cuts a pasted text off without a word.
    field.widget.attrs.pop("maxlength", None)
    label = subject(str(field.label)).replace("%", "%%")
    field.error_messages["max_length"] = (
        f"{label} must be %(limit_value)d characters or fewer: it has %(show_value)d"
    )


def required_message(field: forms.Field) -> str:
    """What to say when ``field`` is left empty, in the words of its label."""
    label = str(field.label or "")
    if isinstance(field.widget, forms.FileInput):
        return missing(label, verb="Select a file for", answer="the answer")
    if isinstance(field.widget, (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return missing(label, verb="Select")
    return missing(label, answer=getattr(field, "asks_for", "an answer"))
