"""The counts of the matrix lead to the rows, and milestones are narrowed by what became of their
dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from projects.selectors.attention import SOON
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

DAY = date(2019, 3, 31)


@pytest.fixture
def programme(client):
    programme = builders.make_risk_scheme().programme
    builders.make_period(programme=programme, as_at=DAY)
    client.force_login(builders.make_user(programme=programme, role="office"))
    return programme


def _names(client, address):
    response = client.get(address)
    return {str(row.record.name) for row in response.context["table"].rows}


def test_each_count_of_the_matrix_leads_to_its_rows(client, programme):
    for score in [(4, 3), (4, 3), (4, 3), (4, 3), (2, 2)]:
        builders.make_risk(programme=programme, score=score)
    builders.make_risk(
        programme=programme, score=(4, 3), closed_on=date(2019, 2, 1), closing_note="Over."
    )
    address = f"/{programme.slug}/risks/"
    cells = [cell for row in client.get(address).context["matrix"] for cell in row.cells]
    for cell in cells:
        found = client.get(f"{address}?{cell.query}").context["table"].rows
        assert {row.record.pk for row in found} == {risk.pk for risk in cell.risks}
    page = client.get(f"{address}?kind=risk").content.decode()
    assert 'href="?kind=risk&amp;state=open&amp;score=4-3#list">4 entries<' in page
    assert "1 entry<" in page


def test_milestones_are_narrowed_by_what_became_of_their_date(client, programme):
    project = builders.make_project(programme=programme)

    def milestone(name, day, **values):
        return builders.make_milestone(project=project, name=name, day=day, **values)

    due = DAY + timedelta(days=SOON)
    milestone("Due", due)
    milestone("Far", due + timedelta(days=1))
    milestone("Gone", date(2019, 3, 1))
    milestone("Later", date(2020, 3, 2), forecast_day=date(2020, 4, 30))
    milestone("Earlier", date(2020, 4, 30), forecast_day=date(2020, 3, 2))
    milestone("Undated", date(2020, 4, 30), forecast_day=None, forecast_certainty="tbc")
    milestone("Done", date(2019, 1, 31), actual_on=date(2019, 2, 1))
    milestone("In time", date(2019, 2, 1), actual_on=date(2019, 2, 1))
    again = milestone("Again", date(2020, 4, 30))
    again.changes.update(date_day=date(2020, 3, 2))
    address = f"/{programme.slug}/milestones/?state="
    assert _names(client, f"{address}due") == {"Due"}
    assert _names(client, f"{address}moved") == {"Later", "Earlier", "Undated", "Done", "Again"}
    assert _names(client, f"{address}undated") == {"Undated"}
    assert _names(client, f"{address}missed") == {"Gone"}
