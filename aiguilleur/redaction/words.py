"""The words a person writes around a password, which are therefore not the password.

Folded (no accents, lower case). Nothing here decides: ``passwords`` does.
"""

from __future__ import annotations

import re


def word_set(words: str) -> frozenset[str]:
    """The set of the words of a text separated by spaces."""
    return frozenset(words.split())


FUNCTION = word_set(
    """
kel kelle kels koi kwa ki ke pk pq pr dc mtn tjrs tjs jms bcp vs ns
a ai aie ait alors already also and apres are as assez at au aucun aucune aujourd'hui aussi autre
autres aux avait avant avec avez avoir avons be been bien bon bonne c c'est c'etait ca car ce ceci
cela celle celui celui-ci celui-la ces cest cet cette chaque chez ci combien comme comment d d'un
d'une dans de deja depuis des desormais deux did dis dit do does dois doit donc dont du elle elles
en encore enfin entre envers es est est-ce et etaient etait ete etes etre eu eux fait faut fois
lundi mardi mercredi jeudi vendredi samedi dimanche for has have hier hors il ils in is it j j'ai j'avais jamais je jusqu'a juste l l'a l'ai la
laquelle le lequel les leur leurs lors lorsque lui m m'a ma maintenant mais malgre me meme memes
mes mieux moi moins mon must my n n'a n'ai n'est ne ni non nos not notre nous now of on ont or ou
oui par parce parfois pas pendant peu peut peux plus plusieurs plutot pour pourquoi pourtant
pouvez puis puisque qu qu'elle qu'il qu'on quand que quel quelle quelles quelqu'un quelque quels
qui quoi s s'est sa sans sauf se selon sera serait ses seulement si soit son sont sous souvent
still suis suite sur t ta tant te tel telle tes that the this to ton too toujours tous tout toute
toutes tres trois trop tu un une va vais vas vers veut veux voici voila vont vos votre vous
vraiment vu was with y you your
"""
)

