"""Installing a built-in template writes as every other action does: what changed is on record."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from programme.models import AuditEntry
from reports import builtin
from reports.actions import install_template
from reports.models import Paper, PaperTemplate, TemplateSection
from tests.builders import make_board, make_period, make_programme, make_role, make_user

pytestmark = pytest.mark.django_db
NAME = "strategic-board"


@pytest.fixture
def board():
    return make_board(programme=make_programme())


def install(board, **given) -> PaperTemplate:
    return install_template(
        programme=board.programme, builtin=NAME, board=board, **({"by": None} | given)
    )


def test_the_record_says_what_each_section_holds(board):
    office = make_user()
    template = install(board, by=office)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor) == ("paper_template.installed", office)
    assert entry.before == {}
    for section in template.sections.all():
        assert entry.after[f"section {section.key}"]["heading"] == section.heading


def test_the_record_says_which_section_changed_and_no_other(board):
    install(board)
    template = install(board, sections={"grants": {"heading": "Money from outside"}})
    entry = AuditEntry.objects.first()
    assert list(entry.before) == list(entry.after) == ["section grants"]
    assert entry.before["section grants"]["heading"] == "Grants"
    assert entry.after["section grants"]["heading"] == "Money from outside"
    assert template.version == 2


def test_installing_the_same_again_changes_nothing(board):
    first = install(board)
    again = install(board)
    assert (again.pk, again.version) == (first.pk, 1)
    assert AuditEntry.objects.count() == 1


def test_a_section_that_is_refused_leaves_everything_as_it_was(board):
    install(board)
    with pytest.raises(ValidationError):
        install(board, sections={"grants": {"heading": "x" * 151}})
    assert TemplateSection.objects.get(key="grants").heading == "Grants"
    assert AuditEntry.objects.count() == 1


def test_a_section_that_comes_between_moves_the_others_on(board, monkeypatch):
    source = builtin.BUILTINS[NAME]
    without = replace(source, sections=source.sections[:2] + source.sections[3:])
    monkeypatch.setitem(builtin.BUILTINS, NAME, without)
    install(board)
    monkeypatch.setitem(builtin.BUILTINS, NAME, source)
    template = install(board)
    assert [each.key for each in template.sections.all()] == [each.key for each in source.sections]
    assert [each.order for each in template.sections.all()] == list(
        range(1, len(source.sections) + 1)
    )


def test_a_template_and_its_papers_belong_to_whom_their_board_does(board):
    template = install(board)
    paper = Paper.objects.create(
        template=template,
        period=make_period(programme=board.programme),
        board=board,
        title="Report",
    )
    given = {"programme": board.programme, "role": "secretary", "user": make_user()}
    own = make_role(board=board, **given)
    other = make_role(board=make_board(programme=board.programme), **given)
    for row in (template, template.sections.first(), paper):
        assert row.owned_by(own)
        assert not row.owned_by(other)
