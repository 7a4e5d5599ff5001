"""``turn(state, understanding, knowledge, now)``: the conversation, decided here and nowhere else.

Pure: no clock, no file, no Rasa. The order of decisions is that of :func:`turn`, first that applies.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiguilleur.card import Card
from aiguilleur.dialogue import acts, desk, readers, topics, wording
from aiguilleur.dialogue.state import State
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Guide, Knowledge, Node
from aiguilleur.knowledge.yaml_file import typeset
from aiguilleur.understanding import ANSWER, CLARIFY, Understanding

NOTICES = (
    ("password", "masked_password"),
    ("numen", "masked_numen"),
    ("code", "masked_code"),
    ("nir", "masked_number"),
    ("iban", "masked_number"),
    ("card", "masked_number"),
    ("email", "masked_contact"),
    ("phone", "masked_contact"),
)
GRAVE = ("compromised_account", "numen_sharing")
"""Problems that come first whatever else the message says, and never fall back."""

SMALL = frozenset(
    {"greet", "goodbye", "thank", "affirm", "deny", "cancel", "inform", "out_of_scope"}
)
CLIENTS = {
    "obj_thunderbird": "thunderbird",
    "obj_outlook": "outlook",
    "obj_iphone": "iphone",
    "obj_apple_mail": "apple_mail",
    "obj_android": "android",
}


@dataclass(frozen=True)
class Turn:
    """What a turn gives: the new state, the Cards, and whether the conversation is to be erased."""

    state: State
    cards: tuple[Card, ...]
    erase: bool = False


def turn(
    state: State,
    understanding: Understanding,
    knowledge: Knowledge,
    now: datetime,
    *,
    welcomed: bool = False,
) -> Turn:
    """Decide one turn. ``now`` is aware of its time zone; ``welcomed``: the notice was already shown."""
    place = knowledge.places.read(understanding.text, asked=state.pending == "department")
    talk = Talk(state, understanding, knowledge, now, place)
    _mend(talk)
    if understanding.choice is not None:
        _pressed(talk, understanding.choice.choice, understanding.choice.step)
    else:
        _first_words(talk, welcomed)
        _learn(talk)
        _heard(talk)
    if not any(card.text for card in talk.cards):
        talk.say("not_understood_again")
    cards = talk.finish()
    return Turn(talk.state, cards, talk.erase)


def _mend(talk: Talk) -> None:
    """A guide or a step that has vanished from the knowledge since the last turn."""
    found = topics.current(talk)
    if found is None:
        talk.change(guide=None, step=None)
    else:
        talk.change(step=found[1].id)


def welcome(knowledge: Knowledge) -> Card:
    """The first Card, when the chat is opened."""
    blank = Understanding()
    talk = Talk(State(), blank, knowledge, datetime.now().astimezone(), knowledge.places.read(""))
    return talk.message("welcome")


def apology(knowledge: Knowledge) -> Card:
    """What is said when the assistant itself has failed."""
    blank = Understanding()
    talk = Talk(State(), blank, knowledge, datetime.now().astimezone(), knowledge.places.read(""))
    return talk.message("apology")


def resumed(state: State) -> State:
    """The state after a pause: where we were is offered again, once."""
    if state.guide:
        return state.but(pending="resume", frames=(), misses=0, misread=0, last="")
    return State(
        department=state.department, place=state.place, turns=state.turns, topic=state.topic
    )


# 1. A button ------------------------------------------------------------------------------------


def _pressed(talk: Talk, choice: str, step: str) -> None:
    if choice.startswith("dept:"):
        desk.known(talk, choice.removeprefix("dept:"), None)
        desk.resume_purpose(talk)
        if talk.state.pending is None:
            topics.closed(talk)
    elif step == "ask:department":
        if choice == "unknown":
            talk.say(
                "unknown_place", buttons=desk.department_buttons(talk)[:-1]
            ) if not talk.state.misread else (desk.all_desks(talk))
            talk.change(pending="department", misread=talk.state.misread + 1)
    elif step == "ask:erase" and choice == "no":
        talk.change(pending=None)
        talk.say("erase_no")
    elif choice.startswith("guide:"):
        guide, node = topics.place_of(talk, choice, None)
        topics.interrupt(talk, guide) if talk.state.guide else None
        talk.change(
            pending=None, queued=None if talk.state.queued == guide.id else talk.state.queued
        )
        topics.start(talk, guide, node=node)
    elif choice.startswith("@"):
        acts.perform(talk, choice[1:])
    elif step == talk.state.at():
        here = topics.current(talk)
        if here and here[1].edge(choice):
            _take(talk, *here, choice)
    else:
        _old_button(talk)


def _old_button(talk: Talk) -> None:
    found = topics.current(talk)
    if found is None:
        talk.say("old_button")
        return
    card = talk.node(*found)
    lead = talk.message("here_we_are").text
    talk.cards.append(Card(text=f"{lead} {_short(card)}", links=card.links, buttons=card.buttons))


def _short(card: Card) -> str:
    """The last sentences of a step, enough to go on: its question, or what is to be done."""
    if card.text.startswith("Étape"):
        return card.text
    return wording.SENTENCE_END.split(card.text)[-1]


def _take(talk: Talk, guide: Guide, node: Node, key: str) -> None:
    edge = node.edge(key)
    if edge is None:
        return
    if key == "all":
        topics.show_all(talk, guide)
        return
    topics.learn(talk, node, edge)
    if edge.to.startswith("@"):
        if edge.say:
            talk.cards.append(Card(text=talk.words(edge.say)))
        acts.perform(talk, edge.to[1:])
    else:
        topics.follow(talk, guide, node, edge)


# 2. Safety, and what every message teaches ------------------------------------------------------


def _first_words(talk: Talk, welcomed: bool) -> None:
    if talk.state.turns == 0 and not welcomed and talk.heard.intent not in {"greet"}:
        talk.say("notice")
    for kind, key in NOTICES:
        if kind in talk.heard.masked and key not in talk.state.told:
            talk.say(key)
            if len(talk.cards) > 1:
                talk.cards.pop(0)  # one notice a turn: the measured one says the essential
            break


def _learn(talk: Talk) -> None:
    heard, state = talk.heard, talk.state
    for concept, client in CLIENTS.items():
        if concept in heard.concepts:
            talk.change(mail_client=client)
            break
    if "attr_for_other" in heard.concepts and state.for_whom is None:
        talk.change(for_whom="other")
    if "attr_functional_mailbox" in heard.concepts:
        talk.change(mailbox="functional")
    if "attr_contacted_dsden" in heard.concepts:
        lasts = "attr_waiting" in heard.concepts or state.waiting
        second = state.topic and state.problem in talk.knowledge.second_resort_problems
        asked = "dsden" if lasts and second else state.support_contacted or "asked"
        talk.change(support_contacted=asked)
    if "attr_waiting" in heard.concepts or "st_no_answer" in heard.concepts:
        talk.change(waiting=readers.duration(heard.text) or state.waiting)
    if named := readers.attempts(heard.text):
        talk.change(attempts=named)
    if named := readers.deadline(heard.text):
        talk.change(deadline=named)
    for concept, structure in (
        ("attr_primary_school", "ecole"),
        ("attr_secondary_school", "etablissement"),
    ):
        if concept in heard.concepts and state.structure is None:
            talk.change(structure=structure)


def _heard(talk: Talk) -> None:
    heard = talk.heard
    if "attr_distress" in heard.concepts:
        facts = [
            wording.Fact(known.label, known.shown)
            for known in talk.knowledge.emergency
            if known.shown
        ]
        talk.say("distress", facts=facts)
        return
    if _incident(talk):
        return
    if _label(talk):
        return
    asked = acts.spoken(talk)
    if asked == "human":
        _human(talk)
        return
    if asked and not (
        asked in {"goodbye", "cancel"} and (_answers_step(talk) or talk.place.department)
    ):
        acts.SPOKEN[asked](talk)
        return
    for decide in (_pending, _correction, _in_guide, _after, _new_problem, _small_talk, _unclear):
        if decide(talk):
            return


def _label(talk: Talk) -> bool:
    """A button's label, typed outside any step: the same as the button."""
    folded = readers.fold(talk.heard.text)
    found = topics.current(talk)
    inside = found is not None and found[1].kind in topics.OPEN_KINDS
    if not folded or inside or readers.word_count(talk.heard.text) > 6 or _answers_step(talk):
        return False
    labels = talk.knowledge.labels
    known = {labels[name]: f"@{name}" for name in ("prepare", "cannot_write", "why_desk", "end")}
    known[labels["other"]] = "@topics"
    if talk.state.department:
        name = talk.knowledge.places.department_name(talk.state.department, "the")
        known[f"Ce n’est pas {name}"] = "@other_department"
    for message in talk.knowledge.messages.values():
        known |= dict(message.buttons)
    choice = next((c for label, c in known.items() if readers.fold(label) == folded), None)
    if choice is None:
        return False
    _pressed(talk, choice, "*")
    return True