NO_VALUE = word_set(
    """
abandon absolument academie academique academiques acceder accent accents accepte acceptee
accepter acces access account actif active activer actuel actuelle adjoint adjointe admin
administrateur administration admis adresse aesh affiche afficher agent agents aide aider ailleurs
ainsi ajouter allemand alpha alphanumerique ancien ancienne anciens androide anglais annee
anniversaire annule anterieur antivirus aplati apparait appareil apparemment apparu appli
application applications apprendre arobase arrive arriver assistant assistante atsem atteint
attendu attente attention attribue aucunement authentication authentification automatique
automatiquement autorise autorisee averti avertissement basique besoin bientot bjr blanc blanche
blocage bloquage bloque bloquee bloquer boite boites bonjour bonsoir boulot bouton bref brut bug
bugge bureau but cache cadenas can't cannot capital capitale capitales caractere caracteres carnet
cas case casse cause certain certainement chacun champ champs change changed changee changement
changer changes chef chiffre chiffres choisi choisir choix chose circonscription clair classe
classes clavier cle cliquer code codes coincide colle college collegue collegues coller commencant
commence commencent commencer commun commune complet completement complexe complique compliquee
comporte compose compris compromis compte compte-rendu compter comptes concerne conclu
confidentiel confirmation confirme confirmer conforme connais connait connaitre connecte connecter
connexion connu connue conseil conseille conseiller conserve conserver constamment construit
contenant contenir contient continue contractuel contractuelle contraint controle convenir
convient copie cordialement correct correcte correctement correspond correspondent courriel cours
court courte couvert cpe cree creer critique crypte dangereux dans date debloque debloquer debut
dechiffrer decrit dedans dedie defait default defaut defectueux defendu defini definir definitif
definitivement degrade delai demande demandee demander demandes demarche demarrage denied
departement deplace dernier derniere desactive desole desuet detenu detruit devant devient devine
deviner different differente differents difficile directement directeur directrice disparait
disparu disponible disque distance dite divulgue documentaliste dois doivent domicile donne donnee
donner double doublon doute dsden dur durant duree echange echeance echec echoue echoues ecole
ecran ecrans ecrire ecrit ecrite ecrits educateur efface effacer egal egalement electronique
elementaire eleve eleves email empty encrypte enregistre enregistree enregistrer ensuite ent
entendu enter entered entier entree entrer envoi envoye envoyer erea erreur erreurs errone erronee
error erun espace essai essais essaye essayer etabli etablissement etant eteint etrange
eventuellement evident exact exacte examen exclu exemple exige exigences existant existe expert
expirant expiration expire expired expiree expirer expires expres exterieur externe facile faible
failed failure familial fausse faute faux fiable fichier filtre fin fini finissant finit fixe
fonction fonctionnait fonctionne fonctionnel fonctionnent fonctionner force forgot forgotten
format forme formulaire fort forte forts fourni frais francais garde garder general generalement
genere generer gere gestion gestionnaire grand gratuit grise groupe guide habitude habituel
habituelle hacke haut hello help heure heures hs ici identifiant identifiants identique identiques
identite ignore illisible imap immediatement impossible imprimante imprime inactif inchange inclus
incompatible inconnu inconnue incorrect incorrecte incorrectly incorrects indique indisponible
individuel inexact inferieur infirmier infirmiere info informatique informatiques infos initial
initiale initialise initialiser injoignable inscrit insere inspecteur inspection inspectrice
instable instantanement instruction insuffisant interdit interne internet introuvable inutilisable
invalid invalide invalides inverse inverses invisible invite java jetable joint jour journee jours
justement ko langue lent lettre lettres libre lie liee lien ligne limite lisible liste local
logiciel login logique logiquement long longtemps longue longueur lost lu lycee magique mail
mailing mails maintenu majuscule majuscules mal malade maladroit manager manquant manque
manuellement marchait marche marchent marcher masque masquee matin mauvais mauvaise memoire
memorise memoriser mensuel menu merci message messagerie messages mettre minimum minuscule
minuscules mis mise mismatch mobile modification modifie modifier moment mort mot mots moyen
moyens muet mutation naissance national navigateur necessaire nettement nickel nom none normal
normale normalement note notice nouveau nouvel nouvelle nul null nulle numen numerique numeriques
numero objet obligatoire obligatoirement oblige obsolete obtenu oeil offert officiel ok optionnel
oral ordi ordinateur ordre orthographe oubli oublie oubliee oublier oublies outil ouvert ouvre
ouvrir page papier par pareil parent parents part partage partagee partager particulier partir
partout paru passe passer passes patience pc perdre perdu perdue perdus perime perimee periode
permanent permis personne personnel personnelle perte peut-etre phase photocopieur piece piege
pirate piratee plait plante please plus point policy politique portable portail possible postal
poste pourri pratique prealable precedent precedents predit premier premiere prenom prescrit
present presque pret prevu prevue principal principale pris prive problematique probleme problemes
procedure prochain produit prof professionnel professionnelle profil profs prompt pronote propose
proposition propre protected protege provisoire provisoires psychologue public question questions
quota quotidien range rapide rappeler rappelle rased recemment recent recommande reconnait reconnu
reconnue rectorat recu recue recuperation recupere recuperer redemande redonne reduit
reenregistrer refait referent refus refuse refusee refuser regle regles regulierement reinit
reinitialisation reinitialise reinitialised reinitialisee reinitialiser rejete rejetee rejette
rejoint remarche remis remise remplacant remplacante remplace rempli remplir rend rendu renouvele
renouveler renouvellement renseigne rentre renvoi renvoye repart repete reponse required requis
reseau reset resolu respect respecte respecter ressemble reste retape retenu retour retourne
retraite retraitee retrouve retrouver retry reuni reutilise revenu revient rien robuste rouge
routeur rue rupture sais saisi saisie saisir sait salle salut samedi sauvegarde sauvegarder
scanner scolaire secondaire secours secret secretariat secrete securise securisee securite segpa
semaine semble sembler sens sensible separe serieux serveur service session seul seule short
signale similaire simple simplement simples site situe slt smartphone sms soir solide sortant
sorti souci soucieux soucis soudain souhaite special speciale speciaux stable stagiaire standard
statique statut stocke stocker stp strength strict strong su succes suffisant suffit suivant
suivante suivi sujet superieur support suppose supprime surement surveillant suspendu svp
synchronisation synchronise systematiquement systeme tableau tablette taille tape taper tard tel
telephone temporaire temps tentative tentatives tente tenu terminal terminant termine test texte
titulaire tombe tombee tort totalement toujours toute traduit traite transfert transmettre
transmis travail trimestre trimestriel trouve trouver tuto tutoriel type ulis ultra un unique
universel unknown urgence urgent usage usb user username usuel utile utilisant utilisateur
utilisation utilise utilisee utiliser vacances vacataire valable valant validation valide valider
valides validite valu vendu venu verification verifie verifier verrouille vide videoprojecteur
vieille vierge vieux ville visible visio voie voir vole volee voler voleur voulu vrai vraiment vu
anormal abord cherchez changez distinct distincts distincte essaie essentiel figure perso renouvelle sert servent tels telles verifiez dessus dessous eduroam esprit gris tete distance midi minuit appelez apercu dites faites sure surs certain certaine aperçue attendre bientot blocage cantine chose collaboration college coupe defaut demain dedans
dossier erronees expirera grave honte idem importe incorect incorecte incorects maternelle meilleur menage navigation neuf neuve
obligation oblige parti partie penible plu poubelle precaution primaire prudence reunion revolu risque soin soucis
souvenir subitement suppression traine tantot trousse vrais weak webmail week-end wi-fi wifi windows wrong zero zone
"""
)

