"""The facts a sentence may name, each with a sample: content check renders every sentence with these.

``bot/conversation/facts.py`` looks the real ones up; a test holds both lists against each other.
"""

from __future__ import annotations

from dialogs.effects import Option
from dialogs.words import Words

OPTIONS = (Option("een", "Zeg hoi met de naam erbij"), Option("twee", "Hoi en een zin over vandaag"))

FACTS: dict[str, object] = {
    # Who
    "name": Words("Sam"),
    "professional": Words("Vera"),
    "colleague": Words("Tom"),
    "alerted": Words("Vera"),
    "talk_to": Words("Vera"),
    "organisation": "Welzijn Voorbeeld",
    "group": "Join Us Noordwijk 18-25",
    "band": "18plus",
    "minimum_age": 16,
    "role": "professional",
    "language": "nl",
    # Time; sentences of their own so that both languages say days and hours in their own way
    "working_hours": "maandag tot en met vrijdag, 09:00 tot 17:00",
    "working_now": True,
    "reading_from": "maandag 23 november vanaf 09:00",
    # Help: numbers and hours come from helplines.yaml
    "helplines": "Direct gevaar: bel 112.\nPraten over zelfmoord: bel 113, gratis, dag en nacht.",
    # The youngster's challenge
    "challenge_title": "Een groet per dag",
    "challenge_about": "Kleine groeten, steeds een stapje verder.",
    "ladder": OPTIONS,
    "ladder_rated": OPTIONS,
    "step_title": "Zeg hoi met de naam erbij",
    "step_do": "Zeg hoi tegen iemand die je kent. Noem de naam.",
    "step_where": "Op school, op je werk of bij je sport.",
    "step_end": "Neem mee naar dinsdag: bij wie deed je dit?",
    "predictions": OPTIONS,
    "days": OPTIONS,
    "times": OPTIONS,
    "planned_for": "dinsdag 24 november, 16:00",
    "has_prediction": True,
    "prediction": Words("Ze kijken weg"),
    "belief": 80,
    "if_then": Words("Als het dinsdag 16:00 is, dan zeg ik hoi tegen Noor."),
    "has_plan": True,
    "has_challenge": True,
    "has_open_question": True,
    "has_any_question": True,
    # What is sent, exactly
    "preview": "Stap: Zeg hoi met de naam erbij\nHoe het ging: gedaan",
    "parts": OPTIONS,
    "reference": "A-12",
    "author": Words("Vera"),
    "answer": Words("Wat fijn dat je dit deelt. Dinsdag praten we verder?"),
    # The evening
    "meeting_day": "dinsdag 24 november",
    "meeting_from": "19:00",
    "meeting_until": "22:00",
    "meeting_place": "X-Out, Noordwijkerhout",
    "meeting_answer": "kom",
    "has_meeting": True,
    "meeting_list": "Komt: Sam\nKomt niet: Noor\nWeet het nog niet: -\nNog geen antwoord: Jip",
    # Staff
    "years": OPTIONS,
    "months": OPTIONS,
    "groups": OPTIONS,
    "several_groups": True,
    "invited_too_young": False,
    "link": "https://t.me/voorbeeld_bot?start=abcdefghijklmnopqrstuv",
    "qr": "qr",  # a picture: the channel shows it, no sentence names it
    "link_until": "vrijdag 27 november, 12:00",
    "youngsters": OPTIONS,
    "has_youngsters": True,
    "challenges": OPTIONS,
    "youth_name": Words("Sam"),
    "youth_state": "Sam is begonnen op 20 november. Uitdaging: Een groet per dag.",
    "youth_has_challenge": True,
    "youth_begun": True,
    "item_text": "Stap: Zeg hoi met de naam erbij\nHoe het ging: gedaan",
    "item_from": "vrijdag 20 november, 16:20",
    "item_has_more": True,
    "item_state": "verstuurd vrijdag 20 november, 16:20",
    "tries_left": 4,
    "locked_until": "12:15",
    "digest_head": "1 jongere vraagt iets van jou. 1 deelde iets nieuws. 3 zijn stil, dat mag.",
    "digest_lines": "1. Sam: wil iemand spreken (2 dagen)\n2. Noor: stap gedaan",
    "digest_numbers": OPTIONS,
    "staff_list": "Vera: begonnen\nTom: nog niet begonnen",
    "code_chosen": True,
    "practice": False,
    # Who: may anything be kept? False for somebody unknown, refused or too young
    "consented": True,
    # The youngster's challenge: a step of the accepted challenge was picked
    "has_step": True,
    # Staff: the opened youngster has an item that waits to be read or handled
    "youth_has_item": True,
    # Staff: one line of the fixed list, in a sentence
    "notice": "Sam is begonnen.",
}
