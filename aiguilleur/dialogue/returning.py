"""« Bon, revenons à ma boîte pleine », « et la place, du coup ? »: back to a subject that waits."""

from __future__ import annotations

import re

from aiguilleur.dialogue import acting, asked_inside, asking, problems, readers, steps, topics
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Guide

_SAID = re.compile(
    r"\b(?:(?:je |on |pour en )?re(?:viens|vient|venons|venir|prends|prend|prenons|tournons)"
    r"|retour (?:a|au|aux|sur)|pour en revenir)\b"
)
"""Words that announce a return."""
_TURNED = re.compile(
    r"(?:^|[ ,.])(?:et|sinon|maintenant|reste|pour) (?:pour )?(?:m[ao]n?|mes|l[ae]|les|l'\w)"
)
"""« et la synchro ? »: words that turn to something known."""
_OTHER = re.compile(
    r"\b(?:l'autre|(?:le|la|mon|ma) (?:deuxieme|second|seconde|2e|2eme)) (?:probleme|pb|souci|soucis|sujet|truc|question|point|chose|affaire)\b"
)
"""« Et l’autre souci ? »: what was told beside, and waits."""
_ALONE = re.compile(
    r"(?:ok|bon|bien|oui|alors|\W)*et (?:pour )?(?:m[ao]n?|mes|l[ae]|les|l')\W?\w+"
    r"(?: du coup| alors| sinon| dans tout ca| au fait| donc)*"
)
"""« Et la place, du coup ? », and nothing else in the sentence."""


def returned(talk: Talk) -> bool:
    """Whether the message comes back to an interrupted step or to the problem that waits."""
    waiting = [frame.partition("#")[0] for frame in reversed(talk.state.frames)]
    waiting += [talk.state.queued] if talk.state.queued else []
    folded = readers.fold(talk.heard.text)
    other = talk.knowledge.guides.get(talk.state.queued or (waiting[0] if waiting else ""))
    if other and _OTHER.search(folded) and readers.word_count(folded) <= _AT_ONCE:
        _back_to(talk, other)
        return True
    said = _SAID.search(folded)
    if not waiting or not (said or _TURNED.search(folded)) or readers.word_count(folded) > 20:
        return False
    here = talk.knowledge.guides.get(talk.state.guide or talk.state.topic or "")
    for name in waiting:
        guide = talk.knowledge.guides.get(name)
        if guide is None:
            continue
        if not _left(talk, here):
            if not _names(talk, guide):
                continue
            if not said and here is not None and _names(talk, here):
                continue
        _back_to(talk, guide)
        return True
    return False


_NOT_OVER = re.compile(
    r"\b(?:pas|rien) (?:du tout )?(?:regle|fini|resolu|bon|encore bon|marche)\b|\bpas (?:du tout )?ca\b"
    r"|\b(?:re)?(?:deconnecte|rebloque|recommence|rejette|bloque de nouveau)|\btoujours (?:pas|pareil|refuse|le meme)"
)
"""« Non pas du tout, c’est pas réglé »: what was taken for a success is none."""
_AT_ONCE = 18
"""How many words such a message has at most."""


def reopened(talk: Talk) -> bool:
    """Whether the message takes back the success that ended the topic; then its last step goes on."""
    found = talk.step_at(talk.state.ended)
    if found is None or talk.state.guide or talk.state.pending:
        return False
    (guide, node), heard = found, talk.heard
    if heard.text.rstrip().endswith("?") or readers.word_count(heard.text) > _AT_ONCE:
        return False
    still = acting.told(heard, "act_still") >= acting.LIKELY or "act_still" in heard.concepts
    problem = problems.told(talk)
    if problem is not None and not problems.related(problem, guide):
        return False
    if not still and not _NOT_OVER.search(readers.fold(heard.text)):
        return False
    talk.change(guide=guide.id, step=node.id, topic=guide.id, ended=None)
    key = next((key for key in ("still", "no", "stuck") if node.edge(key)), None)
    if key:
        steps.take(talk, guide, node, key)
    else:
        topics.enter(talk, guide, node, again=True)
    return True


def _left(talk: Talk, here: Guide | None) -> bool:
    """Whether the last sentence only asks after something that the open topic has no answer for."""
    last = re.split(r"[.!?]+\s+", talk.heard.text.strip(" .!?"))[-1]
    if not _ALONE.fullmatch(readers.fold(last)):
        return False
    return here is None or not asking.longest_asked(talk, here.questions)


def _names(talk: Talk, guide: Guide) -> bool:
    return bool(guide.about) and problems.speaks_of(talk, guide)


def _back_to(talk: Talk, guide: Guide) -> None:
    """The interrupted step, answered at once if the message does; else the problem that waited."""
    frame = next((f for f in talk.state.frames if f.startswith(f"{guide.id}#")), None)
    if frame is None:
        talk.change(queued=None)
        topics.interrupt(talk, guide)
        topics.start(talk, guide)
        return
    node = guide.nodes.get(frame.partition("#")[2]) or guide.nodes[guide.start]
    talk.change(
        frames=tuple(f for f in talk.state.frames if f != frame),
        guide=guide.id,
        step=node.id,
        topic=guide.id,
        pending=None,
    )
    key = steps.named(talk, guide, node)
    if key:
        steps.take(talk, guide, node, key)
    elif not asked_inside.of_the_guide(talk, guide, node):
        steps.remind(talk)
