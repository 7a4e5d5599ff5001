"""Mistyped names: looked for only where a place may stand, and only when one name is nearest.

Distance 1 for 5 to 7 letters, 2 from 8 (3 from 16); never decided by the size of a town.
"""

from __future__ import annotations

from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from aiguilleur.places import grammar
from aiguilleur.places.grammar import CONNECTORS
from aiguilleur.places.index import Index
from aiguilleur.places.mentions import located
from aiguilleur.places.model import Entry, Mention
from aiguilleur.places.text import Token

WINDOWS = 14
"""At most so many groups of words are compared in one text."""

LONGEST = 6


def repair(
    tokens: list[Token], mentions: list[Mention], index: Index, bare: Callable[[int, int], bool]
) -> list[Mention]:
    """``mentions`` with those that a repair adds or lengthens; repaired ones are not ``exact``."""
    starts = {mention.start: mention for mention in mentions}
    covered = {i for mention in mentions for i in range(mention.start, mention.end)}
    closed = {i for m in mentions if m.entry.kind == "not_place" for i in range(m.start, m.end)}
    repaired: list[Mention] = []
    budget = WINDOWS
    position = 0
    while position < len(tokens) and budget > 0:
        held = starts.get(position)
        if held is None and (position in covered or not _may_start(tokens, position, index)):
            position += 1
            continue
        if held is not None and not _may_lengthen(tokens, held, index):
            position = max(held.end, position + 1)
            continue
        best: Mention | None = None
        for end in range(_reach(tokens, position, closed), (held.end if held else position), -1):
            if budget <= 0:
                break
            if not _unknown_inside(tokens, held.end if held else position, end, index):
                continue
            if held is None and not _may_be(tokens, position, end, index, bare):
                continue
            budget -= 1
            best = _nearest(tokens, position, end, index)
            if best is not None:
                break
        if best is None:
            position = max(held.end if held else 0, position + 1)
            continue
        repaired.append(best)
        covered |= set(range(best.start, best.end))
        position = best.end
    if not repaired:
        return mentions
    kept = [m for m in mentions if not any(r.start <= m.start and m.end <= r.end for r in repaired)]
    return sorted([*kept, *repaired], key=lambda mention: mention.start)


def _may_start(tokens: list[Token], i: int, index: Index) -> bool:
    token = tokens[i]
    if not token.is_word or token.norm in CONNECTORS or token.norm in index.never_repaired:
        return False
    if (
        token.norm in grammar.FILLERS
        or token.norm in index.schools
        or token.norm in grammar.LOCATIVE
    ):
        return False
    if any(letter.isupper() for letter in token.raw[1:]) and not token.raw.isupper():
        return False
    return len(token.norm) >= 4


def _may_be(
    tokens: list[Token], start: int, end: int, index: Index, bare: Callable[[int, int], bool]
) -> bool:
    """A place may stand at ``start`` to ``end``: said so by the sentence, or the whole answer."""
    return (
        (end - start > 1 and _structured(tokens, start, index))
        or _announced(tokens, start, index)
        or bare(start, end)
    )


def _structured(tokens: list[Token], i: int, index: Index) -> bool:
    """The first word begins a known name of several words: « saint… », « le bois de… »."""
    return tokens[i].norm in index.longest


def _announced(tokens: list[Token], i: int, index: Index) -> bool:
    """A capital within a sentence, or a preposition, says that a name stands here."""
    begins = i == 0 or not tokens[i - 1].is_word
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    name_before = i > 0 and tokens[i - 1].is_word and tokens[i - 1].capital and i > 1
    if name_before and tokens[i - 1].norm not in index.schools:
        return surely_located(tokens, i, index)
    lone = following is None or not following.is_word or len(tokens) <= 5
    return (tokens[i].capital and (not begins or lone)) or surely_located(tokens, i, index)


def surely_located(tokens: list[Token], i: int, index: Index) -> bool:
    """Located, and « à » follows a word that places somebody: « copies à corriger » does not."""
    if not located(tokens, i, index):
        return False
    back = i - 1
    while tokens[back].norm in grammar.ARTICLES:
        back -= 1
    return (
        tokens[back].norm not in ("a", "sur")
        or back == 0
        or tokens[back - 1].norm in grammar.LOCATIVE
    )


def _may_lengthen(tokens: list[Token], mention: Mention, index: Index) -> bool:
    following = tokens[mention.end] if mention.end < len(tokens) else None
    return (
        following is not None
        and mention.entry.kind != "not_place"
        and following.is_word
        and (index.longest.get(tokens[mention.start].norm, 0) > mention.end - mention.start)
    )


def _reach(tokens: list[Token], start: int, closed: set[int]) -> int:
    end = start
    while end < len(tokens) and end - start < LONGEST and tokens[end].is_word and end not in closed:
        end += 1
    return end


def _unknown_inside(tokens: list[Token], start: int, end: int, index: Index) -> bool:
    return any(
        len(token.norm) >= 4
        and token.norm not in index.vocabulary
        and token.norm not in index.never_repaired
        and token.norm not in grammar.FILLERS
        and token.norm not in grammar.LOCATIVE
        for token in tokens[start:end]
    )


def _nearest(tokens: list[Token], start: int, end: int, index: Index) -> Mention | None:
    while end > start and tokens[end - 1].norm in CONNECTORS:
        end -= 1
    written = " ".join(token.norm for token in tokens[start:end])
    letters = len(written.replace(" ", ""))
    if letters < 5:
        return None
    allowed = 1 if letters < 8 else 2 if letters < 16 else 3
    keys = _closest(written, allowed, index.by_start.get((end - start, written[0]), ()))
    if not keys and letters >= 8:
        keys = _closest(written, 1, index.by_length.get(end - start, ()))
    keys = tuple(key for key in keys if key not in index.ordinary)
    joined = written.replace(" ", "")
    if not keys and end - start > 1 and letters >= 8 and joined in index.entries:
        keys = (joined,)
    entries = [index.entries[key] for key in keys]
    if not entries:
        return None
    if len({entry.departments for entry in entries}) == 1:
        best = min(entries, key=lambda entry: (entry.partial, entry.display or ""))
        entry = best if len({e.display for e in entries}) == 1 else _without_name(best)
    else:
        held = frozenset(code for entry in entries for code in entry.departments)
        entry = Entry(held, held, "commune", None, partial=True)
    return Mention(start, end, entry, exact=False)


def _without_name(entry: Entry) -> Entry:
    return Entry(entry.departments, entry.wider, entry.kind, None, entry.partial)


def _closest(written: str, allowed: int, keys: tuple[str, ...]) -> tuple[str, ...]:
    found = process.extract(written, keys, scorer=OSA.distance, score_cutoff=allowed, limit=12)
    if not found:
        return ()
    least = min(distance for _, distance, _ in found)
    return tuple(sorted(key for key, distance, _ in found if distance == least))
