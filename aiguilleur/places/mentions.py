"""Where a text names a place: longest names first, with guards for names that are also words.

Knows the index and the sentence around a name; does not say whether the person works there.
"""

from __future__ import annotations

from collections.abc import Callable

from aiguilleur.places import grammar
from aiguilleur.places.index import Index
from aiguilleur.places.model import Mention
from aiguilleur.places.text import Token


def find(
    tokens: list[Token],
    index: Index,
    taken: set[int],
    bare: Callable[[int, int], bool],
    *,
    asked: bool,
) -> list[Mention]:
    """The places named in ``tokens`` outside ``taken``, « not_place » phrases included.

    ``asked``: a place has just been asked for.
    """
    found = []
    position = 0
    while position < len(tokens):
        if position in taken:
            position += 1
            continue
        mention = _longest(tokens, position, index, taken, bare, asked)
        if mention is None:
            position += 1
            continue
        found.append(mention)
        position = mention.end
    return found


def _longest(
    tokens: list[Token],
    start: int,
    index: Index,
    taken: set[int],
    bare: Callable[[int, int], bool],
    asked: bool,
) -> Mention | None:
    longest = min(index.longest.get(tokens[start].norm, 0), len(tokens) - start)
    for size in range(longest, 0, -1):
        end = start + size
        entry = index.entries.get(" ".join(token.norm for token in tokens[start:end]))
        if entry is None or any(position in taken for position in range(start, end)):
            continue
        mention = Mention(start, end, entry)
        if _accepted(tokens, mention, index, bare, asked):
            return mention
        if size == 1:
            return None
    return None


def _accepted(
    tokens: list[Token],
    mention: Mention,
    index: Index,
    bare: Callable[[int, int], bool],
    asked: bool,
) -> bool:
    start, end, entry = mention.start, mention.end, mention.entry
    if _titled(tokens, start):
        return False
    if entry.kind == "department_name":
        return not _river(tokens, start) and _not_ordinary_department(tokens, mention, index, bare)
    key = " ".join(token.norm for token in tokens[start:end])
    guarded = key in index.ordinary and _written(tokens[start:end]) not in index.accented
    if guarded:
        return _ordinary(tokens, mention, index, bare, asked)
    if key in index.people:
        return (
            bare(start, end)
            or located(tokens, start, index)
            or _assigned(tokens, start, end)
            or (tokens[start].capital and _alone_in_segment(tokens, start, end))
        )
    if end - start == 1 and len(key) <= 3 and not tokens[start].capital:
        return located(tokens, start, index) or bare(start, end)
    return True


def _ordinary(
    tokens: list[Token],
    mention: Mention,
    index: Index,
    bare: Callable[[int, int], bool],
    asked: bool,
) -> bool:
    start, end = mention.start, mention.end
    following = tokens[end] if end < len(tokens) else None
    whole = bare(start, end)
    capital = tokens[start].capital
    if whole and (asked or capital):
        return True
    if following is not None and following.is_number:
        return False
    if (
        start > 1
        and tokens[start - 2].norm in grammar.MONTHS
        and tokens[start].norm in grammar.MONTHS
    ):
        return False
    if mention.entry.kind == "area":
        return _after(tokens, start, ("dans",)) or (
            capital and _after(tokens, start, ("en", "de", "du", "d", "sur", "a"))
        )
    if located(tokens, start, index) or _assigned(tokens, start, end):
        return True
    return (
        capital
        and not _shouting(tokens)
        and _alone_in_segment(tokens, start, end)
        and len(tokens) > 1
    )


def _not_ordinary_department(
    tokens: list[Token], mention: Mention, index: Index, bare: Callable[[int, int], bool]
) -> bool:
    key = " ".join(token.norm for token in tokens[mention.start : mention.end])
    if key not in index.ordinary:
        return True
    following = tokens[mention.end] if mention.end < len(tokens) else None
    if following is not None and following.norm in ("de", "du", "d", "des"):
        return False
    return tokens[mention.start].capital and _after(
        tokens, mention.start, ("dans", "de", "du", "d", "en", "a", "departement")
    )


def located(tokens: list[Token], start: int, index: Index) -> bool:
    """A preposition or a school's word just before says that a place stands at ``start``."""
    i = start - 1
    while i >= 0 and tokens[i].norm in grammar.ARTICLES:
        i -= 1
    if i < 0:
        return False
    token = tokens[i]
    before = tokens[i - 1] if i else None
    if token.raw in ("à", "À"):
        return True
    if token.norm == "a":
        return before is None or before.norm in grammar.LOCATIVE or before.norm == ","
    if token.norm in ("au", "aux"):
        return before is not None and before.norm in grammar.LOCATIVE
    if token.norm == "sur":
        return tokens[start].capital
    if token.is_number and len(token.raw) == 5:
        return True
    if token.norm in ("de", "d", "du", "des"):
        for back in tokens[max(0, i - 4) : i][::-1]:
            if not back.is_word:
                return False
            if (
                back.norm in index.schools
                or back.norm in grammar.TOWN_WORDS
                or back.norm in index.institutions
            ):
                return True
        return False
    return token.norm in index.schools and tokens[start].capital


def _assigned(tokens: list[Token], start: int, end: int) -> bool:
    """« Mon arrêté dit Replonges », « dernier poste Villars »: a name that ends what tells a post."""
    last = end == len(tokens) or not (tokens[end].is_word or tokens[end].is_number)
    before = tokens[max(0, start - 3) : start]
    return last and any(token.norm in grammar.POSTS for token in before)


def _after(tokens: list[Token], start: int, prepositions: tuple[str, ...]) -> bool:
    i = start - 1
    while i >= 0 and tokens[i].norm in grammar.ARTICLES:
        i -= 1
    return i >= 0 and tokens[i].norm in prepositions


def _titled(tokens: list[Token], start: int) -> bool:
    i = start - 1
    if i >= 0 and tokens[i].norm == ".":
        i -= 1
    if i < 0 or not tokens[start].capital:
        return False
    title = tokens[i]
    return title.norm in grammar.TITLES and (len(title.norm) > 2 or title.capital)


def _river(tokens: list[Token], start: int) -> bool:
    before = tokens[start - 1].norm if start else ""
    if before == "sur":
        return True
    i = start - 1
    while i >= 0 and tokens[i].norm in ("le", "la", "l", "du", "de", "d", "sur", "des"):
        i -= 1
    return 0 <= i < start - 1 and tokens[i].norm in grammar.RIVER_BEFORE


def _written(tokens: list[Token]) -> str:
    return " ".join(token.raw.casefold() for token in tokens)


def _shouting(tokens: list[Token]) -> bool:
    letters = [token for token in tokens if token.is_word]
    return len(letters) > 2 and all(token.raw.isupper() for token in letters)


def _alone_in_segment(tokens: list[Token], start: int, end: int) -> bool:
    before = start == 0 or not (tokens[start - 1].is_word or tokens[start - 1].is_number)
    after = end == len(tokens) or not (tokens[end].is_word or tokens[end].is_number)
    return before and after
