"""What can be asked of the conversation at any time: a desk, the request, a summary, the end…

``perform`` takes the name written ``@name`` in guides and buttons.
"""

from __future__ import annotations

from collections.abc import Callable

from aiguilleur.card import Fact
from aiguilleur.dialogue import desk, incidents, readers, topics, wording
from aiguilleur.dialogue.state import State
from aiguilleur.dialogue.talk import Talk


def perform(talk: Talk, name: str) -> None:
    """Do what ``@name`` asks."""
    ACTS[name](talk)


def support(talk: Talk) -> None:
    """The way to a desk for the problem in hand."""
    if talk.state.problem is None:
        talk.change(problem="support_contact")
    found = topics.current(talk)
    if found:
        talk.change(frames=())
    talk.change(guide=None, step=None)
    lead = "" if talk.state.department else talk.message("support_lead").text
    desk.go(talk, None, None, lead)


def cannot_write(talk: Talk) -> None:
    """Locked out of everything: two ways that need no mailbox; other ones during school holidays."""
    if talk.on_vacation:
        closed(talk)
    else:
        talk.say("cannot_write")


def closed(talk: Talk) -> None:
    """Nobody at school to send the request: a personal address, and the phone with its hours."""
    found = talk.route()
    talk.say("closed", facts=desk.ways(talk, found, "phone") if found else ())


def incident_seen(talk: Talk) -> None:
    """The incident is what the person sees: nothing to do, and when there will be news."""
    incidents.seen(talk)


def show_menu(talk: Talk) -> None:
    """The list of topics, as buttons."""
    guides = [talk.knowledge.guides[name] for name in talk.knowledge.menu]
    seen = talk.state.told.get("menu", 0) % max(1, -(-len(guides) // 4))
    page = guides[4 * seen : 4 * seen + 4]
    talk.state = talk.state.tell("menu")
    buttons = [wording.button(guide.label, f"guide:{guide.id}") for guide in page]
    buttons.append(wording.button(talk.knowledge.labels["other"], "@topics"))
    leave(talk)
    talk.say("topics", buttons=buttons)


def leave(talk: Talk) -> None:
    """Close what is open; the département and the place stay."""
    talk.change(guide=None, step=None, pending=None, frames=(), options=(), misread=0)


def end(talk: Talk) -> None:
    """Good-bye; or back to what was interrupted, or the second problem, if one waits."""
    if not talk.state.frames:
        leave(talk)
    before = len(talk.cards)
    topics.closed(talk)
    if len(talk.cards) == before:
        talk.say("goodbye")


def sent(talk: Talk) -> None:
    """The request is gone: what to keep, and how not to need it again."""
    leave(talk)
    talk.say("sent")
    topics.closed(talk)


def restart(talk: Talk) -> None:
    """Start over; the département stays."""
    talk.state = State(
        department=talk.state.department,
        place=talk.state.place,
        told=talk.state.told,
        turns=talk.state.turns,
    )
    talk.say("cancelled")


def resume(talk: Talk) -> None:
    """Back to the step in hand."""
    talk.change(pending=None)
    found = topics.current(talk)
    if found is None:
        show_menu(talk)
        return
    topics.enter(talk, *found)


def other_department(talk: Talk) -> None:
    """The desk was not the right one: ask the place again."""
    talk.change(department=None, place=None, support_contacted=None)
    desk.ask_department(talk, talk.knowledge.messages["not_this_department"].text[0])


def why_desk(talk: Talk) -> None:
    """Why this desk and not another."""
    second = talk.state.support_contacted == "dsden"
    talk.say("why_second" if second else "why_desk")


def other(talk: Talk) -> None:
    """Another question: an open ear."""
    leave(talk)
    talk.say("ask_problem")


def for_other(talk: Talk) -> None:
    """The request is for somebody else."""
    talk.change(for_whom="other")
    talk.say("for_other")


def phone(talk: Talk) -> None:
    """The phone number of the desk, if it is known."""
    found = talk.route()
    known = found and any(way.kind == "phone" for way in found.ways)
    talk.say("phone" if known else "no_phone")


def ask_erase(talk: Talk) -> None:
    """« effacer »: confirmed by a button before anything is lost."""
    labels = talk.knowledge.labels
    talk.change(pending="erase")
    talk.say(
        "erase_ask",
        buttons=[
            wording.button(labels["erase_yes"], "@erase_yes", "ask:erase"),
            wording.button(labels["no"], "no", "ask:erase"),
        ],
    )


def erase(talk: Talk) -> None:
    """Forget everything: the engine erases the conversation after this answer."""
    talk.state = State()
    talk.say("erased")
    talk.erase = True


def summary(talk: Talk) -> None:
    """« résumé »: what is known, ready to be read aloud to a technician."""
    state, labels = talk.state, talk.knowledge.labels
    guide = talk.knowledge.guides.get(state.problem or state.topic or "")
    department = None
    if state.department:
        department = talk.knowledge.places.department_name(state.department, "bare")
    lines = [
        ("summary_problem", guide.summary or guide.title if guide else None),
        ("summary_box", _box(talk)),
        ("summary_error", state.error_code),
        ("summary_since", state.since or state.waiting),
        ("summary_tried", ", ".join([*state.tried, *_again(state.attempts)]) or None),
        ("summary_sent", ", ".join(state.sent) or None),
        ("summary_deadline", state.deadline),
        ("summary_place", ", ".join(filter(None, (state.place, department))) or None),
    ]
    optional = {"summary_sent", "summary_deadline"}
    blank = labels["summary_blank"]
    facts = [
        Fact(labels[key], value or blank) for key, value in lines if value or key not in optional
    ]
    found = topics.current(talk)
    buttons = talk.node(*found).buttons if found else None
    talk.say("summary", facts=facts, **({"buttons": buttons} if buttons else {}))


def _box(talk: Talk) -> str:
    """Whose mailbox it is about."""
    labels, state = talk.knowledge.labels, talk.state
    if state.mailbox == "functional":
        return labels["summary_functional"]
    if state.for_whom == "other":
        return f"celle d’{state.who or labels['summary_other']}"
    return labels["summary_own"]


def _again(attempts: str | None) -> tuple[str, ...]:
    return (f"essayé {attempts}",) if attempts else ()


def back(talk: Talk) -> None:
    """« Retour »: the desk again, or the step in hand."""
    if topics.current(talk):
        resume(talk)
    elif talk.state.routed and talk.state.department:
        desk.show(talk)
    else:
        show_menu(talk)


def human(talk: Talk) -> None:
    """A person is wanted: what this is, then the way to a desk."""
    folded = readers.fold(talk.heard.text)
    if talk.state.routed and any(readers.says(folded, word) for word in ("robot", "robots", "bot")):
        talk.say("robot")
        return
    if talk.state.problem is None:
        talk.change(problem="support_contact")
    if talk.place.department:
        desk.known(talk, talk.place.department, talk.place.place)
    text = talk.message("human").text
    talk.change(guide=None, step=None, frames=())
    desk.go(talk, None, None, text)


ACTS: dict[str, Callable[[Talk], None]] = {
    "support": support,
    "prepare": desk.prepare,
    "cannot_write": cannot_write,
    "closed": closed,
    "sent": sent,
    "topics": show_menu,
    "end": end,
    "why_desk": why_desk,
    "other_department": other_department,
    "other": other,
    "back": back,
    "fix_line": lambda talk: talk.say("fix_line"),
    "resume": resume,
    "restart": restart,
    "erase_yes": erase,
    "phone": phone,
    "describe": other,
    "for_other": for_other,
    "incident_seen": incident_seen,
}
