"""The problem that a message tells, a second one beside it, and an error message quoted."""

from __future__ import annotations

from collections.abc import Iterator

from aiguilleur.card import Card
from aiguilleur.dialogue import acting, desk, readers, steps, topics
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import ErrorMessage, Guide
from aiguilleur.knowledge.yaml_file import typeset
from aiguilleur.understanding import ANSWER, Understanding

GRAVE = ("compromised_account", "numen_sharing")
"""Problems that come first whatever else the message says, and never fall back."""

PLAIN = 0.97
"""From which confidence a message that seems to go on with a topic opens an unrelated one."""
CLEAR = 0.8
"""From which confidence it does when nothing of the topic in hand answers it."""

AT_LEAST = 0.7
"""The same between two topics, when the message has a word of the other one."""
GRAVELY = 0.9
"""From which confidence a grave problem is heard in a message that seems to go on with a topic."""

UNNAMED = 14
"""From how many letters the phrase of a start opens a guide of no intent, whatever intent is heard."""
BEGUN = 14
"""From how many letters the phrase of a start tells more than the error message it goes with."""
DESKS_ALONE = ("numen_blocked",)
"""Guides of no family that only a desk can end, as the access ones."""

COVERED = {
    "compromised_account": frozenset({"change_password", "security_advice", "request_status"}),
    "numen_blocked": frozenset({"login_failure", "account_anomaly", "request_status"}),
}
"""What a guide treats along its own steps: never a second subject beside it."""
DESK_FAMILY = "contact"
"""The family of the guides about the desks and what was asked of them."""

SMALL = frozenset(
    {"greet", "goodbye", "thank", "affirm", "deny", "cancel", "inform", "out_of_scope"}
)


def is_grave(guide: Guide | None) -> bool:
    """Whether the guide is that of a grave problem."""
    return guide is not None and bool(set(guide.intents) & set(GRAVE))


def told(talk: Talk) -> Guide | None:
    """The guide of the problem that the message tells with enough assurance, the grave ones first.

    While a subject is open, a message that only goes on with it (an answer, a question, a detail)
    tells none, whatever its words would mean as a first message.
    """
    heard = talk.heard
    if heard.decision != ANSWER or heard.intent in SMALL:
        return None
    for intent in GRAVE:
        if intent in heard.problems and intent in talk.knowledge.guide_of_intent:
            grave = talk.knowledge.guides[talk.knowledge.guide_of_intent[intent]]
            surely = heard.confidence >= GRAVELY and speaks_of(talk, grave)
            if not _goes_on(talk, grave) or surely or heard.confidence >= PLAIN:
                return grave
    guide = talk.knowledge.guides.get(talk.knowledge.guide_of_intent.get(heard.intent or "") or "")
    if guide is None or not _goes_on(talk, guide):
        return guide
    return None


def _goes_on(talk: Talk, guide: Guide) -> bool:
    """Whether the message goes on with the open subject rather than tells the problem of ``guide``."""
    state, heard = talk.state, talk.heard
    if not (state.guide or state.topic or state.pending == "department"):
        return False
    if guide.family == DESK_FAMILY:
        return _asks_of_the_step(talk)
    if guide.id == state.queued:
        return False
    if not speaks_of(talk, guide):
        return True
    if acting.opens_subject(heard) or "act_correction" in heard.concepts:
        return False
    here = talk.knowledge.guides.get(state.guide or state.topic or "")
    asks = acting.told(heard, "question", "act_why", "act_what_if") >= acting.LIKELY
    if here is None or state.pending == "department":
        return asks or heard.confidence < CLEAR or (here is not None and related(guide, here))
    return asks or heard.confidence < PLAIN or related(guide, here)


_OF_A_DESK = frozenset({"v_contact", "who_contact", "obj_dsden", "act_human", "act_which_first"})


def _asks_of_the_step(talk: Talk) -> bool:
    """« C’est où dans le téléphone ? » names no desk, though where and who sound alike."""
    asks = acting.told(talk.heard, "act_where", "act_not_understood") >= acting.BEYOND_DOUBT
    return asks and talk.state.guide is not None and not talk.heard.concepts & _OF_A_DESK


COMPLAINS = 0.8
"""From which probability a message that sounds like a question about the assistant tells a problem."""


