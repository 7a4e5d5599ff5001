"""How well messages are understood: what is measured, on messages as they are or made harder.

measures   right, helped, wrong, missed; by intent and by confusion; acts of the middle of a conversation
noise      the same messages without accents, misspelt, as in a text message, in capitals
pictures   the confusions and the error against the coverage, as pictures
"""

from aiguilleur.evaluate.measures import (
    Measures,
    Model,
    Outcome,
    Row,
    evaluate,
    measure,
    measure_acts,
    read_rows,
    report,
    report_acts,
)

__all__ = [
    "Measures",
    "Model",
    "Outcome",
    "Row",
    "evaluate",
    "measure",
    "measure_acts",
    "read_rows",
    "report",
    "report_acts",
]
