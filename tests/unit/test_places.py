"""The room ``places``: from a text to the département of the person’s work.

One table per kind of sentence; the data is the project’s own.
"""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from aiguilleur.errors import KnowledgeError
from aiguilleur.places import Places, read_json

FOLDER = Path(__file__).resolve().parents[2] / "knowledge" / "places"


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load(FOLDER)


def check(places: Places, text: str, department: str | None, reason: str | None = None) -> None:
    reading = places.read(text)
    assert reading.department == department, reading
    if reason is not None:
        assert reading.reason == reason, reading


@pytest.mark.parametrize(
    ("text", "department", "place"),
    [
        ("Miribel", "01", "Miribel"),
        ("oyonnax", "01", "Oyonnax"),
        ("MEXIMIEUX", "01", "Meximieux"),
        ("Divonne-les-Bains", "01", "Divonne-les-Bains"),
        ("chatillon en michaille", "01", "Châtillon-en-Michaille"),
        ("Ars sur Formans", "01", "Ars-sur-Formans"),
        ("St-Genis-Pouilly", "01", "Saint-Genis-Pouilly"),
        ("st trivier de courtes", "01", "Saint-Trivier-de-Courtes"),
        ("l'abergement de varey", "01", "L’Abergement-de-Varey"),
        ("Saint-Étienne-du-Bois", "01", "Saint-Étienne-du-Bois"),
        ("Villars-les-Dombes", "01", "Villars-les-Dombes"),
        ("Culoz", "01", "Culoz"),
        ("Roanne", "42", "Roanne"),
        ("FIRMINY", "42", "Firminy"),
        ("Le Chambon-Feugerolles", "42", "Le Chambon-Feugerolles"),
        ("chambon feugerolles", "42", "Le Chambon-Feugerolles"),
        ("Le Coteau", "42", "Le Coteau"),
        ("Rive de Gier", "42", "Rive-de-Gier"),
        ("St Just St Rambert", "42", "Saint-Just-Saint-Rambert"),
        ("Saint-Priest-en-Jarez", "42", "Saint-Priest-en-Jarez"),
        ("saint galmier", "42", "Saint-Galmier"),
        ("Chazelles-sur-Lyon", "42", "Chazelles-sur-Lyon"),
        ("Boën-sur-Lignon", "42", "Boën-sur-Lignon"),
        ("S. Chamond", "42", "Saint-Chamond"),
        ("stchamond", "42", "Saint-Chamond"),
        ("Lyon", "69", "Lyon"),
        ("Saint-Priest", "69", "Saint-Priest"),
        ("villefranche s/ saone", "69", "Villefranche-sur-Saône"),
        ("L'Arbresle", "69", "L’Arbresle"),
        ("larbresle", "69", "L’Arbresle"),
        ("Ste Foy lès Lyon", "69", "Sainte-Foy-lès-Lyon"),
        ("ste foy les lyon", "69", "Sainte-Foy-lès-Lyon"),
        ("Pierre-Bénite", "69", "Pierre-Bénite"),
        ("thizy", "69", "Thizy"),
        ("Saint Cyr au Mont d’Or", "69", "Saint-Cyr-au-Mont-d’Or"),
        ("caluire et cuire", "69", "Caluire-et-Cuire"),
        ("Pontcharra-sur-Turdine", "69", "Pontcharra-sur-Turdine"),
        ("Loire-sur-Rhône", "69", "Loire-sur-Rhône"),
        ("tassin demi lune", "69", "Tassin-la-Demi-Lune"),
    ],
)
def test_a_commune_is_known_in_its_usual_spellings(
    places: Places, text: str, department: str, place: str
) -> None:
    reading = places.read(text)
    assert (reading.department, reading.place, reading.reason) == (department, place, "commune")
    assert reading.whole
    assert reading.exact


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Lyon 3ème", "Lyon 3e"),
        ("lyon 7", "Lyon 7e"),
        ("Lyon 1er", "Lyon 1er"),
        ("lyon 6eme", "Lyon 6e"),
        ("LYON 04", "Lyon 4e"),
        ("Lyon IX", "Lyon 9e"),
        ("lyon3", "Lyon 3e"),
        ("Lyon, 69008", "Lyon 8e"),
        ("69002", "Lyon 2e"),
        ("dans le 5e arrondissement de Lyon", "Lyon 5e"),
        ("école maternelle, Lyon 8ème arrondissement", "Lyon 8e"),
        ("lyon huitième", "Lyon 8e"),
    ],
)
def test_districts_in_all_spellings(places: Places, text: str, place: str) -> None:
    reading = places.read(text)
    assert (reading.department, reading.place) == ("69", place)


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("à Bourg", "01"),
        ("Ambérieu", "01"),
        ("Ferney", "01"),
        ("Jassans", "01"),
        ("Montrevel", "01"),
        ("Prévessin", "01"),
        ("à Sainté", "42"),
        ("je bosse à sainte", "42"),
        ("St Cham", "42"),
        ("Andrézieux", "42"),
        ("bouthéon", "42"),
        ("Boën", "42"),
        ("Vaulx", "69"),
        ("Rillieux", "69"),
        ("Caluire", "69"),
        ("Villefranche", "69"),
        ("Belleville", "69"),
        ("Tassin", "69"),
        ("collège de Vaise", "69"),
        ("école à la Croix-Rousse", "69"),
        ("les Minguettes", "69"),
    ],
)
def test_usual_short_names_and_nicknames(places: Places, text: str, department: str) -> None:
    check(places, text, department)


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("collège oyonnaxien", "01"),
        ("dans une école bressane", "01"),
        ("un lycée stéphanois", "42"),
        ("lycée roannais", "42"),
        ("une maternelle villeurbannaise", "69"),
        ("un collège caladois", "69"),
        ("pays de Gex", "01"),
        ("dans la Dombes", "01"),
        ("je suis dans le Bugey", "01"),
        ("Forez", "42"),
        ("vallée du Gier", "42"),
        ("le Roannais", "42"),
        ("dans le Gier", "42"),
        ("Beaujolais", "69"),
        ("une école des monts d'Or", "69"),
    ],
)
def test_gentiles_and_areas(places: Places, text: str, department: str) -> None:
    check(places, text, department)


