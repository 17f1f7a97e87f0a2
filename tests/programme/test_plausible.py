"""What no form, filter or address of the portal takes, whatever its page: the fields of all of them
are the portal's own, which know their bounds."""

from collections.abc import Iterator

import django_filters
import pytest
from django import forms
from django.urls import reverse

from programme.common import formfields
from programme.common.filters import LONGEST_SEARCH, PortalFilterSet, SearchFilter
from programme.common.forms import FormMixin
from tests.builders import make_programme, make_user

FOREIGN = (
    forms.DateField,
    forms.DateTimeField,
    forms.DecimalField,
    forms.FloatField,
    forms.ModelMultipleChoiceField,
)
"""Django's fields that take a date of any year, an amount of any length, a row of any number."""
OWN = (formfields.RowsField,)


def subclasses(kind: type) -> Iterator[type]:
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def test_forms_ask_with_the_portals_own_fields():
    checked = 0
    for form in subclasses(FormMixin):
        for name, field in getattr(form, "base_fields", {}).items():
            checked += 1
            foreign = isinstance(field, FOREIGN) and not isinstance(field, OWN)
            assert not foreign, f"{form.__name__}.{name}"
    assert checked > 100


def test_filters_ask_with_the_portals_own_fields():
    checked = 0
    for filterset in subclasses(PortalFilterSet):
        for name, each in filterset.base_filters.items():
            checked += 1
            foreign = issubclass(each.field_class, FOREIGN)
            assert not foreign, f"{filterset.__name__}.{name}"
            assert not isinstance(each, django_filters.DateFromToRangeFilter)
            if isinstance(each, SearchFilter):
                assert each.extra["max_length"] == LONGEST_SEARCH
    assert checked > 20


@pytest.fixture
def office(client, db):
    programme = make_programme(slug="north")
    client.force_login(make_user(programme=programme, role="office"))
    return client


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("since_day=2147483648&since_month=1&since_year=2019", "must be a real date"),
        ("until_day=31&until_month=12&until_year=9999", "a year from 1990 to 2100"),
        ("since_day=1&since_month=1&since_year=1066", "a year from 1990 to 2100"),
        ("search=" + "+".join(["word"] * 1200), "must be 200 characters or fewer"),
        ("search=" + "+".join("a" * 100), "Nothing matches"),
    ],
)
def test_a_filter_that_cannot_be_answered_is_said(office, query, words):
    response = office.get(f"{reverse('programme:record:list', args=['north'])}?{query}")
    assert response.status_code == 200
    assert words in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/north/record/?thing=%00:1",
        "/north/actions/add/?decision=%00",
        "/north/actions/add/?project=a%00b",
        "/north/projects/%00/",
        "/%00/",
        "/north/record/?search=\x00",
    ],
)
def test_an_address_with_a_nul_is_refused_in_words(office, address):
    response = office.get(address)
    assert response.status_code in {400, 404}
    assert b"could not be read" in response.content or b"not found" in response.content.lower()


def test_a_day_of_any_length_is_no_day():
    for field in (formfields.DateField(), formfields.PlainDateField()):
        value = ("2147483648", "1", "2019")
        given = value if isinstance(field, formfields.DateField) else [value, "exact"]
        with pytest.raises(forms.ValidationError, match="Enter a real date"):
            field.clean(given)
