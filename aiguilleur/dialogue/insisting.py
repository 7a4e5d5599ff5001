"""The desk was asked already, or the second resort is wanted: the way on, not the same desk again.

« Je ne refais pas une demande, c’est fait depuis trois semaines » ; « je veux saisir le rectorat ».
"""

from __future__ import annotations

import re

from aiguilleur.dialogue import acting, asking, desk, details, problems, readers, topics
from aiguilleur.dialogue.talk import Talk

ASKED = frozenset({"attr_contacted_dsden", "attr_contacted_support"})
"""Concepts of a request already made, to the first desk or to some desk."""
_BEFORE = frozenset({"attr_waiting", "attr_attempts", "st_no_answer"})
"""Concepts of a request made some time ago, and not just now."""
_WANTED = frozenset({"act_human", "v_want"})
_TELLS = ("detail", "act_sent", "problem", "act_still", "act_no", "act_cannot_write")
"""Acts of a message that tells a request, « ils répondent pas » among them."""
STATUS_INTENT = "request_status"
"""The intent whose guide says how a request is chased."""


def wants_the_second(talk: Talk) -> bool:
    """« Je veux saisir le rectorat, point final », from somebody whose first desk was asked."""
    heard, state = talk.heard, talk.state
    if "obj_rectorat" not in heard.concepts or readers.word_count(heard.text) > 14:
        return False
    if heard.text.rstrip().endswith("?") or not heard.concepts & _WANTED:
        return False
    if (
        not (state.support_contacted or state.sent)
        or acting.told(heard, "act_sent") >= acting.LIKELY
    ):
        return False
    second(talk)
    return True


def asked_before(talk: Talk) -> bool:
    """Once a desk was given: whether the message says that it was asked some time ago."""
    state = talk.state
    if not state.routed or state.guide or state.pending or talk.place.whole:
        return False
    if not made_before(talk) or problems.is_grave(problems.told(talk)):
        return False
    if second_is_due(talk):
        second(talk)
        return True
    known = asking.open_questions(talk)
    name = talk.knowledge.guide_of_intent.get(STATUS_INTENT)
    if name in {None, state.topic} or asking.longest_asked(talk, known) >= asking.TELLING:
        return False
    talk.change(support_contacted=state.support_contacted or "asked")
    topics.start(talk, talk.knowledge.guides[name or ""])
    return True


def made_before(talk: Talk) -> bool:
    """Whether the message tells a request made some time ago: a date, a wait, several of them."""
    heard = talk.heard
    if not heard.concepts & ASKED or heard.text.rstrip().endswith("?"):
        return False
    told = acting.told(heard, *_TELLS)
    if heard.acts and told < acting.LIKELY:
        return False
    dated = details.duration(heard.text) or details.sent_on(heard.text)
    return bool(dated) or bool(heard.concepts & _BEFORE)


_LONG = re.compile(
    r"\b(?:semaines?|mois)\b|\b(?:huit|dix|douze|quinze|vingt|trente|\d{2,}) jours?\b"
)


def second_is_due(talk: Talk) -> bool:
    """Whether the second resort takes over: it does for this problem, and the wait told is long or the
    requests several."""
    state, heard = talk.state, talk.heard
    if state.problem not in talk.knowledge.second_resort_problems:
        return False
    long = _LONG.search(details.duration(heard.text) or state.waiting or "")
    return bool(long) or len(state.sent) > 1 or "attr_attempts" in heard.concepts


def second(talk: Talk) -> None:
    """On to the second resort, once the place is known."""
    talk.change(support_contacted="dsden", guide=None, step=None)
    lead = "" if talk.state.department else talk.message("second_lead").text
    desk.go(talk, None, None, lead)
