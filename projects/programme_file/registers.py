"""The registers of a programme's file: the risk matrix, risks, decisions, actions, engagement."""

from __future__ import annotations

from programme.models import Colour, MarkingChoices, RiskLevel, RiskScheme
from programme.models import RiskMatrixCell as StoredCell
from programme.programme_file.loading import UNSAID, each
from programme.programme_file.parts import ProgrammeParts, numbered
from programme.programme_file.yamlfile import Entry
from projects.models import (
    Action,
    ActionEnd,
    Decision,
    Engagement,
    Project,
    Risk,
    RiskAssessment,
    RiskEnd,
)
from projects.programme_file.ends import keep_ends, rows_of
from projects.risk import (
    DEFAULT,
    PRESETS,
    Cells,
    RiskLevelFacts,
    RiskMatrixError,
    RiskPreset,
    check_cells,
    resized,
)
from projects.selectors.registers import RiskWords


def load(file: Entry, projects: dict[str, Project], below: ProgrammeParts) -> None:
    """Loads the registers. Raises YamlError; runs in the caller's transaction."""
    _matrix(file, below)
    _risks(file, projects, below)
    decisions = _decisions(file, projects, below)
    _actions(file, projects, decisions, below)
    _engagements(file, projects, below)


def _matrix(file: Entry, below: ProgrammeParts) -> None:
    entry = file.entry("risk_matrix")
    if entry is None:
        return
    preset = entry.ref("preset", PRESETS, None)
    words = _words(entry, preset or DEFAULT)
    cells = _cells(entry, words) if preset is None else resized(preset.cells, words.size)
    try:
        check_cells(cells, words.size)
    except RiskMatrixError as error:
        raise entry.problem(str(error), key="cells") from None
    schemes = below.loading.rows(RiskScheme.objects.filter(programme=below.programme), "programme")
    schemes.put(
        entry,
        programme=below.programme,
        likelihood=list(words.likelihood),
        impact=list(words.impact),
    )
    own = [] if preset else entry.entries("levels")
    withdrawn = {str(one.text("slug")): one.day("withdrawn_on", None) for one in own}
    facts = _levels(own) | {level.slug: level for level in cells.values()}
    by_rank = {level.rank: level for level in facts.values()}
    levels = below.loading.rows(RiskLevel.objects.filter(programme=below.programme), "slug")
    levels.make_room("rank", {(level.slug,): rank for rank, level in by_rank.items()})
    stored = {
        level.slug: levels.put(
            entry,
            programme=below.programme,
            slug=level.slug,
            word=level.word,
            colour=level.colour,
            rank=rank,
            withdrawn_on=withdrawn.get(level.slug),
        )
        for rank, level in sorted(by_rank.items())
    }
    levels.finish()
    stored_cells = StoredCell.objects.filter(programme=below.programme)
    rows = below.loading.rows(stored_cells, "likelihood", "impact")
    for (likelihood, impact), level in cells.items():
        rows.put(
            entry,
            programme=below.programme,
            likelihood=likelihood,
            impact=impact,
            level=stored[level.slug],
        )
    rows.finish()


def _words(entry: Entry, preset: RiskPreset) -> RiskWords:
    """The words of the steps as the entry gives them, else those of the preset."""
    given = {
        axis: tuple(entry.texts(axis)) or getattr(preset, axis) for axis in ("likelihood", "impact")
    }
    return RiskWords(**given)


def _levels(entries: list[Entry]) -> dict[str, RiskLevelFacts]:
    """The levels that entries give, whether or not a cell of the matrix has them."""
    return {
        str(one.text("slug")): RiskLevelFacts(
            slug=one.text("slug"),
            word=one.text("word"),
            colour=one.choice("colour", Colour.values, Colour.NONE.value),
            rank=one.integer("rank"),
        )
        for one in entries
    }


def _cells(entry: Entry, words: RiskWords) -> Cells:
    """A matrix of a programme's own: a row for each likelihood from the lowest, with a level for
    each impact across."""
    levels = _levels(entry.entries("levels"))
    if len({level.rank for level in levels.values()}) < len(levels):
        raise entry.problem("two levels have the same rank", key="levels")
    given, (rows, columns) = entry.plain("cells"), words.size
    whole = isinstance(given, list) and len(given) == rows
    if not whole or not all(isinstance(row, list) and len(row) == columns for row in given):
        raise entry.problem(
            f"'cells' must be {rows} rows of {columns} levels, as many as there are words of "
            "'likelihood' and of 'impact'",
            key="cells",
        )
    cells = {}
    for likelihood, row in enumerate(given, 1):
        for impact, slug in enumerate(row, 1):
            if slug not in levels:
                known = ", ".join(levels)
                raise entry.problem(f"'cells' has '{slug}'; known are: {known}", key="cells")
            cells[likelihood, impact] = levels[slug]
    return cells


