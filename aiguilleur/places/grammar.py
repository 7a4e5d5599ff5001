"""French words that place a name in its sentence. Folded; no place, no code of a département.

Used to guard ambiguous names, to tell a bare answer, and to repair typos only where a place may stand.
"""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


ARTICLES = words_of("le la les l")
CONNECTORS = words_of("sur en les le la de du d l des sous et au aux")
"""Small words inside the names of places."""

FILLERS = words_of(
    """
    a au aux en dans sur de du des d le la les l un une vers chez ici et ou ben bah bon euh
    alors donc oui voila ok svp stp merci bonjour bonsoir salut hello coucou je j jsuis chui
    suis moi on nous sommes est c ce cest etre mon ma mes notre nos cette cet travaille
    travaillons travaillant bosse bosser exerce exercer enseigne enseignant enseignante
    interviens depends depend releve affecte affectee affectation nomme nommee nomination mute
    mutee rattache rattachee rattachement administratif poste postes titulaire stagiaire
    etablissement ville commune village departement dept dpt dep secteur zone pays region
    localite bourgade hameau quartier code postal cp uai rne prof profs professeur professeure
    directrice directeur instit institutrice maitresse aesh tzr atsem cpe gestionnaire
    secretaire principal principale proviseur proviseure personnel actuellement maintenant
    desormais aujourd hui annee agricole publique public prive privee pro professionnel
    professionnelle general generale technique technologique polyvalent polyvalente primaire
    elementaire maternelle centre situe situee se trouve juste cote cedex arrondissement aussi
    egalement plutot ah hum eh heu y il elle tout simplement service services assistance support
    contact nom s appelle appartiens fais partie mi temps complet precisement exactement numero
    n no
    """
)
"""Words that may stand around a place without adding anything to it."""

LOCATIVE = words_of(
    """
    suis chui chuis jsuis sui sommes est es etes travaille travaillons bosse taf exerce enseigne habite vis reside
    affecte affectee nomme nommee mute mutee poste rattache rattachee interviens reste arrive
    arrivee prof professeur professeure instit directrice directeur aesh tzr cpe principal
    principale secretaire gestionnaire titulaire stagiaire remplacant remplacante remplace ecole
    college lycee etablissement situe situee trouve etais travaillais enseignais exercais classe
    service temps enseignante enseignant detache detachee delegue deleguee psychologue
    infirmiere infirmier documentaliste proviseur inspecteur inspectrice ici vit maternelle
    """
)
"""Words after which « a », written without its accent, is the preposition."""

TOWN_WORDS = words_of(
    """
    commune ville village mairie bourg communes villes secteur circonscription
    """
)

TITLES = words_of(
    """
    m mr mme mmes mlle monsieur madame mademoiselle messieurs docteur dr me maitre
    """
)

MONTHS = words_of(
    """
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    """
)

RIVER_BEFORE = words_of(
    """
    bord bords berge berges rive rives quai quais pont ponts fleuve riviere eau eaux crue crues
    ile iles vallee chateau chateaux source sources bassin affluent inondation inondations
    baignade traverser longer
    """
)
"""Words before « de la … » that make it a river."""

STREETS = words_of(
    """
    rue avenue av boulevard bd bld place quai gare route chemin impasse allee cours square
    passage montee tgv sncf periph peripherique autoroute
    """
)

DEPARTMENT_WORDS = words_of(
    """
    departement dept dpt dep depart dpmt dpts depts dsden ia iad dasen academique departementale
    departemental
    """
)
ROLE_WORDS = words_of(
    """
    tzr aesh support assistance contact secteur zone inspection brigade titulaire remplacant
    """
)

AFTER_NUMBER = words_of(
    """
    et ou mais pas je j c ce cest dans a au aux en pour depuis maintenant donc svp stp merci ici
    qui que car si mon ma mes moi on nous comment quel quelle plus la cette avec sur bonjour
    """
)
"""Words that may follow a number of département; anything else may be what is counted."""

COUNTED_BEFORE = words_of(
    """
    message messages mail mails mel mels courriel courriels courrier jusqu jusque partir date
    depuis compter nuit journee matin avant apres appele appeler composer compose port erreur
    code ticket numero lundi mardi mercredi jeudi vendredi samedi dimanche
    """
)

NOT_A_POSTCODE_BEFORE = words_of(
    """
    erreur ticket incident dossier demande port ref reference telephone tel code codes numero
    num n no poste identifiant error pin sms mdp passe id bug
    """
)
NOT_A_POSTCODE_AFTER = words_of(
    """
    message messages mail mails mel mels mo ko go octets fichiers euros euro eleves personnes
    courriels fois heures jours minutes caracteres lignes adresses pieces photos
    """
)

POSTS = frozenset(
    [
        "affectation", "affecte", "affectee", "arrete", "contrat", "mute", "mutee", "nomme",
        "nommee", "poste", "rattache", "rattachee", "rattachement",
    ]
)  # fmt: skip
"""What a post is told with: the name that follows is a place, even when it is also a word."""
