"""How pages and papers speak of the best and the worst, whatever a programme calls its levels."""

from programme.extremes import Extremes, extremes_of
from programme.facts import DimensionFacts, Level, RatingSetup

RAG = [Level(word[0], word, rank, "rag") for rank, word in enumerate(("Green", "Amber", "Red"), 1)]
TRACK = [Level("On", "On track", 1, "track"), Level("Off", "Off track", 2, "track")]
ALONE = [Level("D", "Done", 1, "alone"), Level("N/A", "Not applicable", None, "alone")]


def extremes(*levels: Level, overall: str = "") -> Extremes:
    """Of one dimension on each scale of these levels."""
    dimensions = tuple(
        DimensionFacts(scale, scale, scale, scale == overall, "none", "none", ())
        for scale in dict.fromkeys(level.scale for level in levels)
    )
    return extremes_of(RatingSetup(dimensions, (), levels))


def test_the_worst_levels_are_named_those_of_the_overall_first():
    both = extremes(*RAG, *TRACK, overall="track")
    assert both.worst_words == "Off track or Red"
    assert both.is_worst(3, "rag")
    assert not both.is_worst(2, "rag")
    assert both.is_worst(2, "track")
    assert not both.is_worst(None, "rag")


def test_a_level_that_was_worse_and_is_withdrawn_is_still_the_worst():
    assert extremes(*RAG[:2], overall="rag").is_worst(3, "rag")


def test_the_way_back_is_called_by_the_best_level():
    usual, other = extremes(*RAG, overall="rag"), extremes(*TRACK, overall="track")
    assert (usual.way_back, other.way_back) == ("Path to green", "What gets it back on track")
    assert usual.asked_below == "For a project that is rated below Green."
    assert other.asked_below == "For a project that is rated below On track."


def test_nothing_is_said_of_a_scale_without_two_levels_or_without_an_overall():
    one = extremes(*ALONE, overall="alone")
    assert (one.worst_words, one.is_worst(1, "alone")) == ("", False)
    for each in (one, extremes(*RAG), extremes()):
        assert each.asked_below == "For a project that is not on track."
        assert each.way_back == "What gets it back on track"
