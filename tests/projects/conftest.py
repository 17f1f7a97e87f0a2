"""What the tests of the project pages share: the example programme and its accounts."""

import pytest
from django.contrib.auth import get_user_model

from programme.models import Programme


@pytest.fixture
def programme(essex, db):
    return Programme.objects.get(slug="essex")


@pytest.fixture
def as_(client, programme):
    """Signs in as one of the example's accounts: ``as_("lead")``."""

    def sign_in(account):
        client.force_login(get_user_model().objects.get(email=f"{account}@example.org"))
        return client

    return sign_in


@pytest.fixture
def office(as_):
    return as_("office")
