"""Inside a guide: whether the message belongs to the step in hand, and what is done with it.

The order of :data:`DECISIONS` is that of the reading: each takes the message, leaves it to the
topics outside the guide, or passes it on to the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from aiguilleur.dialogue import (
    acting,
    acts,
    asides,
    asked_inside,
    asking,
    beside,
    problems,
    readers,
    steps,
    topics,
)
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Edge, Guide, Node
from aiguilleur.understanding import Understanding

TAKEN, LEFT = True, False
"""What a decision says of the message; None passes it on."""

OF_THE_STEP = frozenset({"act_where", "act_not_understood", "act_returned", "act_wait"})
"""Acts that ask about the step, whatever word of help or contact the message holds."""


@dataclass
class Here:
    """A message at a step: the guide and node in hand, the problem told, and that of another guide.

    ``strong``: the key of the answer that the message names outright, if it names one.
    """

    talk: Talk
    guide: Guide
    node: Node
    problem: Guide | None
    other: Guide | None
    strong: str | None

    @property
    def open(self) -> bool:
        """Whether the step waits for an answer."""
        return self.node.kind in topics.OPEN_KINDS


def stepped(talk: Talk) -> bool:
    """Whether the message belongs to the step in hand; then it is acted on."""
    found = topics.current(talk)
    if found is None:
        return False
    guide, node = found
    problem = problems.told(talk)
    other = problem if problem and problem.id != guide.id else None
    here = Here(talk, guide, node, problem, other, steps.named(talk, guide, node))
    for decide in DECISIONS:
        decided = decide(here)
        if decided is not None:
            return decided
    return LEFT


_OUTRIGHT = 10
"""From how many letters the phrase of an answer outweighs a grave problem heard with some doubt."""


def _grave(here: Here) -> bool | None:
    """A grave problem leaves the step, unless the step speaks of it in the message's own words."""
    if not problems.is_grave(here.other):
        return None
    heard, edge = here.talk.heard, here.node.edge(here.strong or "")
    told = readers.longest(readers.fold(heard.text), edge.like) if edge else 0
    of_the_guide = here.strong and problems.is_grave(here.guide)
    of_the_guide = of_the_guide or (told >= _OUTRIGHT and heard.confidence < problems.PLAIN)
    if not of_the_guide and not asked_inside.plainly(here.talk, here.guide, here.node):
        return LEFT
    here.other = None
    return None


def _already_made(here: Here) -> bool | None:
    """A request already made, where no answer of the step foresees it."""
    if asked_inside.foresees_contact(here.talk, here.node, here.strong):
        return None
    made = asked_inside.already_made(here.talk, here.guide, here.node, here.other)
    return TAKEN if made else None


_HEARD = re.compile(
    r"(?:(?:ok|oki|okay|okey|d'accord|dac|daccord|entendu|compris|c'est|note|bon|bien|ah|merci|super|parfait|je|vois|j'ai|tres|bah|ben) ?)+"
)
"""Words that take note of an answer, and say nothing of the step."""


def _noted(here: Here) -> bool | None:
    """« Ok d’accord » after the answer of a question: the step is still to be answered."""
    heard = here.talk.heard
    if not here.talk.state.stayed or not here.open:
        return None
    if not _HEARD.fullmatch(readers.fold(heard.text)):
        return None
    steps.remind(here.talk)
    here.talk.noted = True
    return TAKEN


def _named(here: Here) -> bool | None:
    """The answer named outright, or the question that holds its words."""
    if not here.strong or _asks_what_it_means(here):
        return None
    if not asked_inside.rather(here.talk, here.guide, here.node, here.strong):
        steps.take(here.talk, here.guide, here.node, here.strong)
    return TAKEN


_SHORT_NAME = 12
"""Up to how many letters the name of an answer may stand in a question about it."""
_WHOLE = 0.6
"""From which share of the message it is the answer itself: « rien trouvé »."""


