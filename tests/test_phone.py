"""A telephone number is one that can be dialled and belongs to a person."""

import pytest

from bot.phone import phone_of


@pytest.mark.parametrize("text, number", [
    ("06 1234 5678", "0612345678"),
    ("(071) 123-4567", "0711234567"),
    ("+31 6 12345678", "+31612345678"),
    ("0031612345678", "0031612345678"),
])  # fmt: skip
def test_what_can_be_dialled(text, number):
    assert phone_of(text) == number


@pytest.mark.parametrize(
    "text", ["", "112", "113", "0800-0113 bel", "12345678901", "0000000000", "+31", "06-1234", "a" * 50]
)
def test_what_cannot(text):
    assert phone_of(text) is None
