"""The widget as a person meets it: opened, written to, read; and what axe says of it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

OUTPUT = Path(os.environ.get("AIGUILLEUR_SHOTS", "test-output/screenshots"))
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
SEEN_BY_AXE: list[str] = []
FIGURES: dict[str, str] = {}


class Chat:
    """One tab with the widget on its page."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.input = page.get_by_role("textbox", name="Votre message", exact=True)
        self.log = page.get_by_role("log")
        self.panel = page.get_by_role("dialog")
        self.cards = page.locator("aiguilleur-chat .card")
        self.bubbles = page.locator("aiguilleur-chat .mine")
        self.status = page.locator("aiguilleur-chat .status")

    def button(self, name: str) -> Any:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def launcher(self) -> Any:
        return self.page.locator("aiguilleur-chat .launcher")

    def open(self) -> Chat:
        self.launcher.click()
        self.cards.first.wait_for()
        return self

    def say(self, text: str) -> str:
        """Type, send by Enter, wait; the text of what was answered."""
        before = self.cards.count()
        self.input.fill(text)
        self.input.press("Enter")
        return self.answer(before)

    def choose(self, name: str) -> str:
        before = self.cards.count()
        self.button(name).last.click()
        return self.answer(before)

    def first_choice(self) -> str:
        """The first button of the last answer."""
        return str(self.cards.last.locator(".choice").first.inner_text())

    def answer(self, before: int) -> str:
        self.cards.nth(before).wait_for()
        return "\n".join(self.cards.all_inner_texts()[before:])

    def focused(self) -> str:
        """The words or the label of what has the focus, inside the widget or on the page."""
        return str(
            self.page.evaluate(
                """() => {
                  let held = document.activeElement;
                  while (held?.shadowRoot?.activeElement) held = held.shadowRoot.activeElement;
                  return held.id === "input" ? "Votre message"
                    : held.getAttribute("aria-label") || held.textContent.trim();
                }"""
            )
        )

    def stored(self) -> list[str]:
        """Everything that the page keeps in the browser."""
        return list(
            self.page.evaluate(
                "() => [...Object.values({...sessionStorage}), ...Object.values({...localStorage}), document.cookie].filter(Boolean)"
            )
        )

    def shot(self, name: str) -> None:
        OUTPUT.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=OUTPUT / f"{name}.png")

    def space_text(self) -> None:
        """The spacing that WCAG 1.4.12 asks a page to bear, forced upon the page and the widget."""
        self.page.evaluate(
            """() => {
              const sheet = new CSSStyleSheet();
              sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
                word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
              for (const root of [document, document.querySelector("aiguilleur-chat")?.shadowRoot])
                if (root) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
            }"""
        )

    def axe(self, state: str, *, colours: bool = True) -> None:
        """No violation of any of axe's rules, those of WCAG 2.2 and good practice included.

        ``colours=False`` where the browser puts its own in the place of the page's, unseen by axe.
        """
        found = violations(self.page, colours=colours)
        assert not found, f"{state}: {json.dumps(found, ensure_ascii=False, indent=1)}"
        SEEN_BY_AXE.append(state)


def violations(page: Any, *, colours: bool = True) -> list[dict[str, Any]]:
    """What axe-core finds on the page, shadow trees included."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        """(colours) => axe.run({resultTypes: ["violations"],
             rules: {"target-size": {enabled: true}, "color-contrast": {enabled: colours}}})
             .then((outcome) => outcome.violations.map(({id, help, nodes}) => ({
               id, help, nodes: nodes.map((node) => [node.target.flat().join(" "), node.failureSummary])})))""",
        colours,
    )
    return list(found)
