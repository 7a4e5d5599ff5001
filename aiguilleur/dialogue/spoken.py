"""Acts asked in words rather than by a button: always understood, wherever the conversation is."""

from __future__ import annotations

import re
from collections.abc import Callable

from aiguilleur.dialogue import acting, acts, asking, desk, problems, readers, steps, topics
from aiguilleur.dialogue.talk import Talk

_REQUEST = re.compile(
    r"\b(?:prepare[rsz]?|redige[rsz]?|refai[st]|refaites|refaire|ecri[st]|ecrivez|ecrire|fais|faire|faites|donne[rz]?|genere[rz]?|veux bien|m'ecri\w+)"
    r"[- ](?:(?:moi|donc|alors|bien|vite|la|le|vous|meme|pour moi|s'il vous plait|svp) |[- ]?(?:moi|la|le) )*"
    r"(?:la |le |ma |mon |une |un |cette |ce )?(?:petite? |bel? |belle |joli |vrai )?(?:demande|message|texte|lettre|courrier|mail type)\b"
    r"|\b(?:je veux|voudrais|un|le) (?:le )?(?:texte|modele|message|mail) (?:type|tout fait|tout pret|de (?:demande|message)|a copier)\b"
    r"|\b(?:la lettre|le courrier|le texte|la demande|le message|le mail),? (?:c'est )?vous (?:qui )?(?:me )?(?:la |le |l')?(?:faites|ecrivez|redigez|preparez)"
    r"|^(?:(?:oui|ok|oki|d'accord|bon|allez|bah|ben|alors|merci|volontiers|vas[- ]y|allez[- ]y|svp)[ ,]*)*"
    r"(?:prepare[rz]?|redige[rz]?|ecrivez|je veux le texte)(?:[- ](?:la|le|moi ca|moi|ca|vous|meme|donc|alors|vite|svp|merci))*$"
)
"""Words that ask for the request to be written."""


_ERASE = re.compile(
    r"\b(?:efface[rz]?|supprime[rz]?|detrui(?:re|sez|s)) (?:donc |moi |toute? |tous )?(?:l'|(?:ma|la|cette|notre|mes|cet|mon|le|les|ce|nos) )"
    r"(?:conversation|echanges?|historique|discussion|chat|tchat|donnees|traces)\b"
    r"|\b(?:qu'on|que vous) effac(?:e|iez) tout\b|\btout (?:soit|doit etre) efface\b"
)
"""Words that ask for the conversation to be forgotten; a confirmation is asked before anything is lost."""


def asked(talk: Talk) -> bool:
    """An act asked in words. What answers the step in hand is none, nor a good-bye that names a place."""
    name = spoken(talk)
    if name is None:
        return False
    here = topics.current(talk)
    named = here is not None and steps.named(talk, *here) is not None
    sure = max(talk.heard.confidence, acting.told(talk.heard, "act_goodbye"))
    leaves = name == "goodbye" and sure >= acting.BEYOND_DOUBT
    if name in {"goodbye", "cancel"} and (talk.place.department or named):
        return False
    if name in {"goodbye", "cancel"} and not leaves and steps.answers_step(talk):
        return False
    if name == "human" and named:
        return False
    closing = acting.told(talk.heard, "act_goodbye", "act_thanks") >= acting.BEYOND_DOUBT
    closing = closing and "act_thanks" in talk.heard.concepts and "?" not in talk.heard.text
    plainly = name == "goodbye" and closing
    if name in {"goodbye", "cancel", "human", "desk"} and not plainly and _asks_in_words(talk):
        return False
    SPOKEN[name](talk)
    return True


_WHO = re.compile(
    r"\b(?:(?:ecri[ts]?|ecrire|demande[rz]?|m'adresse|adresser|envoie|envoyer|relance) (?:ca )?(?:a qui|ou|qui)"
    r"|qui (?:je |on |faut[- ]il |dois[- ]je )?(?:contacte[rz]?|appelle|appeler|joindre|relance[rz]?)"
    r"|(?:a|vers) qui (?:j'ecris|j'envoie|je m'adresse|je demande|ecrire|m'adresser|me tourner)"
    r"|(?:vois|voir|traite|traiter) (?:ca )?avec qui|(?:vers|a) quel service)\b"
)
"""Words that ask which desk to write to."""