def _human(talk: Talk) -> None:
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


def _incident(talk: Talk) -> bool:
    problems = set(talk.heard.problems) | {talk.heard.intent}
    for incident in talk.knowledge.incidents:
        key = f"incident:{incident.id}"
        over = incident.end is not None and talk.now > incident.end
        if talk.now < incident.start or over or key in talk.state.told:
            continue
        if problems & set(incident.intents):
            talk.state = talk.state.tell(key)
            labels = talk.knowledge.labels
            talk.cards.append(
                Card(
                    text=incident.text,
                    level="warning",
                    buttons=(
                        wording.button(labels["incident_yes"], "@end"),
                        wording.button(labels["incident_no"], f"guide:{_guide_id(talk)}"),
                    ),
                )
            )
            return True
    return False


def _guide_id(talk: Talk) -> str:
    return talk.knowledge.guide_of_intent.get(talk.heard.intent or "", talk.knowledge.menu[0])


# 3. A pending question --------------------------------------------------------------------------


def _pending(talk: Talk) -> bool:
    pending = talk.state.pending
    if pending == "department":
        return _place_asked(talk)
    if pending == "erase":
        talk.change(pending=None)
        if "act_yes" in talk.heard.concepts:
            acts.erase(talk)
            return True
        if "act_no" in talk.heard.concepts:
            talk.say("erase_no")
            return True
        return False
    if pending in {"queued", "resume", "clarify"}:
        return _offered(talk, pending)
    return False


