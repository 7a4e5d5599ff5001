"""Understanding: from a text to one intent, a question back, or an honest « je n’ai pas compris ».

``understander`` works without Rasa; ``tokens``, ``classifier`` and ``guard`` put the same code in
Rasa's graph.
"""
