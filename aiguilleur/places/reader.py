"""The room’s door: an index from files, a reading from a text. Pure once loaded.

Decides which of the places named is the one of the work; asks rather than guesses.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from aiguilleur.places import data, grammar, mentions, numbers, roles, typos
from aiguilleur.places.index import Index, compile_index
from aiguilleur.places.model import DEPARTMENT_KINDS, Mention, PlaceReading, Role
from aiguilleur.places.text import Token, blank_addresses, tokenize

SAID_OF_WORK = ((Role.WORK,), (Role.NEUTRAL,), (Role.NEAR,))
UNKNOWN_LETTERS = 4


class Places:
    """``knowledge/places`` compiled once. Build it with :meth:`load`."""

    def __init__(self, held: data.PlaceData) -> None:
        self._data = held
        self._index = compile_index(held)

    @classmethod
    def load(cls, folder: Path) -> Places:
        """The places described in ``folder``. Raises KnowledgeError with file and remedy."""
        return cls(data.load(folder))

    @property
    def departments(self) -> tuple[str, ...]:
        """Codes of the départements served, in the order of the data."""
        return tuple(self._data.served)

    def academy_of(self, code: str) -> str | None:
        """The académie of a département (its code); None when the code is unknown."""
        return self._data.academy if code in self._data.served else self._index.academy_of.get(code)

    def department_name(self, code: str, form: str = "bare") -> str:
        """A département’s name: ``bare`` X, ``the`` le X, ``of`` du X, ``in`` dans le X.

        Départements that are not served have their bare name, and « le département NN » otherwise.
        Raises KeyError for an unknown code or form.
        """
        served = self._data.served.get(code)
        if served is not None:
            return served.forms[form]
        name = self._index.names[code]
        return {
            "bare": name,
            "the": f"le département {code}",
            "of": f"du département {code}",
            "in": f"dans le département {code}",
        }[form]

    def read(self, text: str, *, asked: bool = False, former: bool = False) -> PlaceReading:
        """Where the person works according to ``text``.

        ``asked``: a place has just been asked for, so a bare word that is also an ordinary one is
        taken for a place. ``former``: the person has left the service, so « j’étais à Montbrison »
        tells the last place of work.
        """
        blanked = blank_addresses(text)
        tokens = tokenize(blanked)
        bare = _bare(tokens, self._index)
        found = numbers.find(text, tokens, self._index, bare, asked=asked)
        taken = {i for mention in found for i in range(mention.start, mention.end)}
        named = mentions.find(tokens, self._index, taken, bare, asked=asked)
        named = typos.repair(tokens, sorted([*found, *named], key=_order), self._index, bare)
        named = [mention for mention in named if mention.entry.kind != "not_place"]
        if not named:
            return PlaceReading(reason="unknown" if self._unknown(tokens) else "missing")
        roles.assign(tokens, named, self._index.schools)
        reading = _Resolution(self._index, tokens, named).reading(former=former)
        whole = _is_whole(tokens, named, self._index)
        return _with(reading, whole=whole)

    def _unknown(self, tokens: list[Token]) -> bool:
        """A capitalised name stands where a place would, and nobody knows it."""
        return any(
            token.is_word
            and token.capital
            and len(token.raw) >= UNKNOWN_LETTERS
            and not token.raw.isupper()
            and token.norm not in self._index.never_repaired
            and typos.surely_located(tokens, i, self._index)
            for i, token in enumerate(tokens)
        )


def read_json(reading: PlaceReading, text: str) -> dict[str, object]:
    """A reading in the shape of ``aiguilleur place``; ``other_department`` only when it is set."""
    shape: dict[str, object] = {
        "text": text,
        "department": reading.department,
        "academy": reading.academy,
        "place": reading.place,
        "reason": reading.reason,
        "candidates": list(reading.candidates),
    }
    if reading.other_department is not None:
        shape["other_department"] = reading.other_department
    return shape


class _Resolution:
    """From mentions with roles to one reading."""

    def __init__(self, index: Index, tokens: list[Token], named: list[Mention]) -> None:
        self._index = index
        self._tokens = tokens
        self._named = named

    def reading(self, *, former: bool = False) -> PlaceReading:
        self._settle()
        kept = [m for m in self._named if m.attached_to is None]
        definite = [m for m in kept if m.entry.kind != "whole_area"]
        admin = self._of(definite, (Role.ADMIN,))
        for wanted in SAID_OF_WORK:
            group = self._of(definite, wanted)
            if group:
                return self._decide(group, admin)
        if admin:
            return self._decide(admin, [])
        areas = [
            m for m in kept if m.entry.kind == "whole_area" and m.role in (Role.WORK, Role.NEUTRAL)
        ]
        if areas:
            return PlaceReading(reason="ambiguous", candidates=self._sorted(areas[0].departments))
        past = self._of(definite, (Role.PAST,))
        if former and past:
            return self._decide(past, [])
        gone = [m for m in definite if m.role in (Role.PAST, Role.DENIED)]
        if gone:
            return PlaceReading(reason="negated")
        home = [m for m in definite if m.role in (Role.HOME, Role.OTHER_PERSON)]
        return PlaceReading(reason="home_only" if home else "missing")

    def _of(self, group: list[Mention], wanted: tuple[Role, ...]) -> list[Mention]:
        return [mention for mention in group if mention.role in wanted]

    def _settle(self) -> None:
        """Départements said elsewhere in the text settle homonyms; a denied one is ruled out."""
        usable = (Role.WORK, Role.NEUTRAL, Role.NEAR, Role.ADMIN)
        sure = [m for m in self._named if m.role in usable and len(m.departments) == 1]
        named = {next(iter(m.departments)) for m in sure if m.entry.kind in DEPARTMENT_KINDS}
        towns = {next(iter(m.departments)) for m in sure}
        denied = {
            code
            for m in self._named
            if m.role is Role.DENIED and m.entry.kind in DEPARTMENT_KINDS
            for code in m.departments
        }
        for mention in self._named:
            if mention.entry.kind in DEPARTMENT_KINDS or mention.entry.kind == "whole_area":
                continue
            by_name = mention.entry.wider & named
            by_town = mention.departments & towns
            if len(by_name) == 1 and not mention.departments & named:
                mention.departments = frozenset(by_name)
            elif len(mention.departments) > 1:
                if len(by_name) == 1:
                    mention.departments = frozenset(by_name)
                elif len(by_town) == 1:
                    mention.departments = frozenset(by_town)
                elif mention.departments - denied:
                    mention.departments = mention.departments - denied

    def _decide(self, group: list[Mention], admin: list[Mention]) -> PlaceReading:
        group = [m for m in group if m.exact] or group
        clear = [m for m in group if len(m.departments) == 1 or m.entry.kind == "academy"]
        unclear = [m for m in group if m not in clear]
        if clear and unclear:
            group = clear
        strong = [m for m in group if not self._school_name(m) and m.entry.kind != "gentile"]
        group = strong or group
        codes = frozenset(code for m in group for code in m.departments)
        if admin:
            attached = frozenset(code for m in admin for code in m.departments)
            if attached != codes:
                if len(attached) == 1 and (
                    attached < codes or not roles.full_time_elsewhere(self._tokens)
                ):
                    return self._one(admin, attached)
                return self._ask(codes | attached, group)
            group = [*admin, *group]
        academies = {self._index.academy_of.get(code) for code in codes}
        if len(codes) == 1 or (len(academies) == 1 and None not in academies):
            if group[0].role is Role.NEAR and None not in academies:
                return PlaceReading(reason="missing")
            return self._one(group, codes)
        return self._ask(codes, group)

    def _school_name(self, mention: Mention) -> bool:
        """« lycée Saint-X »: no preposition after the school’s word, it is the school’s own name."""
        before = self._tokens[mention.start - 1].norm if mention.start else ""
        return before in self._index.schools and "saint" in self._tokens[mention.start].norm

    def _one(self, group: list[Mention], codes: frozenset[str]) -> PlaceReading:
        best = min(group, key=_informative)
        exact = all(m.exact for m in group if m.departments == best.departments) or best.exact
        academy = self._index.academy_of.get(min(codes))
        if academy is not None:
            return PlaceReading(
                academy=academy,
                other_department=min(codes) if len(codes) == 1 else None,
                place=best.entry.display,
                reason="other_academy",
                exact=exact,
            )
        return PlaceReading(
            department=min(codes),
            place=best.entry.display,
            reason=self._reason(group, best),
            exact=exact,
        )

    def _reason(self, group: list[Mention], best: Mention) -> str:
        before = {token.norm for token in self._tokens[max(0, best.start - 5) : best.start]}
        written = " ".join(
            token.norm for token in self._tokens[max(0, best.start - 5) : best.start]
        )
        if best.entry.kind in ("commune", "department_name", "nickname") and any(
            word in before or (" " in word and word in written) for word in self._index.institutions
        ):
            return "institution"
        return best.entry.kind

    def _ask(self, codes: frozenset[str], group: list[Mention]) -> PlaceReading:
        places = {m.entry.display for m in group}
        place = places.pop() if len(places) == 1 else None
        return PlaceReading(
            place=place,
            reason="ambiguous",
            candidates=self._sorted(codes),
            exact=all(m.exact for m in group),
        )

    def _sorted(self, codes: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(codes, key=lambda code: (code not in self._index.served, code)))


def _informative(mention: Mention) -> tuple[bool, int]:
    order = (
        "commune",
        "nickname",
        "uai",
        "postcode",
        "area",
        "department_name",
        "department_number",
        "gentile",
    )
    kind = mention.entry.kind
    return mention.entry.display is None, order.index(kind) if kind in order else len(order)


def _order(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end


def _with(reading: PlaceReading, *, whole: bool) -> PlaceReading:
    return PlaceReading(
        reading.department, reading.academy, reading.other_department, reading.place, reading.reason,
        reading.candidates, reading.exact, whole,
    )  # fmt: skip


def _bare(tokens: list[Token], index: Index) -> Callable[[int, int], bool]:
    """A test: are tokens ``start`` to ``end`` the whole of the text, small words aside?"""

    @lru_cache(maxsize=64)
    def bare(start: int, end: int) -> bool:
        outside = [token for i, token in enumerate(tokens) if not start <= i < end]
        return len(outside) <= 14 and all(_filler(token, index) for token in outside)

    return bare


def _filler(token: Token, index: Index) -> bool:
    if not (token.is_word or token.is_number):
        return token.norm not in ("%", "€", "?")
    return (
        token.norm in grammar.FILLERS
        or token.norm in index.schools
        or token.norm in index.institution_words
    )


def _is_whole(tokens: list[Token], named: list[Mention], index: Index) -> bool:
    covered = {i for mention in named for i in range(mention.start, mention.end)}
    proper = 0
    for i, token in enumerate(tokens):
        if i in covered or _filler(token, index):
            continue
        named_school = (
            i > 0
            and token.capital
            and (tokens[i - 1].norm in index.schools or (tokens[i - 1].capital and proper))
        )
        if not named_school or proper > 2:
            return False
        proper += 1
    return all(mention.role in (Role.NEUTRAL, Role.WORK, Role.ADMIN) for mention in named)