def _place_asked(talk: Talk) -> bool:
    if desk.read_place(talk, talk.place):
        if talk.state.pending is None:
            topics.closed(talk)
        return True
    question = _follow_up(talk)
    if question:
        return True
    if (
        "act_still" not in talk.heard.concepts
        and _problem(talk)
        and not _same_topic(talk, _problem(talk))
    ):
        talk.change(pending=None)
        return False
    hurried = talk.heard.concepts & {"attr_deadline", "attr_urgent"}
    if (
        talk.heard.decision == ANSWER
        and talk.heard.intent in {"thank", "out_of_scope", "ask_capabilities"}
        and not hurried
    ):
        return False
    if ("act_no" in talk.heard.concepts and readers.word_count(talk.heard.text) <= 3) or (
        "act_end" in talk.heard.concepts
    ):
        acts.end(talk)
        return True
    desk.unread_department(talk)
    return True


def _offered(talk: Talk, pending: str) -> bool:
    heard = talk.heard
    options = [talk.knowledge.guides[o] for o in talk.state.options if o in talk.knowledge.guides]
    folded = readers.fold(heard.text)
    talk.change(pending=None, options=())
    if pending == "resume":
        if "act_yes" in heard.concepts:
            acts.resume(talk)
            return True
        if "act_no" in heard.concepts:
            talk.change(guide=None, step=None)
            acts.other(talk)
            return True
        if _problem(talk):
            talk.change(guide=None, step=None)
            return False
        found = topics.current(talk)
        talk.say(
            "resume",
            topic=topics.lower_first(found[0].title) if found else None,
            step=wording.count(*found).rstrip(". ").lower() or None if found else None,
        )
        return True
    for option in options:
        if folded == readers.fold(option.label):
            topics.start(talk, option)
            return True
    rank = readers.RANKS.get(folded)
    if rank is not None and rank < len(options):
        topics.start(talk, options[rank])
        return True
    if options and pending == "queued":
        if "act_yes" in heard.concepts:
            topics.start(talk, options[0])
            return True
        if "act_no" in heard.concepts and readers.word_count(heard.text) <= 4:
            acts.end(talk)
            return True
    if len(options) == 1 and "act_yes" in heard.concepts:
        topics.start(talk, options[0])
        return True
    return False


