"""Small talk, what is not ours, and what was not understood."""

from __future__ import annotations

from aiguilleur.card import Card
from aiguilleur.dialogue import (
    acting,
    acts,
    asides,
    asking,
    desk,
    problems,
    readers,
    topics,
    wording,
)
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Elsewhere, Entry, Guide, Question
from aiguilleur.understanding import ANSWER, CLARIFY


def near(talk: Talk) -> bool:
    """Whether the message names something that is not ours; then it says who can."""
    found = names_near(talk)
    if found is None:
        return False
    buttons = talk.message("out_of_scope").buttons
    talk.cards.append(Card(text=talk.words(found.say), buttons=buttons))
    return True


def names_near(talk: Talk) -> Elsewhere | None:
    """The subject of ``elsewhere.yml`` that the message names, if any."""
    folded = readers.fold(talk.heard.text)
    for known in talk.knowledge.elsewhere:
        if any(readers.says(folded, phrase) for phrase in known.like):
            return known
    return None


_VAGUE = frozenset(
    """
    obj_mailbox ours ours_surely st_broken st_lost act_greet act_capabilities act_not_understood
    attr_urgent v_how
    """.split()  # noqa: SIM905
)
"""Concepts that call for help without saying with what."""
_CALLS = frozenset({"support_contact", "human_handoff", "request_status", "ask_capabilities"})
"""Intents that a bare call for help resembles."""


def vague(talk: Talk) -> bool:
    """« À l’aide », « problème de mail », said first: what goes wrong is asked, no desk yet."""
    heard, state = talk.heard, talk.state
    if state.topic or state.guide or state.pending or talk.place.department or heard.masked:
        return False
    if readers.word_count(heard.text) > 7 or "?" in heard.text:
        return False
    told = heard.concepts
    if not told or told - _VAGUE or (heard.decision == ANSWER and heard.intent not in _CALLS):
        return False
    talk.say("ask_problem")
    return True


def small_talk(talk: Talk) -> bool:
    """Greetings, thanks and what lies outside the house."""
    heard = talk.heard
    if heard.decision != ANSWER:
        return False
    if heard.intent in {"out_of_scope", "ask_capabilities"} and _goes_on(talk):
        return False
    if heard.intent == "thank" and _asks_after_thanks(talk):
        return False
    if heard.intent == "out_of_scope" and talk.place.department and _bare_detail(talk):
        return False
    if problems.complains(talk):
        return False
    if heard.intent == "out_of_scope":
        if near(talk) or _begun_in_words(talk):
            return True
        if not (talk.state.topic and asides.nearest(talk)):
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
    if heard.intent in {"deny", "affirm"} and talk.state.routed and _only_answers(talk):
        acts.end(talk) if heard.intent == "deny" else talk.say("ask_problem")
        return True
    return False


def _asks_after_thanks(talk: Talk) -> bool:
    """« Merci. Je commence par téléphoner ? »: more than thanks."""
    asks = acting.told(talk.heard, *asking.ASKING) >= acting.LIKELY
    return readers.word_count(talk.heard.text) > 3 and (
        asks or talk.heard.text.rstrip().endswith("?")
    )


def _only_answers(talk: Talk) -> bool:
    """Whether a message that resembles a yes or a no asks nothing and tells nothing."""
    if any(name.startswith(("st_", "obj_", "account_")) for name in talk.heard.concepts):
        return False
    if readers.word_count(talk.heard.text) <= 3:
        return True
    return acting.told(talk.heard, *asking.ASKING, "problem", "detail") < acting.LIKELY


def _bare_detail(talk: Talk) -> bool:
    """A detail in a few words, not the story of a trouble that holds one."""
    heard = talk.heard
    trouble = any(name.startswith("st_") for name in heard.concepts)
    detail = acting.told(heard, "detail") >= acting.LIKELY
    return detail and not trouble and readers.word_count(heard.text) <= 12


def _goes_on(talk: Talk) -> bool:
    """Whether the message goes on with the topic rather than leaves it; it is then no small talk."""
    heard = talk.heard
    if not talk.state.topic or acting.opens_subject(heard) or names_near(talk):
        return False
    return heard.confidence < acting.BEYOND_DOUBT