# Verbs and adjectives of the sentence: never a value by themselves, but a phrase may hold them.
SENTENCE = word_set(
    """
abandonne absent absente absents accueille adapte agit aime ajoute alterne amene ancre annonce apparaissent appelle applique
apporte arrete arrivait arrivent attend attire auquel autorise avance baisse barre bascule bat bouge boucle brise
bref brut cache calme cause central cesse change changea changent chaud cherche chute circule clair claire clignote
clos close cloche codee coince colle complexe compte concerne conduit confond confus connecte consiste constate
convient correspondent coule court coute couvre craint craque croise cru curieux d'abord debarque debloque debute
decale decide declare deconne degage demarre demeure depasse depend deplait derange descend desormais detruit devait
devra devrait devrais devraient discret disparaissent disparut dispose donnait donnent dort double doux droit dure
duree durent echappe eclate egare elle-meme embete empeche enerve ennuie entraine entre entrent envoie etonne
evite evolue existent expedie explique exploite externe extrait fache faisait faudra faudrait ferme fermee figurait finira
finissait flou force fourmille foutu franc fuit fuite galere gene genant glisse gonfle grippe grave gros grosse hesite
hors-service identifie illegal implique importait inacceptable incoherent incomplet indecent indiquait inquiete insiste
interroge introduit invente juste lache laisse lance latent legal libere lisait lisse loupe lourd lourde manquait
manquent melange menace merde mene mentionne merdique meurt modere montait monte mourir moche monstre mystere
nait nul obligeait obtient occupe offre oppose ouvrait paie paraissait parait partait partent passait passent patine peche
pendant pend perd perdait permet persiste pese plait pleine plein pleut pointe porte portait posait pose posent possede ouvrent ferment affichent cale calait compromis comprend coupera
pourra pourrait pourrais pourraient pourrit precise prend prenait prennent presente prevaut promis protege provient
provoque public publie pue puisse quitte rale ralentit ramene rame rappelle rate ratee realise recoit recule
redevenu redevient redonne referme refusait refusent regresse rejette relie remarche remonte remplit rendait rend
repond repondait reporte repousse reprend repris reset resiste restait restent resulte retarde retombe revele revenait
reviendra reviennent risque roule saute sautait semblait semblent sent serait seront serre servait signifie simple
solide sonne sort sortait sortent souffre souhaitait stagne strict subit suffisait suffisent suit suivait supporte
surgit survit suspect taquin tarde tenait tenant tend tient tombait tombe tombent tordu touche tourne tournait traine
traite transite travaille tremble trempe triche trouvait trouvent utilisait valait valent varie vasouille veille vendait
venait verra vient viennent vieillit viole vise visait vit voit voulait voudrait vrai
"""
)

