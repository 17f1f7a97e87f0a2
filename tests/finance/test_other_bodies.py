"""Nobody spends another body's money: what a finance lead saves raises the part of nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.actions import save_budget_line, save_contribution, save_split_rule
from finance.burden import Burden, raised
from finance.funding import by_shares
from finance.models import BudgetLine, FinancialYear, PlannedContribution, SplitRule
from finance.selectors import budget_position
from programme.common.values import Amount
from programme.models import AuditEntry
from tests.builders import (
    make_category,
    make_organisation,
    make_programme,
    make_role,
    make_source,
    make_split_rule,
    make_user,
    make_year,
)

EXACT, CIRCA, TBC = Amount.exact, Amount.circa, Amount.tbc()
HALVES = {"police": 50, "fire": 50}


# --- one line, before and after -----------------------------------------------------------------


def burden(amount, fixed=None, shares=None) -> Burden[str]:
    def decimals(parts):
        return {name: Decimal(part) for name, part in (parts or {}).items()}

    return Burden(amount, decimals(fixed), decimals(shares))


@pytest.mark.parametrize(
    ("before", "after", "fire"),
    [
        pytest.param((EXACT(100), {}, HALVES), (EXACT(100), {}, HALVES), "no", id="the same"),
        pytest.param((EXACT(100), {}, HALVES), (EXACT(102), {}, HALVES), 1, id="a dearer line"),
        pytest.param((EXACT(102), {}, HALVES), (EXACT(100), {}, HALVES), "no", id="a cheaper one"),
        pytest.param((EXACT(100), {}, HALVES), (CIRCA(102), {}, HALVES), 1, id="circa more"),
        pytest.param((CIRCA(100), {}, HALVES), (EXACT(100), {}, HALVES), "no", id="circa no more"),
        pytest.param(
            (EXACT(100), {}, HALVES), (EXACT(100), {}, {"police": 1, "fire": 99}), 49, id="1 : 99"
        ),
        pytest.param(
            (EXACT(10), {"police": 10}, {}),
            (EXACT(1_000_000), {"police": 1, "fire": 999_999}, {}),
            999_999,
            id="£1 of one's own",
        ),
        pytest.param(
            (EXACT(100), {"police": 40}, HALVES),
            (EXACT(100), {}, HALVES),
            20,
            id="one's own fixed part taken out",
        ),
        pytest.param(
            (EXACT(100), {"fire": 40}, HALVES),
            (EXACT(100), {}, HALVES),
            "no",
            id="their fixed part taken out",
        ),
        pytest.param(
            (EXACT(100), {}, {"police": 100}), (EXACT(100), {}, HALVES), 50, id="a new payer"
        ),
        pytest.param(
            (EXACT("0.02"), {}, HALVES),
            (EXACT("0.03"), {}, {"fire": 50, "police": 50}),
            Decimal("0.01"),
            id="the odd penny",
        ),
        pytest.param(None, (EXACT(100), {}, HALVES), 50, id="a new line"),
        pytest.param(None, (EXACT(100), {"police": 100}, {}), "no", id="a new line of one's own"),
        pytest.param(None, (TBC, {}, HALVES), None, id="a new line to be confirmed"),
        pytest.param((TBC, {}, HALVES), (TBC, {}, HALVES), "no", id="TBC as before"),
        pytest.param((TBC, {}, HALVES), (EXACT(2), {}, HALVES), None, id="TBC to a number"),
        pytest.param((TBC, {}, HALVES), (EXACT(0), {}, HALVES), "no", id="TBC to zero"),
        pytest.param((EXACT(2), {}, HALVES), (TBC, {}, HALVES), None, id="a number to TBC"),
        pytest.param(
            (TBC, {"fire": 5}, HALVES),
            (EXACT(5), {"fire": 5}, HALVES),
            "no",
            id="TBC to what was fixed anyway",
        ),
        pytest.param(
            (TBC, {"fire": 5}, {"police": 100}),
            (EXACT(50), {"fire": 5}, {"police": 100}),
            "no",
            id="TBC to a number that others share",
        ),
        pytest.param(
            (TBC, {}, HALVES), (TBC, {}, {"police": 49, "fire": 51}), None, id="more of TBC"
        ),
        pytest.param(
            (TBC, {}, HALVES), (TBC, {}, {"police": 51, "fire": 49}), "no", id="less of TBC"
        ),
        pytest.param(
            (TBC, {"police": 40}, HALVES), (TBC, {}, HALVES), None, id="a larger rest of TBC"
        ),
        pytest.param(
            (TBC, {}, HALVES), (TBC, {"police": 40}, HALVES), "no", id="a smaller rest of TBC"
        ),
        pytest.param(
            (TBC, {"fire": 40}, HALVES),
            (TBC, {"fire": 20}, HALVES),
            "no",
            id="less fixed, half of it back",
        ),
        pytest.param(
            (TBC, {"fire": 40}, HALVES), (TBC, {"fire": 41}, HALVES), None, id="more fixed of TBC"
        ),
        pytest.param(
            (Amount.not_applicable(), {}, HALVES), (EXACT(2), {}, HALVES), 1, id="none to a number"
        ),
    ],
)
def test_what_raises_the_part_of_fire(before, after, fire):
    found = raised(burden(*before) if before else None, burden(*after))
    assert found.get("fire", "no") == fire


amounts = st.one_of(
    st.decimals(0, 10_000, places=2).map(EXACT), st.integers(0, 10_000).map(CIRCA), st.just(TBC)
)


@st.composite
def burdens(draw) -> Burden[str]:
    """Any line that can be stored: what fixed funding leaves is shared."""
    fixed = draw(st.dictionaries(st.sampled_from("abc"), st.decimals(0, 100, places=2), max_size=3))
    amount = draw(amounts)
    least = sum(fixed.values(), Decimal(0))
    if amount.pounds is not None and amount.pounds < least:
        amount = Amount(least, amount.certainty)
    cuts = [0, *sorted(draw(st.lists(st.integers(0, 100), min_size=2, max_size=2))), 100]
    widths = zip("abc", cuts, cuts[1:], strict=False)
    shares = {name: Decimal(high - low) for name, low, high in widths if high > low}
    return Burden(amount, fixed, shares)


@given(burdens(), burdens(), st.decimals(0, 1_000, places=2))
def test_who_is_not_named_pays_no_more_whatever_the_unknown_turns_out_to_be(before, after, more):
    """What is TBC on either side is set to the same amount, and the pounds compared."""
    found = raised(before, after)
    least = max(sum(before.fixed.values()), sum(after.fixed.values()), Decimal(0)) + more

    def pays(each: Burden[str], name: str) -> Decimal:
        amount = each.amount.pounds if each.amount.pounds is not None else least
        rest = amount - sum(each.fixed.values(), Decimal(0))
        return each.fixed.get(name, Decimal(0)) + by_shares(rest, each.shares).get(name, Decimal(0))

    odd_penny = Decimal("0.01") if before.amount == after.amount == TBC else 0
    for name in "abc":
        if name not in found:
            assert pays(after, name) <= pays(before, name) + odd_penny


# --- what the actions refuse --------------------------------------------------------------------


@pytest.fixture
def money(db) -> SimpleNamespace:
    """Police and fire with a finance lead each, a line that they share, and a grant of nobody's."""
    programme = make_programme()
    bodies = {
        name: make_organisation(programme=programme, name=f"Essex {name.title()}")
        for name in ("police", "fire")
    }
    sources = {
        name: make_source(programme=programme, name=f"{name} money", organisation=body)
        for name, body in bodies.items()
    }
    grant = make_source(programme=programme, name="Innovation grant", kind="grant")
    lead = make_user()
    make_role(user=lead, programme=programme, role="finance", organisation=bodies["police"])
    year = make_year(programme=programme)
    rule = make_split_rule(shares={sources["police"]: 50, sources["fire"]: 50})
    found = SimpleNamespace(
        **sources, grant=grant, lead=lead, year=year, rule=rule, programme=programme, bodies=bodies
    )
    found.category = make_category(programme=programme)
    save(found, by=None)
    return found


