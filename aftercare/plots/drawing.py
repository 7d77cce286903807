"""Where bars, bands and lines go. No colours, no templates.

X is days, one slot per day from day 0 (the day of treatment) to day 13 or the newest
log. Y runs from `low` to `high`. A day without a log has nothing drawn; a log at `low`
is a hollow dot, so that "none" is not mistaken for "missing".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from .series import Series

SLIVER = 2.6  # an expectation of "none" is still seen
LEFT, TOP = 6.0, 12.0
LABEL_ROOM = 36.0  # a day label is about that wide


@dataclass(frozen=True, slots=True)
class Frame:
    """Sizes in units of the drawing. Text stays near 11 px at the width it is shown."""

    width: float
    height: float
    right: float
    base: float


PATIENT = Frame(width=310, height=98, right=258, base=78)
STAFF = Frame(width=236, height=80, right=184, base=60)


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; `marker` is the path of the triangle over it, if it is over."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Text at a point; `css` says how it is anchored and coloured."""

    x: float
    y: float
    text: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """Everything that a template needs to draw one series."""

    frame: Frame
    band: str
    edge: str
    bars: tuple[Bar, ...]
    zeros: tuple[tuple[float, float, float], ...]
    call_y: float | None
    labels: tuple[Label, ...]


def draw(series: Series, frame: Frame = PATIENT) -> Plot:
    """The geometry of a series in a frame."""
    scale = _Scale(series, frame)
    days = sorted(series.values)
    call = series.call_line
    return Plot(
        frame=frame,
        band=_band(scale, closed=True),
        edge=_band(scale, closed=False) if _expects_something(series) else "",
        bars=tuple(_bar(scale, d) for d in days if series.values[d] > series.low),
        zeros=tuple(_zero(scale, d) for d in days if series.values[d] <= series.low),
        call_y=None if call is None else scale.y(call),
        labels=(*_day_labels(scale), *_value_labels(scale)),
    )


class _Scale:
    """From days and values to units of the drawing."""

    def __init__(self, series: Series, frame: Frame) -> None:
        self.series, self.frame = series, frame
        self.slot = (frame.right - LEFT) / (series.end + 1)

    def x(self, day: float) -> float:
        """The left side of a day's slot."""
        return round(LEFT + day * self.slot, 1)

    def middle(self, day: int) -> float:
        return self.x(day + 0.5)

    def y(self, value: float) -> float:
        """The height of a value; what is off the scale is drawn at its end."""
        share = (value - self.series.low) / (self.series.high - self.series.low)
        tall = min(max(share, 0), 1) * (self.frame.base - TOP)
        return round(self.frame.base - max(tall, SLIVER), 1)


def _expects_something(series: Series) -> bool:
    """A symptom that we never expect has no edge line, only the sliver."""
    return series.call_line is not None or any(v > series.low for v in series.band)


def _band(scale: _Scale, *, closed: bool) -> str:
    """The path of what we expect: steps, one per change, closed for the fill."""
    series, frame = scale.series, scale.frame
    heights = [
        series.call_line if (value := series.expected(day)) is None else value
        for day in range(series.end + 1)
    ]
    if None in heights:
        return ""
    steps = [scale.y(value) for value in heights if value is not None]
    path, at = f"M{LEFT:g} {steps[0]:g}", 0
    for y, run in groupby(steps):
        at += len(list(run))
        path += f"{'' if path.endswith(f' {y:g}') else f'V{y:g}'}H{scale.x(at):g}"
    return f"{path}V{frame.base:g}H{LEFT:g}Z" if closed else path


def _bar(scale: _Scale, day: int) -> Bar:
    width = round(max(scale.slot * 0.6, 1.2), 1)
    x = scale.middle(day) - width / 2
    x = round(min(max(x, LEFT), scale.frame.right - width), 1)
    y = scale.y(scale.series.values[day])
    middle, half = scale.middle(day), min(4.6, max(scale.slot * 0.36, 2.5))
    over = scale.series.is_over(day)
    return Bar(
        x=x,
        y=y,
        width=width,
        height=round(scale.frame.base - y, 1),
        radius=round(min(2.5, width / 2), 1),
        marker=f"M{middle:g} {y - 10:g}l{half:g} 7.4h-{2 * half:g}z" if over else "",
    )


def _zero(scale: _Scale, day: int) -> tuple[float, float, float]:
    """Centre and radius of the hollow dot of a "none"."""
    radius = round(min(3.2, scale.slot * 0.36), 1)
    return scale.middle(day), scale.frame.base - 4.5, radius


def _day_labels(scale: _Scale) -> list[Label]:
    """Today, and the ends of the axis where they do not run into it."""
    series, frame = scale.series, scale.frame
    y = frame.base + 14
    labels: list[Label] = []
    today = series.today
    if today is None or not 0 <= today <= series.end:
        middle = None
    else:
        half = LABEL_ROOM / 2
        middle = min(max(scale.middle(today), LEFT + half), frame.right - half)
        labels.append(Label(middle, y, f"Day {today}", "t-today mid"))
    if middle is None or middle - LEFT > 1.7 * LABEL_ROOM:
        labels.append(Label(LEFT, y, "Day 0"))
    if middle is None or frame.right - middle > 1.7 * LABEL_ROOM:
        labels.append(Label(frame.right, y, f"Day {series.end}", "end"))
    return labels


def _value_labels(scale: _Scale) -> list[Label]:
    series, frame = scale.series, scale.frame
    x = frame.right + 7
    top = series.top_label
    labels = [
        Label(x, TOP + 6, series.say(series.high) if top is None else top),
        Label(x, frame.base - 1, series.words.get(series.low, f"{series.low:g}")),
    ]
    if series.call_line is not None and series.call_words:
        labels.append(
            Label(x, scale.y(series.call_line) + 4, series.call_words, "t-call")
        )
    return [label for label in labels if label.text]


SPARK_WIDTH, SPARK_HEIGHT, SPARK_SLOTS = 76.0, 18.0, 14


def spark(levels: Sequence[int]) -> tuple[Bar, ...]:
    """The worst level of each of the last 14 logged days, oldest first.

    `marker` is set on the bars that are a flag (level 2 or above).
    """
    flagged = 2
    slot = (SPARK_WIDTH - 1) / SPARK_SLOTS
    bars = []
    for place, level in enumerate(levels[-SPARK_SLOTS:]):
        height = {0: 3.0, 1: 5.3, 2: 9.0, 3: 12.6}.get(level, 15.9)
        bars.append(
            Bar(
                x=round(place * slot, 1),
                y=round(17 - height, 1),
                width=3.8,
                height=height,
                radius=1,
                marker="over" if level >= flagged else "",
            )
        )
    return tuple(bars)