def complains(talk: Talk) -> bool:
    """« Trois jours que je lis plus mes mails, vous servez à quoi »: no question about the assistant."""
    heard = talk.heard
    return heard.intent == "ask_capabilities" and acting.told(heard, "problem") >= COMPLAINS


def speaks_of(talk: Talk, guide: Guide) -> bool:
    """Whether the message has a word of the guide's subject: « et il est grillé ? » names no NUMEN."""
    return not guide.about or bool(talk.heard.concepts & set(guide.about))


def same_topic(talk: Talk, guide: Guide | None) -> bool:
    """Whether the guide is the topic in hand, or shares its family."""
    open_topic = talk.knowledge.guides.get(talk.state.guide or talk.state.topic or "")
    if guide is None or open_topic is None:
        return False
    return guide.id == open_topic.id or bool(guide.family and guide.family == open_topic.family)


def alarmed(talk: Talk) -> bool:
    """« Au fait, j’ai reçu un code que j’ai pas demandé »: a start that opens whatever step is in hand."""
    for guide in talk.knowledge.guides.values():
        for entry in guide.entries:
            if not entry.alarm or not topics.entry_holds(talk, entry):
                continue
            there, node = topics.target_of(talk, guide, entry)
            if f"{there.id}#{node.id}" in {talk.state.at(), talk.state.ended}:
                return False
            topics.interrupt(talk, there)
            talk.change(pending=None)
            topics.start(talk, there, node=node)
            return True
    return False


def opened(talk: Talk) -> bool:
    """Whether the message tells a problem; then its topic is opened and a second one queued."""
    if error_message(talk):
        return True
    guide = told(talk)
    if guide is None:
        return False
    own = is_grave(guide) or guide.family == DESK_FAMILY
    if not talk.state.topic and not own and topics.plain_start(talk, guide):
        guide = unnamed(talk) or guide
    found = topics.current(talk)
    if found and found[0].id == guide.id and found[1].kind in topics.OPEN_KINDS:
        steps.remind(talk)
        return True
    if talk.state.department is None and talk.place.academy and not talk.place.department:
        talk.change(problem=guide.id)
        return desk.read_place(talk, talk.place)
    at_the_desk = wants_its_desk(talk, guide)
    guide, second = _two_told(talk, guide)
    _queue(talk, guide, at_the_desk, second)
    topics.interrupt(talk, guide)
    talk.change(pending=None)
    if at_the_desk:
        talk.change(topic=guide.id, problem=guide.id)
        if talk.state.for_whom == "other" and not talk.cards:
            talk.say("for_other", buttons=[])
        desk.go(talk, None, None)
        return True
    topics.start(talk, guide)
    return True


def unnamed(talk: Talk) -> Guide | None:
    """« Départ d’un agent, désactiver son adresse »: a guide of no intent, by the words of its start."""
    guides = (guide for guide in talk.knowledge.guides.values() if not guide.intents)
    return topics.by_words(talk, guides, UNNAMED)


def wants_its_desk(talk: Talk, guide: Guide | None) -> bool:
    """« Compte bloqué, j’écris à qui ? Je suis à Gex »: the desk is asked for and can be named at once."""
    if guide is None or is_grave(guide) or not (talk.place.department or talk.place.candidates):
        return False
    wanted = "v_contact" in talk.heard.concepts
    desks = guide.family.partition(".")[0] == "access" or guide.id in DESKS_ALONE
    return wanted and desks


def opened_at_last(talk: Talk) -> bool:
    """When nothing of the open topic answers: the problem that waits, or the one the message tells."""
    heard, guides = talk.heard, talk.knowledge.guides
    waiting = guides.get(talk.state.queued or "")
    if waiting and {heard.intent, *heard.options} & set(waiting.intents):
        talk.change(queued=None)
        topics.interrupt(talk, waiting)
        topics.start(talk, waiting)
        return True
    guide = guides.get(talk.knowledge.guide_of_intent.get(heard.intent or "") or "")
    bare = acting.told(heard, "detail", "act_yes", "act_no") >= acting.LIKELY
    between = talk.state.guide is None and guide is not None and speaks_of(talk, guide)
    least = AT_LEAST if between else CLEAR
    if guide is None or bare or heard.decision != ANSWER or heard.confidence < least:
        return False
    if guide.id in {talk.state.guide, talk.state.topic}:
        return False
    if heard.confidence < GRAVELY and not speaks_of(talk, guide):
        return False
    topics.interrupt(talk, guide)
    topics.start(talk, guide)
    return True


