"""« Non, la Loire » : another place than the one known is taken at once."""

from __future__ import annotations

import re

from aiguilleur.dialogue import desk, problems, readers
from aiguilleur.dialogue.talk import Talk


def corrected(talk: Talk) -> bool:
    """Whether the message gives another place than the one known, or the first one after a desk."""
    place, state = talk.place, talk.state
    if _doubted(talk):
        talk.say("desk_confirmed")
        return True
    if not place.department or place.department == state.department:
        if (
            place.academy
            and (place.whole or "act_correction" in talk.heard.concepts)
            and state.routed
        ):
            return desk.read_place(talk, place)
        return _same_department(talk)
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
    problem = problems.told(talk)
    if state.routed and (problem is None or problems.same_topic(talk, problem)):
        desk.resume_purpose(talk)
        return True
    return False


_DOUBTS = (
    "sûr que",
    "sur que",
    "sûre que",
    "certain que",
    "plutôt la dsden",
    "n'est pas la dsden",
    "là-bas",
    "là bas",
)


_NOT_THAT_ONE = re.compile(r"(?:et |mais |ah |c'est |alors )*pas (?:la |le |l'|dans |celle )")
"""« Pas la Loire ? » asks again rather than corrects."""


_SURE = re.compile(
    r"(?:ah |euh |mais |heu |ben )*(?:vous (?:en )?etes |t'es |c'est |tu es )?(?:bien )?(?:surs?|sures?|certains?|vraiment)\b"
)
"""« Sûr ? Un collègue m’a dit d’écrire à Sainté » doubts the desk."""


def _doubted(talk: Talk) -> bool:
    """« Vous êtes sûr que ce n’est pas Saint-Étienne ? »: a question about the desk, not another town."""
    state, place = talk.state, talk.place
    if not (state.routed and state.place and place.department and "?" in talk.heard.text):
        return False
    folded = readers.fold(talk.heard.text)
    begins = _NOT_THAT_ONE.match(folded) or _SURE.match(folded)
    doubts = bool(begins) or any(readers.says(folded, d) for d in _DOUBTS)
    return place.department != state.department and doubts


def _same_department(talk: Talk) -> bool:
    """Another town of the same département: the desk stays, the request already written does not."""
    town = talk.place.place
    if not talk.place.department or not town or town == talk.state.place:
        return False
    desk.known(talk, talk.place.department, town)
    meant = talk.place.whole or talk.heard.concepts & {"act_correction", "act_no"}
    if not talk.state.routed or not meant:
        return False
    if "prepared" in talk.state.told:
        desk.prepare(talk)
    else:
        talk.say("town_noted")
    return True
