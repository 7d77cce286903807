"""The twelve clinics of the long run, the three of the short one, and their outages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from .worlds import Outage, Outages, Plan, World, every

WEEK, SIX_DAYS, ALL_DAYS = range(5), range(6), range(7)

WORLDS = (
    World(
        "Harbour",
        "two nurses take turns, a doctor behind them; two holidays",
        "Europe/London",
        every(WEEK, "08:30-18:00"),
        patients_a_week=6,
        closed=(32, 35),
    ),
    World(
        "Solo",
        "a single nurse who is also the lead; nobody behind her",
        "America/New_York",
        every(WEEK, "09:00-17:00"),
        nurses=0,
        single=True,
        has_backup=False,
        absence=0.06,
    ),
    World(
        "Rush",
        "overloaded: one nurse at a time, long calls, many flags",
        "Australia/Sydney",
        every(SIX_DAYS, "08:00-18:00"),
        patients_a_week=54,
        signs=2.5,
        pause=240,
        rows=1,
        contact=45,
        abroad=0,
        busy=True,
    ),
    World(
        "Empty weekend",
        "open all week, nobody on the rota on two weekends",
        "Europe/Paris",
        every(ALL_DAYS, "09:00-18:00"),
        patients_a_week=6,
        empty=(12, 13, 40, 41),
    ),
    World(
        "No rota",
        "keeps no rota at all",
        "Africa/Nairobi",
        every(SIX_DAYS, "08:00-17:00"),
        keeps_rota=False,
        has_backup=False,
    ),
    World(
        "Dateline east",
        "UTC+14, closed at noon",
        "Pacific/Kiritimati",
        every(WEEK, "08:00-12:00", "13:30-17:00"),
        patients_a_week=5,
    ),
    World(
        "Dateline west",
        "UTC-11, open on two days a week",
        "Pacific/Pago_Pago",
        every((1, 3), "08:00-16:00"),
        patients_a_week=5,
    ),
    World(
        "Often away",
        "every fourth turn nobody comes",
        "Asia/Kolkata",
        every(SIX_DAYS, "09:00-19:00"),
        absence=0.25,
    ),
    World(
        "Long closure",
        "closed for eighteen days",
        "America/Sao_Paulo",
        every(WEEK, "08:00-18:00"),
        closed=tuple(range(24, 42)),
    ),
    World(
        "Late shift",
        "open from 7 to 22, all week",
        "Asia/Tokyo",
        every(ALL_DAYS, "07:00-14:30", "14:30-22:00"),
        nurses=4,
        patients_a_week=6,
    ),
    World(
        "From afar",
        "half of the patients live by another clock",
        "Europe/Lisbon",
        every(WEEK, "09:00-18:00"),
        abroad=0.5,
    ),
    World(
        "Rush for two",
        "overloaded: two nurses together, still too many flags",
        "America/Chicago",
        every(WEEK, "08:00-17:00"),
        patients_a_week=54,
        signs=2.5,
        nurses=4,
        at_once=2,
        pause=240,
        rows=1,
        contact=45,
        abroad=0,
        busy=True,
    ),
)

START = datetime(2026, 3, 2, tzinfo=UTC)
"""A Monday; New York, London and Sydney change their clocks within five weeks of it."""

SHORT = (
    World(
        "Single",
        "a single nurse who is also the lead",
        "America/New_York",
        every(ALL_DAYS, "09:00-17:00"),
        nurses=0,
        single=True,
        has_backup=False,
        patients_a_week=5,
        signs=3,
        absence=0.2,
    ),
    World(
        "Weekend",
        "nobody on the rota on the weekend",
        "Pacific/Kiritimati",
        every(ALL_DAYS, "08:00-17:00"),
        patients_a_week=6,
        signs=3,
        empty=(5, 6),
    ),
    World(
        "Pressed",
        "overloaded",
        "Europe/London",
        every(ALL_DAYS, "08:00-17:00"),
        patients_a_week=6,
        entered=40,
        signs=5,
        pause=200,
        rows=1,
        contact=40,
        busy=True,
    ),
)


def outages_of(start: datetime) -> Outages:
    """The worker is out four times, mail and text messages on their own and together."""

    def out(day: int, hour: float, hours: float) -> Outage:
        begins = start + timedelta(days=day, hours=hour)
        return Outage(begins, begins + timedelta(hours=hours))

    return Outages(
        worker=(out(4, 9, 5), out(19, 22, 9), out(33, 3, 26), out(50, 14, 3)),
        email=(out(8, 10, 6), out(26, 8, 30), out(44, 12, 2)),
        sms=(out(15, 9, 4), out(26, 8, 30), out(47, 20, 5)),
    )


def long_run(seed: str, days: int, clinics: int = 0, without: str = "") -> Plan:
    """The first so many of the clinics, or all of them."""
    chosen = WORLDS[:clinics] if clinics else WORLDS
    return Plan(chosen, START, days, seed, outages_of(START), without)


def short_run(
    seed: str = "short", without: str = "", days: int = 6, *names: str
) -> Plan:
    """Three clinics, or those named, for a week; worker and mail are out for hours."""
    day = timedelta(days=1)
    worker = Outage(START + 2.4 * day, START + 2.6 * day)
    mail = Outage(START + 3.3 * day, START + 3.5 * day)
    outages = Outages(worker=(worker,), email=(mail,))
    worlds = tuple(one for one in SHORT if not names or one.name in names)
    return Plan(worlds, START, days, seed, outages, without, after=3)
