"""Pure readers of what a message says in passing: since when, how often, by when, for whom.

Each takes the masked text as it was typed and gives a phrase that can stand in an answer or in the
written request, or None. They read a closed vocabulary, so that no other word of the person is repeated.
"""

from __future__ import annotations

import re

from aiguilleur.dialogue.readers import fold

CLIENTS = {
    "obj_thunderbird": "thunderbird",
    "obj_outlook": "outlook",
    "obj_iphone": "iphone",
    "obj_apple_mail": "apple_mail",
    "obj_android": "android",
}
"""The concept that names a mail client, and the value of the slot ``mail_client``."""
NUMBERS = [
    "une?", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "douze",
    "quinze", "vingt", "trente",
]  # fmt: skip
COUNT = rf"(\d{{1,3}}|{'|'.join(NUMBERS)})"
MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
DAY_OF_MONTH = rf"le (?:{DAYS} )?(?:1er|\d{{1,2}})(?: (?:{MONTHS})|/\d{{1,2}})?"
MOMENT = (
    r"avant-hier|hier(?: matin| midi| apres-midi| soir)?|ce matin|ce midi|cet apres-midi|"
    rf"(?:{DAYS})(?: dernier| matin| soir)?|{DAY_OF_MONTH}|la rentree|les vacances|"
    r"la semaine (?:derniere|passee)|le week-?end|le debut de (?:l'annee|la semaine)|"
    rf"(?:le mois de |(?:debut|mi|fin)[ -])?(?:{MONTHS})"
)
DURATION = re.compile(rf"\b{COUNT} (jours?|semaines?|mois|heures?)\b")
SINCE = re.compile(
    rf"\b(?:depuis|depui|dps|dpuis) (?:{COUNT} (jours?|semaines?|mois|heures?)|({MOMENT}))\b"
)
ATTEMPTS = re.compile(rf"\b{COUNT} (?:fois|essais|tentatives|reinitialisations)\b")
DEADLINE = re.compile(
    r"\b(ce soir|demain(?: matin| soir)?|avant (?:ce soir|demain|midi)|aujourd'hui)\b"
)
STAKES = (
    (re.compile(r"\b(?:mes|les|des|saisir|saisie des?|rentrer) notes?\b"), "saisie des notes"),
    (re.compile(r"\b(?:bulletins?|appreciations?)\b"), "bulletins"),
    (re.compile(r"\bconseils? de classe\b"), "conseil de classe"),
    (re.compile(r"\b(?:mouvement|mutations?|voeux)\b"), "mouvement"),
    (re.compile(r"\b(?:inscription|m'inscrire|inscrire)\b"), "inscription"),
    (re.compile(r"\b(?:concours|examens?|crpe|capes|agregation)\b"), "examen ou concours"),
    (re.compile(r"\b(?:conge|arret maladie|arret de travail)\b"), "congé"),
)
SENT = re.compile(
    r"\b(formulaire|courriel|mail|message|courrier|lettre|relance|appel|appele|telephone|ecrit|demande)\w*\b"
    rf"[^.;?!]{{0,18}}?\b({DAY_OF_MONTH}|{DAYS})"
)
MEANS = {
    "formulaire": "par formulaire", "courriel": "par message", "mail": "par message",
    "message": "par message", "courrier": "par courrier", "lettre": "par courrier",
    "relance": "par relance", "appel": "par téléphone", "appele": "par téléphone",
    "telephone": "par téléphone", "ecrit": "par écrit", "demande": "par écrit",
}  # fmt: skip
PEOPLE = {
    "aesh": "AESH", "aed": "AED", "atsem": "ATSEM", "cpe": "CPE", "psyen": "psyEN", "collegue": "collègue",
    "stagiaire": "stagiaire", "remplacant": "remplaçant", "remplacante": "remplaçante",
    "professeur": "professeur", "professeure": "professeure", "prof": "professeur",
    "enseignant": "enseignant", "enseignante": "enseignante", "directeur": "directeur",
    "directrice": "directrice", "secretaire": "secrétaire", "gestionnaire": "gestionnaire",
    "surveillant": "surveillant", "surveillante": "surveillante", "infirmiere": "infirmière",
    "infirmier": "infirmier", "contractuel": "contractuel", "contractuelle": "contractuelle",
    "documentaliste": "documentaliste",
}  # fmt: skip
SOMEONE = re.compile(rf"\b(une?) (?:nouvel(?:le)? |nouveau |autre )?({'|'.join(PEOPLE)})\b")
"""« une AESH », « un collègue »: the gender is that of the person who writes."""
SHOWN = re.compile(
    r"\b(?:affich\w*|dit|marqu\w*|met|message|erreur|indiqu\w*|écrit|ecrit|répond|repond|avec|lis|écran|ecran|page|vois)\b"
    r"[^«\"“]{0,25}?(?:[«\"“]\s*([^«»\"“”]{4,90}?)\s*[»\"”]|(?<!\w)['‘’]([^«»\"“”]{4,90}?)['’](?!\w))",
    re.IGNORECASE,
)
SPELT = {
    "1": "une", "2": "deux", "3": "trois", "4": "quatre", "5": "cinq", "6": "six", "10": "dix",
    "15": "quinze",
}  # fmt: skip
ACCENTS = {
    "fevrier": "février", "aout": "août", "decembre": "décembre", "rentree": "rentrée",
    "apres-midi": "après-midi", "derniere": "dernière", "passee": "passée", "debut": "début",
    "annee": "année", "weekend": "week-end",
}  # fmt: skip


def duration(text: str) -> str | None:
    """« quinze jours », as the person says how long it has lasted."""
    match = DURATION.search(fold(text))
    return f"{_spelt(match[1])} {match[2]}" if match else None


def since(text: str) -> str | None:
    """« hier soir », « le 5 septembre », « trois jours »: what follows « depuis »."""
    match = SINCE.search(fold(text))
    if not match:
        return None
    return f"{_spelt(match[1])} {match[2]}" if match[1] else _accented(match[3])


def attempts(text: str) -> str | None:
    """« trois fois », from « 3 fois » or « trois essais »."""
    match = ATTEMPTS.search(fold(text))
    return f"{_spelt(match[1])} fois" if match else None


def deadline(text: str) -> str | None:
    """« ce soir », « demain matin »: the deadline named."""
    match = DEADLINE.search(fold(text))
    return match[1].replace("'", "’") if match else None


def stake(text: str) -> str | None:
    """« saisie des notes »: what the deadline is about."""
    folded = fold(text)
    return next((named for pattern, named in STAKES if pattern.search(folded)), None)


def sent_on(text: str) -> tuple[str, ...]:
    """The requests already made, in order: « par formulaire le 5 », « par relance le 12 »."""
    found = [f"{MEANS[match[1]]} {_accented(match[2])}" for match in SENT.finditer(fold(text))]
    return tuple(dict.fromkeys(found))[:3]


def someone(text: str) -> str | None:
    """« une AESH »: the person that the message is about, by function only."""
    match = SOMEONE.search(fold(text))
    return f"{match[1]} {PEOPLE[match[2]]}" if match else None


def shown_message(text: str) -> str | None:
    """The message that the person quotes from the screen, between quotation marks."""
    match = SHOWN.search(text)
    words = (match[1] or match[2]).split() if match else []
    return " ".join(words) if len(words) > 1 else None


def _spelt(number: str) -> str:
    return SPELT.get(number, number)


def _accented(folded: str) -> str:
    words = re.split(r"([ ’'/])", folded)
    return "".join(ACCENTS.get(word, word) for word in words).replace("'", "’")
