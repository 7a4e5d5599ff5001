"""Inside a guide: the answer to the step, a question about it, or an act of the dialogue."""

from __future__ import annotations

from aiguilleur.card import Card
from aiguilleur.dialogue import (
    acting,
    acts,
    asides,
    desk,
    problems,
    readers,
    steps,
    topics,
    unclear,
)
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Edge, Guide, Node
from aiguilleur.understanding import ANSWER, Understanding

DEVICE_INTENT = "imap_failure"
"""The intent whose guide takes a device that is only named."""


def stepped(talk: Talk) -> bool:
    """Whether the message belongs to the step in hand; then it is acted on."""
    found = topics.current(talk)
    if found is None:
        return False
    guide, node = found
    heard = talk.heard
    problem = problems.told(talk)
    other = problem if problem and problem.id != guide.id else None
    strong = steps.named(talk, guide, node)
    if other and set(other.intents) & set(problems.GRAVE):
        of_the_guide = strong and set(guide.intents) & set(problems.GRAVE)
        if not of_the_guide and not _plainly_asked(talk, guide, node):
            return False
        other = None
    if not _foresees_contact(talk, node, strong) and _already_asked(talk, guide, node, other):
        return True
    if strong and _asks_rather(talk, guide, node, strong):
        return True
    if strong:
        steps.take(talk, guide, node, strong)
        return True
    if problems.error_message(talk):
        return True
    if _gives_up_with_town(talk, node):
        acts.support(talk)
        return True
    if not _tells_how_it_went(talk, guide, node) and (
        _asks_of_the_guide(talk, guide, node) or asides.asked(talk)
    ):
        return True
    if (
        node.kind in topics.OPEN_KINDS
        and heard.concepts & _OF_THE_DIALOGUE
        and not heard.concepts & {"act_still", "st_not_received"}
        and (readers.word_count(heard.text) <= 8 or acting.act(heard) in _OF_THE_DIALOGUE)
    ):
        return _act_in_guide(talk, guide, node)
    contact = other is not None and other.family == "contact" and guide.family != "contact"
    contact = contact and acting.act(heard) not in _OF_THE_STEP
    wants_desk = contact or ("obj_dsden" in heard.concepts and bool(talk.place.department))
    if node.kind in topics.OPEN_KINDS and (wants_desk or "act_what_if" in heard.concepts):
        if wants_desk or "what_if_step" in talk.state.told:
            acts.support(talk)
        else:
            talk.say("what_if_step", buttons=talk.node(guide, node).buttons)
        return True
    if _changed_already(talk, guide):
        key = next((key for key in ("changed", "done") if node.edge(key)), None)
        steps.take(talk, guide, node, key) if key else steps.remind(talk)
        return True
    if _cannot_find(talk, node, other):
        topics.help_with(talk, guide, node)
        return True
    weak = readers.weak_answer(node, heard)
    if weak and _plain(heard) and node.kind in {"ask", "test"}:
        steps.take(talk, guide, node, weak.key)
        return True
    turned = heard.concepts & {"act_correction", "act_no"}
    if (
        other
        and readers.word_count(heard.text) > 2
        and (turned or not problems.same_topic(talk, other))
    ):
        return False
    if weak and (readers.word_count(heard.text) <= 12 or problem is None):
        if weak.key == "stuck" and "act_where" in heard.concepts:
            _where(talk, guide, node)
        else:
            steps.take(talk, guide, node, weak.key)
        return True
    if node.kind not in topics.OPEN_KINDS:
        return False
    learned = acting.answer(node, heard) if other is None else None
    if learned:
        _take_learned(talk, guide, node, learned)
        return True
    return _act_in_guide(talk, guide, node)


def _gives_up_with_town(talk: Talk, node: Node) -> bool:
    """« Toujours pas, je suis à Givors », « et si je n’y arrive pas, je suis à Charlieu »: the desk."""
    if node.kind not in topics.OPEN_KINDS or not talk.place.department or talk.place.whole:
        return False
    concepts = talk.heard.concepts
    return "act_what_if" in concepts or acting.told(talk.heard, "act_still") >= acting.LIKELY


def _asks_of_the_guide(talk: Talk, guide: Guide, node: Node) -> bool:
    """A question of the step or of the guide, unless a shared one is told by a longer phrase."""
    question = topics.question_for(talk, (*node.questions, *guide.questions))
    if question is None or topics.better_said(talk, question):
        return False
    topics.answer_question(talk, question)
    return True


_CERTAIN, _SPECIFIC = 0.9, 10
"""The probability that nothing has changed, and from how many letters a phrase outweighs it."""