def _thanks(talk: Talk) -> None:
    found = topics.current(talk)
    if found and found[1].kind in topics.OPEN_KINDS:
        talk.say("thanks_step", buttons=talk.node(*found).buttons)
        return
    before = len(talk.cards)
    topics.closed(talk)
    if len(talk.cards) == before:
        talk.say("thanks")


def unclear(talk: Talk) -> bool:
    """Last resort, always True: offer the likely topics, or the list and the way to a desk."""
    heard, labels = talk.heard, talk.knowledge.labels
    guides = _offered_guides(talk)
    if not talk.state.topic and problems.opened_by_halves(talk):
        return True
    if not talk.state.topic and (_unnamed(talk) or _situation(talk)):
        return True
    ours = heard.decision == CLARIFY and "ours_surely" in heard.concepts and not talk.state.topic
    if (not ours and near(talk)) or (talk.state.topic and _known_question(talk)):
        return True
    place = talk.place
    detail = _bare_detail(talk)
    told_where = place.whole or heard.intent == "inform" or detail or bool(talk.state.topic)
    if told_where and (place.department or place.academy or place.candidates):
        return _bare_place(talk)
    if heard.decision == CLARIFY and guides and _for_colleagues(talk):
        talk.change(topic=guides[0].id, problem=guides[0].id)
        talk.say("for_other", buttons=[])
        desk.go(talk, None, None)
        return True
    if heard.decision == CLARIFY and (sure := _settled(talk, guides)):
        if talk.state.department is None and place.academy and not place.department:
            talk.change(problem=sure.id)
            return desk.read_place(talk, place)
        topics.interrupt(talk, sure)
        talk.change(pending=None)
        topics.start(talk, sure)
        return True
    angry = acting.told(heard, "act_insult") >= acting.SURE or problems.complains(talk)
    if angry and not talk.state.routed:
        desk.ask_department(talk, talk.knowledge.messages["insult"].text[0], " ")
        return True
    if acting.told(heard, "act_cannot_write") >= acting.BEYOND_DOUBT:
        acts.cannot_write(talk)
        return True
    misses = talk.state.misses + 1
    talk.change(misses=misses)
    if talk.state.topic and not acting.opens_subject(heard):
        content = acting.told(
            heard, "act_done", "act_works", "act_yes", "act_thanks", "act_goodbye"
        )
        if content >= acting.SURE and readers.word_count(heard.text) <= 5:
            talk.say("thanks")
            return True
        refused = acting.told(heard, "act_no", "act_still", "act_cannot") >= acting.SURE
        if refused and not talk.state.routed:
            acts.support(talk)
        elif not problems.opened_at_last(talk):
            talk.say("topic_unclear")
        return True
    if _begun_in_words(talk) or (not talk.state.topic and _asked_at_first(talk)):
        return True
    if heard.decision == CLARIFY and guides and misses < 3:
        buttons = [wording.button(guide.label, f"guide:{guide.id}") for guide in guides[:3]]
        buttons.append(wording.button(labels["other_thing"], "@topics"))
        talk.change(pending="clarify", options=tuple(guide.id for guide in guides[:3]))
        talk.say("clarify", buttons=buttons)
        return True
    talk.say("not_understood" if misses == 1 else "not_understood_again")
    return True


_MAIL = frozenset({"obj_mailbox", "obj_email_address", "obj_webmail", "obj_account"})


_SITUATIONS = frozenset(
    {"attr_left_service", "attr_temporary", "attr_first_connection", "attr_functional_mailbox"}
)


def _situation(talk: Talk) -> bool:
    """« Je pars à la retraite, je garde mon adresse ? »: a guide of no intent has a road for it."""
    concepts = talk.heard.concepts
    if not concepts & _SITUATIONS or not concepts & _MAIL or talk.place.department:
        return False
    for guide in talk.knowledge.guides.values():
        if not guide.intents and topics.told_by_attribute(talk, guide):
            topics.start(talk, guide)
            return True
    return False


