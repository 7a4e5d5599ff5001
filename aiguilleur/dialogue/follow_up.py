"""Follow-ups of a topic that has had its answer."""

from __future__ import annotations

import re

from aiguilleur.dialogue import acting, acts, asides, asking, desk, problems, readers, topics
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Guide


def follow_up(talk: Talk) -> bool:
    """A question of the last topic, answered shortly."""
    guide = talk.knowledge.guides.get(talk.state.topic or "")
    if guide is None:
        return False
    question = asking.question_for(talk, guide.questions)
    if question is None or asking.better_said(talk, question):
        return False
    if "attr_for_other" in talk.heard.concepts:
        talk.change(for_whom="other")
    asking.answer_aside(talk, question)
    return True


_PLAINLY = 10
"""From how many letters a phrase tells a question of the topic rather than another topic."""


def _plainly_asked(talk: Talk, problem: Guide | None) -> bool:
    """Whether a question of the topic is asked in its own words, though another topic is heard."""
    topic = talk.knowledge.guides.get(talk.state.topic or "")
    if topic is None or problems.is_grave(problem):
        return False
    return asking.longest_asked(talk, topic.questions) >= _PLAINLY


_THIS_DESK = re.compile(
    r"\b(?:services?|dsden|directions?|departements?|rectorat|academie|assistance|la[- ]bas|celui|celle|eux)\b"
)


def _asks_why_this_desk(talk: Talk) -> bool:
    """« Pourquoi pas le service de l’école où je suis en ce moment ? », once a desk was given."""
    heard = talk.heard
    if "act_why" not in heard.concepts:
        return False
    if readers.word_count(heard.text) <= 5:
        return True
    why = acting.told(heard, "act_why") >= acting.SURE
    return why and bool(_THIS_DESK.search(readers.fold(heard.text)))


def aside(talk: Talk) -> bool:
    """A short question about another topic while the town is asked: answered, and the town asked again."""
    guide = problems.told(talk)
    question = asking.question_for(talk, guide.questions) if guide else None
    if question is None:
        return False
    asking.answer_aside(talk, question)
    return True


def after(talk: Talk) -> bool:
    """Whether the message follows on the topic that has had its answer."""
    heard, concepts = talk.heard, talk.heard.concepts
    problem = problems.told(talk)
    goes_on = problem is None or problems.same_topic(talk, problem) or _plainly_asked(talk, problem)
    if talk.state.topic and goes_on and (follow_up(talk) or asides.asked(talk)):
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
        and (problem is None or problems.same_topic(talk, problem))
    ):
        if not asides.asked(talk) and not asides.nearest(talk):
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
    if talk.state.routed and _asks_why_this_desk(talk):
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
