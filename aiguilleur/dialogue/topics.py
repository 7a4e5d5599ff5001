"""The guides in conversation: opening a topic, walking its steps, leaving it for another.

Composes Cards on a :class:`Talk`; what a step is and where its answers lead is data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from aiguilleur.card import MAX_WORDS, Card
from aiguilleur.dialogue import acting, desk, details, readers, wording
from aiguilleur.dialogue.state import MAX_FRAMES, MAX_TRIED
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Edge, Entry, Guide, Node

OPEN_KINDS = ("ask", "do", "test")
ENOUGH = 2
"""From how many Cards a turn says no more: what waits comes back at the next one."""
IMPATIENCE = frozenset(
    {"attr_anger", "attr_urgent", "attr_deadline", "attr_waiting", "attr_for_other"}
)
"""Attributes that colour an answer, but are not by themselves another situation."""


def current(talk: Talk) -> tuple[Guide, Node] | None:
    """The guide and the step in hand. A step that has vanished takes its guide back to the start."""
    guide = talk.knowledge.guides.get(talk.state.guide or "")
    if guide is None:
        return None
    node = guide.nodes.get(talk.state.step or "") or guide.nodes[guide.start]
    return guide, node


def place_of(talk: Talk, target: str, guide: Guide | None) -> tuple[Guide, Node]:
    """The guide and node that a target names."""
    if target.startswith("guide:"):
        guide, name = _elsewhere(talk, target)
        return guide, guide.nodes[name] if name else first_node(talk, guide)
    if guide is None:
        raise KeyError(target)
    return guide, guide.nodes[target]


def _elsewhere(talk: Talk, target: str) -> tuple[Guide, str]:
    """The guide that ``guide:ID#NODE`` names, and the name of the node; empty without one."""
    name, _, node = target.removeprefix("guide:").partition("#")
    return talk.knowledge.guides[name], node


def first_node(talk: Talk, guide: Guide) -> Node:
    """Where a guide begins for this person, in this guide; see :func:`beginning`."""
    here, node = beginning(talk, guide)
    return node if here.id == guide.id else guide.nodes[guide.start]


def beginning(talk: Talk, guide: Guide) -> tuple[Guide, Node]:
    """The first entry whose conditions hold, which may be in another guide; else the start."""
    entry = first_entry(talk, guide)
    return target_of(talk, guide, entry) if entry else (guide, guide.nodes[guide.start])


def first_entry(talk: Talk, guide: Guide) -> Entry | None:
    """The first entry of the guide whose conditions hold for this message and this person."""
    return next((entry for entry in guide.entries if entry_holds(talk, entry)), None)


TOLD_AT_FIRST = 0.5
"""From which probability among all that is known a first message tells a state of the guide it opens."""


def told_at_first(talk: Talk, guide: Guide) -> tuple[Guide, Node] | None:
    """Where the state that a first message tells leads, in words that no start of the guide holds: as
    learned from the messages that tell it in the middle of the guide."""
    chances = talk.heard.questions
    roads: dict[str, float] = {}
    for edge in (edge for node in guide.nodes.values() for edge in node.edges):
        name = guide.answer_name(edge)
        if name in chances and not edge.to.startswith("@"):
            roads[edge.to] = max(roads.get(edge.to, 0.0), chances[name or ""])
    best = max(roads, key=lambda to: roads[to], default=None)
    if best is None or roads[best] < TOLD_AT_FIRST:
        return None
    return place_of(talk, best, guide)


def plain_start(talk: Talk, guide: Guide) -> bool:
    """Whether the message tells none of the other starts of the guide."""
    return not any(entry_holds(talk, entry) for entry in guide.entries)


def entry_holds(talk: Talk, entry: Entry) -> bool:
    """Whether all the conditions of an entry hold for this message and this person."""
    folded = readers.fold(talk.heard.text)
    liked = not entry.like or any(readers.says(folded, phrase) for phrase in entry.like)
    return bool(entry.when or entry.like) and liked and readers.holds(entry.when, facts_of(talk))


