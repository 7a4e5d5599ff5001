"""The calendar of the knowledge: what is refused, what is not ready, and nobody sent to a closed school."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from aiguilleur.card import plain
from aiguilleur.conversation import Conversation
from aiguilleur.dialogue import State
from aiguilleur.errors import KnowledgeError
from aiguilleur.knowledge import Knowledge, check, load, not_ready, root
from aiguilleur.knowledge.check_calendar import not_ready as calendar_not_ready
from aiguilleur.knowledge.model import Knowing, Way
from aiguilleur.opening import (
    Period,
    public_holiday,
    read_week,
    school_closed,
    spoken_week,
)
from aiguilleur.pages import desk_page
from tests.conversations.player import overlaid

KNOWLEDGE = load(root())
PARIS = ZoneInfo("Europe/Paris")
SCHOOL_DAY = datetime(2026, 11, 24, 10, tzinfo=PARIS)
SUNDAY = datetime(2026, 11, 29, 10, tzinfo=PARIS)
CHRISTMAS = datetime(2026, 12, 22, 10, tzinfo=PARIS)
OFFICE = re.compile(r"\b(le|au|votre|son|auprès du) secrétariat|circonscription|référent numérique")

FACT = {"status": "confirmed", "source": "essai", "verified_on": "2026-11-23"}
OPEN = {"du lundi au vendredi": "8:30-12:00"}
HOURS = {**FACT, "open": OPEN}
PHONE = {"kind": "phone", "value": "06 39 98 00 01", **FACT}
WEEK = read_week(OPEN)


def changed(folder: Path, **support: object) -> Knowledge:
    """The knowledge with other contents in ``support.yml``."""
    return load(overlaid(folder, root(), {"support.yml": support}))


def phone(status: str | None = "confirmed") -> Knowledge:
    """The knowledge with a phone at the desk of the Ain; ``status``: that of its hours, if any."""
    hours = Knowing("hours", "hours", spoken_week(WEEK), status) if status else None
    number = Knowing("phone", "phone", "06 39 98 00 01", "confirmed")
    way = Way("phone", number, hours=hours, week=WEEK if status else None)
    desk = replace(KNOWLEDGE.desks["dsden01"], ways=(way,))
    return replace(KNOWLEDGE, desks={**KNOWLEDGE.desks, desk.id: desk})


def pressed(knowledge: Knowledge, choice: str, now: datetime, department: str | None = "01") -> str:
    """The answer to a button, as it is read."""
    state = State(department=department, problem="login_failure")
    talk = Conversation(knowledge, lambda text: {}, clock=lambda: now, state=state)
    cards = talk.press(f'/choose{{"choice": "{choice}", "step": "*"}}')
    return "\n".join(map(plain, cards)).replace("\u00a0", " ")


def vacation(label: str, first: str, last: str, **more: object) -> dict[str, object]:
    """A line of ``school_holidays``."""
    return {"label": label, "first": first, "last": last, **FACT, **more}


class TestClosedSchool:
    def every_node(self) -> Iterator[str]:
        for guide in KNOWLEDGE.guides.values():
            for node in guide.nodes:
                yield f"{guide.id}#{node}"

    def test_on_a_sunday_who_is_sent_to_a_school_is_told(self) -> None:
        sent = 0
        for name in self.every_node():
            told = pressed(KNOWLEDGE, f"guide:{name}", SUNDAY)
            if OFFICE.search(told):
                sent += 1
                assert "fermé ce week-end, rouvre demain" in told, name
        assert sent > 5

    def test_in_a_vacation_no_step_sends_to_a_school(self) -> None:
        whose = {"support_contact#who_is_referent", "functional_mailbox#answer"}
        later = {"functional_mailbox#holder"}  # « à la reprise »
        sudden = {"compromised_account#file_opened", "compromised_account#their_file"}
        network = {"login_failure#network", "imap_failure#network_filtered"}
        for name in self.every_node():
            told = pressed(KNOWLEDGE, f"guide:{name}", CHRISTMAS)
            if name in whose | later | sudden | network:
                assert "souvent fermé pendant les vacances scolaires" in told, name
            else:
                assert not OFFICE.search(told), f"{name}\n{told}"

    @pytest.mark.parametrize("choice", ["@cannot_write", "@phone", "@support"])
    def test_in_a_vacation_no_act_sends_to_a_school(self, choice: str) -> None:
        assert not OFFICE.search(pressed(KNOWLEDGE, choice, CHRISTMAS))
        assert OFFICE.search(pressed(KNOWLEDGE, choice, SCHOOL_DAY))

    def test_on_a_school_day_nothing_is_said_of_it(self) -> None:
        for name in self.every_node():
            told = pressed(KNOWLEDGE, f"guide:{name}", SCHOOL_DAY)
            assert KNOWLEDGE.labels["school"] + " :" not in told, name

    def test_asking_the_town_sends_nobody_to_a_school(self) -> None:
        told = pressed(KNOWLEDGE, "@support", SUNDAY, department=None)
        assert "?" in told
        assert "fermé" not in told


class TestPhone:
    def test_its_hours_and_the_moment(self) -> None:
        told = pressed(phone(), "@support", SUNDAY)
        assert "06 39 98 00 01, du lundi au vendredi de 8 h 30 à 12 h" in told
        assert "(fermé, rouvre demain à 8 h 30)" in told

    @pytest.mark.parametrize("status", ["unknown", "likely", "conflicting"])
    def test_hours_that_are_not_sure_stay_hidden(self, status: str) -> None:
        told = pressed(phone(status), "@support", SUNDAY)
        assert "06 39 98 00 01" in told
        assert "8 h 30" not in told
        assert "rouvre" not in told.split("Téléphone")[1]

    def test_a_closure_of_one_desk_is_not_another_s(self, tmp_path: Path) -> None:
        leave = {"label": "congés", "first": "2026-11-30", "last": "2026-11-30"}
        way = {"ways": [{**PHONE, "hours": HOURS}]}
        desks = {"dsden01": {**way, "closed": [leave]}, "dsden42": way}
        one = changed(tmp_path / "one", desks=desks)
        assert "rouvre mardi" in pressed(one, "@support", SUNDAY)
        assert "rouvre demain" in pressed(one, "@support", SUNDAY, department="42")
        every = changed(tmp_path / "every", desks=desks, closed=[{**leave, "last": "2026-12-01"}])
        assert "rouvre mercredi" in pressed(every, "@support", SUNDAY, department="42")

    def test_its_number_alone_in_a_sentence(self) -> None:
        told = pressed(phone(), "@phone", SUNDAY)
        assert "06 39 98 00 01 (fermé, rouvre demain à 8 h 30)." in told

    def test_hours_stand_on_the_permanent_page(self) -> None:
        known = phone()
        facts = [
            fact for part in desk_page(known, known.desks["dsden01"]).lead for fact in part.facts
        ]
        assert any("06 39 98 00 01, du lundi" in value for _, value in facts)
        assert not any("fermé" in value for _, value in facts)


class TestCheck:
    def test_impossible_periods_are_found_with_their_line(self, tmp_path: Path) -> None:
        vacations = [
            vacation("Noël", "2026-12-19", "2027-01-03"),
            vacation("hiver", "2027-01-03", "2027-01-20"),
            vacation("été", "2027-07-03", "2028-07-03"),
        ]
        bridge = {"label": "pont", "first": "2026-05-07", "last": "2027-05-07"}
        found = check(changed(tmp_path, school_holidays=vacations, closed=[bridge]))
        told = [str(finding) for finding in found]
        assert len(told) == 3
        assert all(re.match(r"support\.yml:\d+ : ", text) for text in told)
        for part in ("« pont » dure plus", "« été » dure plus", "avant la fin de « Noël »"):
            assert part in " ".join(told)

    @pytest.mark.parametrize(
        ("support", "said"),
        [
            ({"closed": [{"label": "pont", "first": "2027-05-07", "last": "mai"}]}, "date illisible"),
            ({"closed": [{"label": "pont", "first": "2027-05-08", "last": "2027-05-07"}]}, "finit avant"),
            ({"closed": [{"label": "pont", "first": "2027-05-07"}]}, "il manque « last »"),
            (
                {"school_holidays": [vacation("Noël", "2026-12-19", "2027-01-03", source=None)]},
                "sans « source »",
            ),
            (
                {"school_holidays": [vacation("Noël", "2026-12-19", "2027-01-03", status="vrai")]},
                "statut « vrai » inconnu",
            ),
            (
                {"desks": {"dsden01": {"ways": [{**PHONE, "hours": {**HOURS, "open": {"lundi": "8-7"}}}]}}},
                "à l’envers",
            ),
            (
                {"desks": {"dsden01": {"ways": [{**PHONE, "hours": {**HOURS, "open": {"lundy": "8-9"}}}]}}},
                "illisible",
            ),
        ],
    )  # fmt: skip
    def test_what_cannot_be_read_is_refused_with_its_line(
        self, tmp_path: Path, support: dict[str, object], said: str
    ) -> None:
        with pytest.raises(KnowledgeError, match=re.escape(said)) as refused:
            changed(tmp_path, **support)
        assert re.search(r"support\.yml, ligne \d+", str(refused.value))

    def test_a_phone_without_its_hours_is_not_ready(self) -> None:
        assert "heures du téléphone" in str(not_ready(phone(None)))
        assert "heures du téléphone" not in str(not_ready(phone()))

    def test_unconfirmed_vacations_are_not_ready_until_they_are_over(self) -> None:
        period = Period("Noël", date(2026, 12, 19), date(2027, 1, 3), certain=False)
        known = replace(KNOWLEDGE, school_holidays=(period,))
        before, after = (datetime(2027, 1, day, tzinfo=PARIS) for day in (3, 4))
        assert "ne sont pas confirmées" in str(list(calendar_not_ready(known, before)))
        assert "ne sont pas confirmées" not in str(list(calendar_not_ready(known, after)))

    def test_a_calendar_about_to_end_is_not_ready(self) -> None:
        last = max(period.last for period in KNOWLEDGE.school_holidays)
        for days, expected in ((59, True), (61, False)):
            now = datetime.combine(last - timedelta(days=days), SUNDAY.time(), PARIS)
            found = [str(finding) for finding in calendar_not_ready(KNOWLEDGE, now)]
            assert any("calendrier des vacances" in text for text in found) is expected


class TestSchoolYear:
    def test_a_vacation_begins_on_a_saturday_and_ends_before_a_working_day(self) -> None:
        for period in KNOWLEDGE.school_holidays:
            back = period.last + timedelta(days=1)
            if period.last - period.first >= timedelta(days=7):
                assert period.first.weekday() == 5, period
                assert back.weekday() < 5, period
                assert not public_holiday(back), period

    def test_school_is_open_on_the_day_it_resumes(self) -> None:
        for period in KNOWLEDGE.school_holidays:
            if period.last - period.first >= timedelta(days=7):
                back = datetime.combine(period.last + timedelta(days=1), SUNDAY.time(), PARIS)
                assert school_closed(KNOWLEDGE.school_holidays, back) is None, period

    def test_the_zone_is_the_academy_s(self, tmp_path: Path) -> None:
        academy = yaml.safe_load((root() / "academy.yml").read_text(encoding="utf-8"))
        assert str(KNOWLEDGE.zone) == academy["time_zone"]
        other = load(overlaid(tmp_path, root(), {"academy.yml": {"time_zone": "Indian/Reunion"}}))
        assert str(other.zone) == "Indian/Reunion"
