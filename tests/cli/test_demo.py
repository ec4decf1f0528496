"""The demo, as somebody starts it who has just installed the program."""

import json
import signal
import time

import pytest

from tests.cli.conftest import fetch, running


def phones(url):
    return {phone["name"]: phone for phone in json.loads(fetch(f"{url}/_sandbox/state"))["phones"]}


def heard(url, name):
    """What the bot wrote on a phone, once it wrote anything; the timer of `running` ends a vain wait."""
    while True:
        texts = [one["content"].get("text") for one in phones(url)[name]["messages"] if one["from_bot"]]
        if texts:
            return texts
        time.sleep(0.05)


def test_every_phone_of_staff_can_press_start_and_ctrl_c_stops_it_cleanly(tmp_path):
    with running(tmp_path, "demo", "--no-browser", "--port", "0", "--json") as demo:
        ready = json.loads(demo.line())
        url = ready["url"]
        found = phones(url)

        assert "<html" in fetch(url)
        assert json.loads(fetch(f"{url}/bot1:SANDBOX/getMe"))["result"]["sandbox"] is True
        assert list(found) == ["Sam", "Vera", "Noor", "Joost", "Tom"]
        assert found["Sam"]["payload"] == ""
        for name in ("Vera", "Noor", "Joost", "Tom"):
            payload = found[name]["payload"]
            assert payload == ready["invitations"][name]["payload"]
            fetch(f"{url}/_sandbox/phones/{found[name]['user_id']}/start", {"payload": payload})
            assert name in heard(url, name)[0]
        stopped = demo.stop(signal.SIGINT)

    assert (stopped.code, stopped.err) == (0, "")
    assert json.loads(stopped.out) == {"stopped": True}


def test_it_can_go_on_with_the_people_of_the_last_time(tmp_path):
    with running(tmp_path, "demo", "--no-browser", "--port", "0", "--json") as demo:
        ready = json.loads(demo.line())
        noor = phones(ready["url"])["Noor"]
        fetch(f"{ready['url']}/_sandbox/phones/{noor['user_id']}/start", {"payload": noor["payload"]})
        heard(ready["url"], "Noor")
        demo.stop()

    with running(tmp_path, "demo", "--keep", "--no-browser", "--port", "0", "--json") as demo:
        ready = json.loads(demo.line())
        noor = phones(ready["url"])["Noor"]

        assert (noor["started"], noor["payload"]) == (True, "")
        assert set(ready["invitations"]) == {"Vera", "Tom", "Amira", "Bas", "Ria", "Joost"}
        fetch(f"{ready['url']}/_sandbox/phones/{noor['user_id']}/send", {"text": "/hulp"})
        assert any("113" in text for text in heard(ready["url"], "Noor"))
        demo.stop()


@pytest.mark.parametrize("name", ["notes.txt", "companion.db"])
def test_it_never_empties_a_folder_that_is_not_its_own(shell, name):
    folder = shell.folder / "holiday"
    folder.mkdir()
    (folder / name).write_text("keep me")

    outcome = shell("demo", "--folder", folder, "--no-browser", "--port", "0")

    assert outcome.code == 2
    assert outcome.err == f"The demo cannot use the folder {folder}: it holds something else.\n"
    assert (folder / name).read_text() == "keep me"
