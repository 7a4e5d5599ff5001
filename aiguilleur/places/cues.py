"""The phrases that say what a place is to the person: home, work, past, denied, somebody else’s…

Ordinary French, folded; « @ » stands for a place already found. Knows no place.
"""

from __future__ import annotations

import re

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
               r"|(?:ai|viens d|vient d) (?:enfin )?(?:ete|etre) (?:nomme|affecte|recrute|embauche|detache|delegue|place|envoye)\w*"
               r"|ai (?:obtenu|eu|pris|decroche|rejoint|integre|demarre|commence)\b|suis (?:nomme|affecte|en poste)\w*"
               r"|(?:et|puis) (?:je )?(?:travaille|bosse|exerce|enseigne)\b"),
    ("now", r"\b(?:maintenant|desormais|aujourd hui|actuellement|dorenavant|cette annee|a present|a la rentree|depuis (?:la rentree|septembre"
            r"|cette annee|peu|le \d+|janvier|fevrier|mars|novembre|octobre|\d+ ans)|en ce moment)\b"),
    ("past", r"\b(?:etais|(?<!c )etait|etions|travaillais|travaillait|exercais|enseignais|bossais|dependais|intervenais|ai travaille|ai exerce|ai enseigne"
             r"|ai bosse|ai fait|ai ete(?! (?:mute|transfere|nomme|affecte|bascule))|avais|ai passe|ancien|ancienne|anciens|anciennement|autrefois|precedemment|auparavant|l an dernier|l an passe"
             r"|l annee (?:derniere|passee|d avant|precedente)|jusqu (?:en|a|au|aux|ici)(?! (?:la |le |l |les )?@)|jusque)\b"
             r"|\bai (?:dit|mis|ecrit|indique|note)(?= (?:a |de |dans )?(?:la |le |l )?@ (?:@ )*(?:, )?(?:mais|par erreur))"
             r"|\bavant\b(?! (?:de|d|que|qu|hier|midi|les|le|la|ce|cette|mes|mon))|apres (?:\w+ )?(?:ans?|annees?)\b"),
    ("left", r"\b(?:quitt\w+|(?<!fais )(?<!fait )parti\w* (?:de|d|du)|venant (?:de|d|du)|venue? (?:de|d|du)|sorti\w* (?:de|d|du))\b"),
    ("origin", r"\b(?:viens|vient) (?:de|d|du)\b|originaire\w* (?:de|d|du)\b|\bnee? (?:a|en|dans)\b|nati(?:f|ve) (?:de|d|du)\b|d origine\b"),
    ("last_post", rf"\b(?:derniere?|ex) (?:{_ESTABLISHED}|contrat|remplacement|mission)\b|\b(?:retraite|retraitee)\b"),
    ("moved", r"\b(?:ai ete|suis|sommes|viens d etre|vient d etre) (?:mute|transfere|passe|bascule|arrive)e?s?\b"),
    ("move", r"\b(?:mute\w*|mutation|transfere\w*|(?:suis|est|sommes) passee?s?|change (?:de|d)|bascul\w*|arriv\w+(?! (?:pas|plus|toujours|jamais|a (?:me|m|se|ouvrir|acceder|lire)))|mut)\b"),
    ("ride", r"\b(?:train|tram|tramway|bus|car|metro|ter|route|trajet|navette|voiture|covoiturage|ligne|velo)\b|fais la route|aller retour"),
    ("travel", r"\b(?:travers\w+|longe\w*|survol\w+|passe\w* par|passe a|vacances|week end|weekend|conges?|formation|stage|deplacement"
               r"|hospitalise\w*|pars? (?:de|d|du)|au depart (?:de|d|du)|visite|voyage\w*|reunion a)\b"),
    ("home", r"\b(?:j ?habite\w*|habit(?:e|es|ons|ez|ant|ais)|vis(?! a vis)|vivons|vivant|resid\w+|domicili\w+|domicile|loge|logement|demeure|dors"
             r"|chez moi|ma maison|mon appart\w*|teletravail\w*|rentre (?:chez moi|chez|a)|ma ville)\b"),
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
