"""When a service or a school is open: hours of the week, public holidays, closed periods. Pure.

Public holidays are those of metropolitan France, from the ``holidays`` library; everything else is
data of ``knowledge/``. Nothing here is guessed: without stated hours there is no opening to tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
SATURDAY = 5
FARTHEST = timedelta(days=120)
"""No service closes longer: beyond that, no reopening is announced."""

VACATION_DAYS = 5
"""A shorter closure of schools is a bridge between two days off, not a vacation."""

Span = tuple[time, time]
SPAN = re.compile(r"(\d{1,2})(?:[:hH](\d{2})?)?\s*[-–à]\s*(\d{1,2})(?:[:hH](\d{2})?)?")
RANGE = re.compile(rf"(?:du |le )?({'|'.join(DAYS)})(?: (?:au|à) ({'|'.join(DAYS)}))?")
LISTED = re.compile(r"\s*,\s*|\s+et\s+")
SHUT = ("fermé", "ferme")


@dataclass(frozen=True)
class Period:
    """A closed period, both days included. ``certain``: its dates may be told; ``where``: its line."""

    label: str
    first: date
    last: date
    certain: bool = True
    where: str = field(default="", compare=False)

    def holds(self, day: date) -> bool:
        """Whether the day falls in the period."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Week:
    """The spans of a week, by weekday (0 is Monday), in order and without overlap."""

    spans: Mapping[int, tuple[Span, ...]]

    def on(self, day: date) -> tuple[Span, ...]:
        """The spans of that weekday."""
        return self.spans.get(day.weekday(), ())


@dataclass(frozen=True)
class Opening:
    """``open`` now and when it ``closes``, or when it ``reopens`` (None when that is too far to tell)."""

    open: bool
    closes: datetime | None = None
    reopens: datetime | None = None


@dataclass(frozen=True)
class SchoolClosed:
    """Why a school is closed: ``weekend``, ``holiday``, ``bridge`` or ``vacation``.

    ``reopens``: the day it opens again, if that is certain.
    """

    reason: str
    label: str
    reopens: date | None


def read_week(lines: Mapping[str, str]) -> Week:
    """From « du lundi au jeudi »: « 8:30-12:00, 13:30-17:00 ». Raises ValueError, in French.

    Days may be listed (« lundi et jeudi »), and « fermé » written for one.
    """
    spans: dict[int, tuple[Span, ...]] = {}
    for days, hours in lines.items():
        read = () if hours.strip().lower() in SHUT else tuple(_spans(hours))
        for weekday in _weekdays(days):
            if weekday in spans:
                raise ValueError(f"{DAYS[weekday]} est donné deux fois")
            spans[weekday] = read
    opened = {weekday: read for weekday, read in sorted(spans.items()) if read}
    if not opened:
        raise ValueError("aucun jour d’ouverture")
    return Week(opened)


def _weekdays(days: str) -> Iterator[int]:
    for part in LISTED.split(days.strip().lower()):
        match = RANGE.fullmatch(part)
        if not match:
            raise ValueError(f"jours « {days} » illisibles")
        first = DAYS.index(match[1])
        last = DAYS.index(match[2]) if match[2] else first
        if last < first:
            raise ValueError(f"jours « {days} » à l’envers")
        yield from range(first, last + 1)


def _spans(hours: str) -> Iterator[Span]:
    before: time | None = None
    for part in hours.split(","):
        match = SPAN.fullmatch(part.strip())
        if not match:
            raise ValueError(f"horaire « {part.strip()} » illisible")
        start, end = (_clock(match[i], match[i + 1]) for i in (1, 3))
        if start >= end or (before and start <= before):
            raise ValueError(f"horaire « {part.strip()} » à l’envers")
        before = end
        yield start, end


def _clock(hours: str, minutes: str | None) -> time:
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError as error:
        raise ValueError(f"l’heure « {hours}:{minutes or '00'} » n’existe pas") from error


def public_holiday(day: date) -> str | None:
    """The name of the public holiday of that day in metropolitan France, or None."""
    return _public_holidays(day.year).get(day)


@lru_cache(maxsize=8)
def _public_holidays(year: int) -> Mapping[date, str]:
    import holidays

    return dict(holidays.country_holidays("FR", years=year, language="fr"))