@pytest.mark.parametrize(
    ("text", "department", "reason"),
    [
        ("Ain", "01", "department_name"),
        ("l’Ain", "01", "department_name"),
        ("dans le Rhône", "69", "department_name"),
        ("departement de la loire", "42", "department_name"),
        ("métropole de Lyon", "69", "department_name"),
        ("TZR sur la Loire", "42", "department_name"),
        ("DSDEN du Rhône", "69", "institution"),
        ("inspection académique de la Loire", "42", "institution"),
        ("la dsden à Bourg", "01", "institution"),
        ("circonscription de Bron", "69", None),
        ("01", "01", "department_number"),
        ("1", "01", "department_number"),
        ("le 42", "42", "department_number"),
        ("je suis dans le 69", "69", "department_number"),
        ("dsden 42", "42", "department_number"),
        ("département 69", "69", "department_number"),
        ("dépt 01", "01", "department_number"),
        ("Je dépends du 01, pas de nouvelles depuis lundi", "01", "department_number"),
        ("un petit village (42)", "42", "department_number"),
        ("69003", "69", "postcode"),
        ("01000", "01", "postcode"),
        ("42000", "42", "postcode"),
        ("code postal 42400", "42", "postcode"),
        ("école du centre, 69400", "69", "postcode"),
        ("69 100 Villeurbanne", "69", None),
        ("0690082P", "69", "uai"),
        ("uai 0690082p", "69", "uai"),
        ("069 0082 P", "69", "uai"),
        ("069.0082.P", "69", "uai"),
        ("notre RNE est 0690082-P", "69", "uai"),
        ("la boîte ce.0690082p@ac-lyon.fr", "69", "uai"),
        ("UAI 0420001Y", "42", "uai"),
    ],
)
def test_departments_by_name_number_and_code(
    places: Places, text: str, department: str, reason: str | None
) -> None:
    check(places, text, department, reason)


def test_a_wrong_check_letter_counts_only_after_the_word_uai(places: Places) -> None:
    assert places.read("0690082A").department is None
    announced = places.read("UAI : 0690082A")
    assert announced.department == "69"
    assert not announced.exact


@pytest.mark.parametrize(
    "text",
    [
        "42 messages non lus",
        "il me reste 69 mails",
        "au 42 rue des Lilas",
        "01/09",
        "le 01 septembre",
        "depuis le 1 octobre",
        "04 78 00 00 00",
        "06 39 98 12 34",
        "le port 993",
        "erreur 69001",
        "ticket 42117",
        "à 69 %",
        "42 Go utilisés",
        "entre 8h et 12h",
        "je l'ai fait 42 fois",
        "le 12",
    ],
)
def test_a_number_is_not_always_a_departement(places: Places, text: str) -> None:
    check(places, text, None)


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("J'habite à Lyon mais je travaille à Oyonnax", "01"),
        ("j'habite Villeurbanne et je bosse à Montluel", "01"),
        ("Je vis à Mâcon, j'enseigne à Replonges", "01"),
        ("je réside à Vienne, mon collège est à Givors", "69"),
        ("Mon domicile est à Roanne mais je suis affectée à Tarare", "69"),
        ("je travaille à Feurs mais j'habite Lyon", "42"),
        ("poste à Belley (j'habite Chambéry)", "01"),
        ("j'habite Saint-Étienne, école de Mornant", "69"),
        ("domicile : Lyon, travail : Nantua", "01"),
        ("Ma femme est prof à Roanne, moi à Trévoux", "01"),
        ("mon fils est au lycée à Lyon mais moi je suis directrice à Lagnieu", "01"),
        ("mon conjoint travaille à Mâcon, je suis en poste à Bâgé-le-Châtel", "01"),
        ("je prends le train à Lyon pour aller à Ambérieu où j'enseigne", "01"),
        ("Je fais la route depuis Lyon jusqu'à Montbrison, j'y suis prof", "42"),
        ("je vis et travaille à Roanne", "42"),
        ("je travaille à Gex, où je vis aussi", "01"),
        ("Lyon c'est chez moi, l'école est à Meximieux", "01"),
        ("je suis lyonnaise mais mon poste est à Saint-Chamond", "42"),
        ("originaire de Grenoble, je suis nommée à Bron", "69"),
        ("je télétravaille à Lyon, mon service est à Bourg-en-Bresse", "01"),
        ("l'école où je travaille est à Thoissey, j'habite Villefranche", "01"),
        ("près de chez moi à Lyon rien, je suis nommé à Feurs", "42"),
    ],
)
def test_work_counts_not_home(places: Places, text: str, department: str) -> None:
    check(places, text, department)