def opened_by_halves(talk: Talk) -> bool:
    """A message in doubt as a whole, whose two halves each tell a problem plainly."""
    pair = next(_pairs_told(talk), None)
    if pair is None or talk.place.department or talk.place.academy:
        return False
    guide, second = pair
    _queue(talk, guide, False, second)
    topics.start(talk, guide)
    return True


def _two_told(talk: Talk, guide: Guide) -> tuple[Guide, Guide | None]:
    """« J’ai oublié mon mot de passe, et il me faudra les réglages de Thunderbird »: two problems, each
    told plainly by its half, ``guide`` among them; else ``guide`` alone."""
    return next((pair for pair in _pairs_told(talk) if guide in pair), (guide, None))


def _pairs_told(talk: Talk) -> Iterator[tuple[Guide, Guide]]:
    """The problems that the halves of the message tell; the first said first, unless the other is grave."""
    for pair in talk.heard.halves:
        head, tail = (_plain_problem(talk, half) for half in pair)
        if head is not None and tail is not None and not related(head, tail):
            yield (tail, head) if is_grave(tail) else (head, tail)


def _plain_problem(talk: Talk, half: Understanding) -> Guide | None:
    """The guide of the problem that a half tells beyond doubt, in words of its subject."""
    guide = talk.knowledge.guides.get(talk.knowledge.guide_of_intent.get(half.intent or "") or "")
    tells = half.decision == ANSWER and half.confidence >= GRAVELY
    if guide is None or not tells or guide.family in {DESK_FAMILY, "status"}:
        return None
    if acting.told(half, "problem") < acting.LIKELY or not half.concepts & set(guide.about):
        return None
    return guide


def _queue(talk: Talk, guide: Guide, at_the_desk: bool, second: Guide | None = None) -> None:
    """Keep the second problem told. A desk is none: every topic leads to it; nor is what the desk that
    is about to be named will be asked, nor the guide that a start of the first leads to."""
    guides, named = talk.knowledge.guides, talk.knowledge.guide_of_intent
    others = [guides[named[intent]] for intent in talk.heard.problems if intent in named]
    others = [second, *others] if second else others
    if others:
        there, _ = topics.beginning(talk, guide)
        others = [other for other in others if other.id != there.id]
    if at_the_desk:
        others = [other for other in others if other.family not in {DESK_FAMILY, "status"}]
    covered = COVERED.get(guide.id, frozenset())
    others = [other for other in others if not covered & set(other.intents)]
    others = [other for other in others if "support_contact" not in other.intents]
    second = next((other for other in others if not related(other, guide)), None)
    if second is None:
        if talk.state.queued == guide.id:
            talk.change(queued=None)
        return
    talk.change(queued=second.id)
    if len(talk.cards) < 2:
        talk.say("two_problems", topic=topics.lower_first(second.title))


def related(one: Guide, other: Guide) -> bool:
    """The same problem under two names: guides whose families begin alike (access.recovery…)."""
    if one.id == other.id:
        return True
    return bool(one.family) and one.family.split(".")[0] == other.family.split(".")[0]


def error_in(talk: Talk) -> ErrorMessage | None:
    """The known error message that the message quotes, if any."""
    folded = readers.fold(talk.heard.text)
    for error in talk.knowledge.errors:
        if error.when and not readers.holds(error.when, topics.facts_of(talk)):
            continue
        if any(readers.says(folded, phrase) for phrase in error.like):
            return error
    return None


def error_message(talk: Talk) -> bool:
    """Whether the message quotes a known error, not told before; then its guide is opened."""
    error = error_in(talk)
    problem = told(talk)
    if error is None or f"error:{error.id}" in talk.state.told or is_grave(problem):
        return False
    guide = talk.knowledge.guides[error.guide]
    talk.change(error_code=typeset(error.id))
    talk.state = talk.state.tell(f"error:{error.id}")
    topics.interrupt(talk, guide)
    begun = topics.by_words(talk, (guide,), BEGUN) is not None
    node = guide.nodes[error.node] if error.node and not begun else None
    if problem and not related(problem, guide) and len(talk.cards) < 2:
        talk.change(queued=problem.id)
        talk.say("two_problems", topic=topics.lower_first(problem.title))
    talk.cards.append(Card(text=talk.words(error.say)))
    topics.start(talk, guide, node=node)
    return True