# 4. Correction ----------------------------------------------------------------------------------


def _correction(talk: Talk) -> bool:
    place, state = talk.place, talk.state
    if not place.department or place.department == state.department:
        if (
            place.academy
            and (place.whole or "act_correction" in talk.heard.concepts)
            and state.routed
        ):
            return desk.read_place(talk, place)
        return False
    if state.department is None:
        desk.known(talk, place.department, place.place)
        if "obj_dsden" in talk.heard.concepts and readers.word_count(talk.heard.text) <= 4:
            desk.show(talk)
            return True
        if place.whole and not state.guide:
            if state.routed or state.problem:
                desk.resume_purpose(talk)
            else:
                talk.say("place_noted")
            return True
        return False
    desk.known(talk, place.department, place.place)
    talk.change(support_contacted=None)
    problem = _problem(talk)
    if state.routed and (problem is None or _same_topic(talk, problem)):
        desk.resume_purpose(talk)
        return True
    return False


# 5. Inside a guide ------------------------------------------------------------------------------


def _answers_step(talk: Talk) -> bool:
    found = topics.current(talk)
    if found is None:
        return False
    sure = talk.heard.concepts & {"act_done", "act_works", "act_yes"}
    return _strong(talk, *found) is not None or (
        bool(sure) and readers.weak_answer(found[1], talk.heard) is not None
    )


def _strong(talk: Talk, guide: Guide, node: Node) -> str | None:
    labels = [edge.label or talk.knowledge.labels.get(edge.key, "") for edge in node.edges]
    edge = readers.strong_answer(node, talk.heard, labels)
    return edge.key if edge else None


def _in_guide(talk: Talk) -> bool:
    found = topics.current(talk)
    if found is None:
        return False
    guide, node = found
    heard = talk.heard
    problem = _problem(talk)
    other = problem if problem and problem.id != guide.id else None
    if other and set(other.intents) & set(GRAVE):
        return False
    strong = _strong(talk, guide, node)
    if strong:
        _take(talk, guide, node, strong)
        return True
    question = topics.question_for(talk, (*node.questions, *guide.questions))
    if question:
        topics.answer_question(talk, question)
        return True
    if (
        node.kind in topics.OPEN_KINDS
        and heard.concepts & {"act_wait", "act_repeat", "act_back", "act_show_all"}
        and not heard.concepts & {"act_still", "st_not_received"}
        and readers.word_count(heard.text) <= 8
    ):
        return _act_in_guide(talk, guide, node)
    wants_desk = other is not None and other.family == "contact" and guide.family != "contact"
    if node.kind in topics.OPEN_KINDS and (wants_desk or "act_what_if" in heard.concepts):
        acts.support(talk)
        return True
    weak = readers.weak_answer(node, heard)
    if weak and _plain(heard) and node.kind in {"ask", "test"}:
        _take(talk, guide, node, weak.key)
        return True
    turned = heard.concepts & {"act_correction", "act_no"}
    if other and readers.word_count(heard.text) > 2 and (turned or not _same_topic(talk, other)):
        return False
    if weak and (readers.word_count(heard.text) <= 12 or problem is None):
        if weak.key == "stuck" and "act_where" in heard.concepts and node.help:
            topics.help_with(talk, guide, node)
        else:
            _take(talk, guide, node, weak.key)
        return True
    if node.kind not in topics.OPEN_KINDS:
        return False
    return _act_in_guide(talk, guide, node)


