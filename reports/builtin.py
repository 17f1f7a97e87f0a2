"""The paper templates a programme starts with: the data that installing one writes.

Once installed they are rows like any other, which a board's secretary changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from programme.common.richtext import clean
from programme.common.words import say


@dataclass(frozen=True)
class BuiltinSection:
    """One section; ``parent`` is the key of the section it stands below."""

    key: str
    kind: str
    heading: str
    parent: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    standing_text: str = ""
    new_page: bool = False


@dataclass(frozen=True)
class BuiltinTemplate:
    """A paper; ``board_kind`` says which kind of board it is for."""

    slug: str
    name: str
    title: str
    board_kind: str
    numbering: str
    purpose: str
    sections: tuple[BuiltinSection, ...]


STRATEGIC_BOARD = BuiltinTemplate(
    slug="strategic-board",
    name="Strategic paper",
    title="Progress report",
    board_kind="strategic",
    numbering="paragraphs",
    purpose="note",
    sections=(
        BuiltinSection("recommendations", "recommendations", "Recommendations"),
        BuiltinSection("background", "background", "Background"),
        BuiltinSection("projects", "project_tables", "Programme of work"),
        BuiltinSection(
            "other-work",
            "text",
            "Other work in progress",
            options={"optional": True},
        ),
        BuiltinSection("grants", "grants", "Grants"),
        BuiltinSection("finance", "finance", "Finance update"),
        BuiltinSection(
            "engagement",
            "engagement",
            "Engagement and consultation",
            options={"kinds": ["representative", "consultation"]},
        ),
        BuiltinSection(
            "communications",
            "engagement",
            "Communications",
            options={"kinds": ["communications"]},
        ),
        BuiltinSection("outturn", "outturn", "Outturn of the previous year", new_page=True),
    ),
)

QUARTERLY_SCRUTINY = BuiltinTemplate(
    slug="quarterly-scrutiny",
    name="Quarterly scrutiny paper",
    title="Quarterly report",
    board_kind="scrutiny",
    numbering="decimal",
    purpose="note",
    sections=(
        BuiltinSection(
            "purpose",
            "purpose",
            "Purpose of report",
            standing_text=("<p>This paper gives the board its quarterly report.</p>"),
        ),
        BuiltinSection("recommendations", "recommendations", "Recommendations"),
        BuiltinSection("executive-summary", "executive_summary", "Executive summary"),
        BuiltinSection("introduction", "outline", "Introduction and background"),
        BuiltinSection("current-work", "collaborations", "Update on current work"),
        BuiltinSection("implications", "text", "Implications"),
        BuiltinSection(
            "plan-priorities",
            "plan_priorities",
            "Links to plan priorities",
            parent="implications",
        ),
        BuiltinSection("demand", "text", "Demand", parent="implications"),
        BuiltinSection("risks", "risks", "Risks and mitigation", parent="implications"),
        BuiltinSection(
            "equality", "text", "Equality and human rights implications", parent="implications"
        ),
        BuiltinSection(
            "health-safety", "text", "Health and safety implications", parent="implications"
        ),
        BuiltinSection(
            "consultation",
            "engagement",
            "Consultation and engagement",
            options={"kinds": ["consultation"]},
        ),
        BuiltinSection("improvement", "text", "Areas for improvement"),
        BuiltinSection(
            "future-work", "future_work", "Future work, development and expected outcome"
        ),
        BuiltinSection("key", "key", "Key to ratings and signs", new_page=True),
    ),
)

BUILTINS = {each.slug: each for each in (STRATEGIC_BOARD, QUARTERLY_SCRUTINY)}


def in_own_words(template: str, key: str, stored: str) -> str:
    """A heading or standing text of an installed template as it is printed: what is still the
    built-in one's is said in the programme's words, what somebody wrote stands as it is."""
    sections = BUILTINS[template].sections if template in BUILTINS else ()
    ours = {
        text
        for each in sections
        if each.key == key
        for text in (each.heading, clean(each.standing_text))
    }
    return say(stored) if stored in ours else stored