@pytest.mark.parametrize(
    "text",
    [
        "j'habite à Lyon",
        "je vis dans l'Ain",
        "mon mari enseigne à Bourg",
        "ma fille est au collège de Tarare",
        "je réside à Saint-Étienne",
    ],
)
def test_home_alone_is_not_enough(places: Places, text: str) -> None:
    check(places, text, None, "home_only")


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("pas le Rhône, la Loire", "42"),
        ("non, l'Ain", "01"),
        ("non pas Lyon mais Bourg", "01"),
        ("je ne suis pas à Lyon mais à Givors", "69"),
        ("je suis plus à Roanne, je suis à Belley", "01"),
        ("l'Ain et non la Loire", "01"),
        ("c'est pas Saint-Étienne c'est Villefranche", "69"),
        ("je n'enseigne plus à Oyonnax depuis juin ; maintenant c'est Décines", "69"),
        ("j'étais à Feurs l'an dernier, cette année je suis à Tarare", "69"),
        ("avant j'étais à Lyon, maintenant à Gex", "01"),
        ("J'ai quitté Villeurbanne pour Montbrison", "42"),
        ("mutée de Lyon à Roanne", "42"),
        ("j'ai été nommée à Ambérieu après dix ans à Vénissieux", "01"),
        ("Lyon, non pardon, Bourg", "01"),
        ("à Roanne, enfin plutôt à Tarare", "69"),
        ("je viens de l'académie de Grenoble, je suis maintenant à Meyzieu", "69"),
        ("j'ai travaillé à Vienne pendant cinq ans puis j'ai obtenu Condrieu", "69"),
        ("au lieu de la Loire il faut lire le Rhône", "69"),
        ("mon ancienne école était à Firminy, je suis à Sain-Bel", "69"),
        ("je ne travaille ni à Lyon ni à Bron mais à Miribel", "01"),
        ("Savigneux, mais pas dans l'Ain", "42"),
    ],
)
def test_negation_and_correction(places: Places, text: str, department: str) -> None:
    check(places, text, department)


