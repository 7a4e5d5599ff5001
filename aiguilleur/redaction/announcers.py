"""The words that announce a password: « mot de passe », « mdp », « code d’accès », « phrase secrète »."""

from __future__ import annotations

import re

ANNOUNCER = re.compile(
    r"\b(?=[mpqcrs])(?<![@.])(?:(?P<phrase>phrases?[ _-](?:de[ _-]pass?es?|secrete|que j'ai (?:choisie?|mise?|trouvee?|prise))|pass-?phrases?)"
    r"|(?P<strong>m[ou]ts?[ _-]{0,2}(?:d[eu]?|2)?[ _-]{0,2}pas(?:s{1,3}e?|e)s?|mdps?|mpd|m\.d\.p\.?|mdpasse|mdpass|"
    r"pass?[ _-]?words?|passwd|pswd|psw|pwd|pw|mots? secrets?|sesame)"
    r"|(?P<access>codes? (?:d'acces|d acces|acces|secrets?|confidentiels?|provisoires?|temporaires?|personnels?|wifi|"
    r"wi-fi|d'activation|de connexion|de session|d'entree|"
    r"(?:de |du |d')(?:la |l'|mon |ma )?(?:ordi[a-z]*|pc|portable|session|porte|wifi|alarme|portail|photocopieu[a-z]*|"
    r"copieur|tablette|coffre|telephone)(?: portable)?)|cle (?:wifi|wi-fi|wpa2?|wep|de securite|secrete)|"
    r"question secrete|reponse secrete)"
    r"|(?P<weak>pass|passe|mp|mdc))(?![a-z0-9])"
)
