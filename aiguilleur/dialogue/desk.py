"""The way to a desk: asking the département, naming the desk, writing the request.

Composes Cards on a :class:`Talk`; the choice itself is in ``routing``.
"""

from __future__ import annotations

from dataclasses import replace

from aiguilleur.card import MAX_WORDS, Button, Card, Fact, plain
from aiguilleur.dialogue import acting, details, readers, wording
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Guide, Node
from aiguilleur.places import PlaceReading
from aiguilleur.request import Circumstances, write
from aiguilleur.routing import Route

MOST_CARDS = 2
"""How many Cards a turn has, but for the notices."""


def department_buttons(talk: Talk, codes: tuple[str, ...] = ()) -> list[Button]:
    """One button per département served (or per code given), and « Je ne sais pas »."""
    shown = codes or talk.knowledge.departments()
    buttons = [
        wording.button(short_name(talk, code), f"dept:{code}", "ask:department") for code in shown
    ]
    return [*buttons, wording.button(talk.knowledge.labels["unknown"], "unknown", "ask:department")]


def short_name(talk: Talk, code: str) -> str:
    """The département as a button names it."""
    name = talk.knowledge.labels.get(f"department_{code}")
    return name or talk.knowledge.places.department_name(code, "bare")


def ask_department(talk: Talk, lead: str = "", question: str | None = None) -> None:
    """Ask where the person works: ``lead`` is what can be said before knowing."""
    asked = talk.message("ask_department", buttons=department_buttons(talk))
    ending = talk.words(question) if question else asked.text
    text = f"{talk.words(lead)} {ending}".strip() if lead else ending
    talk.cards.append(Card(text=text, buttons=asked.buttons))
    talk.change(pending="department", misread=0)


def go(talk: Talk, guide: Guide | None, node: Node | None, before: str = "") -> None:
    """Go to the desk for the problem in hand; ask the département first when it is not known."""
    said = ""
    if guide and node and node.text:
        said = wording.count(guide, node) + talk.in_season(node.text, node.vacation)[0]
    lead = " ".join(filter(None, (before, said)))
    purpose = f"{guide.id}#{node.id}" if guide and node else None
    talk.change(purpose=purpose)
    if talk.state.department is None and talk.place.department:
        known(talk, talk.place.department, talk.place.place)
    if talk.state.department is None:
        if read_place(talk, talk.place):
            return
        ask_department(talk, lead, node.question if node else None)
        return
    repeated = node is not None and node.desk_text is not None
    if lead and not repeated and (spoken := talk.words(lead)):
        talk.cards.append(Card(text=spoken))
    show(talk, node)


def show(talk: Talk, node: Node | None = None) -> None:
    """The desk, why it, its ways in, and the request at hand. Ends the guide."""
    found = talk.route()
    if found is None:
        ask_department(talk)
        return
    second = found.reason == "second_resort"
    key = (
        ("rectorat" if second else "desk")
        if found.ways
        else ("rectorat_without_ways" if second else "desk_without_ways")
    )
    if key == "desk" and talk.state.told.get("desk"):
        key = "desk_known"
    card = talk.message(key, facts=ways(talk, found), buttons=_desk_buttons(talk, second))
    text = card.text
    if node and node.desk_text and not second:
        text = talk.words(node.desk_text)
        if not found.ways:
            text += " " + talk.message("no_ways").text
    elif found.second_later:
        text += " " + talk.message("desk_second_later").text
    talk.cards.append(Card(text=text, title=card.title, facts=card.facts, buttons=card.buttons))
    talk.change(guide=None, step=None, pending=None, routed=found.desk.id, misread=0)


def ways(talk: Talk, found: Route, *kinds: str) -> tuple[Fact, ...]:
    """The ways in to a desk that may be shown, with their hours; of some kinds only if any is named."""
    return tuple(
        Fact(talk.knowledge.labels[way.kind], ", ".join(filter(None, (way.value.shown, hours))))
        for way in found.ways
        for hours in (talk.hours(found.desk, way),)
        if not kinds or way.kind in kinds
    )


def _desk_buttons(talk: Talk, second: bool) -> list[Button]:
    labels = talk.knowledge.labels
    buttons = [
        wording.button(labels["prepare"], "@prepare"),
        wording.button(labels["cannot_write"], "@cannot_write"),
        wording.button(labels["why_second" if second else "why_desk"], "@why_desk"),
    ]
    buttons.append(wording.button(not_this_one(talk), "@other_department"))
    return buttons


def not_this_one(talk: Talk) -> str:
    """« Ce n’est pas l’Ain »: the button that corrects the département in hand."""
    name = talk.knowledge.places.department_name(talk.state.department or "", "the")
    return f"Ce n’est pas {name}"


