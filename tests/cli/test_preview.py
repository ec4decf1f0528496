"""`companion content preview`, as an author of a text uses it."""

import json

from bot.cli import main
from tests.cli.conftest import fetch, running


def test_a_week_is_played_and_the_calendar_printed(tmp_path, capsys):
    code = main(
        [
            "content",
            "preview",
            "een-groet-per-dag",
            "--play",
            "--weeks",
            "1",
            "--config",
            str(tmp_path / "none.toml"),
        ]
    )

    told = capsys.readouterr().out
    assert code == 0
    assert "Fri 20 Nov" in told
    assert "challenge" in told
    assert "messages came by themselves" in told


def test_everybody_there_is_can_be_listed(capsys):
    assert main(["content", "preview", "--persona", "list", "--lang", "en"]) == 0

    assert "eva    24, has autism." in capsys.readouterr().out


def test_what_does_not_exist_is_said(capsys):
    assert main(["content", "preview", "--persona", "piet", "--play"]) == 2
    assert "there is no 'piet'; there are kim, mo" in capsys.readouterr().err
    assert main(["content", "preview", "niets", "--play"]) == 2
    assert "there is no text 'niets'" in capsys.readouterr().err


def test_a_file_with_mistakes_is_refused_with_its_lines(tmp_path, capsys):
    file = tmp_path / "mine.yaml"
    file.write_text("challenge: een-groet-per-dag\ntitle: Kort\n")

    assert main(["content", "preview", "een-groet-per-dag", "--nl", str(file), "--play"]) == 2
    assert "nl/een-groet-per-dag.yaml:1:" in capsys.readouterr().err


def test_the_page_holds_the_phone_of_the_persona(tmp_path):
    with running(
        tmp_path,
        "content",
        "preview",
        "een-groet-per-dag",
        "--persona",
        "kim",
        "--no-browser",
        "--port",
        "0",
        "--json",
    ) as page:
        ready = json.loads(page.line())
        phones = json.loads(fetch(f"{ready['url']}/_sandbox/state"))["phones"]

        assert [one["name"] for one in phones] == ["Kim", "Amira"]
        assert phones[0]["payload"] == ready["payload"]
        assert ready["challenge"] == "een-groet-per-dag"
        stopped = page.stop()

    assert stopped.code == 0
