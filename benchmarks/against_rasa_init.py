"""Like with like, in one run: the bot of ``rasa init`` against Aiguilleur.

Theirs: the default project, one trivial custom action on the stock action server, a SQLite tracker
store, the REST channel. Ours: ``aiguilleur serve`` with a guide and SQLite. For each: seconds until
the first answer, memory once ready, and the turns of ten-turn conversations over HTTP, taken in
turns so that both see the same machine. Loopback only; everything lives in a temporary folder.

    python benchmarks/against_rasa_init.py [--conversations 5]
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import httpx

BIN = Path(sys.executable).parent
TURNS = 10
READY_WITHIN = 180.0

OURS = (
    "bonjour",
    "j'ai oublié mon mot de passe",
    "oui",
    "c'est fait",
    "c'est fait",
    "je ne trouve pas",
    "c'est fait",
    "c'est réglé",
    "merci",
    "ma boîte est pleine",
)

ACTION = """
from rasa_sdk import Action


class ActionHello(Action):
    def name(self):
        return "action_hello"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="Hello from an action")
        return []
"""

ENDPOINTS = """
action_endpoint:
  url: "http://127.0.0.1:{actions}/webhook"
tracker_store:
  type: SQL
  dialect: sqlite
  db: tracker.db
"""


def free_port() -> int:
    """A port that nobody listens to now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def memory(pid: int) -> float:
    """Resident memory of a process and its children, in MB."""
    total, todo = 0, [pid]
    while todo:
        one = todo.pop()
        try:
            status = Path(f"/proc/{one}/status").read_text()
            children = Path(f"/proc/{one}/task/{one}/children").read_text().split()
        except OSError:
            continue
        todo += [int(child) for child in children]
        total += next(
            int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")
        )
    return total / 1024


def until_ready(url: str, ready: Callable[[httpx.Response], bool], started: float) -> float:
    """Seconds from ``started`` until ``url`` answers as it should."""
    while time.monotonic() - started < READY_WITHIN:
        try:
            if ready(httpx.get(url, timeout=2)):
                return time.monotonic() - started
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise SystemExit(f"{url} n’a pas répondu en {READY_WITHIN:.0f} s.")


def start(
    stack: ExitStack, command: list[str], folder: Path, **environment: str
) -> subprocess.Popen[bytes]:
    """A server that ends with the run."""
    log = stack.enter_context((folder / f"{Path(command[0]).name}-{len(command)}.log").open("wb"))
    process = subprocess.Popen(
        command, cwd=folder, stdout=log, stderr=log, env={**os.environ, **environment}
    )

    def stop() -> None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()

    stack.callback(stop)
    return process


def make_theirs(folder: Path, actions: int) -> None:
    """``rasa init`` with one trivial action told at « hello »; trained."""
    subprocess.run(
        [BIN / "rasa", "init", "--no-prompt", "--init-dir", folder], check=True, capture_output=True
    )
    (folder / "actions" / "actions.py").write_text(ACTION)
    domain = folder / "domain.yml"
    domain.write_text(domain.read_text() + "\nactions:\n  - action_hello\n")
    stories = folder / "data" / "stories.yml"
    stories.write_text(stories.read_text().replace("utter_greet", "action_hello"))
    (folder / "endpoints.yml").write_text(ENDPOINTS.format(actions=actions))
    subprocess.run([BIN / "rasa", "train", "--quiet"], cwd=folder, check=True, capture_output=True)


def theirs_turns(base: str, name: str) -> list[float]:
    """One conversation of ten turns with theirs: seconds of each."""
    seconds = []
    with httpx.Client(base_url=base, timeout=30) as client:
        for _ in range(TURNS):
            before = time.perf_counter()
            answer = client.post(
                "/webhooks/rest/webhook", json={"sender": name, "message": "hello"}
            )
            seconds.append(time.perf_counter() - before)
            assert answer.json(), "theirs did not answer"
    return seconds


def ours_turns(base: str) -> list[float]:
    """One conversation of ten turns with ours: seconds of each."""
    seconds = []
    with httpx.Client(base_url=base, timeout=30) as client:
        token = client.post("/webhooks/web/session").json()["token"]
        headers = {"Authorization": f"Bearer {token}"}
        for text in OURS:
            before = time.perf_counter()
            answer = client.post("/webhooks/web/message", json={"text": text}, headers=headers)
            seconds.append(time.perf_counter() - before)
            assert answer.status_code == 200, answer.text
    return seconds


def main() -> None:
    """Measure both, print the figures and the ratios of medians."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--conversations", type=int, default=5)
    conversations = parser.parse_args().conversations
    project = Path(__file__).resolve().parents[1]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        action_port, their_port, our_port = free_port(), free_port(), free_port()
        print("Préparation du robot de « rasa init » (une à trois minutes)…", file=sys.stderr)
        make_theirs(folder, action_port)

        started = time.monotonic()
        actions = start(
            stack, [str(BIN / "rasa"), "run", "actions", "--port", str(action_port)], folder
        )
        theirs = start(
            stack, [str(BIN / "rasa"), "run", "--endpoints", "endpoints.yml", "-p", str(their_port),
                    "-i", "127.0.0.1", "--enable-api"], folder,
        )  # fmt: skip
        their_base = f"http://127.0.0.1:{their_port}"
        their_ready = until_ready(f"{their_base}/status", lambda r: r.status_code == 200, started)

        started = time.monotonic()
        ours = start(
            stack, [str(BIN / "aiguilleur"), "serve", "--port", str(our_port)], project,
            AIGUILLEUR_DATABASE_URL=f"sqlite:///{folder}/ours.db",
        )  # fmt: skip
        our_base = f"http://127.0.0.1:{our_port}"
        our_ready = until_ready(f"{our_base}/readyz", lambda r: r.status_code == 200, started)

        theirs_turns(their_base, "warm-up")
        ours_turns(our_base)
        their_seconds: list[float] = []
        our_seconds: list[float] = []
        for number in range(conversations):
            their_seconds += theirs_turns(their_base, f"person-{number}")
            our_seconds += ours_turns(our_base)
        their_memory, our_memory = memory(theirs.pid), memory(ours.pid)
        action_memory = memory(actions.pid)

    their_turn, our_turn = (1000 * statistics.median(s) for s in (their_seconds, our_seconds))
    print(f"{'':34}{'rasa init':>12}{'aiguilleur':>12}{'rapport':>10}")
    print(f"{'tour médian (ms)':34}{their_turn:12.1f}{our_turn:12.1f}{their_turn / our_turn:9.1f}x")
    print(f"{'prêt en (s)':34}{their_ready:12.1f}{our_ready:12.1f}{our_ready / their_ready:9.0%}")
    print(
        f"{'mémoire, serveur (Mo)':34}{their_memory:12.0f}{our_memory:12.0f}{our_memory / their_memory:9.0%}"
    )
    both = their_memory + action_memory
    print(
        f"{'mémoire, avec les actions (Mo)':34}{both:12.0f}{our_memory:12.0f}{our_memory / both:9.0%}"
    )


if __name__ == "__main__":
    main()
