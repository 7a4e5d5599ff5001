"""What Rasa repeats at each message although it never changes, done once at the start.

Only cheaper: a turn gives what it gave. Knows no component, no policy and no event by name.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import rasa.core.processor
from rasa.core.policies import memoization, rule_policy
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event

Step = tuple[str, GraphNode, tuple[str, ...]]


class StraightRunner:
    """Runs the nodes of a graph one after the other, in an order found once for each target.

    Rasa hands its graph, rebuilt at each message, to a scheduler made for clusters.
    """

    def __init__(self, runner: DaskGraphRunner) -> None:
        self._schema: GraphSchema = runner._graph_schema
        self._nodes: dict[str, GraphNode] = runner._instantiated_nodes
        self._orders: dict[tuple[str, ...], list[Step]] = {}

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """The outputs of ``targets``, by name. Raises GraphRunError as Rasa's runner does."""
        wanted = tuple(targets or self._schema.target_names)
        order = self._orders.get(wanted)
        if order is None:
            order = self._orders[wanted] = self._order(wanted)
        done: dict[str, tuple[str, Any] | str] = {
            name: (name, value) for name, value in (inputs or {}).items()
        }
        try:
            for name, node, needs in order:
                done[name] = node(*(done.get(need, need) for need in needs))
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return {name: done[name][1] for name in wanted}

    def components(self) -> list[Any]:
        """The components of all nodes."""
        return [node._component for node in self._nodes.values()]

    def _order(self, wanted: tuple[str, ...]) -> list[Step]:
        schema = self._schema.minimal_graph_schema(list(wanted)).nodes
        order: list[Step] = []
        seen: set[str] = set()

        def visit(name: str) -> None:
            if name in seen or name not in schema:
                return
            seen.add(name)
            needs = tuple(schema[name].needs.values())
            for need in needs:
                visit(need)
            order.append((name, self._nodes[name], needs))

        for name in wanted:
            visit(name)
        return order


def quicken(processor: MessageProcessor) -> None:
    """Make the processor's turns cheaper without changing what they give."""
    runner = StraightRunner(processor.graph_runner)
    processor.graph_runner = runner
    if not getattr(Event.resolve_by_type, "remembers", False):
        remembered = cache(Event.resolve_by_type)
        Event.resolve_by_type = staticmethod(remembered)
        remembered.remembers = True  # type: ignore[attr-defined]
    for module in (rasa.core.processor, rule_policy, memoization):
        module.copy = _NoCopy

    for component in runner.components():
        if isinstance(component, RulePolicy):
            _by_intent_only(component)


def _by_intent_only(policy: RulePolicy) -> None:
    """Spare a policy whose rules name intents only the search by the words of the message."""
    if any('"text"' in rule for rule in policy.lookup[RULES]):
        return
    search = policy._find_action_from_rules

    def find(tracker: Any, domain: Any, use_text_for_last_user_input: bool) -> Any:
        if use_text_for_last_user_input:
            return None, None, False
        return search(tracker, domain, use_text_for_last_user_input)

    policy._find_action_from_rules = find


class _NoCopy:
    """In these modules values are only copied to be handed to debug logs, which are off."""

    @staticmethod
    def deepcopy(value: Any) -> Any:
        """The value itself."""
        return value
