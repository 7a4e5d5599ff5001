"""What the sentence says of each place: work, home, past, denied, passed through, someone else’s.

One pass over the text, clause by clause, driven by cues of ordinary French. Knows no place.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from aiguilleur.places import grammar
from aiguilleur.places.cues import CUE, FULL_TIME
from aiguilleur.places.model import DEPARTMENT_KINDS, Mention, Role
from aiguilleur.places.text import Token

HARD = frozenset({".", ";", "!", "?", "\n"})
SOFT = frozenset({",", "(", ")", ":", "/"})
STICKY = frozenset({Role.PAST, Role.WORK, Role.OTHER_PERSON})
ALLOWED_AFTER_DENIAL = (
    grammar.FILLERS
    | grammar.LOCATIVE
    | grammar.words_of(
        "vraiment encore celui celle ceux non ni meme forcement que academie college lycee ecole"
    )
)
"""Words that may stand between « je ne suis pas » and the place that is denied."""

APPOSED = grammar.words_of(", ( dans en de du d le la les l : / departement dept")
FOLLOWING = grammar.words_of(", et mais ( c ce cest ca est . n la")
JOINING = grammar.words_of("et ou a de le la l les dans ( en")


@dataclass
class _State:
    role: Role = Role.NEUTRAL
    cue: str = ""
    cue_end: int = 0
    named: bool = False


class _Event(NamedTuple):
    start: int
    order: int
    end: int
    name: str
    mention: Mention | None = None


def assign(tokens: list[Token], mentions: list[Mention], schools: frozenset[str]) -> None:
    """Set ``role`` and ``attached_to`` of every mention, in place."""
    _attach(tokens, mentions)
    flat, offsets = _flat(tokens, mentions)
    cues = [
        (bisect_left(offsets, m.start()), bisect_left(offsets, m.end()), str(m.lastgroup))
        for m in CUE.finditer(flat)
    ]
    _walk(tokens, mentions, cues, schools)
    for mention in mentions:
        if mention.attached_to is not None:
            mention.role = mention.attached_to.role


def full_time_elsewhere(tokens: list[Token]) -> bool:
    """The text says that the person is in fact every day at another place."""
    return bool(FULL_TIME.search(" ".join(token.norm for token in tokens)))


def _flat(tokens: list[Token], mentions: list[Mention]) -> tuple[str, list[int]]:
    """The folded text, places replaced by « @ » so that their words are not cues."""
    hidden = {i for mention in mentions for i in range(mention.start, mention.end)}
    offsets, parts, at = [], [], 0
    for i, token in enumerate(tokens):
        offsets.append(at)
        part = "@" if i in hidden else token.norm
        parts.append(part)
        at += len(part) + 1
    return " ".join(parts), offsets


def _attach(tokens: list[Token], mentions: list[Mention]) -> None:
    """« X, dans le département Y », « X (number) », « post code X »: the département settles X."""
    for first, second in pairwise(mentions):
        between = {token.norm for token in tokens[first.end : second.start]}
        if not between <= APPOSED:
            continue
        town, department = (
            (first, second) if second.entry.kind in DEPARTMENT_KINDS else (second, first)
        )
        if department.entry.kind not in DEPARTMENT_KINDS or town.entry.kind in DEPARTMENT_KINDS:
            continue
        settled = department.departments & town.entry.wider
        if settled:
            finer = department.entry.display or ""
            if finer.startswith(town.entry.display or finer):
                town.entry = replace(town.entry, display=finer or town.entry.display)
            town.departments = settled
            if department is second:
                second.attached_to = first


def _walk(
    tokens: list[Token],
    mentions: list[Mention],
    cues: list[tuple[int, int, str]],
    schools: frozenset[str],
) -> None:
    starts = _segments(tokens, cues, mentions)
    state, third = _State(starts.get(0, Role.NEUTRAL), "segment" if 0 in starts else ""), False
    done: list[Mention] = []
    for event in _events(tokens, mentions, cues, schools):
        last = done[-1] if done else None
        if event.mention is not None:
            mention = event.mention
            mention.role = Role.OTHER_PERSON if third else _role_here(tokens, mention, state, last)
            if mention.role is Role.NEAR or state.cue == "street":
                state = _State(state.role if state.role is not Role.NEAR else Role.NEUTRAL)
            state.named = True
            done.append(mention)
        elif event.name in ("hard", "soft", "but"):
            if event.name != "soft":
                third = False
            if event.name != "soft" or (state.role not in STICKY and not third):
                state = _State()
            if event.start + 1 in starts:
                state = _State(starts[event.start + 1], "segment", event.start + 1)
        else:
            state, third = _on_cue(event, state, third, done, tokens, mentions)


def _events(
    tokens: list[Token],
    mentions: list[Mention],
    cues: list[tuple[int, int, str]],
    schools: frozenset[str],
) -> list[_Event]:
    """Stops, cues and places in the order of the text."""
    inside = {i for mention in mentions for i in range(mention.start, mention.end)}
    inside |= {i for start, end, _ in cues for i in range(start, end)}
    events = [_Event(mention.start, 2, mention.end, "place", mention) for mention in mentions]
    events += [_Event(start, 1, end, name) for start, end, name in cues]
    for i, token in enumerate(tokens):
        if token.norm in HARD or token.norm in SOFT:
            events.append(_Event(i, 0, i + 1, "hard" if token.norm in HARD else "soft"))
        elif i in inside:
            continue
        elif token.norm in schools:
            events.append(_Event(i, 1, i + 1, "noun"))
        elif token.norm in grammar.STREETS:
            events.append(_Event(i, 1, i + 1, "street"))
    return sorted(events, key=lambda event: (event.start, event.order))


def _segments(
    tokens: list[Token], cues: list[tuple[int, int, str]], mentions: list[Mention]
) -> dict[int, Role]:
    """Role at the start of each comma-clause, from a time or an attachment said anywhere in it."""
    cuts = [0]
    cuts += [i + 1 for i, t in enumerate(tokens) if t.norm in HARD or t.norm in SOFT]
    cuts += [start + 1 for start, _, name in cues if name == "but"]
    cuts = sorted(set(cuts))
    roles = {}
    for begin, end in zip(cuts, [*cuts[1:], len(tokens) + 1], strict=True):
        named = {name for start, _, name in cues if begin <= start < end}
        places = sum(begin <= mention.start < end for mention in mentions)
        if "last_post" in named:
            roles[begin] = Role.NEUTRAL
        elif "now" in named and not (named & {"past", "home", "denied"}):
            roles[begin] = Role.WORK
        elif "past" in named and "strong" not in named and "now" not in named:
            roles[begin] = Role.PAST
        elif "admin" in named and places == 1:
            roles[begin] = Role.ADMIN
    return roles


def _on_cue(
    event: _Event,
    state: _State,
    third: bool,
    done: list[Mention],
    tokens: list[Token],
    mentions: list[Mention],
) -> tuple[_State, bool]:
    name, start, end = event.name, event.start, event.end
    last = done[-1] if done else None
    if third:
        if name in ("first", "self", "here", "strong", "home"):
            third = False
            state = _State()
        else:
            return state, True
    back = {
        "back_denied": Role.DENIED,
        "back_home": Role.HOME,
        "back_work": Role.WORK,
        "back_past": Role.PAST,
    }.get(name)
    if back is not None:
        if last is not None and _follows(tokens, last.end, start):
            for mention in _group(tokens, done):
                if back is not Role.HOME or mention.role is not Role.WORK:
                    mention.role = back
            return _State(), third
        name = {Role.HOME: "home", Role.WORK: "strong", Role.DENIED: "denied", Role.PAST: "past"}[
            back
        ]
    if name == "swap":
        return _swap(start, end, state, done, tokens, mentions), third
    new = state.role
    if name == "kin":
        return _State(Role.OTHER_PERSON, name, end), True
    if name == "denied":
        new = Role.DENIED
    elif name == "strong" or name == "now":
        if state.role is Role.ADMIN and not state.named:
            return state, third
        new = Role.WORK
    elif name == "home":
        joined = (
            state.role is Role.WORK and not state.named and start > 0 and _linked(tokens, start)
        )
        new = Role.WORK if joined else Role.HOME
    elif name == "noun":
        if state.role in (Role.DENIED, Role.PAST, Role.ADMIN):
            return state, third
        if state.role is Role.TRAVEL and not state.named:
            return state, third
        new = Role.WORK
    elif name == "last_post":
        return _State(Role.NEUTRAL, name, end), third
    elif name == "admin":
        new = Role.ADMIN
    elif name in ("past", "left"):
        if state.cue == "last_post":
            return state, third
        new = Role.PAST
    elif name in ("travel", "origin"):
        if state.role is Role.DENIED:
            return state, third
        new = Role.TRAVEL if name == "travel" else Role.HOME
    elif name == "near":
        return _State(Role.NEAR, name, end), third
    elif name == "moved":
        return _State(Role.NEUTRAL, "move", end), third
    elif name in ("move", "ride", "street"):
        if state.role in (Role.DENIED, Role.PAST) and name != "ride":
            return state, third
        return _State(state.role, name, end), third
    elif name == "toward":
        if state.cue in ("left", "move", "ride") or (
            state.named and (state.role is Role.TRAVEL or state.cue == "origin")
        ):
            new = Role.WORK
        else:
            return state, third
    elif name in ("here", "self"):
        if state.role is Role.ADMIN and not state.named:
            return state, third
        new = Role.WORK if name == "self" or state.role is Role.WORK else Role.NEUTRAL
    else:
        return state, third
    return _State(new, name, end), third


def _role_here(tokens: list[Token], mention: Mention, state: _State, last: Mention | None) -> Role:
    since = max(state.cue_end, last.end if last is not None else 0)
    between = [token.norm for token in tokens[since : mention.start]]
    preposition = next((norm for norm in reversed(between) if norm not in grammar.ARTICLES), "")
    if state.cue == "street":
        return (
            Role.TRAVEL
            if set(between) <= {"de", "d", "du", "des", "la", "le", "l", "les"}
            else state.role
        )
    if state.cue == "move":
        return Role.PAST if preposition in ("de", "d", "du", "depuis") else Role.WORK
    if state.cue == "ride":
        if preposition in ("vers",):
            return Role.WORK
        return Role.TRAVEL if state.role is not Role.PAST else Role.PAST
    if state.role is Role.DENIED and state.cue == "denied":
        words = [norm for norm in between if norm.isalpha()]
        return Role.DENIED if all(norm in ALLOWED_AFTER_DENIAL for norm in words) else Role.NEUTRAL
    if state.cue == "origin":
        return Role.HOME if len(between) <= 3 else Role.NEUTRAL
    if state.role is Role.NEAR and len(between) > 4:
        return Role.NEUTRAL
    return state.role


def _swap(
    start: int,
    end: int,
    state: _State,
    done: list[Mention],
    tokens: list[Token],
    mentions: list[Mention],
) -> _State:
    """« à X, non, à Y »: what was said before is taken back."""
    following = next((mention for mention in mentions if mention.start >= end), None)
    if following is None or not done:
        return state
    between = [token for token in tokens[end : following.start] if token.is_word]
    if len(between) > 4 or any(token.norm in ("pas", "mais") for token in between):
        return state
    for mention in done:
        if mention.role in (Role.NEUTRAL, Role.WORK, Role.NEAR):
            mention.role = Role.DENIED
    return _State(Role.WORK if state.role is Role.WORK else Role.NEUTRAL, "swap", end)


def _follows(tokens: list[Token], end: int, start: int) -> bool:
    between = [token.norm for token in tokens[end:start]]
    return len(between) <= 3 and set(between) <= FOLLOWING


def _group(tokens: list[Token], done: list[Mention]) -> list[Mention]:
    """The last mention and those joined to it by « et » or a département of its own."""
    group = [done[-1]]
    for mention in reversed(done[:-1]):
        between = {token.norm for token in tokens[mention.end : group[-1].start]}
        if (
            between <= {"et", "ou", "a", "de", "le", "la", "l", "les", "dans", "(", "en"}
            and between
        ):
            group.append(mention)
        else:
            break
    return group


def _linked(tokens: list[Token], start: int) -> bool:
    return tokens[start - 1].norm == "et" or (start > 1 and tokens[start - 2].norm == "et")