def read_place(talk: Talk, place: PlaceReading) -> bool:
    """Take the place that answers « où travaillez-vous ? »; False when there is none in the message."""
    if place.department:
        known(talk, place.department, place.place)
        resume_purpose(talk)
        return True
    if place.academy:
        card = talk.message(
            "other_academy", buttons=department_buttons(talk)[:-1], values=_foreign(talk, place)
        )
        talk.cards.append(card)
        talk.change(pending="department")
        return True
    if place.candidates:
        key = "ambiguous_place" if place.place else "two_departments"
        names = talk.knowledge.places
        choices = " et ".join(names.department_name(code, "in") for code in place.candidates)
        buttons = department_buttons(talk, place.candidates)
        talk.say(key, buttons=buttons, place=place.place, choices=choices)
        talk.change(pending="department")
        return True
    return False


def _foreign(talk: Talk, place: PlaceReading) -> dict[str, str | None]:
    where = place.place
    if place.other_department:
        bare = talk.knowledge.places.department_name(place.other_department, "bare")
        where = f"{where} ({bare})" if where and where != bare else bare
    return {"place": where, "other": _of(place.academy)}


def _of(name: str | None) -> str | None:
    """« de Grenoble », « d’Amiens »."""
    if not name:
        return None
    return f"d’{name}" if readers.fold(name)[:1] in "aeiouy" else f"de {name}"


def known(talk: Talk, department: str, place: str | None) -> None:
    """Remember the département of assignment and the place that told it."""
    talk.change(department=department, place=place)


def acknowledge(talk: Talk, before: str | None) -> None:
    """« Je préviens qui ? Lycée à Charlieu »: a town told beside something else is not passed over.

    ``before``: the département known when the turn began. Nothing is said of a first message, which
    is told its desk in its time, nor when the answer names the département or asks for it.
    """
    department = talk.state.department
    if before or not department or not talk.state.turns or talk.state.pending or not talk.cards:
        return
    names = talk.knowledge.places
    said = readers.fold(" ".join(plain(card) for card in talk.cards))
    if readers.says(said, readers.fold(names.department_name(department, "in"))):
        return
    if readers.says(said, readers.fold(names.department_name(department, "of"))):
        return
    second = talk.state.support_contacted == "dsden"
    lead = talk.message("place_seen" if second else "place_beside").text
    first = talk.cards[0]
    together = f"{lead} {first.text}"
    if readers.word_count(together) <= MAX_WORDS:
        talk.cards[0] = replace(first, text=together)
    elif len(talk.cards) < MOST_CARDS:
        talk.cards.insert(0, Card(text=lead))


def resume_purpose(talk: Talk) -> None:
    """Go on to what the département was asked for: the desk."""
    found = talk.step_at(talk.state.purpose)
    show(talk, found[1] if found else None)


def unread_department(talk: Talk) -> None:
    """The question about the place got something else: other wording, then the three desks."""
    if "act_unknown" in talk.heard.concepts and talk.state.misread == 0:
        talk.say("unknown_place", buttons=department_buttons(talk))
        talk.change(misread=1)
        return
    if talk.state.misread == 0:
        key = "ask_department_again"
        if acting.told(talk.heard, "question", "act_why") >= acting.LIKELY:
            key = "ask_department_unanswered"
        named = details.deadline(talk.heard.text)
        if named or talk.heard.concepts & {"attr_urgent", "attr_deadline"}:
            key = "deadline"
        talk.say(key, buttons=department_buttons(talk))
        talk.change(misread=1)
        return
    all_desks(talk)


def all_desks(talk: Talk) -> None:
    """The desks of every département, when nothing else helped."""
    names = [desk for desk in talk.knowledge.desks.values() if desk.department]
    facts = []
    for desk in names:
        ways = [way.value.shown or "" for way in desk.ways if way.value.shown]
        facts.append(Fact(short_name(talk, desk.department or ""), ", ".join([desk.name, *ways])))
    talk.say("ask_department_last", facts=facts, buttons=department_buttons(talk)[:-1])
    talk.change(misread=talk.state.misread + 1)


def prepare(talk: Talk) -> None:
    """The request, already written, to copy."""
    text = write(talk.knowledge, _circumstances(talk))
    facts = (
        Fact(talk.knowledge.labels["subject"], text.subject, copy=True),
        Fact(talk.knowledge.labels["message"], text.message, copy=True),
    )
    talk.say("prepared", facts=facts)


def _circumstances(talk: Talk) -> Circumstances:
    state, found = talk.state, talk.route()
    first = talk.knowledge.desk_of(state.department or "")
    second = found is not None and found.reason == "second_resort" and first is not None
    return Circumstances(
        problem=state.problem,
        for_other=state.for_whom == "other",
        who=state.who,
        desk_asked=first.the_name if first and second else None,
        desk_asked_at=first.at_name if first and second else None,
        sent=state.sent,
        waiting=state.waiting,
        since=state.since,
        deadline=state.deadline,
        stake=state.stake,
        place=state.place,
        error=state.error_code,
        attempts=state.attempts,
        tried=state.tried,
    )
