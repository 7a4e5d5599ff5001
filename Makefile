.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 5005
FILE ?= tests/nlu
EXAMPLES ?= 5000
FOLDS ?= w3+w8,w4+w12
DIET ?= 0
SAMPLE ?= 0

# TensorFlow and SQLAlchemy talk a great deal for libraries that we hardly use.
export TF_CPP_MIN_LOG_LEVEL ?= 3
export SQLALCHEMY_SILENCE_UBER_WARNING ?= 1
export PYTHONWARNINGS ?= ignore

.PHONY: help setup run train test unit check format lock shell chat evaluate bench validate clean

help: ## Cette liste
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## Installe tout dans .venv (Python 3.10, paquets) ; ne fait rien si c’est à jour
	@scripts/setup

run: setup ## Sert l’assistant sur http://localhost:5005/ (installe et entraîne si besoin)
	@$(BIN)/aiguilleur train --if-needed
	@$(BIN)/aiguilleur serve --host $(HOST) --port $(PORT)

train: setup ## Entraîne le modèle
	@$(BIN)/aiguilleur train

test: setup ## Tous les tests
	@$(BIN)/aiguilleur train --if-needed
	@$(BIN)/python -m pytest

unit: setup ## Les tests qui ne chargent pas le modèle, en quelques secondes
	@$(BIN)/python -m pytest tests/unit -q

properties: setup ## Dix mille secrets inventés de chaque espèce, dix mille textes sans secret
	@$(BIN)/python -m pytest tests/unit/test_redaction_properties.py -q --hypothesis-profile thorough --timeout 1500

fuzz: setup ## Des milliers de requêtes bien et mal formées au canal web : make fuzz EXAMPLES=10000, par opération
	@$(BIN)/aiguilleur train --if-needed
	@scripts/fuzz $(EXAMPLES)

check: setup ## Style, types, connaissances et données d’entraînement
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/aiguilleur check
	@$(MAKE) --no-print-directory validate

bench-redaction: setup ## Ce que coûte au pire le masquage d’un message hostile de 2 000 caractères
	@$(BIN)/python benchmarks/redaction.py

validate: setup ## rasa data validate, sans aucun avertissement
	@$(BIN)/rasa data validate --fail-on-warnings --max-history 3

format: setup ## Met le code en forme
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

chat: setup ## Une conversation dans le terminal
	@$(BIN)/aiguilleur train --if-needed
	@$(BIN)/aiguilleur chat

shell: setup ## rasa shell, avec le serveur d’actions de Rasa à côté
	@$(BIN)/aiguilleur train --if-needed
	@$(BIN)/rasa run actions --port 5055 >/dev/null 2>&1 & actions=$$!; \
	trap "kill $$actions" EXIT; $(BIN)/rasa shell --endpoints endpoints.yml

rasa-test: setup ## rasa test sur tests/stories et tests/nlu
	@$(BIN)/aiguilleur train --if-needed
	@$(BIN)/rasa test --stories tests/stories --nlu tests/nlu --out test-output/rasa

evaluate: setup ## Mesure la compréhension, telle quelle et bruitée, et la dessine : make evaluate FILE=phrases.jsonl
	@$(BIN)/aiguilleur train --if-needed
	@$(BIN)/aiguilleur evaluate $(FILE) --noise --pictures test-output/comprehension

compare: setup ## Compare des classements, scripteurs laissés de côté : make compare SAMPLE=1500 DIET=20 (DIET est lent)
	@$(BIN)/python benchmarks/compare_classifiers.py --folds $(FOLDS) --diet-epochs $(DIET) --sample $(SAMPLE)

dialogues: setup ## Joue des dialogues sur le serveur de make run : make dialogues FILE=dialogues.jsonl
	@$(BIN)/aiguilleur rehearse $(FILE) --url http://$(HOST):$(PORT)

bench: setup ## Compare, dans la même exécution, au robot de « rasa init »
	@$(BIN)/aiguilleur train --if-needed
	@$(BIN)/python benchmarks/against_rasa_init.py

lock: setup ## Refait requirements.lock
	@uv=$$(command -v uv || echo .tools/bin/uv); \
	$$uv pip compile --quiet --python-version 3.10 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --overrides requirements/overrides.txt requirements/runtime.in requirements/dev.in -o requirements.lock

clean: ## Retire ce qui se refabrique (modèles, caches) ; garde var/
	@rm -rf models .rasa .pytest_cache .mypy_cache .ruff_cache .hypothesis test-output results