def _asks_what_it_means(here: Here) -> bool:
    """« Je ne comprends pas identifiant »: a word of an answer, in a question about that word."""
    heard, edge = here.talk.heard, here.node.edge(here.strong or "")
    asks = acting.told(heard, "act_not_understood", "act_where") >= acting.BEYOND_DOUBT
    if not asks or edge is None or readers.fold(heard.text) == readers.fold(edge.label or ""):
        return False
    folded = readers.fold(heard.text)
    told = readers.longest(folded, edge.like)
    return told <= _SHORT_NAME and told < _WHOLE * len(folded)


_HINT = 0.1
"""From which probability thanks are those of somebody whose trouble is over."""


def _content(here: Here) -> bool | None:
    """« Tout est nickel, merci » where a yes or a no was asked: it is over."""
    heard = here.talk.heard
    satisfied = acting.told(heard, "act_thanks", "act_works", "act_goodbye") >= acting.BEYOND_DOUBT
    if here.node.kind != "ask" or here.node.edge("works") or not satisfied:
        return None
    if heard.intent not in {"thank", "goodbye"} or not heard.concepts & {"act_works", "act_thanks"}:
        return None
    if acting.told(heard, "act_works") < _HINT or "act_yes" in heard.concepts:
        return None
    acts.end(here.talk)
    return TAKEN


def _error_quoted(here: Here) -> bool | None:
    return TAKEN if problems.error_message(here.talk) else None


def _gives_up_with_town(here: Here) -> bool | None:
    """« Toujours pas, je suis à Givors », « et si je n’y arrive pas, je suis à Charlieu »: the desk."""
    place, heard = here.talk.place, here.talk.heard
    if not here.open or not place.department or place.whole:
        return None
    gives_up = acting.told(heard, "act_still") >= acting.LIKELY
    if "act_what_if" not in heard.concepts and not gives_up:
        return None
    acts.support(here.talk)
    return TAKEN


def _question(here: Here) -> bool | None:
    """A question of the step, of the guide, or of no guide."""
    talk, guide, node = here.talk, here.guide, here.node
    if asked_inside.tells_how_it_went(talk, guide, node) or _begins_with_an_answer(here):
        return None
    of_the_dialogue = acting.told(talk.heard, *acting.OF_THE_DIALOGUE) >= acting.BEYOND_DOUBT
    if of_the_dialogue and readers.word_count(talk.heard.text) <= _SHORTLY:
        return None
    return TAKEN if asked_inside.of_the_guide(talk, guide, node) or asides.asked(talk) else None


def _told(here: Here) -> bool | None:
    """« Une vieille adresse wanadoo, elle existe plus »: an answer of the step in words of its own."""
    key = asking.answer_told(here.talk) if here.open else None
    if key is None:
        return None
    steps.take(here.talk, here.guide, here.node, key)
    return TAKEN


_SHORTLY = 5
"""Up to how many words « vous pouvez répéter ? » is asked of the conversation alone."""
_YES_OR_NO = re.compile(r"(?:mais |ben |bah |bin |et )*(?:oui|ouais|non|nan|si)\b")


def _begins_with_an_answer(here: Here) -> bool:
    """« Mais oui, je viens de le dire. Ticket ouvert le 3 »: a yes or a no, whatever words follow."""
    heard, keys = here.talk.heard, {edge.key for edge in here.node.edges}
    if "?" in heard.text or not {"yes", "no"} <= keys:
        return False
    if acting.told(heard, *asking.ASKING) >= acting.LIKELY:
        return False
    return bool(_YES_OR_NO.match(readers.fold(heard.text)))


def _of_the_dialogue(here: Here) -> bool | None:
    """A pause, a repetition, a step back: said shortly, or beyond doubt."""
    heard = here.talk.heard
    if not here.open or not heard.concepts & acting.OF_THE_DIALOGUE:
        return None
    if heard.concepts & {"act_still", "st_not_received"}:
        return None
    if readers.word_count(heard.text) > 8 and acting.act(heard) not in acting.OF_THE_DIALOGUE:
        return None
    return beside.act(here.talk, here.guide, here.node)


