"""Plots: what is drawn where, and the same in words."""

import itertools

import pytest

from aftercare.plots import PATIENT, STAFF, Series, draw, gist, sentence, spark

SEVERITY = {0: "None", 1: "Mild", 2: "Moderate", 3: "Severe"}
REDNESS = Series(
    "Redness",
    {0: 3, 1: 2, 2: 1, 3: 0},
    band=(3, 2, 2, 1, 1, 0),
    words=SEVERITY,
    today=4,
)
FEVER = Series(
    "Temperature",
    {0: 36.6, 2: 36.6, 4: 38.2},
    low=36,
    high=39,
    call_line=38,
    call_words="38 °C",
    unit="°C",
    today=4,
)
GLANDS = Series("Swollen glands", {0: 0, 4: 1}, high=1, band=(0,), today=4)


def labels(series, frame=PATIENT):
    return [label.text for label in draw(series, frame).labels]


def test_an_answered_day_has_a_bar_and_a_day_without_a_log_has_nothing():
    plot = draw(Series("Redness", {0: 3, 2: 1}, words=SEVERITY))
    assert [bar.x for bar in plot.bars] == [9.6, 45.6]
    assert plot.zeros == ()


def test_none_is_a_hollow_dot_and_not_a_missing_bar():
    plot = draw(REDNESS)
    assert len(plot.bars) == 3
    assert plot.zeros == ((69.0, 73.5, 3.2),)


def test_a_bar_is_as_tall_as_its_share_of_the_scale():
    heights = [bar.height for bar in draw(REDNESS).bars]
    assert heights == [66.0, 44.0, 22.0]


def test_the_band_steps_down_where_less_is_expected():
    assert draw(REDNESS).band == "M6 12H24V34H60V56H96V75.4H258V78H6Z"
    assert draw(REDNESS).edge == "M6 12H24V34H60V56H96V75.4H258"


def test_a_sign_that_is_never_expected_has_a_sliver_and_no_edge():
    plot = draw(GLANDS)
    assert plot.band == "M6 75.4H258V78H6Z"
    assert plot.edge == ""


def test_nothing_expected_draws_no_band():
    assert draw(Series("Itch", {0: 1})).band == ""


def test_more_than_expected_has_a_marker_over_its_bar():
    over = draw(Series("Redness", {0: 3, 6: 2}, band=(3, 2, 2, 1))).bars
    assert [bool(bar.marker) for bar in over] == [False, True]


def test_the_call_line_itself_is_over():
    at, under = (
        Series("T", {0: 38.0}, call_line=38),
        Series("T", {0: 37.9}, call_line=38),
    )
    assert at.over
    assert not under.over


def test_a_band_as_high_as_the_call_line_is_drawn_to_it():
    plot = draw(FEVER)
    assert plot.call_y == 34.0
    assert plot.band.startswith("M6 34H258")


@pytest.mark.parametrize(("newest", "last"), [(4, 13), (13, 13), (28, 28)])
def test_the_axis_ends_at_day_13_or_the_newest_log(newest, last):
    assert f"Day {last}" in labels(Series("Redness", {newest: 1}))


def test_plots_can_share_an_axis():
    assert "Day 42" in labels(Series("Redness", {1: 1}, last_day=42))


def test_every_bar_of_a_long_course_stays_in_the_frame():
    days = [*range(15), 21, 28, 42, 60, 90, 180]
    for frame in (PATIENT, STAFF):
        bars = draw(Series("Redness", dict.fromkeys(days, 2)), frame).bars
        assert len(bars) == len(days)
        assert all(bar.x >= 6 and bar.x + bar.width <= frame.right for bar in bars)


@pytest.mark.parametrize("today", range(14))
@pytest.mark.parametrize("frame", [PATIENT, STAFF])
def test_day_labels_never_run_into_each_other(today, frame):
    drawn = draw(Series("Redness", {}, today=today), frame)
    spans = []
    for label in drawn.labels:
        if label.text.startswith("Day"):
            start = {"end": 36, "t-today mid": 18}.get(label.css, 0)
            spans.append((label.x - start, label.x - start + 36))
    spans.sort()
    assert len(spans) >= 2
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    assert spans[0][0] >= 6
    assert spans[-1][1] <= frame.right


def test_a_value_off_the_scale_is_drawn_at_its_end():
    bars = draw(Series("Temperature", {0: 41.5, 1: 35.0}, low=36, high=39)).bars
    assert [bar.height for bar in bars] == [66.0]


def test_the_sentence_says_every_answer_and_every_gap():
    assert sentence(FEVER) == (
        "Temperature. 36.6 °C on days 0 and 2, then 38.2 °C on day 4. "
        "No answer on days 1 and 3. More than we expect. "
        "We want a call at 38 °C or more."
    )


def test_equal_days_are_said_together():
    mild = Series("Redness", {0: 3, 1: 1, 2: 1, 3: 1, 5: 0}, words=SEVERITY)
    assert sentence(mild).startswith(
        "Redness. Severe on day 0, then mild on days 1 to 3, then none on day 5. "
        "No answer on day 4."
    )


def test_the_gist_follows_the_newest_answer():
    assert gist(REDNESS) == "As we expect"
    assert gist(FEVER) == "More than we expect"
    assert gist(FEVER, staff=True) == "Above expected"
    assert gist(Series("Redness", {})) == "What we expect"


def test_a_table_says_not_asked_where_nothing_was_said():
    assert REDNESS.said(0) == "Severe"
    assert REDNESS.said(9) == "Not asked"
    assert FEVER.said(4) == "38.2 °C"


def test_the_spark_shows_the_last_fourteen_logs_and_marks_the_flags():
    bars = spark([4] + [0] * 12 + [2, 3])
    assert len(bars) == 14
    assert [bar.marker for bar in bars] == [""] * 12 + ["over", "over"]
    assert bars[-1].height > bars[-2].height > bars[0].height > 0
