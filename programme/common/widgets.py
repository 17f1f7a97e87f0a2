"""Widgets that ask for a date, an amount of money, and how certain either of them is.

They print GOV.UK Frontend markup through ``templates/django/forms/widgets/``. A widget with parts
marks the wrong ones when the bound field hands it their names as ``error_parts``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms

from programme.common.values import Amount, Certainty, PlainDate


class DateParts(NamedTuple):
    """A date as typed: three texts, none of them checked yet."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, value: date | DateParts | Sequence[str] | None) -> DateParts:
        """The parts of a stored date, of parts already typed, or of nothing."""
        if not value:
            return cls()
        if isinstance(value, date):
            return cls(str(value.day), str(value.month), str(value.year))
        return cls(*value)

    def __bool__(self) -> bool:
        return any(self)


class LabelWithHint(str):
    """The label of a choice that carries a line of explanation, printed below it."""

    hint: str

    def __new__(cls, label: str, hint: str = "") -> LabelWithHint:
        self = super().__new__(cls, label)
        self.hint = hint
        return self


class DateInput(forms.Widget):
    """Day, month and year in three boxes, as people find easiest to type a date they know."""

    template_name = "django/forms/widgets/date_parts.html"
    use_fieldset = True
    takes_error_parts = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DateParts:
        return DateParts(*(data.get(f"{name}_{part}", "").strip() for part in DateParts._fields))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part in DateParts._fields)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else ""

    def error_target(self, id_: str, parts: Sequence[str]) -> str:
        """The id that a link in the error summary leads to: the first part that is wrong."""
        return f"{id_}_{parts[0] if parts else 'day'}"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        attrs = dict(attrs or {})
        wrong = attrs.pop("error_parts", ())
        context = super().get_context(name, None, attrs)
        typed = DateParts.of(value)
        id_ = context["widget"]["attrs"].get("id", "")
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{id_}_{part}",
                "label": part.capitalize(),
                "value": getattr(typed, part),
                "width": 4 if part == "year" else 2,
                "wrong": part in wrong,
            }
            for part in DateParts._fields
        ]
        return context


class MoneyInput(forms.TextInput):
    """An amount in pounds with its £ sign before the box."""

    template_name = "django/forms/widgets/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {
                "class": "govuk-input govuk-input--money govuk-input--width-10",
                "inputmode": "decimal",
                "autocomplete": "off",
                "spellcheck": "false",
            }
            | (attrs or {})
        )

    def format_value(self, value: Any) -> str | None:
        """1234.50 as "1,234.50" and 1234.00 as "1,234"; what was typed wrongly stays as typed."""
        if isinstance(value, Decimal):
            return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
        return super().format_value(value)


class PercentInput(forms.TextInput):
    """A share with its % sign behind the box."""

    template_name = "django/forms/widgets/percent.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {
                "class": "govuk-input govuk-input--width-5",
                "inputmode": "decimal",
                "autocomplete": "off",
                "spellcheck": "false",
            }
            | (attrs or {})
        )

    def format_value(self, value: Any) -> str | None:
        """28.0500 as "28.05"; what was typed wrongly stays as typed."""
        if isinstance(value, Decimal):
            text = f"{value:f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        return super().format_value(value)


class _CertainInput(forms.MultiWidget):
    """A value, and beside it whether it is exact, circa, to be confirmed or not applicable."""

    use_fieldset = True
    takes_error_parts = True
    value_widget: type[forms.Widget]

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        certainties: Sequence[Certainty] = tuple(Certainty),
    ) -> None:
        super().__init__(
            {
                "value": self.value_widget(),
                "certainty": forms.RadioSelect(
                    choices=[(member.value, member.label) for member in certainties]
                ),
            },
            attrs,
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        attrs = dict(attrs or {})
        wrong = attrs.pop("error_parts", ())
        # What the bound field says of the whole belongs to the fieldset around both parts.
        own = {key: attrs[key] for key in ("id", "disabled") if key in attrs}
        context = super().get_context(name, value, own)
        first = context["widget"]["subwidgets"][0]
        values = value if isinstance(value, (list, tuple)) else self.decompress(value)
        id_ = f"{own.get('id', '')}_0"
        context["widget"]["subwidgets"][0] = self._value_context(
            first["name"], values[0] if values else None, {**own, "id": id_}, wrong
        )
        return context

    def _value_context(
        self, name: str, value: Any, attrs: dict[str, Any], wrong: Sequence[str]
    ) -> dict[str, Any]:
        raise NotImplementedError


class AmountInput(_CertainInput):
    """Widget of an :class:`~programme.common.values.Amount`."""

    template_name = "django/forms/widgets/amount.html"
    value_widget = MoneyInput

    def decompress(self, value: Amount | None) -> list[Any]:
        if value is None:
            return [None, Certainty.EXACT.value]
        return [value.pounds, value.certainty.value]

    def error_target(self, id_: str, parts: Sequence[str]) -> str:
        return f"{id_}_0"

    def _value_context(
        self, name: str, value: Any, attrs: dict[str, Any], wrong: Sequence[str]
    ) -> dict[str, Any]:
        widget = self.widgets[0]
        if "value" in wrong:
            attrs["class"] = f"{widget.attrs['class']} govuk-input--error"
        context: dict[str, Any] = widget.get_context(name, value, attrs)
        return context["widget"]


class PlainDateInput(_CertainInput):
    """Widget of a :class:`~programme.common.values.PlainDate`; circa shows month and year only."""

    template_name = "django/forms/widgets/plain_date.html"
    value_widget = DateInput

    def decompress(self, value: PlainDate | None) -> list[Any]:
        if value is None:
            return [None, Certainty.EXACT.value]
        parts = DateParts.of(value.day)
        if value.certainty is Certainty.CIRCA:
            parts = parts._replace(day="")
        return [parts, value.certainty.value]

    def error_target(self, id_: str, parts: Sequence[str]) -> str:
        named = [part for part in parts if part in DateParts._fields]
        return f"{id_}_0_{named[0] if named else 'day'}"

    def _value_context(
        self, name: str, value: Any, attrs: dict[str, Any], wrong: Sequence[str]
    ) -> dict[str, Any]:
        attrs["error_parts"] = DateParts._fields if "value" in wrong else tuple(wrong)
        context: dict[str, Any] = self.widgets[0].get_context(name, value, attrs)
        return context["widget"]
