"""What the sentence says of each place: work, home, past, denied, passed through, someone else’s.

One pass over the text, clause by clause, driven by cues of ordinary French. Knows no place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from aiguilleur.places import grammar
from aiguilleur.places.model import DEPARTMENT_KINDS, Mention, Role
from aiguilleur.places.text import Token

_FIRST = r"(?:je|j|on|nous|moi je|y)"
_PLACED = (
    r"(?:suis|est|sommes|sont|etes|es|serai|sera|travaill\w+|boss\w+|exerc\w+|enseign\w+|depend\w*|releve\w*"
    r"|interviens|parle|dis|veux dire|ai dit|concerne|fais partie|etais)"
)
_KINDRED = (
    r"(?:mari|femme|epouse|epoux|conjointe?|compagne|compagnon|copain|copine|amie?s?|fils|filles?|enfants?|gamins?|gosses?"
    r"|freres?|soeurs?|pere|mere|parents|maman|papa|cousine?s?|voisine?s?|belle mere|beau pere|belle soeur|beau frere|neveu|niece)"
)
_ESTABLISHED = (
    r"(?:poste|classe|bureau|ecole|college|lycee|etablissement|affectation|bahut|service|travail|boulot|job|taf|secteur"
    r"|rattachement|circonscription)"
)

_CUES: tuple[tuple[str, str], ...] = (
    ("back_denied", r"(?:c est|ce n est|n est|c etait|est) (?:pas|plus) (?:la|ici) (?:que|qu|ou)\b"
                    r"|(?:pas|plus) (?:mon|ma|notre|le bon|la bonne|mes)\b|n y (?:\w+ )?(?:plus|pas)\b|y \w+ (?:plus|pas)\b"
                    r"|n y \w+ (?:plus|pas)\b|c est (?:fini|termine)\b|est pas la bas"),
    ("back_home", r"(?:c est la que|c est la qu|la ou|ou) (?:j |je |nous |on )?(?:habit\w+|vis|vit|vivons|resid\w+|loge\w*|dors)\b"
                  r"|c est (?:juste )?(?:chez moi|mon domicile|la ou j habite|ma ville)|j y (?:habite|vis|reside|loge|dors)\b"),
    ("back_work", r"(?:c est la que|c est la qu|la ou|ou) (?:j |je |nous |on )?(?:me )?"
                  r"(?:travaill\w+|boss\w+|exerc\w+|enseign\w+|suis|sommes|ai (?:mon|ma|ete|un|ete nomme\w*)|interviens|fais)\b"
                  rf"|ou (?:est|se trouve) (?:mon|ma|l|le|notre) {_ESTABLISHED}|c est (?:la )?(?:mon|ma|notre) {_ESTABLISHED}\b"
                  r"|j y (?:suis|travaille|bosse|enseigne|exerce|interviens)\b"),
    ("back_past", r"(?:la ou|ou) (?:j |je |nous |on )?(?:etais|etions|travaillais|enseignais|exercais|bossais|ai (?:travaille|enseigne|exerce|quitte))\b"
                  r"|c etait (?:avant|mon ancien\w*|l an dernier|l annee derniere)|j y etais\b"),
    ("near", r"(?:tout )?(?:pas )?(?:tres )?(?:pres|proche|proches|loin|non loin) (?:de|d|du|des)\b|a cote (?:de|d|du|des)\b|a deux pas (?:de|d|du)\b"
             r"|en face (?:de|d|du|des)\b|aux? (?:alentours?|environs?|portes?) (?:de|d|du)\b|limitrophe\w* (?:de|d|du|avec)\b"
             r"|(?:minutes|min|mn|km|kms|kilometres|heure|heures) (?:de|d|du|au (?:nord|sud) de)\b|dans le coin (?:de|d|du)\b"
             r"|a la (?:limite|frontiere) (?:de|d|du|avec)\b|au (?:dessus|dessous|nord|sud|est) (?:de|d|du)\b|entre\b(?= \w+ et)"),
    ("denied", rf"(?:{_FIRST} )?(?:ne |n )?(?:me )?{_PLACED} (?:\w+ )?(?:pas|plus|jamais)\b|au lieu (?:de|d|du)\b|plutot (?:que|qu)\b"
               r"|\b(?:sauf|hors|excepte|ni)\b|et non\b(?: pas)?|non pas\b|(?<![a-z0-9] )pas\b"
               r"|(?:mais|et|donc|enfin|euh|bah|ben|non|ou|attention|bien|alors) pas\b"),
    ("strong", rf"{_FIRST} (?:me )?(?:travaill\w+|boss\w+|exerce|enseigne|depends?|dependons|releve|relevons|interviens|remplace)\b"
               r"|(?:ai|viens d|vient d) (?:enfin )?(?:ete|etre) (?:nomme|mute|affecte|recrute|embauche|detache|delegue|place|envoye|transfere)\w*"
               r"|ai (?:obtenu|eu|pris|decroche|rejoint|integre|demarre|commence)\b|suis (?:nomme|mute|affecte|passe|arrive|en poste)\w*"
               r"|(?:et|puis) (?:je )?(?:travaille|bosse|exerce|enseigne)\b"),
    ("now", r"\b(?:maintenant|desormais|aujourd hui|actuellement|dorenavant|cette annee|a present|a la rentree|depuis (?:la rentree|septembre"
            r"|cette annee|peu|le \d+|janvier|fevrier|mars|novembre|octobre|\d+ ans)|en ce moment)\b"),
    ("past", r"\b(?:etais|(?<!c )etait|etions|travaillais|travaillait|exercais|enseignais|bossais|dependais|intervenais|ai travaille|ai exerce|ai enseigne"
             r"|ai bosse|ai fait|ai ete|avais|ai passe|ancien|ancienne|anciens|anciennement|autrefois|precedemment|auparavant|l an dernier|l an passe"
             r"|l annee (?:derniere|passee|d avant|precedente)|jusqu (?:en|a|au|aux|ici)(?! (?:la |le |l |les )?@)|jusque)\b"
             r"|\bai (?:dit|mis|ecrit|indique|note)(?= (?:a |de |dans )?(?:la |le |l )?@ (?:@ )*(?:, )?mais)"
             r"|\bavant\b(?! (?:de|d|que|qu|hier|midi|les|le|la|ce|cette|mes|mon))|apres (?:\w+ )?(?:ans?|annees?)\b"),
    ("left", r"\b(?:quitt\w+|parti\w* (?:de|d|du)|venant (?:de|d|du)|venue? (?:de|d|du)|sorti\w* (?:de|d|du))\b"),
    ("origin", r"\b(?:viens|vient) (?:de|d|du)\b|originaire\w* (?:de|d|du)\b|\bnee? (?:a|en|dans)\b|nati(?:f|ve) (?:de|d|du)\b|d origine\b"),
    ("last_post", rf"\b(?:derniere?|ex) (?:{_ESTABLISHED}|contrat|remplacement|mission)\b|\b(?:retraite|retraitee)\b"),
    ("move", r"\b(?:mute\w*|mutation|transfere\w*|(?:suis|est|sommes) passee?s?|change (?:de|d)|bascul\w*|arriv\w+(?! (?:pas|plus|toujours|jamais|a (?:me|m|se|ouvrir|acceder|lire)))|mut)\b"),
    ("ride", r"\b(?:train|tram|tramway|bus|car|metro|ter|route|trajet|navette|voiture|covoiturage|ligne|velo)\b|fais la route|aller retour"),
    ("travel", r"\b(?:travers\w+|longe\w*|survol\w+|passe\w* par|passe a|vacances|week end|weekend|conges?|formation|stage|deplacement"
               r"|hospitalise\w*|pars? (?:de|d|du)|au depart (?:de|d|du)|visite|voyage\w*|reunion a)\b"),
    ("home", r"\b(?:j ?habite\w*|habit(?:e|es|ons|ez|ant|ais)|vis(?! a vis)|vivons|vivant|resid\w+|domicili\w+|domicile|loge|logement|demeure|dors"
             r"|chez moi|ma maison|mon appart\w*|teletravail\w*|rentre (?:chez|a)|ma ville)\b"),
    ("admin", r"\b(?:administrati\w+|rattachement|rad|rattache\w* administrativement)\b"),
    ("kin", rf"(?<!pour )(?<!de )(?<!a )\b(?:mon|ma|mes|un|une|notre|nos|le|la) (?:petite? |grande? |meilleure? )?{_KINDRED}\b"),
    ("self", r"\b(?:moi|perso|personnellement|pour ma part|de mon cote)\b"),
    ("here", r"\b(?:je suis|on est|nous sommes|jsuis|chui|je serai|c est|cest)\b(?! (?:pas|plus|jamais))"),
    ("first", r"\b(?:je|j|nous)\b"),
    ("noun", r"\b(?:travail\w*|boulot|taf|boss\w+|exerc\w+|enseign\w+|poste|postes|affect\w+|nomm\w+|rattach\w+|depend\w*|releve|interviens"
             r"|remplac\w+|tzr|zil|brigade|aesh|aed|atsem|titulaire|stagiaire|mi temps|temps partiel|profs?|professeure?s?|instit\w*|direct\w+"
             r"|principale?|proviseure?|gestionnaire|secretaire|cpe|psyen|detache\w*|delegue\w*|misee? a disposition|classe|assignation)\b"),
    ("swap", r"\b(?:pardon|plutot|rectification|oups|enfin|je voulais dire|je veux dire|me suis trompee?|erreur de ma part|je corrige|euh non|non)\b"),
    ("toward", r"\b(?:pour|vers|jusqu a)\b"),
    ("but", r"\b(?:mais|par contre|en revanche|alors que|tandis que|cependant|toutefois|sinon|sauf que)\b"),
)  # fmt: skip
CUE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _CUES))

FULL_TIME = re.compile(
    r"\b(?:tous les jours|chaque jour|a l annee|toute l annee|cette annee|delegu\w+|mise? a disposition|c est la que je"
    r"|plein temps|temps plein|physiquement|au quotidien|en realite|en pratique|la semaine)\b"
)

HARD = frozenset({".", ";", "!", "?", "\n"})
SOFT = frozenset({",", "(", ")", ":", "/"})
STICKY = frozenset({Role.PAST, Role.WORK, Role.OTHER_PERSON})
ALLOWED_AFTER_DENIAL = (
    grammar.FILLERS
    | grammar.LOCATIVE
    | frozenset(
        "tout vraiment encore celui celle ceux non ni du meme forcement en dans sur que college lycee ecole departement academie du".split()
    )
)


@dataclass
class _State:
    role: Role = Role.NEUTRAL
    cue: str = ""
    cue_end: int = 0
    named: bool = False


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
    """« Savigneux, dans l’Ain », « Bully (69) », « 42600 Savigneux »: the département settles the town."""
    for first, second in zip(mentions, mentions[1:], strict=False):
        between = {token.norm for token in tokens[first.end : second.start]}
        if not between <= {
            ",",
            "(",
            "dans",
            "en",
            "de",
            "du",
            "d",
            "le",
            "la",
            "les",
            "l",
            ":",
            "/",
            "departement",
            "dept",
        }:
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
    state, third = _State(), False
    last: Mention | None = None
    done: list[Mention] = []
    for kind, position, what in _events(tokens, mentions, cues, schools):
        if kind == "stop" or (kind == "cue" and what[0] == "but"):
            hard = kind == "cue" or what in HARD
            if hard:
                third = False
                state = _State()
            elif state.role not in STICKY and not third:
                state = _State()
            if position + 1 in starts:
                state = _State(starts[position + 1], "segment", position + 1)
        elif kind == "cue":
            name, end = what
            if position == 0 and 0 in starts and state.cue == "":
                state = _State(starts[0], "segment", 0)
            state, third = _on_cue(name, position, end, state, third, last, done, tokens, mentions)
        else:
            mention = what
            if position == 0 and 0 in starts:
                state = _State(starts[0], "segment", 0)
            mention.role = Role.OTHER_PERSON if third else _role_here(tokens, mention, state, last)
            if mention.role is Role.NEAR or state.cue == "street":
                state = _State(state.role if state.role != Role.NEAR else Role.NEUTRAL)
            state.named = True
            last = mention
            done.append(mention)


def _events(
    tokens: list[Token],
    mentions: list[Mention],
    cues: list[tuple[int, int, str]],
    schools: frozenset[str],
) -> Iterator[tuple[str, int, object]]:
    inside = {i for mention in mentions for i in range(mention.start, mention.end)}
    events: list[tuple[int, int, str, object]] = [
        (mention.start, 2, "place", mention) for mention in mentions
    ]
    in_cue = set()
    for start, end, name in cues:
        events.append((start, 1, "cue", (name, end)))
        in_cue |= set(range(start, end))
    for i, token in enumerate(tokens):
        if i in inside:
            continue
        if token.norm in HARD or token.norm in SOFT:
            events.append((i, 0, "stop", token.norm))
        elif token.norm in schools and i not in in_cue:
            events.append((i, 1, "cue", ("noun", i + 1)))
        elif token.norm in grammar.STREETS and i not in in_cue:
            events.append((i, 1, "cue", ("street", i + 1)))
    events.sort(key=lambda event: (event[0], event[1]))
    for position, _, kind, what in events:
        yield kind, position, what


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
    name: str, start: int, end: int, state: _State, third: bool, last: Mention | None,
    done: list[Mention], tokens: list[Token], mentions: list[Mention],
) -> tuple[_State, bool]:  # fmt: skip
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
    """« Lyon, non, Bourg »: what was said before is taken back."""
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
    return len(between) <= 3 and set(between) <= {
        ",",
        "et",
        "mais",
        "(",
        "c",
        "ce",
        "cest",
        "ca",
        "est",
        ".",
        "n",
        "la",
    }


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
