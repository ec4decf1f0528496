"""Every role, every action, every relation: exactly what the hand-written table allows, and nothing else."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from bot.authorize import Action, Relation, Role, authorize

EXPECTED = tomllib.loads(Path(__file__).with_name("authorize_expected.toml").read_text("utf-8"))
ROLES, ACTIONS, RELATIONS = get_args(Role), get_args(Action), get_args(Relation)
ALL = list(product(ROLES, ACTIONS, RELATIONS))


def test_the_expectation_names_every_role_and_only_known_things():
    assert set(EXPECTED) == set(ROLES)
    assert {action for allowed in EXPECTED.values() for action in allowed} <= set(ACTIONS)
    assert {
        one for allowed in EXPECTED.values() for relations in allowed.values() for one in relations
    } <= set(RELATIONS)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_exactly_what_is_written(role):
    for _, action, relation in (one for one in ALL if one[0] == role):
        expected = relation in EXPECTED[role].get(action, [])
        assert authorize(role, action, relation) is expected, (role, action, relation)


def test_every_action_is_allowed_to_somebody():
    for action in ACTIONS:
        assert any(authorize(role, action, relation) for role, relation in product(ROLES, RELATIONS)), action


def test_the_table_has_no_fewer_cells_than_it_had():
    assert len(ALL) >= 2_400


@pytest.mark.parametrize("relation", ["none", "excluded"])
def test_without_a_relation_or_shut_out_nobody_may_anything(relation):
    assert not any(authorize(role, action, relation) for role, action in product(ROLES, ACTIONS))


def test_a_stranger_may_nothing_at_all():
    assert not any(
        authorize("stranger", action, relation) for action, relation in product(ACTIONS, RELATIONS)
    )


def test_only_whoever_it_was_sent_to_comes_near_what_a_youngster_sent():
    words = ("read_item", "answer_item", "close_item", "read_alert", "handle_alert", "open_card")
    for role, action, relation in ALL:
        if action in words and authorize(role, action, relation):
            assert relation == "recipient", (role, action)
            assert role in ("professional", "coordinator", "confidant")


def test_reading_over_a_shoulder_is_for_the_confidant_alone():
    allowed = {(role, relation) for role, action, relation in ALL if action == "inspect"
               and authorize(role, action, relation)}  # fmt: skip
    assert allowed == {("confidant", "organisation")}


def test_an_admin_comes_near_no_person_but_themself():
    for role, action, relation in ALL:
        if role == "admin" and authorize(role, action, relation):
            assert relation == "self" or action == "edit_content"


@pytest.mark.parametrize("role, action, relation", [
    ("boss", "read_item", "recipient"),
    ("professional", "read_everything", "recipient"),
    ("professional", "read_item", "friend"),
])  # fmt: skip
def test_what_the_table_does_not_know_is_refused(role, action, relation):
    assert authorize(role, action, relation) is False
