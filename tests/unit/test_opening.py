"""When a service or a school is open, and when it opens again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiguilleur.opening import (
    Period,
    Week,
    opening,
    public_holiday,
    read_week,
    school_closed,
    spoken_opening,
    spoken_reopening,
    spoken_week,
)

PARIS = ZoneInfo("Europe/Paris")
WEEK = read_week({"du lundi au jeudi": "8:30-12:00, 13:30-17:00", "vendredi": "9h-12h"})
CHRISTMAS = Period("Noël", date(2026, 12, 19), date(2027, 1, 3))
PERHAPS = Period("Noël", date(2026, 12, 19), date(2027, 1, 3), certain=False)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-24 08:30", None),
        ("2026-11-24 11:59", None),
        ("2026-11-24 12:00", "rouvre à 13\u00a0h\u00a030"),
        ("2026-11-24 16:59", None),
        ("2026-11-24 17:00", "rouvre demain à 8\u00a0h\u00a030"),
        ("2026-11-27 12:30", "rouvre lundi à 8\u00a0h\u00a030"),
        ("2026-11-29 10:00", "rouvre demain à 8\u00a0h\u00a030"),
        ("2026-11-10 18:00", "rouvre jeudi à 8\u00a0h\u00a030"),  # the 11th is a public holiday
        ("2027-03-27 10:00", "rouvre mardi à 8\u00a0h\u00a030"),  # the weekend of Easter
        ("2026-12-18 13:00", "rouvre le lundi 4 janvier à 8\u00a0h\u00a030"),
        ("2026-10-25 02:30", "rouvre demain à 8\u00a0h\u00a030"),  # the night of the change of hour
    ],
)
def test_open_or_when_it_opens(now: str, told: str | None) -> None:
    found = opening(WEEK, [CHRISTMAS], at(now))
    assert found.open == (told is None)
    if told:
        assert found.reopens
        assert spoken_reopening(found.reopens, at(now)) == told
    else:
        assert found.closes


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-24 08:30", "ouvert jusqu’à 12 h"),
        ("2026-11-24 11:59", "ouvert jusqu’à 12 h"),
        ("2026-11-24 15:00", "ouvert jusqu’à 17 h"),
        ("2026-11-27 12:00", "fermé, rouvre lundi à 8 h 30"),
        ("2026-12-31 10:00", "fermé, rouvre lundi à 8 h 30"),
        ("2027-05-06 10:00", "fermé, rouvre demain à 9 h"),  # Ascension Day; the Friday is worked
        ("2027-03-28 03:30", "fermé, rouvre mardi à 8 h 30"),  # the night of the change of hour
    ],
)
def test_the_moment_is_told(now: str, told: str) -> None:
    said = spoken_opening(opening(WEEK, [CHRISTMAS], at(now)), at(now))
    assert said.replace("\u00a0", " ") == told


def test_a_closure_without_end_in_sight_is_only_said_closed() -> None:
    works = Period("travaux", date(2026, 1, 1), date(2026, 12, 31))
    now = at("2026-02-03 10:00")
    assert spoken_opening(opening(WEEK, [works], now), now) == "fermé en ce moment"


def test_nothing_opens_on_a_public_holiday_or_in_a_closed_period() -> None:
    every = read_week({"du lundi au dimanche": "8:00-18:00"})
    bridge = Period("pont", date(2027, 5, 7), date(2027, 5, 7))
    found = opening(every, [bridge], at("2027-05-06 10:00"))
    assert found.reopens == at("2027-05-09 08:00")  # the 8th of May is a public holiday too


SPANS = st.sampled_from(["8:00-12:00", "8:30-12:00, 13:30-17:00", "14-18", "0:00-23:59", "fermé"])
WEEKS = st.dictionaries(st.sampled_from(["lundi", "mercredi", "vendredi", "samedi"]), SPANS).map(
    lambda lines: read_week({**lines, "jeudi": "9:00-10:15"})
)
CLOSED = st.lists(
    st.tuples(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 40)).map(
        lambda drawn: Period("congés", drawn[0], drawn[0] + timedelta(days=drawn[1]))
    ),
    max_size=2,
)


@given(WEEKS, CLOSED, st.integers(0, 3 * 365 * 24 * 60))
def test_it_reopens_later_and_is_open_then(week: Week, closed: list[Period], minutes: int) -> None:
    now = at("2026-01-01 00:00") + timedelta(minutes=minutes)
    found = opening(week, closed, now)
    if found.open:
        assert found.closes
        assert found.closes > now
        assert not opening(week, closed, found.closes).open
    else:
        assert found.reopens
        assert found.reopens > now
        assert opening(week, closed, found.reopens).open
        assert not opening(week, closed, found.reopens - timedelta(minutes=1)).open


def test_a_service_closed_for_months_announces_nothing() -> None:
    closed = Period("travaux", date(2026, 1, 1), date(2026, 12, 31))
    found = opening(WEEK, [closed], at("2026-02-01 10:00"))
    assert not found.open
    assert found.reopens is None


@pytest.mark.parametrize(
    ("now", "reason", "reopens"),
    [
        ("2026-11-24 10:00", None, None),
        ("2026-11-28 10:00", "weekend", date(2026, 11, 30)),
        ("2026-11-11 10:00", "holiday", date(2026, 11, 12)),
        ("2026-12-22 10:00", "vacation", date(2027, 1, 4)),
        ("2027-01-03 10:00", "vacation", date(2027, 1, 4)),
        ("2027-01-04 00:00", None, None),
    ],
)
def test_a_closed_school(now: str, reason: str | None, reopens: date | None) -> None:
    found = school_closed([CHRISTMAS], at(now))
    assert (found.reason if found else None) == reason
    assert (found.reopens if found else None) == reopens


def test_uncertain_dates_are_not_told() -> None:
    found = school_closed([PERHAPS], at("2026-12-22 10:00"))
    assert found
    assert found.reopens is None


def test_the_weekend_before_a_vacation_belongs_to_it() -> None:
    winter = Period("hiver", date(2027, 2, 15), date(2027, 2, 28))
    found = school_closed([winter], at("2027-02-13 10:00"))
    assert found
    assert found.reason == "vacation"


def test_alsace_alone_does_not_rest() -> None:
    assert public_holiday(date(2027, 3, 26)) is None  # Good Friday
    assert public_holiday(date(2027, 5, 17)) == "Lundi de Pentecôte"


def test_a_day_off_between_two_is_no_vacation() -> None:
    bridge = Period("pont de l’Ascension", date(2027, 5, 7), date(2027, 5, 7))
    found = school_closed([bridge], at("2027-05-07 10:00"))
    assert found
    assert (found.reason, found.reopens) == ("bridge", date(2027, 5, 10))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            {"du lundi au jeudi": "8:30-12:00, 13:30-17:00", "vendredi": "9h-12h"},
            "du lundi au jeudi de 8 h 30 à 12 h et de 13 h 30 à 17 h, le vendredi de 9 h à 12 h",
        ),
        ({"lundi et jeudi": "9-12"}, "le lundi et le jeudi de 9 h à 12 h"),
        (
            {"lundi, mardi, mercredi et vendredi": "9-12", "jeudi": "fermé"},
            "du lundi au mercredi et le vendredi de 9 h à 12 h",
        ),
        ({"le samedi": "9:05-12"}, "le samedi de 9 h 05 à 12 h"),
    ],
)
def test_hours_are_spoken_as_people_say_them(lines: dict[str, str], told: str) -> None:
    assert spoken_week(read_week(lines)).replace("\u00a0", " ") == told


@pytest.mark.parametrize(
    "lines",
    [
        {"lundi": "12:00-8:00"},
        {"lundi": "8:00-25:00"},
        {"lundi": "matin"},
        {"lundi": "8:00-12:00, 11:00-13:00"},
        {"lundi": "8:00-12:00, 12:00-13:00"},
        {"du lundi au dimanche": "fermé"},
        {"vendredi au lundi": "8:00-12:00"},
        {"férié": "8:00-12:00"},
        {"du lundi au mardi": "8-12", "mardi": "8-12"},
        {},
    ],
)
def test_bad_hours_are_refused(lines: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"illisible|envers|existe|deux fois|aucun"):
        read_week(lines)