def _desk(here: Here) -> bool | None:
    """A desk is asked for, or what to do if the step fails: once said, then the desk."""
    talk, heard, other = here.talk, here.talk.heard, here.other
    contact = (
        other is not None
        and other.family == problems.DESK_FAMILY
        and here.guide.family != problems.DESK_FAMILY
    )
    contact = contact and acting.act(heard) not in OF_THE_STEP
    wanted = contact or ("obj_dsden" in heard.concepts and bool(talk.place.department))
    if not here.open or not (wanted or "act_what_if" in heard.concepts):
        return None
    if wanted or "what_if_step" in talk.state.told:
        acts.support(talk)
    else:
        talk.say("what_if_step", buttons=talk.node(here.guide, here.node).buttons)
    return TAKEN


def _changed_already(here: Here) -> bool | None:
    """« Mdp changé, et après ? » after an intrusion: the step is done, no other topic begins."""
    concepts = here.talk.heard.concepts
    if not problems.is_grave(here.guide) or "st_changed" not in concepts:
        return None
    if concepts & {"v_how", "v_want", "act_no", "act_still", "act_where", "st_cannot_open"}:
        return None
    if _NOT_YET.search(readers.fold(here.talk.heard.text)):
        return None
    key = next((key for key in ("changed", "done") if here.node.edge(key)), None)
    if key:
        steps.take(here.talk, here.guide, here.node, key)
    else:
        steps.remind(here.talk)
    return TAKEN


_NOT_YET = re.compile(
    r"\b(?:pas encore|pas eu le temps de|rien) (?:\w+ ){0,2}?(?:change[rz]?|fait|faire|fini|essaye[rz]?)\b"
    r"|\b(?:ai|avais|a) pas (?:encore )?(?:change|fait|fini|pu)\b|^pas encore\b"
)
"""« J’ai pas encore changé »: what the step before asked for is not done."""


def _not_yet(here: Here) -> bool | None:
    """« Mais j’ai pas encore changé le mot de passe »: back to the step that asks for it, or this one."""
    guide, node, heard = here.guide, here.node, here.talk.heard
    if node.kind != "do" or not _NOT_YET.search(readers.fold(heard.text)):
        return None
    if "?" in heard.text or heard.concepts & {"obj_code", "obj_sms"}:
        return None
    place = guide.counted.index(node.id) if node.id in guide.counted else 0
    changed = heard.concepts & {"v_change", "obj_password", "st_changed"}
    back = guide.nodes[guide.counted[place - 1]] if place and changed else node
    if back is node:
        steps.remind(here.talk)
    else:
        topics.enter(here.talk, guide, back, again=True)
    return TAKEN


def _closes(here: Here, edge: Edge) -> bool:
    """Whether an answer ends the guide as a success."""
    node = here.guide.nodes.get(edge.to)
    return edge.key in acting.POSITIVE and node is not None and node.kind == "end"


def _unsure_end(here: Here) -> bool | None:
    """« Il est bon, c’est le mot de passe sûrement »: no good-bye on a success that is only guessed."""
    heard = here.talk.heard
    weak, learned = readers.weak_answer(here.node, heard), acting.answer(here.node, heard)
    edge = weak or learned
    if edge is None or not _closes(here, edge) or readers.word_count(heard.text) <= 3:
        return None
    works = acting.told(heard, "act_works", "act_thanks", "act_goodbye")
    trouble = any(name.startswith(("st_", "not_st", "not_v", "not_obj")) for name in heard.concepts)
    said = "act_works" in heard.concepts or works >= acting.SURE
    if not heard.acts or works >= acting.BEYOND_DOUBT or (said and not trouble):
        return None
    return beside.act(here.talk, here.guide, here.node)


