"""The top floor's part of a programme's file as it is written, and the writing of all of it."""

from __future__ import annotations

from typing import Any

import finance.programme_file.export
import programme.programme_file.export
import projects.programme_file.export
from programme.models import Board, Meeting, Programme
from programme.programme_file.writing import Rich, Tree, Writing, dump, without_empty
from reports.actions.templates import OVERRIDABLE, TEMPLATE_FIELDS
from reports.builtin import BUILTINS
from reports.models import Paper, PaperRecommendation, PaperSection, PaperTemplate, TemplateSection


def export(programme_: Programme, only_set_up: bool = False) -> str:
    """A programme as a file that loads as an equal one: the text of it.

    Not in it are the record, accounts other than an example's, and issued papers: they are the
    portal's. With ``only_set_up`` it holds what another programme could begin with: no dates, no
    people, no projects, no money, and nothing that was withdrawn.
    """
    writing = Writing(programme_, only_in_use=only_set_up)
    tree = programme.programme_file.export.written(writing, only_set_up=only_set_up)
    tree |= projects.programme_file.export.written(writing, only_set_up=only_set_up)
    tree["finance"] = finance.programme_file.export.written(writing, only_set_up=only_set_up)
    tree["paper_templates"] = _templates(writing)
    if not only_set_up:
        costs = finance.programme_file.export.cost_estimates(writing)
        for project in tree["projects"]:
            project |= without_empty({"cost_estimates": costs.get(project["ref"])})
        tree["papers"] = _papers(writing)
    what = "The set-up of" if only_set_up else "The programme file of"
    return dump(without_empty(tree), f"{what} {programme_.name}")


def _templates(writing: Writing) -> list[Tree]:
    """Each template by the built-in one that it is, with what it says differently."""
    sections = writing.below(TemplateSection, "template")

    def build(template: PaperTemplate) -> Tree:
        builtin = BUILTINS[template.slug]
        own = {name: getattr(template, name) for name in TEMPLATE_FIELDS}
        same = {"author_post": ""} | {
            name: getattr(builtin, name) for name in TEMPLATE_FIELDS if hasattr(builtin, name)
        }
        said = writing.said(template, leave_out=("programme", "slug", *TEMPLATE_FIELDS))
        stored = {row.key: row for row in sections.get(template.pk, ())}
        return (
            {"builtin": template.slug}
            | said
            | {name: value for name, value in own.items() if value != same[name]}
            | without_empty(
                {
                    "sections": without_empty(
                        {each.key: _differing(stored[each.key], each) for each in builtin.sections}
                    )
                }
            )
        )

    return writing.listed(writing.rows(PaperTemplate), build)


def _differing(row: TemplateSection, builtin: Any) -> Tree:
    tree: Tree = {}
    for name in OVERRIDABLE:
        value, usual = getattr(row, name), getattr(builtin, name)
        if value != (dict(usual) if name == "options" else usual):
            tree[name] = Rich(value) if name == "standing_text" else value
    if "kind" in tree:
        tree["options"] = row.options
    return tree


def _papers(writing: Writing) -> list[Tree]:
    recommendations = writing.below(PaperRecommendation, "paper")
    texts = writing.below(PaperSection, "paper")
    boards = {row.pk: row.board_id for row in writing.rows(PaperTemplate)}
    meetings = {row.pk: row for row in writing.rows(Meeting)}
    keys = {row.pk: row.key for row in writing.rows(TemplateSection)}

    def build(paper: Paper) -> Tree:
        tree = writing.said(paper, leave_out=("meeting", "board"))
        if paper.board_id != boards[paper.template_id]:
            tree["board"] = writing.name(Board, paper.board_id)
        if paper.meeting_id:
            tree["meeting"] = writing.said(
                meetings[paper.meeting_id], leave_out=("place", "state", "period", "starts_at")
            )
        return tree | without_empty(
            {
                "recommendations": writing.listed(
                    recommendations.get(paper.pk, ()),
                    lambda row: writing.said(row, leave_out=("paper",)),
                ),
                "sections": {
                    keys[text.section_id]: _text(writing, text) for text in texts.get(paper.pk, ())
                },
            }
        )

    return [build(paper) for paper in reversed(writing.rows(Paper))]


def _text(writing: Writing, text: PaperSection) -> Any:
    said = writing.said(text, leave_out=("paper", "section"), rich=("narrative",))
    if text.is_public:
        return Rich(text.narrative)
    return said | {"is_public": False}