@pytest.mark.parametrize(
    "text",
    [
        "pas la Loire",
        "je ne suis pas dans l'Ain",
        "je n'exerce plus à Lyon",
        "je ne travaille pas à Roanne",
    ],
)
def test_a_denied_place_is_no_place(places: Places, text: str) -> None:
    check(places, text, None, "negated")


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("Je n'arrive pas à me connecter, école de Thoissey", "01"),
        ("ça ne marche pas au collège de Feurs", "42"),
        ("je ne reçois plus rien à Villeurbanne", "69"),
        ("mon mot de passe ne passe pas, je suis à Nantua", "01"),
    ],
)
def test_the_negation_of_something_else_leaves_the_place(
    places: Places, text: str, department: str
) -> None:
    check(places, text, department)


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("je suis sur Bron et Vénissieux", "69"),
        ("à Belley le lundi, à Culoz le jeudi", "01"),
        ("TZR entre Roanne et Riorges", "42"),
        ("mon rattachement administratif est à Montbrison", "42"),
        ("deux écoles, Bron et Belley, rattachement administratif à Belley", "01"),
        ("rattachée administrativement à Roanne", "42"),
    ],
)
def test_several_places(places: Places, text: str, department: str) -> None:
    check(places, text, department)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Montagny", ("42", "69")),
        ("Savigneux", ("01", "42")),
        ("cuzieu", ("01", "42")),
        ("chatillon", ("01", "69")),
        ("Saint-Genis", ("01", "69")),
        ("Neuville", ("01", "69")),
        ("Bellegarde", ("01", "42")),
        ("sainte foy", ("42", "69")),
        ("mi-temps à Tarare et mi-temps à Roanne", ("42", "69")),
        ("un collège à Bourg et un autre à Lyon", ("01", "69")),
        ("je suis moitié Loire moitié Rhône", ("42", "69")),
        ("l’académie de Lyon", ("01", "42", "69")),
        ("région Auvergne-Rhône-Alpes", ("01", "42", "69")),
        ("01200", ("01", "74")),
        ("Rattachement administratif à Feurs mais déléguée à l'année à Tarare", ("42", "69")),
        ("je travaille à Lyon et à Vienne", ("69", "38")),
    ],
)
def test_in_doubt_the_candidates_are_given(
    places: Places, text: str, candidates: tuple[str, ...]
) -> None:
    reading = places.read(text)
    assert reading.department is None
    assert reading.reason == "ambiguous"
    assert reading.candidates == candidates


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("Montagny (69)", "69"),
        ("Bully dans la Loire", "42"),
        ("69210 Bully", "69"),
        ("Savigneux 01480", "01"),
        ("Cuzieu, dans l'Ain", "01"),
        ("Villars, dans l'Ain", "01"),
        ("Châtillon, je dépends de la DSDEN du Rhône", "69"),
        ("Montagny, à côté de Roanne", "42"),
        ("01200 Bellegarde", "01"),
        ("Saint-Genis, département de l'Ain", "01"),
    ],
)
def test_another_cue_settles_a_homonym(places: Places, text: str, department: str) -> None:
    check(places, text, department)


@pytest.mark.parametrize(
    ("text", "academy", "code"),
    [
        ("Bourgoin-Jallieu", "Grenoble", "38"),
        ("je suis au lycée de Vienne", "Grenoble", "38"),
        ("Annecy", "Grenoble", "74"),
        ("isère", "Grenoble", "38"),
        ("académie de Grenoble", "Grenoble", None),
        ("Le Puy-en-Velay", "Clermont-Ferrand", "43"),
        ("Haute-Loire", "Clermont-Ferrand", "43"),
        ("Mâcon", "Dijon", "71"),
        ("en Saône-et-Loire", "Dijon", "71"),
        ("Bouches-du-Rhône", "Aix-Marseille", "13"),
        ("Loire-Atlantique", "Nantes", "44"),
        ("Paris", "Paris", "75"),
        ("dans le Nord", "Lille", "59"),
        ("0380001V", "Grenoble", "38"),
        ("dsden 38", "Grenoble", "38"),
        ("38", "Grenoble", "38"),
        ("38200 Vienne", "Grenoble", "38"),
        ("Monistrol-sur-Loire", "Clermont-Ferrand", "43"),
        ("j'habite Lyon mais je travaille à Bourgoin", "Grenoble", "38"),
        ("Saint Julien en Genevois", "Grenoble", "74"),
    ],
)
def test_another_academy(places: Places, text: str, academy: str, code: str | None) -> None:
    reading = places.read(text)
    assert reading.department is None
    assert (reading.reason, reading.academy, reading.other_department) == (
        "other_academy",
        academy,
        code,
    )


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("villeurbane", "69"),
        ("vileurbanne", "69"),
        ("oyonax", "01"),
        ("meximieu", "01"),
        ("st etiene", "42"),
        ("saint ettienne", "42"),
        ("montbrisson", "42"),
        ("andresieux boutheon", "42"),
        ("je suis à Venisieux", "69"),
        ("bourg en brese", "01"),
        ("collège de Tararre", "69"),
        ("rilieux la pape", "69"),
        ("ferney voltere", "01"),
        ("chatillon sur chalarone", "01"),
        ("école de Montluell", "01"),
        ("saint chamon", "42"),
        ("decine charpieu", "69"),
    ],
)
def test_typos_are_repaired_and_said(places: Places, text: str, department: str) -> None:
    reading = places.read(text)
    assert reading.department == department
    assert not reading.exact


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("école de Lent", "01"),
        ("je suis à Cours", "69"),
        ("collège d'Anse", "69"),
        ("poste à Mars", "42"),
        ("je travaille à Port", "01"),
        ("école de Précieux", "42"),
        ("Replonges", "01"),
        ("je suis a feurs", "42"),
        ("commune de Joyeux", "01"),
        ("maîtresse à Charly", "69"),
        ("école publique de Villes", "01"),
        ("directrice à Fleurie", "69"),
        ("Brion", "01"),
    ],
)
def test_ordinary_words_are_places_where_a_place_stands(
    places: Places, text: str, department: str
) -> None:
    check(places, text, department)


