"""The vault: seals words with the keys of the installation and of the person they belong to, and opens them.

A sealed value is: version (1 byte), key id (2), owner (8, 0 for nobody), nonce (12), ciphertext.
Words that belong to a person are sealed with that person's own key; the master key only wraps it. So deleting
one small row makes all words of one person unreadable.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from struct import Struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import CompanionError, WrongKey
from bot.keys import KEY_BYTES, Keys

BLOB_VERSION = 1
_NONCE_BYTES = 12
_HEADER = Struct(">BHQ")
_PLACE = Struct(">Q")
_OWN_KEY = 0
_CHECK_PLACE = "meta.key_check"
_CHECK_TEXT = "companion"
CACHED_KEYS = 4096


class Tampered(CompanionError):
    """A sealed value was changed, or stands in another row or column than the one it was sealed for."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def __str__(self) -> str:
        return f"A sealed value in {self.place} was changed or moved. Run 'companion db verify'."


class Shredded(CompanionError):
    """The words belonged to somebody whose key was destroyed: nobody can read them any more."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def __str__(self) -> str:
        return f"The words in {self.place} were erased: the key of the person they belonged to is gone."


class Vault:
    """Seals and opens. *random* gives that many unpredictable bytes; safe to use from several threads."""

    def __init__(self, keys: Keys, random: Callable[[int], bytes]) -> None:
        self._keys = keys
        self._random = random
        self._ciphers = {number: AESGCM(key) for number, key in keys.keys.items()}
        self._people: OrderedDict[int, AESGCM] = OrderedDict()
        self._guard = threading.Lock()

    def __repr__(self) -> str:
        return f"Vault(current key {self._keys.current})"

    @property
    def current(self) -> int:
        """The id of the key that new values are sealed with."""
        return self._keys.current

    def seal(self, place: str, row: int, text: str) -> bytes:
        """*text* sealed for column *place* of row number *row*; it belongs to nobody in particular."""
        return self._sealed(self._ciphers[self.current], self.current, 0, place, row, text)

    def seal_for(self, person: int, cipher: AESGCM, place: str, row: int, text: str) -> bytes:
        """*text* sealed with the own key of *person*."""
        return self._sealed(cipher, _OWN_KEY, person, place, row, text)

    def open(self, place: str, row: int, blob: bytes, cipher: AESGCM | None = None) -> str:
        """The text in *blob*; *cipher* is the key of its owner, if any. ``Tampered`` or ``WrongKey``."""
        if len(blob) < _HEADER.size + _NONCE_BYTES:
            raise Tampered(place)
        version, number, _ = _HEADER.unpack_from(blob)
        if version != BLOB_VERSION:
            raise Tampered(place)
        if cipher is None:
            cipher = self._ciphers.get(number)
            if cipher is None:
                raise WrongKey(self._keys.path, str(number))
        nonce = blob[_HEADER.size : _HEADER.size + _NONCE_BYTES]
        bound = _bound(place, row, blob[: _HEADER.size])
        try:
            return cipher.decrypt(nonce, blob[_HEADER.size + _NONCE_BYTES :], bound).decode()
        except InvalidTag:
            raise Tampered(place) from None

    def new_person_key(self, person: int) -> bytes:
        """A fresh key for *person*, wrapped by the current master key."""
        nonce = self._random(_NONCE_BYTES)
        bound = _bound("person_key.wrapped", person, b"")
        return nonce + self._ciphers[self.current].encrypt(nonce, self._random(KEY_BYTES), bound)

    def unwrap(self, person: int, number: int, wrapped: bytes) -> AESGCM:
        """The key of *person* that master key *number* wrapped; remembered until ``evict``."""
        master = self._ciphers.get(number)
        if master is None:
            raise WrongKey(self._keys.path, str(number))
        bound = _bound("person_key.wrapped", person, b"")
        try:
            cipher = AESGCM(master.decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], bound))
        except InvalidTag:
            raise Tampered("person_key.wrapped") from None
        with self._guard:
            self._people[person] = cipher
            self._people.move_to_end(person)
            if len(self._people) > CACHED_KEYS:
                self._people.popitem(last=False)
        return cipher

    def rewrap(self, person: int, number: int, wrapped: bytes) -> bytes:
        """The key of *person* that master key *number* wrapped, wrapped by the current one."""
        master = self._ciphers.get(number)
        if master is None:
            raise WrongKey(self._keys.path, str(number))
        bound = _bound("person_key.wrapped", person, b"")
        try:
            key = master.decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], bound)
        except InvalidTag:
            raise Tampered("person_key.wrapped") from None
        nonce = self._random(_NONCE_BYTES)
        return nonce + self._ciphers[self.current].encrypt(nonce, key, bound)

    def remembered(self, person: int) -> AESGCM | None:
        """The key of *person* when it was used lately."""
        with self._guard:
            cipher = self._people.get(person)
            if cipher is not None:
                self._people.move_to_end(person)
            return cipher

    def evict(self, person: int) -> None:
        """Forget the key of *person* in this process."""
        with self._guard:
            self._people.pop(person, None)

    def lookup(self, purpose: str, value: str) -> bytes:
        """What *value* (an account number, a token) is found by. Without the key it cannot be turned back."""
        message = purpose.encode() + b"\0" + value.encode()
        return hmac.digest(self._keys.lookup, message, hashlib.sha256)

    def check_value(self) -> str:
        """What a new database keeps to recognise these keys by."""
        return json.dumps(
            {
                "key": _text(self.seal(_CHECK_PLACE, 0, _CHECK_TEXT)),
                "lookup": _text(self.lookup("check", _CHECK_TEXT)),
            }
        )

    def check(self, value: str) -> None:
        """``WrongKey`` unless *value* was made by ``check_value`` with these keys."""
        data = json.loads(value)
        blob = base64.b64decode(data["key"])
        wrong = WrongKey(self._keys.path, str(_HEADER.unpack_from(blob)[1]))
        try:
            fits = self.open(_CHECK_PLACE, 0, blob) == _CHECK_TEXT
        except Tampered:
            raise wrong from None
        lookup = base64.b64decode(data["lookup"])
        if not fits or not hmac.compare_digest(lookup, self.lookup("check", _CHECK_TEXT)):
            raise wrong

    def _sealed(self, cipher: AESGCM, number: int, owner: int, place: str, row: int, text: str) -> bytes:
        header = _HEADER.pack(BLOB_VERSION, number, owner)
        nonce = self._random(_NONCE_BYTES)
        return header + nonce + cipher.encrypt(nonce, text.encode(), _bound(place, row, header))


def owner_of(blob: bytes) -> int:
    """The person whose key sealed *blob*; 0 when it belongs to nobody."""
    owner: int = _HEADER.unpack_from(blob)[2] if len(blob) >= _HEADER.size else 0
    return owner


def _bound(place: str, row: int, header: bytes) -> bytes:
    return place.encode() + b"\0" + _PLACE.pack(row) + header


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
