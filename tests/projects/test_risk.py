"""The risk matrix in any size, its presets, and how a score moves."""

from collections import Counter

import pytest

from programme.common.blocks import Movement
from projects.risk import (
    PRESETS,
    Band,
    RiskMatrixError,
    RiskScore,
    cells_from_bands,
    check_cells,
    level_of,
    movement,
    resized,
    scores,
    size_of,
)

FIVE = (5, 5)
DEFAULT, HEALTH = PRESETS["default"].cells, PRESETS["health"].cells


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (
            DEFAULT,
            {
                1: "Low",
                4: "Low",
                5: "Medium",
                9: "Medium",
                10: "High",
                16: "High",
                20: "Very high",
                25: "Very high",
            },
        ),
        (
            HEALTH,
            {
                1: "Low",
                3: "Low",
                4: "Moderate",
                6: "Moderate",
                8: "High",
                12: "High",
                15: "Extreme",
                25: "Extreme",
            },
        ),
    ],
    ids=["default", "health"],
)
def test_the_edges_of_the_bands(cells, words):
    found = {likelihood * impact: level.word for (likelihood, impact), level in cells.items()}
    assert {product: found[product] for product in words} == words


def test_how_many_cells_each_level_has():
    assert Counter(level.word for level in DEFAULT.values()) == {
        "Low": 8,
        "Medium": 7,
        "High": 7,
        "Very high": 3,
    }


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_whole_and_never_grow_milder(name):
    preset = PRESETS[name]
    check_cells(preset.cells, preset.size)
    assert {level.rank for level in preset.cells.values()} == set(range(1, len(preset.bands) + 1))


@pytest.mark.parametrize("size", [(2, 2), (3, 5), (5, 3), (10, 10)])
def test_a_matrix_keeps_its_cells_in_another_size_and_takes_the_nearest_for_new_ones(size):
    other = resized(DEFAULT, size)
    check_cells(other, size)
    assert size_of(other) == size
    assert all(other[cell] == DEFAULT[cell] for cell in other if cell in DEFAULT)
    assert other[size] == DEFAULT[min(size[0], 5), min(size[1], 5)]


def test_a_matrix_with_a_cell_missing_is_refused():
    with pytest.raises(RiskMatrixError, match="25 cells"):
        check_cells({key: DEFAULT[key] for key in scores(FIVE) if key != (3, 3)}, FIVE)


def test_a_matrix_that_grows_milder_is_refused():
    low, high = DEFAULT[1, 1], DEFAULT[5, 4]
    assert low.rank < high.rank
    with pytest.raises(RiskMatrixError, match="Likelihood 5 with impact 5"):
        check_cells(DEFAULT | {(5, 5): low}, FIVE)


def test_a_matrix_need_not_follow_the_product():
    own = DEFAULT | {(1, 5): DEFAULT[2, 5]}
    check_cells(own, FIVE)
    assert level_of(RiskScore(1, 5), own).word == "High"
    assert level_of(RiskScore(5, 1), own).word == "Medium"


@pytest.mark.parametrize("limits", [(), (4, 9, 16), (9, 4, 25), (4, 4, 25)])
def test_bands_that_leave_a_gap_are_refused(limits):
    with pytest.raises(RiskMatrixError, match="reach up to 25"):
        cells_from_bands(tuple(Band(DEFAULT[1, 1], limit) for limit in limits), FIVE)


@pytest.mark.parametrize(("likelihood", "impact"), [(0, 3), (3, 11), (-1, 1)])
def test_a_score_lies_on_the_grid(likelihood, impact):
    with pytest.raises(RiskMatrixError, match="from 1 to 10"):
        RiskScore(likelihood, impact)


def test_a_level_missing_from_the_matrix_is_named():
    with pytest.raises(RiskMatrixError, match="likelihood 2, impact 3"):
        level_of(RiskScore(2, 3), {})


@pytest.mark.parametrize(
    ("previous", "current", "moved"),
    [
        (None, (3, 3), Movement.NEW),
        ((3, 3), (2, 2), Movement.BETTER),
        ((2, 5), (4, 5), Movement.WORSE),
        ((2, 3), (3, 2), Movement.SAME),
        ((4, 4), (2, 5), Movement.BETTER),
        ((2, 5), (4, 4), Movement.WORSE),
    ],
)
def test_movement_of_a_score(previous, current, moved):
    before = None if previous is None else RiskScore(*previous)
    assert movement(before, RiskScore(*current), DEFAULT) is moved


def test_the_level_moves_before_the_product():
    own = DEFAULT | {(1, 5): DEFAULT[5, 5], (2, 5): DEFAULT[5, 5]}
    assert level_of(RiskScore(1, 5), own).rank > level_of(RiskScore(3, 2), own).rank
    assert movement(RiskScore(1, 5), RiskScore(3, 2), own) is Movement.BETTER