def by_words(talk: Talk, guides: Iterable[Guide], least: int) -> Guide | None:
    """The guide one of whose starts has the longest phrase that the message holds, of ``least`` letters."""
    folded = readers.fold(talk.heard.text)
    said = [
        (length, guide)
        for guide in guides
        for entry in guide.entries
        if (length := readers.longest(folded, entry.like)) >= least and entry_holds(talk, entry)
    ]
    return max(said, key=lambda pair: pair[0], default=(0, None))[1]


def target_of(talk: Talk, guide: Guide, entry: Entry) -> tuple[Guide, Node]:
    """Where an entry leads."""
    if not entry.to.startswith("guide:"):
        return guide, guide.nodes[entry.to]
    other, node = _elsewhere(talk, entry.to)
    if not node:
        # Its own starts count too, but not those that leave it again: two guides could send back and forth.
        own = (e for e in other.entries if not e.to.startswith("guide:") and entry_holds(talk, e))
        node = next((e.to for e in own), other.start)
    return other, other.nodes[node]


def told_by_attribute(talk: Talk, guide: Guide) -> Entry | None:
    """The entry that this very message opens by an attribute, or by a bare device: « thunderbird »."""
    heard = {name for name in talk.heard.concepts if name.startswith("attr_")} - IMPATIENCE
    if readers.word_count(talk.heard.text) <= 3 and talk.heard.concepts & details.CLIENTS.keys():
        heard.add(f"client_{talk.state.mail_client}")
    for entry in guide.entries:
        named = {name for item in entry.when for name in item.split("|")}
        if heard & named and entry_holds(talk, entry):
            return entry
    return None


def facts_of(talk: Talk) -> frozenset[str]:
    """The concepts heard, and what the conversation adds to them under names of its own."""
    state, extra = talk.state, set(talk.state.traits)
    if talk.heard.academic_address:
        extra.add("typed_address")
    if state.mail_client:
        extra.add(f"client_{state.mail_client}")
    if state.structure:
        extra.add(f"structure_{state.structure}")
    if state.for_whom == "other":
        extra.add("for_other")
    if state.department:
        extra.add("has_department")
    if talk.place.department:
        extra.add("place_told")
    if state.waiting:
        extra.add("has_waiting")
    if state.support_contacted:
        extra.add(f"contacted_{state.support_contacted}")
    if state.topic:
        extra |= {"in_topic", f"topic_{state.topic}"}
    if state.routed:
        extra.add("routed")
    if state.pending == "department":
        extra.add("place_asked")
    if readers.word_count(talk.heard.text) <= 3:
        extra.add("bare")
    return talk.heard.concepts | extra


def start(talk: Talk, guide: Guide, before: str = "", node: Node | None = None) -> None:
    """Open a topic, at the step that fits the message."""
    if node is None:
        entry = first_entry(talk, guide)
        if entry:
            guide, node = target_of(talk, guide, entry)
        else:
            guide, node = told_at_first(talk, guide) or (guide, guide.nodes[guide.start])
        talk.change(**dict(entry.sets if entry else {}))
    talk.change(misses=0, misread=0, topic=guide.id, problem=node.problem or guide.id)
    enter(talk, guide, node, before)


def enter(talk: Talk, guide: Guide, node: Node, before: str = "", again: bool = False) -> None:
    """Come to a step: say it, or go to the desk."""
    before_it = talk.state.at() if node.kind == "end" else None
    talk.change(guide=guide.id, step=node.id, topic=guide.id, pending=None, ended=before_it)
    if node.kind == "route":
        talk.change(problem=node.problem)
        if guide.family:
            talk.change(frames=_unrelated(talk, guide))
        desk.go(talk, guide, node, before)
        if talk.state.pending is None:
            closed(talk)
        return
    card = talk.node(guide, node, before, again)
    talk.cards.append(_relayed(talk, node, card))
    if node.kind == "end":
        talk.change(guide=None, step=None)
        closed(talk)
    elif node.kind == "answer" and not any(edge.key != "end" for edge in node.edges):
        closed(talk)