def save(money: SimpleNamespace, by, **values) -> BudgetLine:
    stored = BudgetLine.objects.filter(year=money.year, ref=values.get("ref", "shared")).first()
    given = {
        "ref": "shared",
        "description": "Shared",
        "category": money.category,
        "amount": stored.amount if stored else EXACT(10),
        "split_rule": stored.split_rule if stored else money.rule,
        "fixed": {},
    }
    line = stored or BudgetLine(year=money.year)
    return save_budget_line(line=line, values=given | values, by=by)


def share(money: SimpleNamespace, by, police: int, fire: int, slug: str = "") -> SplitRule:
    spare = SplitRule.objects.filter(programme=money.programme, slug=slug).first()
    rule = (spare or SplitRule(programme=money.programme)) if slug else money.rule
    values = {
        "slug": slug or rule.slug,
        "name": money.rule.name,
        "shares": {money.police: Decimal(police), money.fire: Decimal(fire)},
    }
    return save_split_rule(rule=rule, values=values, by=by)


ASK = " Ask the programme office or their finance lead."
CHANGES = {
    "a shared rule at 1 : 99": (
        lambda m, by: share(m, by, 1, 99),
        "shares",
        "This would raise what Essex Fire pays by £4.90." + ASK,
    ),
    "£1 of one's own": (
        lambda m, by: save(
            m,
            by,
            amount=EXACT(1_000_003),
            fixed={m.police: Decimal(1), m.fire: Decimal(1_000_002)},
        ),
        "amount",
        "This would raise what Essex Fire pays by £999,997." + ASK,
    ),
    "a dearer line": (
        lambda m, by: save(m, by, amount=EXACT(12)),
        "amount",
        "This would raise what Essex Fire pays by £1." + ASK,
    ),
    "a line that nobody knows any more": (
        lambda m, by: save(m, by, amount=TBC),
        "amount",
        "This could raise what Essex Fire pays: by how much cannot be told." + ASK,
    ),
    "a new line": (
        lambda m, by: save(m, by, ref="new", amount=EXACT(4)),
        "amount",
        "This would raise what Essex Fire pays by £2." + ASK,
    ),
    "a grant that was not asked for": (
        lambda m, by: save(m, by, fixed={m.grant: Decimal("2.50")}),
        "fixed",
        "This would raise what Innovation grant pays by £2.50. Ask the programme office.",
    ),
    "another rule": (
        lambda m, by: save(
            m, by, split_rule=make_split_rule(shares={m.police: 20, m.fire: 70, m.grant: 10})
        ),
        "split_rule",
        "This would raise what Essex Fire pays by £2 and what Innovation grant pays by £1. "
        "Ask the programme office.",
    ),
    "what another body puts in": (
        lambda m, by: contribute(m, by, m.fire, EXACT(5)),
        "amount",
        "This would raise what Essex Fire puts in by £5." + ASK,
    ),
}