def _tells_how_it_went(talk: Talk, guide: Guide, node: Node) -> bool:
    """« Essayé avec Firefox et Chrome, pareil »: an answer, though a word of it begins a question."""
    if "?" in talk.heard.text or acting.answer(node, talk.heard) is None:
        return False
    if acting.told(talk.heard, "act_still") < _CERTAIN:
        return False
    if topics.longest_asked(talk, node.questions):
        return False
    questions = (*guide.questions, *talk.knowledge.questions)
    return topics.longest_asked(talk, questions) < _SPECIFIC


_OF_THE_STEP = frozenset({"act_where", "act_not_understood", "act_returned", "act_wait"})
"""Acts that ask about the step, whatever word of help or contact the message holds."""
_OF_THE_DIALOGUE = frozenset({"act_wait", "act_returned", "act_repeat", "act_back", "act_show_all"})
"""Acts about the conversation itself, not about the step."""


def _take_learned(talk: Talk, guide: Guide, node: Node, edge: Edge) -> None:
    """An answer read from the acts: the first « je ne trouve pas » still gets the help of the step."""
    if edge.key == "stuck" and acting.told(talk.heard, "act_where") >= acting.LIKELY:
        _where(talk, guide, node)
    else:
        steps.take(talk, guide, node, edge.key)


def _where(talk: Talk, guide: Guide, node: Node) -> None:
    """« Je ne trouve pas » : the help of the step if it has some left, else the answer « stuck »."""
    if node.help and f"help:{guide.id}#{node.id}" not in talk.state.told:
        topics.help_with(talk, guide, node)
    else:
        steps.take(talk, guide, node, "stuck")


def _plainly_asked(talk: Talk, guide: Guide, node: Node) -> bool:
    """Whether a question of the step or of the guide is asked in its own words, though another
    problem is heard with some doubt."""
    if talk.heard.confidence >= problems.GRAVELY:
        return False
    return topics.longest_asked(talk, (*node.questions, *guide.questions)) >= _TELLING


def _asks_rather(talk: Talk, guide: Guide, node: Node, answer: str) -> bool:
    """« Et la mienne, elle est pleine aussi ? »: a question that holds the words of an answer.

    The longer phrase tells which; an answer told by its label alone stays one.
    """
    heard = talk.heard
    folded = readers.fold(heard.text)
    edge = node.edge(answer)
    if edge is None or (edge.label and folded == readers.fold(edge.label)):
        return False
    told = readers.longest(folded, edge.like)
    asks = acting.told(heard, "question", "act_not_understood", "act_why") >= acting.LIKELY
    if told and "?" not in heard.text and not asks:
        return False
    questions = (*node.questions, *guide.questions, *talk.knowledge.questions)
    question = topics.question_for(talk, questions)
    if question is None:
        return False
    if readers.longest(folded, question.like) <= told:
        return False
    topics.answer_question(talk, question)
    return True


def _changed_already(talk: Talk, guide: Guide) -> bool:
    """« Mdp changé, et après ? » after an intrusion: the step is done, no other topic begins."""
    concepts = talk.heard.concepts
    if not set(guide.intents) & set(problems.GRAVE) or "st_changed" not in concepts:
        return False
    return not concepts & {"v_how", "v_want", "act_no", "act_still", "st_cannot_open"}


def _cannot_find(talk: Talk, node: Node, other: Guide | None) -> bool:
    """« Je ne trouve pas la rubrique dans le portail »: help for the step, not « where is the webmail »."""
    elsewhere = talk.knowledge.guide_of_intent.get("webmail_access")
    return bool(
        node.help
        and other
        and other.id == elsewhere
        and "not_v_find" in talk.heard.concepts
        and readers.word_count(talk.heard.text) <= 12
    )


def _plain(heard: Understanding) -> bool:
    """A few words that begin with an answer: what they name beside it is no new problem."""
    acts_heard = heard.concepts & {"act_yes", "act_no", "act_still", "act_works", "act_done"}
    return bool(acts_heard) and readers.word_count(heard.text) <= 6


_TELLING = 8
"""From how many letters a phrase of an answer says more than « rien » or « déjà »."""


def _foresees_contact(talk: Talk, node: Node, answer: str | None) -> bool:
    """Whether the answer heard is said by its own phrase, or is made for a request already sent."""
    edge = node.edge(answer) if answer else None
    if edge is None:
        return False
    folded = readers.fold(talk.heard.text)
    by_label = bool(edge.label) and folded == readers.fold(edge.label or "")
    return (
        by_label
        or readers.longest(folded, edge.like) >= _TELLING
        or any("contacted" in item or "act_sent" in item for item in edge.when)
    )


def _already_asked(talk: Talk, guide: Guide, node: Node, other: Guide | None) -> bool:
    """« Je leur ai déjà écrit et ça ne bouge pas »: the request already made is the subject now."""
    name = talk.knowledge.guide_of_intent.get("request_status")
    if name is None or name == guide.id or guide.family == "contact" or node.kind == "route":
        return False
    concepts = talk.heard.concepts
    written = concepts & {"attr_contacted_dsden", "attr_contacted_support"}
    if not written or (other and other.id != name and not problems.related(other, guide)):
        return False
    status = talk.knowledge.guides[name]
    topics.interrupt(talk, status)
    topics.start(talk, status)
    return True


