"""Whatever a bot sends, the sandbox answers in JSON and never falls over."""

import asyncio
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.types import Message

from bot.sandbox.methods import METHODS
from bot.sandbox.schema import load_schema
from bot.sandbox.server import create_app
from bot.sandbox.world import Settings
from tests.sandbox.conftest import PHONES, SAM

NAMES = sorted({name for method in METHODS for name in load_schema().methods[method]})
TYPES = ["bold", "text_link", "photo", "emoji", "commands", "chat", "all_private_chats"]
KEYS = [
    "type", "offset", "length", "url", "text", "callback_data", "inline_keyboard", "keyboard", "message_id", "media",
    "caption", "emoji", "chat_id", "remove_keyboard", "command", "description",
]  # fmt: skip
plain = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(TYPES)
)
plain |= st.sampled_from(
    [SAM, str(SAM), "<b>x</b>", "attach://x", "https://example.org", "🙂", "HTML", "\ud800"]
)
values = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
params = st.dictionaries(st.sampled_from(NAMES), values, max_size=6)
likely = st.fixed_dictionaries(
    {"chat_id": st.just(SAM)}, optional={name: values for name in NAMES if name != "chat_id"}
)


async def ask(app: Starlette, path: str, body: bytes, kind: str) -> tuple[int, Any]:
    """One request straight into the application."""
    sent: list[Message] = []
    given_out = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Message:
        return next(given_out, {"type": "http.disconnect"})

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), (b"content-type", kind.encode())], "http_version": "1.1",
        "scheme": "http", "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1), "root_path": "",
    }  # fmt: skip
    await app(scope, receive, send)
    content = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], json.loads(content)


async def answered(app: Starlette, method: str, body: bytes, kind: str) -> None:
    status, answer = await ask(app, f"/bot1:SANDBOX/{method}", body, kind)
    assert status not in (500, 501)
    assert answer["ok"] is (status == 200)
    if status != 200:
        assert answer["error_code"] == status
        assert answer["description"]


@pytest.mark.parametrize("shape", ["json", "form"])
@given(method=st.sampled_from([*sorted(METHODS), "getUpdates", "nonsense"]), given_params=params | likely)
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_random_calls_are_answered(shape: str, method: str, given_params: dict[str, Any]) -> None:
    async def run() -> None:
        app = create_app(Settings(phones=PHONES))
        await ask(app, f"/_sandbox/phones/{SAM}/start", b"{}", "application/json")
        given_params.pop("timeout", None)
        given_params.pop("url", None)
        if shape == "json":
            await answered(app, method, json.dumps(given_params).encode(), "application/json")
        else:
            fields = "".join(
                f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
                f"{value if isinstance(value, str) else json.dumps(value)}\r\n"
                for name, value in given_params.items()
            )
            body = (fields + "--b--\r\n").encode("utf-8", "surrogatepass")
            await answered(app, method, body, "multipart/form-data; boundary=b")
        app.state.world.close()

    asyncio.run(run())


@given(body=st.binary(max_size=200), kind=st.sampled_from(
    ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", ""]
))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_random_bytes_are_answered(body: bytes, kind: str) -> None:
    async def run() -> None:
        await answered(create_app(Settings(phones=PHONES)), "sendMessage", body, kind)

    asyncio.run(run())


@given(
    path=st.sampled_from(["send", "start", "tap", "edit", "media", "raw", "group", "language"]), body=values
)
@settings(max_examples=200, deadline=None)
def test_random_hands_are_answered(path: str, body: Any) -> None:
    async def run() -> None:
        app = create_app(Settings(phones=PHONES))
        raw = json.dumps(body).encode()
        status, answer = await ask(app, f"/_sandbox/phones/{SAM}/{path}", raw, "application/json")
        assert status in (200, 400, 404, 409)
        assert answer["ok"] is (status == 200)
        status, answer = await ask(app, "/bot1:SANDBOX/getUpdates", b"", "")
        assert status == 200

    asyncio.run(run())