def opening(week: Week, closed: Iterable[Period], now: datetime) -> Opening:
    """Whether a service is open at ``now`` (legal time) and until when, else when it opens next.

    ``closed``: its own periods; public holidays are known.
    """
    periods = tuple(closed)
    today = now.date()
    for days in range(FARTHEST.days):
        day = today + timedelta(days=days)
        if public_holiday(day) or any(period.holds(day) for period in periods):
            continue
        for start, end in week.on(day):
            opens = datetime.combine(day, start, now.tzinfo)
            closes = datetime.combine(day, end, now.tzinfo)
            if opens <= now < closes:
                return Opening(open=True, closes=closes)
            if opens > now:
                return Opening(open=False, reopens=opens)
    return Opening(open=False)


def school_closed(vacations: Iterable[Period], now: datetime) -> SchoolClosed | None:
    """Why schools are closed that day, or None on a school day."""
    periods = tuple(vacations)
    today = now.date()
    shut = _shut(periods, today)
    if shut is None:
        return None
    reason, label = shut
    if reason == "weekend":  # the weekend that opens or closes a vacation belongs to it
        for day in (today + timedelta(days=1), today + timedelta(days=2)):
            coming = _shut(periods, day)
            if coming and coming[0] == "vacation":
                reason, label = coming
                break
    return SchoolClosed(reason, label, _school_day(periods, today))


def _shut(vacations: tuple[Period, ...], day: date) -> tuple[str, str] | None:
    for period in vacations:
        if period.holds(day):
            days = (period.last - period.first).days + 1
            return ("bridge" if days < VACATION_DAYS else "vacation"), period.label
    if holiday := public_holiday(day):
        return "holiday", holiday
    return ("weekend", "week-end") if day.weekday() >= SATURDAY else None


def _school_day(vacations: tuple[Period, ...], day: date) -> date | None:
    for days in range(1, FARTHEST.days):
        coming = day + timedelta(days=days)
        crossed = next((period for period in vacations if period.holds(coming)), None)
        if crossed and not crossed.certain:
            return None
        if _shut(vacations, coming) is None:
            return coming
    return None


def spoken_week(week: Week) -> str:
    """« du lundi au jeudi de 8 h 30 à 12 h et de 13 h 30 à 17 h, le vendredi de 9 h à 12 h »."""
    alike: dict[tuple[Span, ...], list[int]] = {}
    for weekday, spans in sorted(week.spans.items()):
        alike.setdefault(spans, []).append(weekday)
    return ", ".join(
        f"{_spoken_days(days)} {' et '.join(_spoken_span(span) for span in spans)}"
        for spans, days in alike.items()
    )


def _spoken_days(weekdays: list[int]) -> str:
    """« du lundi au jeudi », « le lundi et le jeudi », « du lundi au mercredi et le vendredi »."""
    runs: list[list[int]] = []
    for weekday in weekdays:
        if runs and runs[-1][-1] == weekday - 1:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    said = []
    for run in runs:
        if len(run) > 2:
            said.append(f"du {DAYS[run[0]]} au {DAYS[run[-1]]}")
        else:
            said += [f"le {DAYS[weekday]}" for weekday in run]
    return " et ".join(filter(None, (", ".join(said[:-1]), said[-1])))


def _spoken_span(span: Span) -> str:
    return f"de {spoken_time(span[0])} à {spoken_time(span[1])}"


def spoken_time(clock: time) -> str:
    """« 8 h 30 », « 12 h », with no-break spaces."""
    minutes = f"\u00a0{clock.minute:02d}" if clock.minute else ""
    return f"{clock.hour}\u00a0h{minutes}"


def spoken_day(day: date, today: date) -> str:
    """« demain », « lundi », « le lundi 4 janvier » as seen from today; « aujourd’hui » for today."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return "aujourd’hui" if ahead == 0 else "demain"
    if 1 < ahead < 7:
        return DAYS[day.weekday()]
    number = "1er" if day.day == 1 else str(day.day)
    return f"le {DAYS[day.weekday()]} {number} {MONTHS[day.month - 1]}"


def spoken_reopening(moment: datetime, now: datetime) -> str:
    """« rouvre lundi à 8 h 30 », « rouvre à 13 h 30 » the same day."""
    at = f"à {spoken_time(moment.time())}"
    if moment.date() == now.date():
        return f"rouvre {at}"
    return f"rouvre {spoken_day(moment.date(), now.date())} {at}"


def spoken_opening(found: Opening, now: datetime) -> str:
    """« ouvert jusqu’à 12 h », « fermé, rouvre lundi à 8 h 30 », « fermé en ce moment »."""
    if found.closes:
        return f"ouvert jusqu’à {spoken_time(found.closes.time())}"
    if found.reopens:
        return f"fermé, {spoken_reopening(found.reopens, now)}"
    return "fermé en ce moment"
