"""Who speaks, and whose mailbox it is about: said outright, in words of ordinary French. Pure."""

from __future__ import annotations

import re

from aiguilleur.dialogue import readers
from aiguilleur.dialogue.state import State
from aiguilleur.understanding import Understanding

HEAD, OFFICE = "role_head", "role_office"
ROLES = (HEAD, OFFICE)
"""The head of the school, or its office: neither is sent to oneself. They stand among the traits."""

_SPEAKS = (
    r"(?:^|^(?:bonjour|bonsoir|bjr|slt|salut|ici) "
    r"|\b(?:je suis|moi|c'?est moi|moi c'?est|c'?est) (?:le |la |l'|un |une )?)"
)
_SOMEBODY_DOES = r"(?! (?:est|m'|me|ne|n'|veut|dit|demande|part|arrive|peut|qui est|qui a))"
_HEAD = re.compile(
    _SPEAKS
    + r"(?:directrice|directeur|principale?|proviseure?|direction|chef d'etablissement)\b"
    + _SOMEBODY_DOES
    + r"|\b(?:la direction|la directrice|le directeur|le principal|la principale) c'?est moi\b"
)
_OFFICE = re.compile(
    _SPEAKS
    + r"(?:secretaire|gestionnaire|secretariat|intendante?|referente? numerique|erun)\b"
    + _SOMEBODY_DOES
    + r"|\bref(?:erente?)? num(?:erique)? (?:= ?|c'?est )moi\b"
)
_MINE = re.compile(
    r"\b(?:c'?est|pour|non|sur) (?:bien |juste )?"
    r"(?:mon (?:compte|mdp|mot de passe|mail|adresse|probleme)|ma (?:boite|messagerie))"
    r"|\b(?:non |mais )(?:c'?est )?(?:pour )?moi(?: meme)?(?:$| qui| et)"
    r"|\bc'?est (?:pour )?moi (?:qui (?:suis|me|ne|n'|n|ai|recois|arrive|peux|veux)|l[ae] concernee?|hein)|\b(?:sa|quelle) (?:boite|personne) (?:c'?est )?(?:ma|moi)\b"
)
"""« Non, c’est MON compte »: the person is the one concerned."""
_NOT_MINE = re.compile(
    r"\b(?:(?:est|etait|parle|parlais) pas|pas pour|^pas) (?:pour |de |du )?"
    r"(?:moi|(?:le|la) mien(?:ne)?|ma boite|mon compte|mon mdp|mon mot de passe)\b"
    r"(?:,? ?(?:mais )?(?:c'?est|elle|il|qui|celui|celle|la|le|hein)|$)"
    r"|\bc'?est (?:celui|celle) (?:de m(?:a|on)|d'une?|de l[a'](?: |\b)?(?:direct|secret|colleg|gestion|prof|remplac|stag|infirm|aesh)|du (?:direct|princip|prof|colleg))"
)
"""« C’est pas moi, c’est elle »: somebody else is."""


_OWN = re.compile(
    r"\b(?:mes (?:mails|messages|courriels)|ma (?:boite|messagerie)|mon (?:compte|mdp|mot de passe|mail|identifiant)"
    r"|j'ai (?:rien |jamais )?(?:envoye|ecrit|clique|oublie|perdu|donne)|n'ai (?:rien|jamais) (?:envoye|ecrit|clique|donne)"
    r"|j'arrive (?:pas|plus)|je (?:ne |n')?(?:peux|recois|retrouve|rentre|vois) (?:pas|plus|rien)|que je suis pirate"
    r"|m'(?:a|ont|avait|avaient) (?:envoye|ecrit|dit|file|donne|aidee?|explique|montre|conseille|repondu|appelee?)\w*"
    r"|me (?:parvien\w*|dit|disent)|(?:je suis|suis) (?:un |une |la |le )?(?:nouvel(?:le)? |nouveau )?(?:stagiaire|aesh|aed|prof\w*|enseignante?"
    r"|remplacante?|contractuel(?:le)?|cpe|infirmiere?)"
    r"|(?:ma femme|mon mari|mon conjoint|ma conjointe|ma compagne|mon compagnon|mon fils|ma fille) (?:a dit|dit|m'a|me|peut|veut|a mis|a regle|a installe)"
    r"|mon (?:thunderbird|outlook|iphone|telephone|tel|portable|ordi|pc|mac|ipad))\b"
)
_THEIRS = re.compile(r"\b(?:son|sa|ses|leur|leurs|pour (?:elle|lui|eux)|a sa place)\b")


def speaks_of_own(folded: str) -> bool:
    """« Quelqu’un lit mes mails, ma principale le sait »: others are named, the trouble is one’s own."""
    return bool(_OWN.search(folded)) and not _THEIRS.search(folded)


def roles(folded: str) -> set[str]:
    """The roles that the folded text gives to who writes it."""
    return {role for role, said in ((HEAD, _HEAD), (OFFICE, _OFFICE)) if said.search(folded)}


def whose(state: State, heard: Understanding) -> dict[str, str | None]:
    """What the message changes of ``for_whom`` and ``who``: said outright at any time, else told by
    the first message that speaks of somebody else."""
    folded = readers.fold(heard.text)
    if _NOT_MINE.search(folded):
        return {"for_whom": "other"}
    if state.for_whom == "other" and _MINE.search(folded):
        return {"for_whom": "self", "who": None}
    if "attr_for_other" in heard.concepts and state.for_whom is None and not speaks_of_own(folded):
        return {"for_whom": "other"}
    return {}
