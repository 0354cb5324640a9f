"""The house in contracts (pyproject.toml), and a proof that each of them can fail."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import grimp
import pytest
from importlinter import api
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

from tests.guards.tree import ROOT

if TYPE_CHECKING:
    from grimp import ImportGraph

KINDS = {"forbidden": ForbiddenContract, "layers": LayersContract}
CONFIGURATION = api.read_configuration(str(ROOT / "pyproject.toml"))
CONTRACTS: dict[str, dict[str, Any]] = {
    contract["id"]: contract for contract in CONFIGURATION["contracts_options"]
}

PLANTED = [
    ("house", "portal.audit.words", "portal.cases.words"),
    ("house", "portal.cases.rules", "portal.pages"),
    ("house", "portal.pages.shell", "portal.api"),
    ("room", "portal.cases.rules", "portal.cases.models"),
    ("room", "portal.cases.queries", "portal.cases.actions"),
    ("forms", "forms", "portal.identity.queries"),
    ("http", "portal.identity.actions", "flask"),
    ("rules", "portal.cases.words", "sqlalchemy"),
    ("rules", "portal.explanations.rules", "portal.db"),
    ("sql", "portal.clock", "sqlalchemy"),
    ("apart", "portal.answers.actions", "portal.identity.words"),
]


@pytest.fixture(scope="module")
def imports() -> ImportGraph:
    return grimp.build_graph("portal", "forms", include_external_packages=True, cache_dir=None)


def is_kept(contract_id: str, graph: ImportGraph) -> bool:
    options = CONTRACTS[contract_id]
    contract = KINDS[options["type"]](
        name=options["name"],
        session_options=CONFIGURATION["session_options"],
        contract_options=options,
    )
    return contract.check(copy.deepcopy(graph), verbose=False).kept


@pytest.mark.parametrize("contract_id", CONTRACTS)
def test_contract_is_kept(contract_id: str, imports: ImportGraph) -> None:
    assert is_kept(contract_id, imports)


@pytest.mark.parametrize(("contract_id", "importer", "imported"), PLANTED)
def test_a_planted_import_breaks_its_contract(
    contract_id: str, importer: str, imported: str, imports: ImportGraph
) -> None:
    graph = copy.deepcopy(imports)
    graph.add_import(importer=importer, imported=imported)
    assert not is_kept(contract_id, graph)


def test_every_contract_has_a_planted_fault() -> None:
    assert {contract_id for contract_id, _, _ in PLANTED} == set(CONTRACTS)


def test_a_package_without_a_place_breaks_the_house(imports: ImportGraph) -> None:
    graph = copy.deepcopy(imports)
    graph.add_module("portal.cellar")
    assert not is_kept("house", graph)
