"""Fields and widgets: what people type, what it is read as, and what they are told."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from programme.common.formfields import (
    AmountField,
    DateField,
    MoneyField,
    PercentField,
    PlainDateField,
)
from programme.common.forms import LONGEST_TEXT, PortalForm
from programme.common.values import Amount, Certainty, PlainDate
from programme.common.widgets import DateParts, LabelWithHint


class Example(PortalForm):
    name = forms.CharField(label="Name of the project", help_text="As a paper prints it")
    held_on = DateField(label="Meeting date")
    budget = AmountField(label="Budget")
    go_live = PlainDateField(label="Go-live")
    spent = MoneyField(label="Spent", required=False)
    stage = forms.ChoiceField(
        label="Stage",
        widget=forms.RadioSelect,
        choices=[("live", LabelWithHint("Live", "Work is being done")), ("closed", "Closed")],
    )
    themes = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, choices=[("e", "Estates")]
    )
    public = forms.BooleanField(label="Show to the public", required=False)
    paper = forms.FileField(label="Business case", required=False)


GOOD = {
    "name": "Shared estates",
    "held_on_day": "8",
    "held_on_month": "5",
    "held_on_year": "2018",
    "budget_value": "£295,612.50",
    "budget_certainty": "exact",
    "go_live_value_day": "",
    "go_live_value_month": "June",
    "go_live_value_year": "2019",
    "go_live_certainty": "circa",
    "spent": "",
    "stage": "live",
}


def test_a_form_filled_in_well_gives_typed_values():
    form = Example(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["held_on"] == date(2018, 5, 8)
    assert form.cleaned_data["budget"] == Amount.exact("295612.50")
    assert form.cleaned_data["go_live"] == PlainDate(date(2019, 6, 1), Certainty.CIRCA)
    assert form.cleaned_data["spent"] is None


@pytest.mark.parametrize(
    ("typed", "pounds"),
    [
        ("1234", "1234"),
        ("£1,234.50", "1234.50"),
        (" £ 1 234.5 ", "1234.50"),
        ("1\N{NO-BREAK SPACE}234", "1234"),
        (".75", "0.75"),
        ("0", "0"),
        ("999,999,999,999.99", "999999999999.99"),
    ],
)
def test_money_is_read_as_people_write_it(typed, pounds):
    assert MoneyField().clean(typed) == Decimal(pounds)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter an amount in pounds"),
        ("  ", "Enter an amount in pounds"),
        ("£", "like 1,200 or 1.2m"),
        ("about a million", "like 1,200 or 1.2m"),
        ("1,23", "like 1,200 or 1.2m"),
        ("1.234,50", "like 1,200 or 1.2m"),
        ("1.234", "like 1,200 or 1.2m"),
        ("12.", "like 1,200 or 1.2m"),
        (".", "like 1,200 or 1.2m"),
        ("NaN", "like 1,200 or 1.2m"),
        ("1e5", "like 1,200 or 1.2m"),
        ("-5", "not below £0"),
        ("1000000000000", "below £1,000,000,000,000"),
    ],
)
def test_money_that_cannot_be_read_says_what_to_do(typed, words):
    with pytest.raises(ValidationError, match=words):
        MoneyField().clean(typed)


@pytest.mark.parametrize("minus", ["-", "\N{MINUS SIGN}"])
def test_money_below_zero_is_read_where_it_is_allowed(minus):
    assert MoneyField(negative=True).clean(f"{minus}£17,289") == Decimal(-17289)


def test_what_is_shown_for_an_amount_can_be_typed_back():
    field = MoneyField()
    for pounds in (Decimal("1234567.80"), Decimal("12.00"), Decimal("0.05")):
        assert field.clean(field.widget.format_value(pounds)) == pounds


@pytest.mark.parametrize(
    ("typed", "words", "parts"),
    [
        (("", "", ""), "Enter a date", ("day", "month", "year")),
        (("27", "", "2019"), "Enter a date that includes a month", ("month",)),
        (("", "", "2019"), "Enter a date that includes a day and month", ("day", "month")),
        (("27", "3", "19"), "Enter a date that has a year of 4 numbers", ("year",)),
        (("27", "13", "2019"), "Enter a date that has a month from 1 to 12", ("month",)),
        (("27", "Marsh", "2019"), "Enter a date that has a month from 1 to 12", ("month",)),
        (("31", "2", "2019"), "Enter a real date", ("day", "month", "year")),
        (("x", "2", "2019"), "Enter a real date", ("day", "month", "year")),
        (("2147483648", "2", "2019"), "Enter a real date", ("day", "month", "year")),
        (("1", "1", "0000"), "Enter a date that has a year from 1990 to 2100", ("year",)),
        (("14", "10", "1066"), "Enter a date that has a year from 1990 to 2100", ("year",)),
        (("31", "12", "9999"), "Enter a date that has a year from 1990 to 2100", ("year",)),
        (("١", "1", "2019"), "Enter a real date", ("day", "month", "year")),
    ],
)
def test_a_date_that_cannot_be_read_names_the_parts_that_are_wrong(typed, words, parts):
    with pytest.raises(ValidationError) as caught:
        DateField().clean(DateParts(*typed))
    assert caught.value.messages[0].startswith(words)
    assert caught.value.parts == parts


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MAR."])
def test_a_month_may_be_a_number_or_a_name(month):
    assert DateField().clean(DateParts("27", month, "2019")) == date(2019, 3, 27)


def test_a_date_knows_its_label_in_its_messages():
    form = Example(GOOD | {"held_on_month": ""})
    assert form.errors["held_on"] == ["Meeting date must include a month"]


@pytest.mark.parametrize(
    ("value", "certainty", "expected"),
    [
        ("110000", "circa", Amount.circa(110000)),
        ("0", "exact", Amount.exact(0)),
        ("50", "", Amount.exact(50)),
        ("", "tbc", Amount.tbc()),
        ("", "not_applicable", Amount.not_applicable()),
    ],
)
def test_an_amount_keeps_unknown_zero_and_not_applicable_apart(value, certainty, expected):
    assert AmountField().clean([value, certainty]) == expected


@pytest.mark.parametrize(
    ("value", "certainty", "words"),
    [
        ("", "", "Enter an amount, or say that it is to be confirmed"),
        ("", "exact", "Enter an amount, or say that it is to be confirmed"),
        (" ", "circa", "Enter an amount, or say that it is to be confirmed"),
        ("5", "tbc", "Take the amount out, or do not say that it is to be confirmed"),
        ("5", "not_applicable", "Take the amount out, or do not say that it is not applicable"),
        ("5", "perhaps", "Select a valid choice"),
        ("lots", "exact", "like 1,200 or 1.2m"),
        ("-5", "exact", "not below £0"),
    ],
)
def test_an_amount_and_its_certainty_cannot_contradict_each_other(value, certainty, words):
    with pytest.raises(ValidationError, match=words):
        AmountField().clean([value, certainty])


def test_an_amount_offers_only_the_certainties_it_is_given():
    field = AmountField(certainties=[Certainty.EXACT, Certainty.TBC])
    assert field.clean(["", "tbc"]) == Amount.tbc()
    with pytest.raises(ValidationError, match="Select a valid choice"):
        field.clean(["5", "circa"])


@pytest.mark.parametrize(
    ("parts", "certainty", "expected"),
    [
        (("8", "5", "2018"), "exact", PlainDate(date(2018, 5, 8))),
        (("", "6", "2019"), "circa", PlainDate(date(2019, 6, 1), Certainty.CIRCA)),
        (("12", "6", "2019"), "circa", PlainDate(date(2019, 6, 1), Certainty.CIRCA)),
        (("", "", ""), "tbc", PlainDate.tbc()),
        (("", "", ""), "not_applicable", PlainDate.not_applicable()),
    ],
)
def test_a_date_may_be_circa_or_unknown(parts, certainty, expected):
    assert PlainDateField().clean([DateParts(*parts), certainty]) == expected


@pytest.mark.parametrize(
    ("parts", "certainty", "wrong"),
    [
        (("", "6", "2019"), "exact", ("day",)),
        (("", "", "2019"), "circa", ("month",)),
        (("", "", ""), "exact", ("value",)),
        (("8", "5", "2018"), "tbc", ("value",)),
    ],
)
def test_a_plain_date_names_what_is_wrong(parts, certainty, wrong):
    with pytest.raises(ValidationError) as caught:
        PlainDateField().clean([DateParts(*parts), certainty])
    assert caught.value.parts == wrong


@pytest.mark.parametrize(
    ("field", "initial", "same", "other"),
    [
        (MoneyField(), Decimal(5), "£5.00", "6"),
        (
            DateField(),
            date(2018, 5, 8),
            DateParts("08", "May", "2018"),
            DateParts("9", "5", "2018"),
        ),
        (DateField(required=False), None, DateParts(), DateParts("9", "5", "2018")),
        (AmountField(), Amount.exact(5), ["5", "exact"], ["5", "circa"]),
        (PlainDateField(), PlainDate.tbc(), [DateParts(), "tbc"], [DateParts(), "not_applicable"]),
    ],
)
def test_a_field_has_changed_when_its_value_has(field, initial, same, other):
    assert not field.has_changed(initial, same)
    assert field.has_changed(initial, other)
    assert field.has_changed(initial, "nonsense" if isinstance(field, MoneyField) else None) == (
        initial is not None
    )


def test_empty_answers_are_asked_for_in_the_words_of_their_labels():
    form = Example({})
    assert form.errors == {
        "name": ["Enter the name of the project"],
        "held_on": ["Enter the meeting date"],
        "budget": ["Budget: enter an amount, or say that it is to be confirmed or not applicable"],
        "go_live": ["Go-live: enter a date, or say that it is to be confirmed or not applicable"],
        "stage": ["Select the stage"],
    }


class Several(PortalForm):
    """Fields of one kind beside each other, whose messages stand together in the summary."""

    first = MoneyField(label="Printed figure")
    second = MoneyField(label="Fixed from the college", required=False)
    third = AmountField(label="Target")
    fourth = AmountField(label="Forecast")
    fifth = PercentField(label="Share of fire")
    sixth = PercentField(label="Share of police")


@pytest.mark.parametrize(
    "typed", ["", "ten", "-5", "1.234", "9" * 20, "101%", "1e5", "(300)", "5 6"]
)
@pytest.mark.parametrize("certainty", ["", "exact", "circa", "tbc", "not_applicable"])
def test_every_message_about_money_names_its_field(typed, certainty):
    names = ("first", "second", "fifth", "sixth", "third_value", "fourth_value")
    form = Several(
        dict.fromkeys(names, typed) | {"third_certainty": certainty, "fourth_certainty": certainty}
    )
    for name, messages in form.errors.items():
        label = form[name].label
        for message in messages:
            assert label.lower() in message.lower()


def test_controls_are_tied_to_their_label_hint_and_error():
    html = str(Example({"name": ""})["name"].as_field_group())
    assert '<label class="govuk-label govuk-label--s" for="id_name">' in html
    assert 'aria-describedby="id_name_helptext id_name_error id_name-info"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'class="govuk-input govuk-js-character-count govuk-input--error"' in html
    assert " required" not in html


def test_only_the_wrong_part_of_a_date_is_marked_and_linked_to():
    field = Example(GOOD | {"held_on_month": ""})["held_on"]
    html = str(field.as_field_group())
    assert html.count("govuk-input--error") == 1
    assert 'govuk-input--width-2 govuk-input--error" id="id_held_on_month"' in html
    assert '<fieldset class="govuk-fieldset" aria-describedby="id_held_on_error">' in html
    assert field.error_target == "id_held_on_month"


@pytest.mark.parametrize("name", list(Example.base_fields))
def test_a_link_in_the_error_summary_leads_to_a_control(name):
    form = Example({})
    form.add_error(name, "Something is wrong here")
    field = form[name]
    assert f'id="{field.error_target}"' in str(field.as_field_group())


@pytest.mark.parametrize("name", list(Example.base_fields))
def test_every_control_has_a_label_of_its_own(name):
    html = str(Example(GOOD)[name].as_field_group())
    ids = [part.split('"')[0] for part in html.split('id="')[1:]]
    labelled = {part.split('"')[0] for part in html.split('for="')[1:]}
    assert len(ids) == len(set(ids))
    assert labelled
    assert labelled <= set(ids)
    assert html.count("<input") + html.count("<select") + html.count("<textarea") == len(labelled)


def test_stored_values_are_shown_as_they_would_be_typed():
    form = Example(
        initial={
            "held_on": date(2018, 5, 8),
            "budget": Amount.circa("1234.50"),
            "go_live": PlainDate(date(2019, 6, 1), Certainty.CIRCA),
        }
    )
    held_on, budget, go_live = (str(form[name]) for name in ("held_on", "budget", "go_live"))
    assert [held_on.count(f'value="{part}"') for part in ("8", "5", "2018")] == [1, 1, 1]
    assert 'value="1,234.50"' in budget
    assert 'value="circa" id="id_budget_1_1" checked' in budget
    assert 'id="id_go_live_0_day" name="go_live_value_day" type="text"' in go_live
    assert [go_live.count(f'value="{part}"') for part in ("1", "6", "2019")] == [0, 1, 1]


def test_what_was_typed_wrongly_is_shown_again_as_typed():
    form = Example(GOOD | {"budget_value": "lots", "held_on_month": "Marsh"})
    assert not form.is_valid()
    assert 'value="lots"' in str(form["budget"])
    assert "govuk-input--error" in str(form["budget"])
    assert 'value="Marsh"' in str(form["held_on"])


def test_a_choice_may_explain_itself():
    html = str(Example()["stage"])
    assert 'id="id_stage_0" aria-describedby="id_stage_0_hint"' in html
    assert 'id="id_stage_0_hint">Work is being done</div>' in html
    assert "id_stage_1_hint" not in html


def test_optional_questions_say_so_unless_the_form_is_a_filter():
    assert "Spent (optional)" in str(Example()["spent"].as_field_group())
    assert "Show to the public (optional)" not in str(Example()["public"].as_field_group())

    class Filter(Example):
        mark_optional = False

    assert "(optional)" not in str(Filter()["spent"].as_field_group())


class Texts(PortalForm):
    line = forms.CharField(label="In one line", max_length=300, help_text="As papers print it.")
    story = forms.CharField(label="What happened?", widget=forms.Textarea)
    number = forms.CharField(label="100% number", max_length=10, required=False)
    email = forms.EmailField(label="E-mail address", max_length=254, required=False)


def sent(**texts: str) -> QueryDict:
    """Texts as a browser sends them: with CR and LF at the end of each line."""
    return QueryDict(urlencode({name: text.replace("\n", "\r\n") for name, text in texts.items()}))


@pytest.mark.parametrize(
    ("name", "length", "words"),
    [
        ("line", 300, "“In one line” must be 300 characters or fewer: it has 301"),
        ("story", LONGEST_TEXT, "“What happened” must be 10000 characters or fewer: it has 10001"),
        ("number", 10, "100% number must be 10 characters or fewer: it has 11"),
    ],
)
def test_a_text_that_is_too_long_is_refused_in_words_and_never_cut(name, length, words):
    good = {"line": "Fine.", "story": "Fine."}
    # A line end counts as one character, as it does where the page counts.
    assert Texts(sent(**good | {name: "a" * (length - 2) + "\nb"})).is_valid()
    form = Texts(sent(**good | {name: "a" * (length + 1)}))
    assert form.errors == {name: [words]}
    assert form[name].value() == "a" * (length + 1)
    assert "maxlength=" not in str(form).replace("data-maxlength=", "")


def test_the_page_says_and_counts_how_much_may_be_typed():
    form = Texts()
    html = form["line"].as_field_group()
    assert 'data-module="govuk-character-count" data-maxlength="300"' in html
    assert 'id="id_line-info">You can enter up to 300 characters' in html
    assert 'aria-describedby="id_line_helptext id_line-info"' in html
    assert 'class="govuk-input govuk-js-character-count"' in html
    assert "You can enter up to 10,000 characters" in form["story"].as_field_group()
    for name in ("number", "email"):
        assert "character-count" not in form[name].as_field_group()


def test_lines_end_alike_whatever_sent_them():
    form = Texts(sent(line="a", story="One.\n\nTwo.\n- three"))
    assert form.is_valid()
    assert form.cleaned_data["story"] == "One.\n\nTwo.\n- three"