def _plain(heard: Understanding) -> bool:
    """A few words that begin with an answer: what they name beside it is no new problem."""
    acts_heard = heard.concepts & {"act_yes", "act_no", "act_still", "act_works", "act_done"}
    return bool(acts_heard) and readers.word_count(heard.text) <= 6


def _act_in_guide(talk: Talk, guide: Guide, node: Node) -> bool:
    concepts = talk.heard.concepts
    if "act_wait" in concepts:
        talk.say("wait", buttons=talk.node(guide, node).buttons)
    elif concepts & {"act_where", "act_not_understood"} and node.help:
        topics.help_with(talk, guide, node)
    elif concepts & {"act_repeat", "act_not_understood"}:
        topics.enter(talk, guide, node, again=True)
    elif "act_back" in concepts:
        _previous(talk, guide, node)
    elif "act_show_all" in concepts and guide.counted:
        topics.show_all(talk, guide)
    elif concepts & {"act_what_if", "act_which_first"}:
        acts.support(talk)
    elif talk.heard.decision == ANSWER and talk.heard.intent in SMALL - {
        "affirm",
        "deny",
        "inform",
    }:
        return False
    elif talk.place.department and (talk.place.whole or _problem(talk) is None):
        desk.known(talk, talk.place.department, talk.place.place)
        lead = talk.message("place_kept").text
        card = talk.node(guide, node)
        talk.cards.append(
            Card(text=f"{lead} {_short(card)}", links=card.links, buttons=card.buttons)
        )
    elif _near(talk):
        return True
    else:
        problem = _problem(talk)
        if problem and problem.id == guide.id and readers.word_count(talk.heard.text) > 3:
            _old_button(talk)
        else:
            topics.reask(talk, guide, node)
    return True


def _previous(talk: Talk, guide: Guide, node: Node) -> None:
    if node.id in guide.counted and guide.counted.index(node.id) > 0:
        before = guide.nodes[guide.counted[guide.counted.index(node.id) - 1]]
        topics.enter(talk, guide, before)
    else:
        topics.enter(talk, guide, guide.nodes[guide.start], again=True)


# 6. Follow-ups of a topic that has had its answer -----------------------------------------------


def _follow_up(talk: Talk) -> bool:
    guide = talk.knowledge.guides.get(talk.state.topic or "")
    if guide is None:
        return False
    question = topics.question_for(talk, guide.questions)
    if question is None:
        return False
    if "attr_for_other" in talk.heard.concepts:
        talk.change(for_whom="other")
    topics.answer_question(talk, question)
    if talk.state.pending == "department":
        card = talk.cards.pop()
        talk.cards.append(
            Card(text=card.text, links=card.links, buttons=tuple(desk.department_buttons(talk)))
        )
    return True