@pytest.mark.parametrize(
    "text",
    [
        "j'ai mis mon nouveau mot de passe",
        "lent",
        "c'est très lent",
        "ma boite est pleine de pub",
        "je suis en cours",
        "depuis le mois de mars",
        "mon mdp ne marche pas sur le pc",
        "le port 993",
        "Port 993, SSL/TLS",
        "les cours commencent lundi",
        "je n'ai pas accès à ma messagerie",
        "il faut que je vienne demain",
        "cher collègue",
        "ma boîte orange",
        "je suis en réunion",
        "Bonjour, Mme Villars n'a plus accès",
        "M. Lyon ne reçoit plus ses mails",
        "webmail.ac-lyon.fr ne répond pas",
        "https://portail.ac-lyon.fr",
        "jdupont@ac-lyon.fr",
        "mon adresse ac-lyon",
        "je traverse le Rhône à pied",
        "au bord de la Loire",
        "une bouteille de Côtes du Rhône",
        "j'ai des copies à corriger",
        "je commence par quoi",
        "bonjour",
        "merci beaucoup",
        "je ne sais pas",
        "Thunderbird refuse la connexion",
        "j'ai perdu mon NUMEN",
        "mot de passe expiré",
        "je ne reçois pas le code sur mon portable",
        "où trouver l'adresse du webmail ?",
        "à qui je dois m'adresser",
        "sur Outlook ça marche",
        "à chaque fois pareil",
        "mon compte est bloqué depuis hier",
        "toujours rien",
        "c'est fait",
        "oui",
        "non",
        "mon quota est dépassé",
        "je veux parler à quelqu'un",
        "la directrice est en congé",
        "j'ai changé de téléphone",
        "Pronote ne s'ouvre plus",
        "il n'y a pas de champ secours",
        "ça tourne dans le vide",
        "je suis prof de maths",
    ],
)
def test_ordinary_sentences_name_no_place(places: Places, text: str) -> None:
    reading = places.read(text)
    assert (reading.department, reading.academy, reading.candidates) == (None, None, ()), reading


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("j'habite Tassin, je bosse à Bourg", "01"),
        ("Mon école est à Saint-Fons mais je vis à Vienne", "69"),
        ("je loge à Lyon la semaine mais mon lycée c'est Claude Fauriel à Saint-Étienne", "42"),
        ("moi c'est Givors", "69"),
        ("je suis gestionnaire au collège Jules Vallès de St Etienne", "42"),
        ("on est à Saint-Vulbas", "01"),
        ("CPE à Lagnieu depuis septembre, avant Lyon", "01"),
        ("avant Bourg, maintenant Lyon", "69"),
        ("avant c'était Lyon, là c'est Roanne", "42"),
        ("Je suis affecté à Givors, et non à Rive-de-Gier", "69"),
        ("Ce n'est pas la Loire, c'est l'Ain.", "01"),
        ("vous vous trompez, je suis du Rhône", "69"),
        ("non je suis dans le rhone", "69"),
        ("erreur c'est la loire", "42"),
        ("j'ai dit Lyon mais c'est Roanne", "42"),
        ("correction : Belley", "01"),
        ("je dépends de la DSDEN de l'Ain", "01"),
        ("circonscription de Villefranche", "69"),
        ("ien de montbrison", "42"),
        ("inspection de vaulx en velin 2", "69"),
        ("IEN Bourg 3", "01"),
        ("rectorat ou dsden de la loire ?", "42"),
        ("bronnaise, école primaire", "69"),
        ("lycée vénissian", "69"),
        ("je suis prof dans le Haut-Bugey", "01"),
        ("le pays de gex", "01"),
        ("dans les Pierres dorées", "69"),
        ("dans le Pilat", "42"),
        ("lycée de la vallée du Gier", "42"),
        ("monts du beaujolais", "69"),
        ("Saint-Jean-Bonnefonds", "42"),
        ("saint symphorien d'ozon", "69"),
        ("St Laurent de Mure", "69"),
        ("st denis les bourg", "01"),
        ("Saint Denis en Bugey", "01"),
        ("st marcellin en forez", "42"),
        ("Sury le comtal", "42"),
        ("St Genis Laval", "69"),
        ("st-genis les ollieres", "69"),
        ("montrond les bains", "42"),
        ("Pont-de-Vaux", "01"),
        ("pont de veyle", "01"),
        ("Chaponost", "69"),
        ("brignai", "69"),
        ("brignais", "69"),
        ("amberieu en bugey", "01"),
        ("amberieux en dombes", "01"),
        ("Ambérieux d'Azergues", "69"),
        ("la talaudiere", "42"),
        ("roche la moliere", "42"),
        ("ricamarie", "42"),
        ("la ricamarie", "42"),
        ("la tour de salvagny", "69"),
        ("venissieux", "69"),
        ("Corbas", "69"),
        ("trevoux", "01"),
        ("beynost", "01"),
        ("St Maurice de Beynost", "01"),
        ("fontaines sur saone", "69"),
        ("neuville s/saone", "69"),
        ("Charlieu", "42"),
        ("en vacances à Annecy mais je travaille à Lyon", "69"),
        ("Je passe par Lyon pour aller à Miribel", "01"),
        ("je prends le bus à Lyon direction Beynost, j'y enseigne", "01"),
        ("je viens de Saint-Étienne tous les matins jusqu'à Givors", "69"),
        ("je fais Roanne-Tarare en train, mon école est à Tarare", "69"),
        ("j'ai été mutée, j'étais à Roanne je suis à Lyon", "69"),
        (
            "Depuis la rentrée j'ai pris un poste à Gex, l'année dernière j'étais à Vénissieux.",
            "01",
        ),
        ("Nouvellement nommé à Unieux, ancien de Vaulx", "42"),
        ("avant Gex j'étais à Lyon et j'y suis de retour", "69"),
        ("lyon et villeurbanne", "69"),
        ("école 01500", "01"),
        ("69 500 Bron", "69"),
        ("F-69003 Lyon", "69"),
        ("42100", "42"),
        ("42023 Saint-Étienne cedex 2", "42"),
        ("du 69", "69"),
        ("c'est le 42", "42"),
        ("je suis dans le 42 et ça rame", "42"),
        ("secteur 69", "69"),
        ("support 69", "69"),
        ("tzr 42", "42"),
        ("école rue de Grenoble à Lyon", "69"),
        ("12 rue de la Loire, Villeurbanne", "69"),
        ("Je suis domiciliée à Caluire mais affectée à Montluel", "01"),
        ("jhabite lyon mais je bosse a miribel", "01"),
        ("J'habite l'Ain, je travaille dans le Rhône", "69"),
        ("je suis de Roanne mais en poste à Lyon", "69"),
        ("Lyonnaise de naissance, j'enseigne à Firminy", "42"),
        ("j'ai déménagé à Lyon mais mon école reste à Meximieux", "01"),
        ("Mon compagnon est muté à Paris mais moi je reste à Feurs", "42"),
        ("ma femme et moi habitons Vienne, je travaille à Ampuis", "69"),
        ("mes enfants sont scolarisés à Lyon ; moi je suis AESH à Trévoux", "01"),
        ("j'enseigne à Bron et j'habite Grenoble", "69"),
        ("Je rentre chez moi à Lyon le week-end, la semaine je suis à Noirétable", "42"),
        ("bien que j'habite Mâcon, mon collège se trouve à Thoissey", "01"),
        ("Depuis mon domicile de Bourg je n'ai pas accès, mon lycée est à Lyon", "69"),
        ("c'est pas le 69, c'est le 01", "01"),
        ("Loire et pas Rhône", "42"),
        ("la loire pas le rhone", "42"),
        ("Rhône, pas l'Ain", "69"),
        ("Ce n'est pas Saint-Priest-en-Jarez mais Saint-Priest", "69"),
        ("je ne suis plus dans l'Ain, j'ai muté dans la Loire", "42"),
        ("Ancienne de Roanne, nommée cette année à Thizy", "69"),
        ("j'ai changé d'école, je suis passée de Bron à Miribel", "01"),
        ("je quitte Oyonnax, je serai à Lyon à la rentrée", "69"),
        ("Je ne suis pas affectée à Lyon, c'est Saint-Étienne", "42"),
        ("j'ai indiqué Roanne par erreur, je suis à Belley", "01"),
        ("Lyon pas Bourg", "69"),
        ("st-etiennne", "42"),
        ("saint étiene", "42"),
        ("roane", "42"),
        ("bourg en bress", "01"),
        ("bourd en bresse", "01"),
        ("ambérieux en bugey", "01"),
        ("amberieu en buget", "01"),
        ("villefranche sur soane", "69"),
        ("givor", "69"),
        ("caluir et cuire", "69"),
        ("saint just st ramber", "42"),
        ("andrezieux boutéon", "42"),
        ("divone les bains", "01"),
        ("bellegarde sur valserinne", "01"),
        ("tassin la demie lune", "69"),
        ("sainte foix les lyon", "69"),
        ("decines charpieux", "69"),
        ("le chambon feugerole", "42"),
        ("rive de giers", "42"),
        ("montrond les bain", "42"),
        ("l'arbrele", "69"),
        ("mezieu", "69"),
        ("Meyzieux", "69"),
        ("Lycée Jean-Paul Sartre à Bron", "69"),
        ("lycee claude bernard villefranche", "69"),
        ("lycée Lalande à Bourg", "01"),
        ("lycée International de Ferney-Voltaire", "01"),
        ("collège Mario Meunier Montbrison", "42"),
        ("école Victor Hugo, Saint-Fons", "69"),
        ("lycée Hector Guimard? non, école Beaulieu à Saint-Étienne", "42"),
        ("lycée Saint-Just, Lyon 5e", "69"),
        ("école Saint-Vincent, à Bourg", "01"),
        ("école Saint-Joseph de Tassin", "69"),
        ("collège du Puits de la Loire à Saint-Étienne", "42"),
        ("RPI de Chaleins et Villeneuve", "01"),
        ("RPI Grièges Cormoranche", "01"),
        ("Béréziat, école à classe unique", "01"),
        ("Apinac", "42"),
        ("je suis à Jas", "42"),
        ("affecté à Joux", "69"),
        ("école de Boz", "01"),
        ("Ozan", "01"),
        ("Les Salles", "42"),
        ("Les Halles", "69"),
        ("Usson", "42"),
        ("Ternand", "69"),
        ("Saint-Didier sur Chalaronne", "01"),
        ("saint didier au mont d or", "69"),
        ("St Cyr au Mt d'Or", "69"),
        ("dsden de Saint-Étienne", "42"),
        ("inspection académique du Rhône", "69"),
        ("services départementaux de l'Ain", "01"),
        ("DASEN de la Loire", "42"),
        ("ia 42", "42"),
        ("Je fais partie de la DSDEN 69", "69"),
        ("CIO d'Oyonnax", "01"),
        ("Greta de Lyon", "69"),
        ("je suis au rectorat, rue de Marseille, Lyon 7e", "69"),
        ("St Genis Pouilly près de Genève", "01"),
        ("Givors, à côté de Vienne", "69"),
        ("Replonges, en face de Mâcon", "01"),
        ("Saint-Just-Saint-Rambert au bord de la Loire", "42"),
        ("Sainte-Colombe lès Vienne", "69"),
        ("je suis sur Bourg et Péronnas et Viriat", "01"),
        ("je suis à cheval sur Roanne et Le Coteau", "42"),
        ("Trois établissements : Bron, Saint-Priest et Mions", "69"),
        ("TZR rattachée administrativement à Feurs, je remplace à Tarare et Montbrison", "42"),
        (
            "bonjour je suis professeur des écoles dans l'ain et je n arrive plus a acceder a ma boite mail",
            "01",
        ),
        ("Bonjour, AESH à saint-étienne, mot de passe perdu", "42"),
        ("svp mdp oublié prof à villeurbane", "69"),
    ],
)
def test_sentences_as_they_are_written(places: Places, text: str, department: str) -> None:
    check(places, text, department)