# Names of services, programs and makes: « mon mot de passe Pronote » says nothing.
PRODUCTS = (
    "pronote|arena|iprof|i-prof|sirhen|siecle|onde|affelnet|lsu|lsun|parcoursup|cyclades|santorin|imagin|delegce|colibris|"
    "k9|k-9|k9mail|k-9mail|fairemail|bluemail|spark|zimbra|roundcube|convergence|thunderbird|outlook|owa|gmail|teams|slack|zoom|moodle|magistere|m@gistere|eduscol|"
    "edugar|educonnect|laclasse|tchap|nextcloud|renater|eole|scribe|kwartz|chorus|chorus-dt|webmail|ensap|adage|folios|"
    "pix|gar|oze|esidoc|e-sidoc|bcdi|kosmos|cybercolleges|itslearning|skolengo|envole|tribu|filesender|evento|bbb|"
    "bigbluebutton|classroom|peertube|capytale|galaxie|sconet|mozilla|firefox|chrome|chromium|chromebook|edge|safari|opera|brave|"
    "android|samsung|galaxy|xiaomi|redmi|huawei|honor|oppo|realme|oneplus|pixel|nokia|motorola|iphone|ipad|ipados|imac|mac|macos|macbook|osx|"
    "windows|win|linux|ubuntu|debian|office|word|excel|powerpoint|libreoffice|openoffice|onenote|onedrive|exchange|microsoft|"
    "adobe|acrobat|reader|java|python|google|apple|yahoo|hotmail|orange|free|freebox|livebox|bbox|sfr|bouygues|laposte|"
    "netflix|amazon|ameli|impots|franceconnect|caf|mgen|facebook|instagram|whatsapp|twitter|tiktok|youtube|linkedin|"
    "covid|oauth|otp|saml|dkim|spf|capes|agreg|crpe|mcf|b2i|c2i|wifi|wi-fi|wpa|ipv|imap|imaps|pop|smtp|smtps|ssl|tls|starttls|http|https|sha|md|utf|usb|vpn|lte|hdmi|mp|"
    "dell|lenovo|thinkpad|asus|acer|hp|toshiba|surface|latitude|elitebook|probook|optiplex|bitwarden|keepass|keepassxc|lastpass|"
    "dashlane|authenticator|freeotp|ondeweb|ien|erun|dsden|rectorat|cned|canope|esup|cas|sso|ldap|ad|azure|intune|"
    "toutatice|atrium|elea|neo|one|beneylu|klassroom|educartable|toutemonannee|primot|affectation|siam|gaia|sofia|"
    "egide|ent|edt|index-education|intranet|extranet|proxy|ksup|tribu|osmose|resana|rizomo|cerise|anagram|opale|op@le|"
    "libmol|geogebra|scratch|wordpress|pearltrees|genially|canva|padlet|kahoot|quizinière|quiziniere|tactileo|lumni"
)
_PRODUCT_VERSION = (
    r"(?:[-_ ]?(?:v?[0-9]{1,4}(?:[a-z]|pro|plus|max|mini|ultra|lite|fe|h[12])?|pro|plus|max|xp|vista|mail|"
    r"lycee|college))?"
)


def _products_by_letter() -> dict[str, re.Pattern[str]]:
    names: dict[str, list[str]] = {}
    for name in PRODUCTS.split("|"):
        names.setdefault(name[0], []).append(re.escape(name))
    return {
        letter: re.compile(f"(?:{'|'.join(those)}){_PRODUCT_VERSION}")
        for letter, those in names.items()
    }


_PRODUCTS = _products_by_letter()


def is_product(low: str) -> bool:
    """Whether a folded token names a service or a program, perhaps with its version."""
    pattern = _PRODUCTS.get(low[:1])
    return bool(pattern and pattern.fullmatch(low))


# What a person says to somebody and also chooses as a password: one after « c’est », with nothing else.
GREETINGS = word_set(
    "bonjour bonsoir salut coucou hello vacances ecole maman papa famille maison soleil amour gateau travail"
)

# Who a shared account is for, and its password too often: after « c’est », with nothing else.
ROLES = word_set(
    "eleve eleves prof profs admin college lycee classe direction secretariat invite invites cdi cantine"
)

