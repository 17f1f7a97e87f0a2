"""What the forms of the first floor share."""

from __future__ import annotations

from projects.models import Project


def project_label(project: Project) -> str:
    """A project in a choice: its name, and its reference, by which people find it."""
    return f"{project.ref.upper()} {project.label}"
