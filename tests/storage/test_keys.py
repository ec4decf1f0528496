"""The key file, the vault and the printed sheet."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import KeyFileMissing, WrongKey
from bot.key_sheet import SheetUnreadable, from_sheet, sheet
from bot.keys import KeyFileUnreadable, Keys, exposed, load_keys, make_key_file, write_keys
from bot.vault import CACHED_KEYS, Tampered, Vault

RANDOM = bytes(range(64))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "companion.keys"


@pytest.fixture
def keys(path):
    return make_key_file(path, RANDOM)


@pytest.fixture
def vault(keys):
    return Vault(keys, os.urandom)


class TestFile:
    def test_what_is_written_is_read(self, path, keys):
        assert load_keys(path) == keys
        assert keys.keys == {1: RANDOM[:32]}
        assert keys.lookup == RANDOM[32:]

    def test_only_its_owner_reads_it(self, path, keys):
        assert path.stat().st_mode & 0o777 == 0o600
        assert exposed(path) == ""
        path.chmod(0o640)
        assert "chmod 600" in exposed(path)

    def test_an_existing_file_is_never_overwritten(self, path, keys):
        before = path.read_text()

        with pytest.raises(FileExistsError):
            make_key_file(path, RANDOM[::-1])
        assert path.read_text() == before

    def test_too_little_randomness_is_refused(self, path):
        with pytest.raises(ValueError, match="64"):
            make_key_file(path, b"0" * 32)

    def test_nothing_shows_a_key(self, keys, vault):
        for text in (repr(keys), repr(vault)):
            assert str(RANDOM[:4]) not in text
            assert "AAECAw" not in text

    def test_a_missing_file(self, path):
        with pytest.raises(KeyFileMissing, match="companion init"):
            load_keys(path)

    @pytest.mark.parametrize(
        "change",
        [
            {"format": 2}, {"current": 2}, {"current": "x"}, {"keys": {}}, {"keys": {"1": "AAAA"}}, {"keys": [1]},
            {"lookup": None}, {"lookup": "AAAA"}, {"lookup": "é"},
            {"keys": {"70000": "A" * 43 + "="}, "current": 70000},
        ],
        ids=str,
    )  # fmt: skip
    def test_a_file_with_a_mistake(self, path, keys, change):
        path.write_text(json.dumps(json.loads(path.read_text()) | change))

        with pytest.raises(KeyFileUnreadable) as refused:
            load_keys(path)
        assert "AAAA" not in str(refused.value)

    @pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"{}", b"keys"])
    def test_a_file_that_is_something_else(self, path, content):
        path.write_bytes(content)

        with pytest.raises(KeyFileUnreadable):
            load_keys(path)

    def test_a_folder_is_no_key_file(self, tmp_path):
        with pytest.raises(KeyFileUnreadable):
            load_keys(tmp_path)


class TestVault:
    def test_words_sealed_with_an_earlier_key_stay_readable(self, path, keys, vault):
        blob = vault.seal("outbox.payload", 1, "Hoi")
        later = Keys(path, 2, {**keys.keys, 2: b"2" * 32}, keys.lookup)
        write_keys(later)
        vault = Vault(load_keys(path), os.urandom)

        assert vault.open("outbox.payload", 1, blob) == "Hoi"
        assert vault.open("outbox.payload", 1, vault.seal("outbox.payload", 1, "Dag")) == "Dag"
        with pytest.raises(WrongKey, match="asks for key 2"):
            Vault(keys, os.urandom).open("outbox.payload", 1, vault.seal("outbox.payload", 1, "Dag"))

    def test_a_lookup_is_the_same_every_time_and_differs_by_purpose_and_key(self, path, keys, vault):
        again, other = Vault(keys, os.urandom), Vault(Keys(path, 1, keys.keys, b"x" * 32), os.urandom)

        assert vault.lookup("telegram", "4711") == again.lookup("telegram", "4711")
        assert len({v.lookup(p, "4711") for v in (vault, other) for p in ("telegram", "invitation")}) == 4

    @pytest.mark.parametrize("main, lookup", [(b"x" * 32, RANDOM[32:]), (RANDOM[:32], b"x" * 32)])
    def test_either_wrong_key_is_noticed(self, path, vault, main, lookup):
        with pytest.raises(WrongKey):
            Vault(Keys(path, 1, {1: main}, lookup), os.urandom).check(vault.check_value())

    def test_the_right_keys_are_accepted(self, keys, vault):
        Vault(keys, os.urandom).check(vault.check_value())

    def test_a_key_of_a_person_is_wrapped_for_that_person(self, vault):
        wrapped = vault.new_person_key(5)
        cipher = vault.unwrap(5, 1, wrapped)
        blob = vault.seal_for(5, cipher, "outbox.payload", 1, "Hoi")

        assert vault.open("outbox.payload", 1, blob, vault.remembered(5)) == "Hoi"
        with pytest.raises(Tampered):
            vault.unwrap(6, 1, wrapped)
        with pytest.raises(WrongKey):
            vault.unwrap(5, 9, wrapped)
        vault.evict(5)
        assert vault.remembered(5) is None

    def test_the_keys_longest_unused_are_forgotten(self, vault):
        for person in range(1, CACHED_KEYS + 1):
            vault.unwrap(person, 1, vault.new_person_key(person))
        vault.remembered(1)
        vault.unwrap(CACHED_KEYS + 1, 1, vault.new_person_key(CACHED_KEYS + 1))

        assert vault.remembered(1) is not None
        assert vault.remembered(2) is None

    @given(st.text(), st.integers(0, 2**63 - 1))
    def test_any_text_in_any_row(self, text, row):
        vault = Vault(Keys(None, 1, {1: RANDOM[:32]}, RANDOM[32:]), os.urandom)  # type: ignore[arg-type]  # no file

        assert vault.open("outbox.payload", row, vault.seal("outbox.payload", row, text)) == text


class TestSheet:
    @given(
        st.dictionaries(st.integers(1, 99), st.binary(min_size=32, max_size=32), min_size=1, max_size=3),
        st.data(),
    )
    def test_what_is_printed_can_be_typed_over(self, tmp_path_factory, numbers, data):
        path = tmp_path_factory.getbasetemp() / "typed.keys"
        keys = Keys(path, data.draw(st.sampled_from(sorted(numbers))), numbers, b"l" * 32)

        assert from_sheet(sheet(keys), path) == keys

    def test_small_letters_extra_spaces_and_misread_digits_do_not_matter(self, path, keys):
        typed = "\n".join(
            f"  {line.lower().replace('o', '0')}  \n"
            if line and line[0].isupper() and " " in line[:6]
            else line
            for line in sheet(keys).splitlines()
        )

        assert from_sheet(typed, path) == keys

    def test_every_wrong_letter_is_noticed(self, path, keys):
        lines = sheet(keys).splitlines()
        for number, line in enumerate(lines):
            if not (line[:4].isalnum() and line[:4].isupper()):
                continue
            for place in range(0, len(line), 7):
                if line[place] == " ":
                    continue
                wrong = "A" if line[place] != "A" else "B"
                typed = [*lines[:number], line[:place] + wrong + line[place + 1 :], *lines[number + 1 :]]
                with pytest.raises(SheetUnreadable):
                    from_sheet("\n".join(typed), path)

    @pytest.mark.parametrize("missing", range(12))
    def test_a_missing_line_is_noticed(self, path, keys, missing):
        lines = [line for line in sheet(keys).splitlines() if line]
        if missing < len(lines):
            del lines[missing]
            with pytest.raises(SheetUnreadable):
                from_sheet("\n".join(lines), path)

    @pytest.mark.parametrize("text", ["", "Companion key sheet, format 9, current key 1", "checksum: AAAA"])
    def test_something_else_is_refused(self, path, text):
        with pytest.raises(SheetUnreadable):
            from_sheet(text, path)
