"""The ways in and out: each verifies who speaks, parses, hands to the ingress and renders Cards.

A channel knows its own format and nothing of Rasa.
"""