_HELP = re.compile(
    r"\b(?:qui peut (?:m'|nous |me )?(?:aider|depanner|debloquer)|quel(?:le)? (?:bureau|service|assistance|oficina)"
    r"|(?:prefere|veux|voudrais|passez[- ]moi|parler a) (?:quelqu'un|une personne|un humain|un technicien)"
    r"|a qui (?:m'adresser|ecrire|demander)|qui (?:contacter|appeler|joindre))\b"
)
"""Words that ask for help from a person or a desk."""


def _wants_the_desk(talk: Talk) -> bool:
    """« J’ai rien d’autre, j’écris à qui ? Je suis à Lagnieu »: the desk can be named, and is."""
    state, folded = talk.state, readers.fold(talk.heard.text)
    topic = talk.knowledge.guides.get(state.topic or "")
    here = talk.place.department and not talk.place.whole
    if here and state.turns and _HELP.search(folded) and not problems.is_grave(topic):
        return True
    if topic is None or problems.is_grave(topic) or topic.family == problems.DESK_FAMILY:
        return False
    return bool((here or state.department) and _WHO.search(folded))


def _to_the_desk(talk: Talk) -> None:
    if talk.place.department:
        desk.known(talk, talk.place.department, talk.place.place)
    acts.support(talk)


_LEAVING = 0.9
"""From which probability a short message takes leave, though no intent is sure."""
_NOT_LEAVING = frozenset(
    {"act_what_if", "act_where", "act_why", "act_not_understood", "act_cannot"}
)
"""Acts that go on with the topic, whatever word of giving up the message holds."""


def spoken(talk: Talk) -> str | None:
    """The act that the message asks in words, always understood; None when it asks none."""
    heard = talk.heard
    concepts, words = heard.concepts, readers.word_count(heard.text)
    sure = heard.intent if heard.decision == "answer" else None
    erase = _ERASE.search(readers.fold(heard.text))
    if ("act_erase" in concepts and words <= 8) or (
        erase and not heard.text.rstrip().endswith("?")
    ):
        return "ask_erase"
    if "act_summary" in concepts and words <= (10 if sure else 14):
        return "summary"
    if words <= 20 and _REQUEST.search(readers.fold(heard.text)):
        return "prepare"
    if "act_is_robot" in concepts and "act_human" not in concepts and words <= 8:
        return "robot"
    if _wants_a_person(talk, sure):
        return "human"
    if _wants_the_desk(talk):
        return "desk"
    leaving = "attr_left_service" in concepts or heard.text.rstrip().endswith("?")
    if leaving and (sure == "goodbye" or "act_goodbye" in concepts):
        return None
    if (sure == "goodbye" and words <= 12) or (
        "act_goodbye" in concepts and words <= 8 and sure in {None, "cancel"}
    ):
        return "goodbye"
    if (
        acting.told(heard, "act_goodbye") >= _LEAVING
        and words <= 7
        and not leaving
        and sure is None
    ):
        return "goodbye"
    other = acting.act(heard)
    if other == "act_human" and sure == "cancel":
        return "human"
    if other in _NOT_LEAVING or acting.told(heard, "question") >= acting.SURE:
        return None
    if sure == "cancel" or (
        "act_cancel" in concepts and words <= 6 and sure in {None, "deny", "goodbye"}
    ):
        return "cancel"
    return None


def _asks_in_words(talk: Talk) -> bool:
    """Whether the message asks, in its own words, a question that the open topic answers."""
    if (talk.state.guide or talk.state.topic or "") not in talk.knowledge.guides:
        return False
    facts = topics.facts_of(talk)
    may_be_asked = [q for q in asking.open_questions(talk) if readers.holds(q.only, facts)]
    return asking.longest_asked(talk, may_be_asked) >= asking.TELLING


def _wants_a_person(talk: Talk, sure: str | None) -> bool:
    """Whether a person is wanted. Inside a step, « je n’y comprends rien » is asked for help first."""
    heard = talk.heard
    if "act_show_all" in heard.concepts:
        return False
    if sure == "human_handoff":
        other = acting.act(heard)
        state = talk.state
        inside = bool(state.guide or state.topic or state.pending)
        doubtful = heard.confidence < acting.BEYOND_DOUBT or "act_human" not in heard.concepts
        return not (inside and doubtful and other and other != "act_human")
    return "act_human" in heard.concepts and readers.word_count(heard.text) <= 8 and sure is None


SPOKEN: dict[str, Callable[[Talk], None]] = {
    "ask_erase": acts.ask_erase,
    "summary": acts.summary,
    "cancel": acts.restart,
    "prepare": desk.prepare,
    "desk": _to_the_desk,
    "robot": lambda talk: talk.say("robot"),
    "human": acts.human,
    "goodbye": acts.end,
}
