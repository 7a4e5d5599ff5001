"""What is down or planned: told before any triage to whoever sees it, once in a conversation.

The wording is that of the house unless the incident brings its own text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from aiguilleur.dialogue import topics, wording
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Guide, Incident
from aiguilleur.opening import spoken_day, spoken_time

PENDING = "incident"
OUTAGE = "attr_outage"


def explained(talk: Talk, intents: Iterable[str], guide: Guide | None) -> bool:
    """Whether an incident in force explains a problem (its ``intents``, its guide), and was told.

    A planned one is only noted beside the answer.
    """
    named = set(intents)
    outage = OUTAGE in talk.heard.concepts
    for incident in talk.knowledge.incidents:
        key = f"incident:{incident.id}"
        department = talk.state.department or talk.place.department
        elsewhere = department and incident.departments and department not in incident.departments
        if key in talk.state.told or elsewhere:
            continue
        if incident.in_force(talk.now) and (outage or named & set(incident.intents)):
            talk.state = talk.state.tell(key)
            _tell(talk, incident, guide)
            return True
        if incident.coming(talk.now) and named & set(incident.intents):
            talk.state = talk.state.tell(key)
            talk.note("planned", _span(talk, incident))
    return False


def _tell(talk: Talk, incident: Incident, guide: Guide | None) -> None:
    labels = talk.knowledge.labels
    here = guide or talk.knowledge.guides[_first_guide(talk, incident)]
    there, node = topics.beginning(talk, here)
    target = f"guide:{there.id}#{node.id}"
    values = _values(talk, incident)
    card = talk.message(
        "incident",
        values=values,
        buttons=(
            wording.button(labels["incident_yes"], "@incident_seen"),
            wording.button(labels["incident_no"], target),
        ),
    )
    if incident.text:
        card = replace(card, text=talk.words(incident.text, **values))
    talk.cards.append(card)
    talk.change(pending=PENDING, options=(incident.id, target), guide=None, step=None)


def answered(talk: Talk, other: Guide | None) -> bool:
    """« Est-ce bien ce que vous voyez ? »: yes, no, or ``other``, the problem that the message tells."""
    target = talk.state.options[1] if len(talk.state.options) > 1 else ""
    concepts = talk.heard.concepts
    if OUTAGE in concepts or (concepts & {"act_yes", "act_still"} and "act_no" not in concepts):
        seen(talk)
        return True
    talk.change(pending=None, options=())
    if "act_no" in concepts and (other is None or target.startswith(f"guide:{other.id}#")):
        guide, node = topics.place_of(talk, target, None)
        topics.start(talk, guide, node=node)
        return True
    return False


def seen(talk: Talk) -> None:
    """Nothing to do on this side; when there will be news."""
    known = {incident.id: incident for incident in talk.knowledge.incidents}
    incident = next((known[name] for name in talk.state.options if name in known), None)
    talk.change(pending=None, options=())
    talk.say("incident_seen", values=_values(talk, incident) if incident else None)


def _first_guide(talk: Talk, incident: Incident) -> str:
    named = talk.knowledge.guide_of_intent
    return next((named[i] for i in incident.intents if i in named), talk.knowledge.menu[0])


def _values(talk: Talk, incident: Incident) -> dict[str, str | None]:
    """{service}, {since} (« dans l’Ain depuis 8 h ») and {next}, as the house’s wording names them."""
    names = [talk.knowledge.places.department_name(code, "in") for code in incident.departments]
    where = " et ".join(names)
    return {
        "service": incident.service,
        "since": " ".join([*filter(None, (where,)), f"depuis {_moment(talk, incident.start)}"]),
        "next": _moment(talk, incident.next)
        if incident.next and incident.next > talk.now
        else None,
    }


def _moment(talk: Talk, moment: datetime) -> str:
    """« 8 h », « hier 18 h », « lundi 8 h », « le lundi 4 janvier 8 h »."""
    clock, today = spoken_time(moment.time()), talk.now.date()
    if moment.date() == today:
        return clock
    if moment.date() == today - timedelta(days=1):
        return f"hier {clock}"
    return f"{spoken_day(moment.date(), today)} {clock}"


def _span(talk: Talk, incident: Incident) -> str:
    """« webmail, mardi de 18 h à 20 h »."""
    day = spoken_day(incident.start.date(), talk.now.date())
    start = spoken_time(incident.start.time())
    if incident.end is None:
        return f"{incident.service}, {day} à partir de {start}"
    if incident.end.date() == incident.start.date():
        return f"{incident.service}, {day} de {start} à {spoken_time(incident.end.time())}"
    return f"{incident.service}, {day} {start}, jusqu’à {_moment(talk, incident.end)}"