def _cannot_find(here: Here) -> bool | None:
    """« Je ne trouve pas la rubrique dans le portail »: help for the step, not « where is the webmail »."""
    talk = here.talk
    elsewhere = talk.knowledge.guide_of_intent.get("webmail_access")
    if not here.node.help or here.other is None or here.other.id != elsewhere:
        return None
    if "not_v_find" not in talk.heard.concepts or readers.word_count(talk.heard.text) > 12:
        return None
    topics.help_with(talk, here.guide, here.node)
    return TAKEN


_YES_BUT = re.compile(r"(?:oui|non|ouais|nan|ok) mais (?:\w+ ){2}")
"""« Non mais je veux le nom du responsable »: no answer, whatever it begins with."""


def _weakly_answered(here: Here) -> bool | None:
    """A yes, a no, a « toujours pas », unless the message turns to another problem."""
    talk, heard, node = here.talk, here.talk.heard, here.node
    if _YES_BUT.match(readers.fold(heard.text)) and asking.asks(talk):
        return None
    weak = readers.weak_answer(node, heard)
    if weak and _plain(heard) and node.kind in {"ask", "test"}:
        steps.take(talk, here.guide, node, weak.key)
        return TAKEN
    turned = heard.concepts & {"act_correction", "act_no"}
    words = readers.word_count(heard.text)
    if here.other and words > 2 and (turned or not problems.same_topic(talk, here.other)):
        return LEFT
    if weak and (words <= 12 or here.problem is None):
        lost = weak.key == "unknown" and acting.told(heard, "act_where") >= acting.BEYOND_DOUBT
        if node.edge("stuck") and (lost or (weak.key == "stuck" and "act_where" in heard.concepts)):
            _where(here)
        else:
            steps.take(talk, here.guide, node, weak.key)
        return TAKEN
    return None if here.open else LEFT


def _learned(here: Here) -> bool | None:
    """An answer read from the acts: the first « je ne trouve pas » still gets the help of the step."""
    edge = acting.answer(here.node, here.talk.heard) if here.other is None else None
    if edge is None or _alarms_unsurely(here, edge):
        return None
    _take_learned(here, edge)
    return TAKEN


def _alarms_unsurely(here: Here, edge: Edge) -> bool:
    """No grave problem on a yes that is only likely."""
    if not edge.to.startswith("guide:"):
        return False
    there, _ = topics.place_of(here.talk, edge.to, here.guide)
    told = acting.told(here.talk.heard, *acting.ANSWERS.get(edge.key, ()))
    return problems.is_grave(there) and there.id != here.guide.id and told < acting.SURE


def _beside(here: Here) -> bool | None:
    return beside.act(here.talk, here.guide, here.node)


DECISIONS: tuple[Callable[[Here], bool | None], ...] = (
    _grave,
    _already_made,
    _not_yet,
    _noted,
    _content,
    _named,
    _error_quoted,
    _gives_up_with_town,
    _told,
    _question,
    _of_the_dialogue,
    _desk,
    _changed_already,
    _cannot_find,
    _unsure_end,
    _weakly_answered,
    _learned,
    _beside,
)


def _take_learned(here: Here, edge: Edge) -> None:
    if edge.key == "stuck" and acting.told(here.talk.heard, "act_where") >= acting.LIKELY:
        _where(here)
    else:
        steps.take(here.talk, here.guide, here.node, edge.key)


def _where(here: Here) -> None:
    """« Je ne trouve pas » : the help of the step if it has some left, else the answer « stuck »."""
    told = f"help:{here.guide.id}#{here.node.id}" in here.talk.state.told
    if here.node.help and not told:
        topics.help_with(here.talk, here.guide, here.node)
    else:
        steps.take(here.talk, here.guide, here.node, "stuck")


def _plain(heard: Understanding) -> bool:
    """A few words that begin with an answer: what they name beside it is no new problem."""
    acts_heard = heard.concepts & {"act_yes", "act_no", "act_still", "act_works", "act_done"}
    return bool(acts_heard) and readers.word_count(heard.text) <= 6