SECOND_PERSON = re.compile(r"\b(?:vous|votre|vos)\b", re.IGNORECASE)
THIRD_PERSON = re.compile(r"\b(?:la personne|cette personne|elle|son|sa)\b", re.IGNORECASE)


def _relayed(talk: Talk, node: Node, card: Card) -> Card:
    """The first step said to somebody who asks for another: « vous » is the one concerned."""
    if talk.state.for_whom != "other" or node.kind not in OPEN_KINDS:
        return card
    if talk.state.mailbox == "functional" or "relayed" in talk.state.told:
        return card
    if THIRD_PERSON.search(card.text):
        return card
    if node.kind == "ask" and not SECOND_PERSON.search(card.text):
        return card
    text = f"{talk.message('relayed').text} {card.text}"
    return replace(card, text=text) if readers.word_count(text) <= MAX_WORDS else card


def _unrelated(talk: Talk, guide: Guide) -> tuple[str, ...]:
    """The interrupted steps that a desk for this guide does not answer too."""
    root = guide.family.split(".")[0]
    return tuple(
        frame
        for frame in talk.state.frames
        if (other := talk.knowledge.guides.get(frame.partition("#")[0]))
        and other.family.split(".")[0] != root
    )


def closed(talk: Talk, keep: bool = False) -> None:
    """A topic has had its answer: go back to what was interrupted, or offer what waits."""
    state = talk.state
    if len(talk.cards) >= ENOUGH:
        return
    if state.frames:
        back, rest = state.frames[-1], state.frames[:-1]
        found = talk.step_at(back)
        talk.change(frames=rest)
        if found and found[1].kind == "route":
            if not talk.state.routed:
                _ask_again(talk, *found)
            return
        if found:
            guide, node = found
            lead = talk.message("back_to", topic=lower_first(guide.title)).text
            talk.change(guide=guide.id, step=node.id, topic=guide.id)
            card = talk.node(guide, node)
            short = f"{lead} {card.text}"
            talk.cards.append(Card(text=short, links=card.links, buttons=card.buttons))
            return
    queued = talk.knowledge.guides.get(state.queued or "")
    if queued and not keep:
        talk.change(queued=None, pending="queued", options=(queued.id,))
        labels = talk.knowledge.labels
        talk.say(
            "queued",
            topic=lower_first(queued.title),
            buttons=[
                wording.button(labels["yes"], f"guide:{queued.id}"),
                wording.button(labels["end"], "@end"),
            ],
        )


def _ask_again(talk: Talk, guide: Guide, node: Node) -> None:
    """Back to a desk that waited for the town: the question alone, what led to it was said."""
    if talk.state.department:
        enter(talk, guide, node)
        return
    lead = talk.message("back_to", topic=lower_first(guide.title)).text
    talk.change(guide=guide.id, step=node.id, topic=guide.id, problem=node.problem)
    talk.change(purpose=f"{guide.id}#{node.id}")
    desk.ask_department(talk, lead)


def interrupt(talk: Talk, guide: Guide) -> None:
    """Another topic while a guide is open: keep the place of the first, depth two at most."""
    here = talk.state.at()
    found = current(talk)
    waits = found is not None and found[1].kind == "route" and talk.state.department is None
    open_step = found is not None and found[1].kind in OPEN_KINDS
    if here and found and (open_step or waits) and found[0].id != guide.id:
        frames = tuple(f for f in talk.state.frames if not f.startswith(f"{guide.id}#"))
        kept = tuple(f for f in frames if f != here)
        talk.change(frames=(*kept, here)[-MAX_FRAMES:])
    else:
        talk.change(frames=tuple(f for f in talk.state.frames if not f.startswith(f"{guide.id}#")))
    talk.change(guide=None, step=None)


