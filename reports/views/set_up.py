"""What is set up of a programme and what is still missing: the list of its tasks."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView

from programme.pages.base import Link
from programme.views.shared import SectionPage
from reports.set_up import standing, tasks_of


class SetUp(SectionPage, TemplateView):
    template_name = "reports/set_up.html"
    permission = "programme.edit"
    section = "reports:set_up"
    title = "Set-up"

    def get_buttons(self) -> list[Link]:
        if not self.allows("file.edit"):
            return []
        return [("Programme file", self.url("reports:programme_file:load"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stands = tasks_of(self.programme)
        groups = [
            (group.heading, [(task, self.url(task.step.page)) for task in group.tasks])
            for group in stands
        ]
        return super().get_context_data(groups=groups, standing=standing(stands), **kwargs)