# A season and a year: clean alone (« Toussaint2025 »), a favourite password where one is spoken of.
CALENDAR = re.compile(
    r"(?:toussaint|noel|rentree|paques|hiver|printemps|ete|automne|brevet|bac|vacances|janvier|fevrier|mars|avril|"
    r"mai|juin|juillet|aout|septembre|octobre|novembre|decembre)[-_]?(?:19|20)?[0-9]{2}"
)

# The first choices of people in a hurry: a password even without « : » or « c’est ».
COMMON = word_set(
    """
azerty azertyuiop qwerty qwertz qsdfgh wxcvbn motdepasse password admin toto titi tata tutu toto123 loulou doudou
chouchou soleil marseille chocolat nicolas camille thomas julien alexandre football jetaime coucou poupette princesse
doudoune cheval iloveyou letmein welcome dragon monkey sunshine bisous bisounours chaton minou caramel vanille
papillon tournesol lapin licorne etoile nounours choupette pikachu naruto ronaldo elephant piment diamant
chouquette biquette minette toutou nounou lulu lolo zozo bibi mimi kiki coco pepito titou tintin asterix obelix
cannelle coccinelle hirondelle tourterelle sauterelle gazelle mirabelle violette marguerite paquerette myosotis
pissenlit fraisier rosier cerisier olivier pommier fromage voyage nuage orage plage pirate ninja superman batman
spiderman pokemon mbappe zidane messi platini beyonce madonna mozart marianne liberte jardin jonquille
"""
)
KEYBOARD = word_set(
    "azerty azertyuiop qwerty qwertz qwertyuiop qsdfgh qsdfghjklm wxcvbn motdepasse password toto titi tata"
)

# What a verb, a participle, an adjective or an adverb looks like when nothing announces a value.
FRENCH_ENDING = re.compile(
    r".*(?:[^i]er|(?:[bfpdctg]|bl)ier|ment|ments|tion|tions|sion|ique|iques|able|ables|ible|ibles|[tsidv]eur|[tsidv]eurs|"
    r"euse|ait|aient|ions|ez|ant|ants|ante|isme|iste|istes|aire|aires|iere|if|ive|ifs|(?:u|i|onn)elles?|eux|ees|ee|"
    r"(?:u|a|cr|pt)ites?|(?:ill|tr|rr|am)age|ages|ra|rai|ront|rait)"
)
PARTICIPLE = re.compile(r".*(?:é|és|ée|ées|ables?|ibles?|ment)")
PLACEHOLDER = re.compile(
    r"(?:x{2,}|y{3,}|z{3,}|[*•·#._?…x-]+|jjmmaaaa|jjmmaa|abc|xyz|untel|nom|prenom)"
)
EXAMPLE_IDENTIFIERS = frozenset(
    {"jdupont", "jeanne.dupont", "pnom", "prenom.nom", "jdupont1", "jdupont2"}
)

# After these, a name with digits is an identifier: « le mot de passe de jmartin12 ».
OWNERS = word_set("de d du pour avec chez par a compte identifiant login utilisateur user id boite")

# Verbs of typing, trying, choosing: what follows may be what was typed.
ATTEMPT = re.compile(
    r"\b(?:(?<=je )mi|(?<=jai )mi|(?<=j'ai )mi|oublie[rsz]?|hesite[rsz]?|souvien\w{1,3}|colle[rsz]?|copie[rsz]?|mis|met[st]?|mettre|mettant|mettez|retape[rzs]?|tape[rzs]?|tapant|essaye[rzs]?|essayant|essaie[s]?|"
    r"essais|entree?r?|entrant|rentree?r?|saisi[rst]?e?|saisissant|utilise[rzs]?|utilisant|choisi[rst]?|"
    r"tente[rzs]?|teste[rzs]?|remplac\w{1,6} par|chang\w{1,4} (?:en|par|pour)|modifi\w{1,4} (?:en|par|pour)|"
    r"reinitialis\w{1,4} (?:en|a|avec)|(?<!de )(?<!de)passe[er]? (?:de|a)|marque[rz]?|ecrit|ecris|note|donne|pris|reviens? a|remis)(?![a-z'])"
)