@pytest.mark.parametrize(
    "text",
    [
        "je ne suis ni dans la Loire ni dans le Rhône",
        "Grenoble, mais j'habite dans l'Ain",
        "je suis en poste à Annonay mais j'habite Saint-Étienne",
        "mon établissement est à Bourgoin, j'habite à Saint-Priest",
        "Le Puy",
        "chambery",
        "Je travaille à l'étranger",
        "Saint-Jean",
        "saint symphorien",
        "mon fils est en CE1 à Bron",
        "je suis en vacances à Annecy",
        "lyon ou bourg",
        "01 et 69",
        "entre Roanne et Tarare",
        "0691234 est le numéro de dossier",
        "mon code est 690012",
        "il est 01h42",
        "le 69 messages",
        "69 personnes concernées",
        "j'ai 42 ans",
        "page 42",
        "version 69",
        "salle 42",
        "poste 42 69",
        "en mars",
        "au cours de la semaine",
        "c'est trop lent",
        "je suis à jour",
        "j'étais joyeux",
        "replongés dans le noir",
        "mail de Martine Brion",
        "Bonjour, Alix Dupont, je n'arrive pas à ouvrir ma boîte",
        "Charly n'arrive pas à se connecter",
        "Mme Bron attend",
        "j'utilise Orange comme fournisseur",
        "ma réunion commence",
        "à la réunion de demain",
        "rue de Lyon",
        "j'ai perdu le nord",
        "vienne que pourra",
        "la manche",
        "bonne journée à tous et à toutes",
        "à tout de suite",
        "au secours",
        "merci pour votre aide à distance",
        "je n'arrive plus à envoyer",
        "impossible à ouvrir",
        "de la part de Martin",
        "je suis en arrêt",
        "je suis à la maison",
        "le mail est parti",
        "je suis en poste depuis hier",
        "Je suis bloquée",
        "je suis certaine",
        "sur mon téléphone",
        "sur Firefox",
        "à Noël",
        "A l'aide",
        "le service de la paie",
        "toutes les villes",
        "Saint-Didier",
        "je suis au rectorat",
        "Rhône-Alpes",
        "académie Grenoble",
        "je dépends de l'académie de Clermont",
        "dsden de l'Isère",
        "inspection académique de Haute-Savoie",
        "Saône et Loire",
        "haute loire",
        "dans l'Indre-et-Loire",
        "Pays de la Loire",
        "collège de Pont-de-Chéruy",
        "st quentin fallavier",
        "villefontaine",
        "pont eveque",
        "je suis à Marseille",
        "Toulouse",
        "je suis à Genève",
        "sur trois écoles : Neuville-sur-Saône, Massieux et Genay",
        "Givors et Rive-de-Gier",
        "je suis à deux doigts de tout casser",
        "ça fait 3 jours que j'essaie",
        "mon chef est en vacances",
        "j'ai besoin d'aide pour la messagerie",
        "Ce matin en arrivant au collège",
        "depuis mon école",
        "dans mon établissement",
        "je suis à l'école",
        "la boîte du collège",
        "je suis sur mac",
        "windows 11",
        "code 42069",
        "Tél 0472",
    ],
)
def test_no_served_departement_is_read_here(places: Places, text: str) -> None:
    check(places, text, None)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("je suis à Feurs", True),
        ("au collège de Feurs", True),
        ("école de Miribel", True),
        ("c'est Lyon 8e", True),
        ("dans la Loire", True),
        ("lycée Jean Moulin, Lyon", True),
        ("42", True),
        ("Montagny", True),
        ("vilefranche", True),
        ("Feurs, je n'ai plus accès à ma boîte", False),
        ("j'habite à Lyon", False),
        ("pas la Loire", False),
        ("qui contacter à Roanne ?", False),
        ("bonjour", False),
    ],
)
def test_whole_says_that_the_text_is_only_a_place(places: Places, text: str, whole: bool) -> None:
    assert places.read(text).whole is whole


