"""From a text to the département of the person’s work: communes, gentilés, numbers, codes.

Everything that names a place comes from ``knowledge/places``; only French grammar is in the code.
Must not know the conversation, the desks or Rasa.

    model      what is read and what an index entry says
    data       files → checked data
    index      checked data → one compiled index
    text       tokens
    mentions   where the text names a place
    numbers    codes: UAI, post codes, numbers of départements
    typos      mistyped names
    grammar    French words that place a name
    cues       phrases that say home, work, past…
    roles      work, home, past, denied… for each mention
    reader     Places.load, Places.read
"""

from aiguilleur.places.model import PlaceReading
from aiguilleur.places.reader import Places, read_json

__all__ = ["PlaceReading", "Places", "read_json"]