def _after(talk: Talk) -> bool:
    heard, concepts = talk.heard, talk.heard.concepts
    problem = _problem(talk)
    if talk.state.topic and (problem is None or _same_topic(talk, problem)) and _follow_up(talk):
        return True
    if talk.state.routed:
        if "act_sent" in concepts or (
            "act_done" in concepts and readers.word_count(heard.text) <= 5
        ):
            acts.sent(talk)
            return True
        if "act_cannot_write" in concepts:
            acts.cannot_write(talk)
            return True
        if concepts & {"act_is_robot", "act_insult"} and problem is None:
            talk.say("robot")
            return True
    if concepts & {"act_is_robot"} and problem is None:
        talk.say("robot")
        return True
    if (
        "act_prevent" in concepts
        and heard.intent != "out_of_scope"
        and readers.word_count(heard.text) <= 12
    ):
        talk.say("prevent")
        return True
    if (
        talk.state.topic
        and concepts & {"act_what_if", "act_which_first", "act_still"}
        and (problem is None or _same_topic(talk, problem))
    ):
        acts.support(talk)
        return True
    if (
        talk.state.topic
        and concepts & {"act_done", "act_works"}
        and not concepts & {"act_still", "act_no"}
        and problem is None
        and readers.word_count(heard.text) <= 5
    ):
        talk.say("thanks")
        return True
    if "act_why" in concepts and talk.state.routed and readers.word_count(heard.text) <= 5:
        acts.why_desk(talk)
        return True
    if "act_insult" in concepts and problem is None:
        desk.ask_department(
            talk, talk.knowledge.messages["insult"].text[0], " "
        ) if not talk.state.department else (acts.support(talk))
        return True
    queued = talk.knowledge.guides.get(talk.state.queued or "")
    if queued and "act_yes" in concepts and readers.word_count(heard.text) <= 4:
        talk.change(queued=None)
        topics.start(talk, queued)
        return True
    return False


# 7, 8. A new problem, and a second one ----------------------------------------------------------


def _problem(talk: Talk) -> Guide | None:
    """The guide of the problem that the message tells with enough assurance, the grave ones first."""
    heard = talk.heard
    if heard.decision != ANSWER or heard.intent in SMALL:
        return None
    for intent in GRAVE:
        if intent in heard.problems and intent in talk.knowledge.guide_of_intent:
            return talk.knowledge.guides[talk.knowledge.guide_of_intent[intent]]
    name = talk.knowledge.guide_of_intent.get(heard.intent or "")
    return talk.knowledge.guides.get(name or "")


def _same_topic(talk: Talk, guide: Guide | None) -> bool:
    open_topic = talk.knowledge.guides.get(talk.state.guide or talk.state.topic or "")
    if guide is None or open_topic is None:
        return False
    return guide.id == open_topic.id or bool(guide.family and guide.family == open_topic.family)


def _new_problem(talk: Talk) -> bool:
    if _error_message(talk):
        return True
    guide = _problem(talk)
    if guide is None:
        return False
    found = topics.current(talk)
    if found and found[0].id == guide.id and found[1].kind in topics.OPEN_KINDS:
        _old_button(talk)
        return True
    if talk.state.department is None and talk.place.academy and not talk.place.department:
        talk.change(problem=guide.id)
        return desk.read_place(talk, talk.place)
    _queue(talk, guide)
    topics.interrupt(talk, guide)
    talk.change(pending=None)
    before = ""
    if {"attr_anger", "attr_attempts"} <= talk.heard.concepts and not guide.entries:
        before = ""
    topics.start(talk, guide, before)
    return True


def _queue(talk: Talk, guide: Guide) -> None:
    guides, named = talk.knowledge.guides, talk.knowledge.guide_of_intent
    others = [guides[named[intent]] for intent in talk.heard.problems if intent in named]
    second = next((other for other in others if not _related(other, guide)), None)
    if second is None:
        if talk.state.queued == guide.id:
            talk.change(queued=None)
        return
    talk.change(queued=second.id)
    if len(talk.cards) < 2:
        talk.say("two_problems", topic=topics.lower_first(second.title))


def _related(one: Guide, other: Guide) -> bool:
    """The same problem under two names: guides whose families begin alike (access.recovery…)."""
    if one.id == other.id:
        return True
    return bool(one.family) and one.family.split(".")[0] == other.family.split(".")[0]


def _error_message(talk: Talk) -> bool:
    folded = readers.fold(talk.heard.text)
    for error in talk.knowledge.errors:
        if any(readers.says(folded, phrase) for phrase in error.like):
            talk.change(error_code=typeset(error.id))
            guide = talk.knowledge.guides[error.guide]
            problem = _problem(talk)
            if problem and set(problem.intents) & set(GRAVE):
                return False
            topics.interrupt(talk, guide)
            node = guide.nodes[error.node] if error.node else None
            talk.cards.append(Card(text=talk.words(error.say)))
            topics.start(talk, guide, node=node)
            return True
    return False


