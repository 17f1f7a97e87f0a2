"""What a form says of an answer is a sentence: every form of the portal is sent empty and wrong.

The sentences are made from labels, which are nouns, clauses and questions, and stand alone in the
summary at the top of the page: each names its question or says by itself what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.core import validators
from django.test import Client

from programme.common.formfields import DateField, MoneyField
from programme.common.forms import PortalForm
from programme.models import Programme, User
from tests.filling import completed
from tests.routes import ACCOUNTS, ROUTES, Route, roles

FORMS = list({route.name: route for route in ROUTES if route.post}.values())
WRONG = ("x y", "-1", "9" * 400)
NOT_ENGLISH = re.compile(
    r"\b(?:Enter|Select|Choose) (?:the|an?|some) (?:a|an|the|your|their|its|for|of|over|as|at|by|in"
    r"|on|to|if|since|until|not|now|what|why|how|whose?|which|when|where"
    r"|\w+ed (?:by|on|in|from))(?![-\w])"
    r"|^(?:What|Why|How|Whose?|Which|When|Where|If|As|For|Of|Over) [^“”?]* must "
    r"|^\w+ed (?:by|on|in|from)\b[^“”]* must "
    r"|“\w+ field”|“slug”"
)
"""A label where only a noun can stand, and the words of those who write programs."""


def _from_django() -> Iterator[str]:
    """Sentences that Django has for all fields, which name none."""
    for kind in vars(forms).values():
        if isinstance(kind, type) and issubclass(kind, forms.Field):
            yield from (str(text) for text in kind.default_error_messages.values())
    for check in vars(validators).values():
        if message := getattr(check, "message", None):
            yield str(message)


NAMELESS = re.compile(
    "|".join(
        {
            re.sub(r"%\\\(\w+\\\)[sd]", ".*", re.escape(text)).replace("\\%", "%")
            for text in _from_django()
            if "submitted" not in text and "uploaded" not in text
        }
        | {"Enter an? (?:date|amount in pounds|percentage)"}
    )
)


def problems_of(label: str, sentence: str) -> str | None:
    """What is wrong with a sentence; None for nothing."""
    if NOT_ENGLISH.search(sentence):
        return f"“{label}”: no English: {sentence}"
    if NAMELESS.fullmatch(sentence):
        return f"“{label}”: names no question: {sentence}"
    return None


@pytest.fixture(scope="module")
def programme(essex) -> Programme:
    return Programme.objects.get(slug="essex")


def said(client: Client, address: str, sent: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The labels of the form's fields with what is said of their answers."""
    response = client.post(address, sent)
    form = (response.context or {}).get("form") if response.status_code == 200 else None
    for name, problems in (form.errors if form else {}).items():
        label = str(form.fields[name].label) if name in form.fields else ""
        yield from ((label, str(each)) for each in problems)


@pytest.mark.django_db
@pytest.mark.one_engine
@pytest.mark.parametrize("route", FORMS, ids=str)
def test_what_a_form_says_is_a_sentence(programme, route: Route):
    client = Client()
    account = roles(route.post)[0] if route.in_programme else "admin"
    if not route.name.startswith(("account_login", "account_signup", "account_reset")):
        user = User.objects.get(email=ACCOUNTS[account])
        client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    address = route.url(programme.slug, route.parts(programme))
    page = client.get(address)
    good = completed(page) if page.status_code == 200 else {}
    good.pop("form_key", None)
    sentences = [
        pair
        for sent in ({}, *(dict.fromkeys(good, word) for word in WRONG))
        for pair in said(client, address, sent)
    ]
    assert not [found for pair in sentences if (found := problems_of(*pair))]


class Odd(PortalForm):
    """Labels of every shape in fields of every kind."""

    name = forms.CharField(label="Your name")
    board = forms.ChoiceField(label="For which board")
    slug = forms.SlugField(label="Word in addresses")
    why = forms.CharField(label="Why it is corrected")
    many = forms.IntegerField(label="How many years", min_value=2)
    share = forms.IntegerField(label="100% share", max_value=5)
    given = DateField(label="Awarded on")
    last = DateField(label="Last day")
    fixed = MoneyField(label="Fixed from Essex Police")


@pytest.mark.parametrize(
    ("sent", "sentences"),
    [
        (
            {},
            [
                "Enter your name",
                "Select an answer for “For which board”",
                "Enter the word in addresses",
                "Say why it is corrected",
                "Say how many years",
                "Enter the 100% share",
                "Enter a date for “Awarded on”",
                "Enter the last day",
                "Enter an amount for “Fixed from Essex Police”",
            ],
        ),
        (
            {
                "name": "x",
                "why": "y",
                "board": "%",
                "slug": "%s x",
                "many": "1",
                "share": "9",
                "given_day": "1",
                "last_year": "1",
                "fixed": "much",
            },
            [
                "Choose an answer that is offered for “For which board”",
                "Word in addresses must have letters, figures, hyphens and underscores only",
                "“How many years” must be 2 or more",
                "100% share must be 5 or less",
                "“Awarded on” must include a month and year",
                "Last day must include a day and month",
                "“Fixed from Essex Police” must be an amount like 1,200 or 1.2m, in pounds with up "
                "to two decimals",
            ],
        ),
    ],
    ids=["empty", "wrong"],
)
def test_a_sentence_is_made_from_a_label_of_any_shape(sent, sentences):
    form = Odd(sent)
    assert [text for texts in form.errors.values() for text in texts] == sentences
    assert not [each for each in sentences if problems_of("", each)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Enter the your name",
        "Select the for which board",
        "Select the awarded by",
        "Enter the why it is corrected",
        "Why it is corrected must be 10 characters or fewer: it has 11",
        "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
        "Enter a whole number.",
        "Ensure this value is less than or equal to 50.",
        "Select a valid choice. x y is not one of the available choices.",
        "Enter a date",
    ],
)
def test_what_was_no_sentence_is_found(sentence):
    assert problems_of("", sentence)
