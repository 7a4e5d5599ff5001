"""The checked data compiled once: folded name → entry, and buckets for the repair of typos.

Knows how French place names are shortened; knows no text of a person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aiguilleur.places.data import PlaceData
from aiguilleur.places.grammar import ARTICLES, CONNECTORS
from aiguilleur.places.model import Entry
from aiguilleur.places.text import fold, words

ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv",
         "xvi", "xvii", "xviii", "xix", "xx")  # fmt: skip
ORDINALS = ("", "premier", "deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme",
            "huitieme", "neuvieme", "dixieme")  # fmt: skip
AGREEMENTS = ("", "s", "e", "es", "ne", "nes", "de", "des")
ANY_OF_ACADEMY = ("académie", "rectorat", "ac")
JOINED_FROM = 7
"""Letters from which a name written without spaces is recognised."""

EXACT, USUAL, VARIANT, PARTIAL, ELSEWHERE, SHADOW = range(6)
# How strongly a name is claimed; a SHADOW only widens what another cue may settle.


@dataclass(frozen=True)
class Index:
    """``entries`` by folded name; ``longest``: number of words of the longest name by first word.

    ``by_length`` and ``by_start`` hold the names that a typo may stand for, by number of words and
    by first letter; ``accented``: nicknames that only their accents tell from an ordinary word.
    """

    entries: Mapping[str, Entry]
    longest: Mapping[str, int]
    by_length: Mapping[int, tuple[str, ...]]
    by_start: Mapping[tuple[int, str], tuple[str, ...]]
    vocabulary: frozenset[str]
    ordinary: frozenset[str]
    accented: frozenset[str]
    people: frozenset[str]
    never_repaired: frozenset[str]
    institutions: frozenset[str]
    institution_words: frozenset[str]
    schools: frozenset[str]
    postcodes: Mapping[str, tuple[frozenset[str], str | None]]
    academy_of: Mapping[str, str]
    names: Mapping[str, str]
    served: frozenset[str]
    neighbours: frozenset[str]


@dataclass(frozen=True)
class _Claim:
    rank: int
    kind: str
    departments: tuple[str, ...]
    display: str | None


def compile_index(data: PlaceData) -> Index:
    """The index of the data; about a tenth of a second."""
    claims: dict[str, list[_Claim]] = defaultdict(list)
    for key, claim in _claims(data):
        claims[key].append(claim)
    forced = {" ".join(words(name)): (name, codes) for name, codes in data.ambiguous.items()}
    entries = {
        key: _entry(held, forced.get(key))
        for key, held in claims.items()
        if any(claim.rank != SHADOW for claim in held)
    }
    for key, (name, codes) in forced.items():
        if key not in entries:
            held = frozenset(codes)
            entries[key] = Entry(held, held, "commune", name)
    longest: dict[str, int] = defaultdict(int)
    buckets: dict[int, list[str]] = defaultdict(list)
    starts: dict[tuple[int, str], list[str]] = defaultdict(list)
    for key, entry in entries.items():
        parts = key.split()
        longest[parts[0]] = max(longest[parts[0]], len(parts))
        if len(key.replace(" ", "")) >= 5 and entry.kind != "not_place" and not key[0].isdigit():
            buckets[len(parts)].append(key)
            starts[len(parts), key[0]].append(key)
    return Index(
        entries=entries,
        longest=dict(longest),
        by_length={length: tuple(keys) for length, keys in buckets.items()},
        by_start={start: tuple(keys) for start, keys in starts.items()},
        vocabulary=frozenset(part for key in entries for part in key.split()),
        ordinary=frozenset(_ordinary(data.ordinary)),
        accented=frozenset(n.casefold() for n in data.nicknames if fold(n) != n.casefold()),
        people=frozenset(fold(name) for name in data.people),
        never_repaired=frozenset(fold(word) for word in data.never_repaired),
        institutions=frozenset(" ".join(words(name)) for name in data.institutions),
        institution_words=frozenset(part for name in data.institutions for part in words(name)),
        schools=frozenset(" ".join(words(name)) for name in data.schools),
        postcodes=_postcodes(data),
        academy_of={code: name for name, held in data.academies.items() for code in held},
        names={
            **{
                code: places[0] for held in data.academies.values() for code, places in held.items()
            },
            **{code: served.forms["bare"] for code, served in data.served.items()},
        },
        served=frozenset(data.served),
        neighbours=frozenset(data.neighbours),
    )


def _claims(data: PlaceData) -> Iterator[tuple[str, _Claim]]:
    not_alone = {" ".join(words(name)) for name in data.not_alone}
    for name, code, _ in data.communes:
        yield from _named(name, EXACT, _Claim(EXACT, "commune", (code,), name))
        yield from _partials(name, code, not_alone)
    for name, code, _ in data.former:
        yield from _named(name, USUAL, _Claim(USUAL, "commune", (code,), name))
        yield from _partials(name, code, not_alone)
    for city, number, code, _ in data.districts:
        display = f"{city} {number}{'er' if number == 1 else 'e'}"
        for key in _district_keys(" ".join(words(city)), number):
            yield key, _Claim(EXACT, "commune", (code,), display)
    for code, served in data.served.items():
        for name in served.names:
            for key in _spellings(name):
                yield key, _Claim(EXACT, "department_name", (code,), None)
    for name, (code, display) in data.nicknames.items():
        yield from _named(name, USUAL, _Claim(USUAL, "nickname", (code,), display))
    for code, names in data.areas.items():
        for name in names:
            for key in _spellings(name):
                yield key, _Claim(USUAL, "area", (code,), name)
    for held in (data.gentiles, data.other_gentiles):
        for code, stems in held.items():
            for stem in stems:
                for agreement in AGREEMENTS:
                    yield (
                        " ".join(words(stem + agreement)),
                        _Claim(VARIANT, "gentile", (code,), None),
                    )
    for name in data.whole_area:
        yield " ".join(words(name)), _Claim(EXACT, "whole_area", tuple(data.served), None)
    for name in data.not_places:
        yield " ".join(words(name)), _Claim(EXACT, "not_place", (), None)
    yield " ".join(words(f"ac {data.academy}")), _Claim(EXACT, "not_place", (), None)
    yield from _elsewhere(data)


def _elsewhere(data: PlaceData) -> Iterator[tuple[str, _Claim]]:
    for academy, held in data.academies.items():
        claim = _Claim(ELSEWHERE, "academy", tuple(held), None)
        for word in ANY_OF_ACADEMY:
            for link in ("", " de", " d'"):
                yield " ".join(words(f"{word}{link} {academy}")), claim
        for code, places in held.items():
            for key in _spellings(places[0]):
                yield key, _Claim(ELSEWHERE, "department_name", (code,), None)
            for name in places[1:]:
                yield from _named(name, ELSEWHERE, _Claim(ELSEWHERE, "commune", (code,), name))


def _entry(claims: list[_Claim], forced: tuple[str, tuple[str, ...]] | None) -> Entry:
    best_rank = min(claim.rank for claim in claims)
    best = [claim for claim in claims if claim.rank == best_rank]
    wider = frozenset(code for claim in claims for code in claim.departments)
    display = best[0].display
    if forced:
        name, codes = forced
        return Entry(frozenset(codes), wider | frozenset(codes), "commune", name)
    departments = frozenset(code for claim in best for code in claim.departments)
    partial = best_rank == PARTIAL
    if partial:
        departments |= {code for c in claims if c.rank == ELSEWHERE for code in c.departments}
    if partial and len({claim.display for claim in best}) > 1:
        display = _common_start([claim.display or "" for claim in best])
    kind = next((c.kind for c in best if c.kind == "department_name"), best[0].kind)
    if kind == "department_name":
        display = None
    return Entry(departments, wider, kind, display, partial)


def _named(name: str, rank: int, claim: _Claim) -> Iterator[tuple[str, _Claim]]:
    spellings = _spellings(name)
    yield spellings[0], claim
    weaker = _Claim(max(rank, VARIANT), claim.kind, claim.departments, claim.display)
    for key in spellings[1:]:
        yield key, weaker if key.count(" ") + 1 < spellings[0].count(" ") else claim
    parts = words(name)
    joined = "".join(parts)
    if len(parts) > 1 and len(joined) >= JOINED_FROM:
        yield joined, weaker
        if parts[0] in ("saint", "sainte"):
            yield joined.replace("sainte", "ste", 1).replace("saint", "st", 1), weaker


def _spellings(name: str) -> list[str]:
    """The full key first, then without its article, then without its small words."""
    parts = words(name)
    keys = [" ".join(parts)]
    if parts[0] in ARTICLES and len(parts) > 1:
        keys.append(" ".join(parts[1:]))
    content = [part for part in parts if part not in CONNECTORS]
    if 2 <= len(content) < len(parts) - (parts[0] in ARTICLES):
        keys.append(" ".join(content))
        elided = [part for part in parts if part not in ("l", "d")]
        if len(elided) < len(parts):
            keys.append(" ".join(elided))
    return keys


def _partials(name: str, code: str, not_alone: set[str]) -> Iterator[tuple[str, _Claim]]:
    parts = list(words(name))
    if parts[0] in ARTICLES:
        parts = parts[1:]
    size = 2 if parts[0] in ("saint", "sainte") else 1
    heads = {tuple(parts[:size])}
    heads |= {
        tuple(parts[:i]) for i in range(size, len(parts)) if parts[i] in CONNECTORS and i >= size
    }
    for head in heads:
        key = " ".join(head)
        if len(head) < len(parts) and head[-1] not in CONNECTORS:
            rank = SHADOW if len(key) < 4 or key in not_alone else PARTIAL
            yield key, _Claim(rank, "commune", (code,), name)


def _common_start(names: list[str]) -> str:
    shared = []
    for parts in zip(*(re.split(r"(?<=[- ])", name) for name in names), strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return "".join(shared).rstrip("- ") or names[0]


def _district_keys(city: str, number: int) -> Iterator[str]:
    marks = (
        ["e", "eme", "ieme", "me", "em", "er", "ere"]
        if number == 1
        else ["e", "eme", "ieme", "me", "em"]
    )
    numbers = [str(number), f"0{number}", *(f"{number} {mark}" for mark in marks)]
    if number < len(ROMAN):
        numbers += [ROMAN[number], *(f"{ROMAN[number]} {mark}" for mark in ("e", "eme"))]
    if number < len(ORDINALS):
        numbers.append(ORDINALS[number])
    for written in numbers:
        yield f"{city} {written}"
        for word in ("arrondissement", "arr", "ardt", "arrdt", "arrond"):
            yield f"{city} {written} {word}"
            if written != ROMAN[number]:
                yield f"{written} {word}"
                yield f"{written} {word} {city}"
                yield f"{written} {word} de {city}"
        yield f"{city} dans le {written}"


def _postcodes(data: PlaceData) -> dict[str, tuple[frozenset[str], str | None]]:
    names: dict[str, list[str]] = defaultdict(list)
    codes: dict[str, set[str]] = defaultdict(set)
    for name, code, postcodes in data.communes:
        for postcode in postcodes:
            names[postcode].append(name)
            codes[postcode].add(code)
    for city, number, code, postcode in data.districts:
        names[postcode] = [f"{city} {number}{'er' if number == 1 else 'e'}"]
        codes[postcode].add(code)
    for postcode, held in data.straddling.items():
        codes[postcode] |= set(held)
    return {
        postcode: (frozenset(held), names[postcode][0] if len(names[postcode]) == 1 else None)
        for postcode, held in codes.items()
    }


def _ordinary(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        parts = words(name)
        yield " ".join(parts)
        if parts[0] in ARTICLES and len(parts) > 1:
            yield " ".join(parts[1:])