# 9. Small talk, clarify, fallback ---------------------------------------------------------------


def _near(talk: Talk) -> bool:
    folded = readers.fold(talk.heard.text)
    for near in talk.knowledge.elsewhere:
        if any(readers.says(folded, phrase) for phrase in near.like):
            talk.cards.append(
                Card(text=talk.words(near.say), buttons=talk.message("out_of_scope").buttons)
            )
            return True
    return False


def _small_talk(talk: Talk) -> bool:
    heard = talk.heard
    if heard.decision != ANSWER:
        return False
    if heard.intent == "out_of_scope":
        if not _near(talk):
            talk.say("out_of_scope")
        return True
    if heard.intent == "greet":
        talk.say("greet" if talk.state.turns else "welcome")
        return True
    if heard.intent == "thank":
        _thanks(talk)
        return True
    if heard.intent == "ask_capabilities":
        talk.say("capabilities")
        return True
    if heard.intent in {"deny", "affirm"} and talk.state.routed:
        acts.end(talk) if heard.intent == "deny" else talk.say("ask_problem")
        return True
    return False


def _thanks(talk: Talk) -> None:
    found = topics.current(talk)
    if found and found[1].kind in topics.OPEN_KINDS:
        talk.say("thanks_step", buttons=talk.node(*found).buttons)
    else:
        talk.say("thanks")


def _unclear(talk: Talk) -> bool:
    heard, labels = talk.heard, talk.knowledge.labels
    guides = _offered_guides(talk)
    if _near(talk):
        return True
    if talk.place.whole and (talk.place.department or talk.place.academy or talk.place.candidates):
        return _bare_place(talk)
    if heard.decision == CLARIFY and (sure := _settled(talk, guides)):
        topics.interrupt(talk, sure)
        talk.change(pending=None)
        topics.start(talk, sure)
        return True
    misses = talk.state.misses + 1
    talk.change(misses=misses)
    if heard.decision == CLARIFY and guides and misses < 3:
        buttons = [wording.button(guide.label, f"guide:{guide.id}") for guide in guides[:3]]
        buttons.append(wording.button(labels["other_thing"], "@topics"))
        talk.change(pending="clarify", options=tuple(guide.id for guide in guides[:3]))
        talk.say("clarify", buttons=buttons)
        return True
    talk.say("not_understood" if misses == 1 else "not_understood_again")
    return True


def _offered_guides(talk: Talk) -> list[Guide]:
    """The guides of the intents to choose from; a wish for a person is that of a desk."""
    names = [
        talk.knowledge.guide_of_intent.get(
            "support_contact" if intent == "human_handoff" else intent
        )
        for intent in talk.heard.options
    ]
    return [talk.knowledge.guides[name] for name in dict.fromkeys(names) if name]


def _settled(talk: Talk, guides: list[Guide]) -> Guide | None:
    """The guide to open without asking: the only one, or the one whose own phrases are heard."""
    if len(guides) == 1:
        return guides[0]
    where = talk.place.department or talk.place.academy or talk.place.candidates
    contact = next((guide for guide in guides if guide.family == "contact"), None)
    if where and contact:
        return contact
    folded = readers.fold(talk.heard.text)
    for guide in guides:
        for entry in guide.entries:
            positive = [item for item in entry.when if not item.startswith("!")]
            told = not entry.like and len(positive) > 1
            if told and readers.holds(entry.when, topics.facts_of(talk)):
                return guide
            if any(readers.says(folded, phrase) for phrase in entry.like):
                return guide
    return None


def _bare_place(talk: Talk) -> bool:
    if talk.place.department:
        desk.known(talk, talk.place.department, talk.place.place)
        talk.say("place_noted")
        return True
    return desk.read_place(talk, talk.place)