def test_when_asked_a_bare_ordinary_word_is_a_place(places: Places) -> None:
    assert places.read("lent").department is None
    assert places.read("lent", asked=True).department == "01"


def test_an_unknown_name_where_a_place_stands_is_unknown(places: Places) -> None:
    assert places.read("je suis à Trifouillis").reason == "unknown"
    assert places.read("école de Champignac").reason == "unknown"


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("01", ("Ain", "l’Ain", "de l’Ain", "dans l’Ain")),
        ("42", ("Loire", "la Loire", "de la Loire", "dans la Loire")),
        ("69", ("Rhône", "le Rhône", "du Rhône", "dans le Rhône")),
    ],
)
def test_names_of_departments(places: Places, code: str, forms: tuple[str, ...]) -> None:
    assert (
        tuple(places.department_name(code, form) for form in ("bare", "the", "of", "in")) == forms
    )


def test_the_json_shape(places: Places) -> None:
    here = read_json(places.read("Miribel"), "Miribel")
    assert here == {
        "text": "Miribel",
        "department": "01",
        "academy": None,
        "place": "Miribel",
        "reason": "commune",
        "candidates": [],
    }
    there = read_json(places.read("Voiron"), "Voiron")
    assert there["department"] is None
    assert (there["academy"], there["other_department"]) == ("Grenoble", "38")