def place_awaited(talk: Talk) -> bool:
    """A town given while another topic is open goes to the desk that was waiting for it, if any did."""
    kept = (talk.step_at(frame) for frame in talk.state.frames)
    waiting = next((found for found in kept if found and found[1].kind == "route"), None)
    here = talk.state.at()
    if waiting is None or here is None:
        return False
    talk.change(frames=(here,))
    enter(talk, *waiting)
    return True


def learn(talk: Talk, node: Node, edge: Edge) -> None:
    """Remember what an answer teaches: what was tried, and the slots it sets."""
    state = talk.state
    if node.tried and node.tried not in state.tried:
        talk.change(tried=(*state.tried, node.tried)[-MAX_TRIED:])
    if edge.sets:
        talk.change(**dict(edge.sets))
    talk.change(misses=0, misread=0)


def follow(talk: Talk, guide: Guide, node: Node, edge: Edge) -> None:
    """Go where an answer leads; the first « je ne trouve pas » gets the help of the step."""
    key = f"help:{guide.id}#{node.id}"
    if edge.key in {"stuck", "help"} and node.help and key not in talk.state.told:
        help_with(talk, guide, node)
        return
    next_guide, next_node = place_of(talk, edge.to, guide)
    if next_guide.id != guide.id:
        talk.change(problem=next_node.problem or next_guide.id)
    enter(talk, next_guide, next_node, edge.say or "", again=next_node.id == node.id)


def help_with(talk: Talk, guide: Guide, node: Node) -> None:
    """« Je ne trouve pas »: the help of the step, and its buttons again."""
    card = talk.node(guide, node)
    talk.state = talk.state.tell(f"help:{guide.id}#{node.id}")
    talk.cards.append(
        Card(
            text=talk.words(node.help or ""),
            links=card.links,
            facts=card.facts,
            buttons=card.buttons,
        )
    )


def show_all(talk: Talk, guide: Guide) -> None:
    """« Tout voir »: every counted step in one Card, for those who know."""
    steps = tuple(
        talk.words(guide.nodes[name].text[0]) for name in guide.counted if name in guide.nodes
    )
    found = current(talk)
    buttons = talk.node(*found).buttons if found else ()
    links = {
        link.url: link
        for name in guide.counted
        for link in wording.links(guide.nodes[name].links, talk.knowledge)
    }
    talk.cards.append(
        Card(
            text=talk.message("all_steps", topic=lower_first(guide.title)).text,
            title=guide.title,
            steps=steps,
            links=tuple(links.values()),
            buttons=tuple(b for b in buttons if '"all"' not in b.payload),
        )
    )


def reask(talk: Talk, guide: Guide, node: Node) -> None:
    """The answer could not be read: another wording; the third time, the way to a desk too."""
    labels = [edge.label or talk.knowledge.labels[edge.key] for edge in node.edges if edge.button]
    card = talk.node(guide, node, again=True)
    talk.change(misread=talk.state.misread + 1)
    if talk.state.misread >= 3:
        talk.say("reask_last")
        return
    names = ", ".join(f"«\u202f{label}\u202f»" for label in labels[:-1])
    asked = _question_in(card.text) or wording.SENTENCE_END.split(card.text)[-1]
    lead = talk.message(_unread(talk, node), topic=names, again=asked or " ").text
    talk.cards.append(Card(text=lead.strip(), links=card.links, buttons=card.buttons))


def _unread(talk: Talk, node: Node) -> str:
    """The message for what is no answer to the step: a question without a known answer, a detail…"""
    if acting.told(talk.heard, "question", "act_why") >= acting.LIKELY:
        return "no_answer"
    if acting.told(talk.heard, "detail") >= acting.LIKELY:
        return "noted"
    return "reask" if node.kind == "ask" else "stuck_ask"


def _question_in(text: str) -> str:
    sentences = wording.SENTENCE_END.split(text)
    return next((s for s in reversed(sentences) if s.endswith("?")), "")


def lower_first(title: str) -> str:
    """A title as it stands within a sentence; « NUMEN » keeps its capitals."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