def _risks(file: Entry, projects: dict[str, Project], below: ProgrammeParts) -> None:
    rows = below.loading.rows(Risk.objects.filter(programme=below.programme), "ref")
    stored = RiskAssessment.objects.filter(risk__programme=below.programme)
    assessments = below.loading.rows(stored, "risk", "assessed_on")
    ends = rows_of(below.loading, RiskEnd, "risk", below.programme)

    def build(entry: Entry) -> None:
        inherent = entry.integers("inherent", 2)
        target = entry.integers("target", 2, (None, None))
        risk = rows.put(
            entry,
            programme=below.programme,
            ref=entry.text("ref"),
            kind=entry.choice("kind", Risk.Kind.values, Risk.Kind.RISK.value),
            project=entry.ref("project", projects, None),
            title=entry.text("title"),
            cause=entry.text("cause", ""),
            event=entry.text("event", ""),
            effect=entry.text("effect", ""),
            response=entry.choice("response", ["", *Risk.Response.values], ""),
            proximity=entry.choice("proximity", ["", *Risk.Proximity.values], ""),
            review_on=entry.day("review_on", None),
            mitigation=entry.text("mitigation", ""),
            owner_post=entry.text("owner_post", ""),
            owner_user=entry.ref("owner_user", below.users, UNSAID),
            owner_organisation=entry.ref("owner_organisation", below.organisations, None),
            is_strategic=entry.boolean("is_strategic", False),
            sensitivity=entry.choice(
                "sensitivity", MarkingChoices.values, MarkingChoices.OFFICIAL.value
            ),
            inherent_likelihood=inherent[0],
            inherent_impact=inherent[1],
            target_likelihood=target[0],
            target_impact=target[1],
            raised_on=entry.day("raised_on"),
            closed_on=entry.day("closed_on", None),
            closing_note=entry.text("closing_note", ""),
        )
        keep_ends(ends, entry, risk=risk)
        for one in entry.entries("assessments"):
            likelihood, impact = one.integers("score", 2)
            assessments.put(
                one,
                risk=risk,
                assessed_on=one.day("assessed_on"),
                likelihood=likelihood,
                impact=impact,
                note=one.text("note", ""),
            )

    each(file.entries("risks"), build)
    rows.finish()
    assessments.finish()
    ends.finish()


def _decisions(
    file: Entry, projects: dict[str, Project], below: ProgrammeParts
) -> dict[str, Decision]:
    rows = below.loading.rows(Decision.objects.filter(programme=below.programme), "ref")

    def build(entry: Entry) -> Decision:
        board = entry.ref("board", below.boards)
        meeting = below.meeting(entry, board)
        return rows.put(
            entry,
            many={"projects": entry.refs("projects", projects)},
            programme=below.programme,
            ref=entry.text("ref"),
            kind=entry.choice("kind", Decision.Kind.values, Decision.Kind.DECIDED.value),
            board=board,
            meeting=meeting,
            taken_on=entry.day("taken_on", None) or entry.day("meeting"),
            text=entry.text("text"),
            reasons=entry.text("reasons", ""),
        )

    decisions = {row.ref: row for row in each(file.entries("decisions"), build)}
    rows.finish()
    return decisions


def _actions(
    file: Entry,
    projects: dict[str, Project],
    decisions: dict[str, Decision],
    below: ProgrammeParts,
) -> None:
    rows = below.loading.rows(Action.objects.filter(programme=below.programme), "ref")
    ends = rows_of(below.loading, ActionEnd, "action", below.programme)

    def build(entry: Entry) -> None:
        board = entry.ref("board", below.boards, None)
        action = rows.put(
            entry,
            programme=below.programme,
            ref=entry.text("ref"),
            text=entry.text("text"),
            board=board,
            meeting=below.meeting(entry, board),
            decision=entry.ref("decision", decisions, None),
            project=entry.ref("project", projects, None),
            owner_post=entry.text("owner_post"),
            owner_user=entry.ref("owner_user", below.users, UNSAID),
            owner_organisation=entry.ref("owner_organisation", below.organisations, None),
            raised_on=entry.day("raised_on", None) or entry.day("meeting"),
            due_on=entry.day("due_on", None),
            completed_on=entry.day("completed_on", None),
            withdrawn_on=entry.day("withdrawn_on", None),
            outcome=entry.text("outcome", ""),
        )
        keep_ends(ends, entry, action=action)

    each(file.entries("actions"), build)
    rows.finish()
    ends.finish()


def _engagements(file: Entry, projects: dict[str, Project], below: ProgrammeParts) -> None:
    stored = Engagement.objects.filter(programme=below.programme)
    rows = below.loading.rows(stored, "kind", "with_whom", "from_day")
    entries = file.entries("engagements")
    place = numbered(entries)

    def build(entry: Entry) -> None:
        rows.put(
            entry,
            programme=below.programme,
            kind=entry.choice("kind", Engagement.Kind.values),
            with_whom=entry.text("with_whom"),
            summary=entry.text("summary"),
            from_day=entry.day("from_day"),
            to_day=entry.day("to_day", None),
            project=entry.ref("project", projects, None),
            order=place(entry),
        )

    each(entries, build)
    rows.finish()