def _for_colleagues(talk: Talk) -> bool:
    """« Trois de mes enseignants ont le même message, je suis à Villefranche »: the desk is theirs."""
    state = talk.state
    return bool(talk.place.department) and state.for_whom == "other" and not state.topic


def _unnamed(talk: Talk) -> bool:
    guide = problems.unnamed(talk)
    if guide is None:
        return False
    topics.start(talk, guide)
    return True


_OWN_WORDS = 12
"""From how many letters the phrase of a start opens its guide, though another was thought of."""


def _begun_in_words(talk: Talk) -> bool:
    """« Mon dossier “inspection” a disparu »: in doubt, the guide whose start has these very words."""
    if talk.state.topic or talk.place.department:
        return False
    guide = topics.by_words(talk, talk.knowledge.guides.values(), _OWN_WORDS)
    if guide is None or not problems.speaks_of(talk, guide):
        return False
    topics.start(talk, guide)
    return True


def _known_question(talk: Talk) -> bool:
    """A question known under another topic, or by its words in another order."""
    question = asides.of_another(talk)
    if question is None:
        return asides.nearest(talk)
    asking.answer_aside(talk, question)
    return True


_LIKELY_ENOUGH = 0.45
"""From which probability among all the questions known one is asked by a first message in doubt."""


def _asked_at_first(talk: Talk) -> bool:
    """« Mon nom d’utilisateur finit par un 2, c’est une faute ? »: a question whose topic is not open yet."""
    heard = talk.heard
    name = max(heard.questions, key=lambda n: heard.questions[n], default=None)
    if name is None or heard.questions[name] < _LIKELY_ENOUGH or not asking.asks(talk):
        return False
    if talk.place.department or heard.masked:
        return False
    offered = [guide.id for guide in _offered_guides(talk)]
    guides = talk.knowledge.guides.values()
    known: list[tuple[str | None, Question]] = []
    known += [(guide.id, question) for guide in guides for question in guide.questions]
    known += [(next(iter(offered), None), question) for question in talk.knowledge.questions]
    facts = topics.facts_of(talk)
    for topic, question in known:
        if question.asks == name and readers.holds(question.only, facts):
            talk.change(topic=topic, problem=topic)
            asking.answer_aside(talk, question)
            return True
    return False


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
    """The guide to open without asking: the only one, the one whose own phrases are heard, or the
    likeliest of those whose first Card is alike."""
    asks = bool(talk.state.topic) and acting.told(talk.heard, "question") >= acting.SURE
    if asks:
        return None
    if len(guides) == 1:
        return guides[0]
    place = talk.place
    where = bool(place.department or place.academy or place.candidates)
    where |= "who_contact" in talk.heard.concepts
    contact = next((guide for guide in guides if guide.family == problems.DESK_FAMILY), None)
    if where and contact:
        return contact
    situation = next((guide for guide in guides if topics.told_by_attribute(talk, guide)), None)
    if situation:
        return situation
    folded = readers.fold(talk.heard.text)
    said = {
        guide.id: max((readers.longest(folded, entry.like) for entry in guide.entries), default=0)
        for guide in guides
    }
    for guide in guides:
        if any(_told_by_concepts(talk, entry) for entry in guide.entries):
            return guide
    best = max(guides, key=lambda guide: said[guide.id], default=None)
    if best and said[best.id]:
        return best
    status = next((guide for guide in guides if "request_status" in guide.intents), None)
    if status and any(name.startswith("attr_contacted") for name in talk.heard.concepts):
        return status
    alike = guides and all(problems.related(guide, guides[0]) for guide in guides)
    return guides[0] if alike else None


def _told_by_concepts(talk: Talk, entry: Entry) -> bool:
    """Whether an entry of several conditions, none of them a phrase, holds."""
    positive = [item for item in entry.when if not item.startswith("!")]
    told = not entry.like and len(positive) > 1
    return told and readers.holds(entry.when, topics.facts_of(talk))


def _bare_place(talk: Talk) -> bool:
    if talk.place.department:
        desk.known(talk, talk.place.department, talk.place.place)
        if talk.state.topic:
            desk.show(talk)
        else:
            talk.say("place_noted")
        return True
    return desk.read_place(talk, talk.place)