def test_every_commune_is_read_in_its_own_departement(places: Places) -> None:
    rows = json.loads((FOLDER / "communes.json").read_text(encoding="utf-8"))["communes"]
    wrong = []
    for name, code, *_ in rows:
        for text in (name, f"je suis en poste à {name}"):
            reading = places.read(text)
            if reading.department != code and code not in reading.candidates:
                wrong.append((text, reading))
    assert not wrong


def test_loading_and_reading_are_quick() -> None:
    started = time.perf_counter()
    places = Places.load(FOLDER)
    loaded = time.perf_counter() - started
    texts = [
        "je suis à Feurs",
        "mon mot de passe ne marche plus depuis hier soir",
        "vilefranche",
    ] * 50
    started = time.perf_counter()
    for text in texts:
        places.read(text)
    each = (time.perf_counter() - started) / len(texts)
    assert loaded < 2
    assert each < 0.01


def test_a_long_text_is_read_in_time(places: Places) -> None:
    started = time.perf_counter()
    places.read("Bonjour, je suis à Saint-Étiene et Villefranch sur Saone. " * 34)
    assert time.perf_counter() - started < 0.5


def test_malformed_data_is_refused_with_file_and_remedy(tmp_path: Path) -> None:
    folder = tmp_path / "places"
    shutil.copytree(FOLDER, folder)
    (folder / "names.yml").write_text(
        "source: x\nlicence: y\nnicknames: [oups]\n", encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match=r"names\.yml") as refused:
        Places.load(folder)
    assert refused.value.remedy
    (folder / "names.yml").unlink()
    with pytest.raises(KnowledgeError, match="introuvable"):
        Places.load(folder)


def test_an_unknown_code_in_the_data_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "places"
    shutil.copytree(FOLDER, folder)
    communes = folder / "communes.json"
    text = communes.read_text(encoding="utf-8").replace('["Ambléon", "01"', '["Ambléon", "00"')
    communes.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="00"):
        Places.load(folder)
