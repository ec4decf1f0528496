"""Posters by chat: a PDF with a code for one door, counted, small numbers hidden."""

import pytest

from bot.conversation.posters import key_of
from bot.storage import sources
from tests.talk.stage import AMSTERDAM


def makes(staff, name="Bibliotheek"):
    staff.types("Menu").taps("Posters", "Nieuwe poster", "Join Us 18-25")
    return staff.taps(name) if name == "Bibliotheek" else staff.types(name)


def documents(phone):
    return [one.message.document for one in phone.shown if one.message.document is not None]


@pytest.mark.parametrize("who", ["Vera", "Noor"])
def test_a_poster_comes_in_both_languages_with_its_link(stage, who):
    staff = makes(stage.of(who))
    made = documents(staff)

    assert [one.name for one in made] == ["poster-bibliotheek-nl.pdf", "poster-bibliotheek-en.pdf"]
    assert all(one.content.startswith(b"%PDF") for one in made)
    assert "start=src_bibliotheek" in staff.said
    assert "Bekeken: minder dan 5" in staff.said


def test_numbers_are_shown_from_five_on(stage):
    vera = makes(stage.of("Vera"))
    for number in range(5):
        stage.phone(f"Wie{number}").opens("src_bibliotheek")
    vera.types("Menu").taps("Posters", "bibliotheek")

    assert "Bekeken: 5" in vera.said
    assert "Aangemeld: minder dan 5" in vera.said


def test_a_source_is_closed_and_opened_again(stage):
    vera = makes(stage.of("Vera")).taps("Tellen stoppen")
    stage.phone("Wie").opens("src_bibliotheek")
    number = stage.reads(lambda conn: sources.find(conn, "bibliotheek")).id
    assert stage.reads(lambda conn: sources.counted(conn, number)) == {}
    vera.taps("Tellen hervatten")
    stage.phone("Nog").opens("src_bibliotheek")

    assert stage.reads(lambda conn: sources.counted(conn, number)) == {"opened": 1}


def test_a_name_without_letters_is_asked_again(stage):
    vera = makes(stage.of("Vera"), "!!!")

    assert "Daar kan ik geen naam van maken." in vera.texts[-2]
    assert documents(vera) == []


def test_a_name_of_another_group_is_refused(stage):
    makes(stage.of("Vera"))
    stage.of("Amira").types("Menu").taps("Posters", "Nieuwe poster", "Join Us 12-18", "Bibliotheek")

    assert "Die naam is al van een andere poster." in stage.of("Amira").texts[-2]


def test_a_colleague_of_another_group_does_not_see_it(stage):
    makes(stage.of("Vera"))

    assert "bibliotheek" not in stage.of("Amira").types("Menu").taps("Posters").last.labels


@pytest.mark.parametrize(
    "typed, key",
    [("School X, hal", "school-x-hal"), ("Café Één", "cafe-een"), ("!!", None), ("x" * 60, "x" * 40)],
)
def test_a_name_becomes_what_stands_in_a_link(typed, key):
    assert key_of(typed) == key


def test_the_same_words_and_moment_give_the_same_poster(stage):
    from bot.conversation.posters import draw

    at = stage.now.astimezone(AMSTERDAM)
    made = [draw(stage.world.library, "een_bot", "school-x", "Noordwijk", "nl", at) for _ in range(2)]

    assert made[0].content == made[1].content
    assert made[0].link == "https://t.me/een_bot?start=src_school-x"