def contribute(money, by, source, amount) -> PlannedContribution:
    return save_contribution(
        contribution=PlannedContribution(year=money.year, source=source),
        values={"amount": amount},
        by=by,
    )


@pytest.mark.parametrize(("change", "field", "message"), CHANGES.values(), ids=CHANGES)
def test_a_finance_lead_raises_nothing_of_another_body(money, change, field, message):
    with pytest.raises(ValidationError) as refused:
        change(money, money.lead)
    assert refused.value.message_dict == {field: [message]}
    assert not AuditEntry.objects.filter(actor=money.lead).exists()


@pytest.mark.parametrize(("change", "field", "message"), CHANGES.values(), ids=CHANGES)
def test_who_has_the_right_over_all_may_and_so_may_a_command(money, change, field, message):
    office = make_user(programme=money.programme, role="office")
    with transaction.atomic():
        change(money, None)
        transaction.set_rollback(True)
    assert change(money, office).pk


def test_a_finance_lead_of_both_bodies_may(money):
    organisation = money.bodies["fire"]
    make_role(user=money.lead, programme=money.programme, role="finance", organisation=organisation)
    assert save(money, money.lead, amount=EXACT(12)).amount == EXACT(12)


def test_a_share_rises_for_lines_that_are_still_to_come(money):
    """A rule that splits nothing yet is what the next line will be split by."""
    share(money, None, 50, 50, slug="spare")
    with pytest.raises(ValidationError, match="This could raise what Essex Fire pays"):
        share(money, money.lead, 1, 99, slug="spare")
    assert share(money, money.lead, 60, 40, slug="spare").version == 2


def test_what_lowers_others_or_touches_nobody_is_saved(money):
    save(money, money.lead, description="Other words")
    save(money, money.lead, fixed={money.police: Decimal(4)})
    save(money, money.lead, amount=EXACT(8), fixed={money.police: Decimal(4)})
    save(money, money.lead, ref="own", split_rule=None, fixed={money.police: Decimal(10)})
    contribute(money, money.lead, money.police, EXACT(5))
    assert share(money, money.lead, 70, 30).version == 2


# --- whatever a finance lead saves ---------------------------------------------------------------


@st.composite
def saves(draw):
    """A save that a page could send: of a line, stored or new, or of a rule."""
    percent = draw(st.integers(1, 99))
    fixed = draw(
        st.dictionaries(st.sampled_from(["police", "fire", "grant"]), st.integers(1, 30)).map(
            lambda parts: {name: Decimal(part) for name, part in parts.items()}
        )
    )
    amount = draw(
        st.one_of(
            st.just(TBC), st.decimals(0, 60, places=2).map(EXACT), st.integers(0, 60).map(CIRCA)
        )
    )
    kind = draw(st.sampled_from(["line", "line", "new", "rule", "moved"]))
    return kind, percent, fixed, amount


def play(money: SimpleNamespace, by, kind, percent, fixed, amount) -> None:
    if kind == "rule":
        share(money, by, percent, 100 - percent)
        return
    values = {"fixed": {getattr(money, name): part for name, part in fixed.items()}}
    if kind == "moved":
        shares = {money.police: percent, money.fire: 100 - percent}
        values["split_rule"] = make_split_rule(shares=shares)
    save(money, by, ref="new" if kind == "new" else "shared", amount=amount, **values)


def paid(year: FinancialYear) -> dict[tuple[str, str], Amount]:
    """What each source pays of each line."""
    lines = budget_position(year).lines
    return {(line.ref, source): part for line in lines for source, part in line.funding}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@given(start=saves(), tried=saves())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_finance_lead_saves_nobody_else_pays_more(money, start, tried):
    """The rows are the same for all examples, each of which is undone."""
    others = {money.fire.slug, money.grant.slug}
    with undone():
        try:
            play(money, None, *start)
        except ValidationError:
            return
        before = paid(money.year)
        try:
            play(money, money.lead, *tried)
        except ValidationError:
            return
        none = Amount.not_applicable()
        for (ref, source), part in paid(money.year).items():
            was = before.get((ref, source), none)
            if source in others and part != was:
                assert part.pounds is not None
                assert was == TBC or part.pounds <= (was.pounds or 0)