def _act_in_guide(talk: Talk, guide: Guide, node: Node) -> bool:
    concepts = talk.heard.concepts
    if "act_wait" in concepts:
        talk.say("wait", buttons=talk.node(guide, node).buttons)
    elif "act_returned" in concepts:
        steps.remind(talk)
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
    elif not _tells_a_town(talk) and (
        talk.heard.decision == ANSWER
        and talk.heard.intent in problems.SMALL - {"affirm", "deny", "inform"}
    ):
        return _misheard(talk) and _reread(talk, guide, node)
    elif talk.place.department and (talk.place.whole or problems.told(talk) is None):
        desk.known(talk, talk.place.department, talk.place.place)
        if topics.place_awaited(talk):
            return True
        lead = talk.message("place_kept").text
        card = talk.node(guide, node)
        talk.cards.append(
            Card(text=f"{lead} {steps.short(card)}", links=card.links, buttons=card.buttons)
        )
    elif _something_else(talk, guide, node):
        return True
    elif "act_cannot" in concepts:
        talk.say("cannot_now", buttons=talk.node(guide, node).buttons)
    else:
        problem = problems.told(talk)
        if problem and problem.id == guide.id and readers.word_count(talk.heard.text) > 3:
            steps.remind(talk)
        else:
            topics.reask(talk, guide, node)
    return True


def _tells_a_town(talk: Talk) -> bool:
    """« L’un d’eux est rattaché à Trévoux »: a town told beside the step, whatever else it sounds like."""
    return bool(talk.place.department) and acting.told(talk.heard, "detail") >= acting.LIKELY


def _something_else(talk: Talk, guide: Guide, node: Node) -> bool:
    """What is neither an answer to the step nor an act: a place, another house, another situation…"""
    return (
        _other_place(talk)
        or unclear.near(talk)
        or _other_situation(talk, guide, node)
        or _asked_of_another(talk)
        or asides.nearest(talk)
        or problems.opened_at_last(talk)
    )


def _asked_of_another(talk: Talk) -> bool:
    """A question that the guide of another topic answers: answered, and the step stays."""
    name = talk.knowledge.guide_of_intent.get(talk.heard.intent or "")
    if talk.heard.decision != ANSWER or name is None:
        return False
    question = topics.question_for(talk, talk.knowledge.guides[name].questions)
    if question is None:
        return False
    topics.answer_question(talk, question)
    return True


def _other_place(talk: Talk) -> bool:
    """A place that no desk here serves, or two of them, told beside the step."""
    told = talk.place.whole or acting.told(talk.heard, "detail") >= acting.LIKELY
    return told and not talk.place.department and desk.read_place(talk, talk.place)


def _misheard(talk: Talk) -> bool:
    """« L’inspection m’a rien donné », taken for something foreign: here it only answers badly."""
    foreign = talk.heard.concepts & {"not_ours", "foreign_only", "only_foreign"}
    return talk.heard.intent == "out_of_scope" and not foreign and not unclear.names_near(talk)


def _reread(talk: Talk, guide: Guide, node: Node) -> bool:
    if not _other_situation(talk, guide, node) and not asides.nearest(talk):
        topics.reask(talk, guide, node)
    return True


def _previous(talk: Talk, guide: Guide, node: Node) -> None:
    if node.id in guide.counted and guide.counted.index(node.id) > 0:
        before = guide.nodes[guide.counted[guide.counted.index(node.id) - 1]]
        topics.enter(talk, guide, before)
    else:
        topics.enter(talk, guide, guide.nodes[guide.start], again=True)


def _other_situation(talk: Talk, guide: Guide, node: Node) -> bool:
    """« C’est ma première connexion », said in the middle of a guide that has a road for it."""
    entry = topics.told_by_attribute(talk, guide)
    if entry is None:
        return _other_device(talk, guide)
    there, step = topics.target_of(talk, guide, entry)
    if f"{there.id}#{step.id}" in talk.state.told or step.id == node.id:
        return False
    topics.enter(talk, there, step)
    return True


def _other_device(talk: Talk, guide: Guide) -> bool:
    """A bare « thunderbird » while the webmail was spoken of: it is about that device, then."""
    name = talk.knowledge.guide_of_intent.get(DEVICE_INTENT)
    device = (
        talk.heard.concepts & topics.CLIENTS.keys() and readers.word_count(talk.heard.text) <= 3
    )
    if not device or name is None or guide.family == talk.knowledge.guides[name].family:
        return False
    topics.interrupt(talk, talk.knowledge.guides[name])
    topics.start(talk, talk.knowledge.guides[name])
    return True
