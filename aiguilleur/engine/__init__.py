"""What wraps Rasa: the only folder, with ``nlu``, that imports it.

    agent           load the model, refuse to start without one that answers
    store           conversations on SQLite, turn by turn; database: its tables
    lock            one conversation at a time
    in_process      actions run in this process
    ingress         a message's way, shared by all channels; cleaning: what is stripped first
    output          the channel that collects Cards
    redaction_hook  the choke point where every text is masked
    logs            logs without anything a person wrote
    training        train only when something changed
    runner          the model's graph without what Rasa repeats at each message
    hollow          TensorFlow, unused, kept out: it must be done before Rasa is imported

Nothing else is done here: Rasa is heavy, and what needs it names the module.
"""

from aiguilleur.engine import hollow

hollow.install()
