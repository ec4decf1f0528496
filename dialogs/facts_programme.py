"""What scripts about signing up and the way through the programme may ask about, each with an example."""

from __future__ import annotations

from dialogs.facts_staff import OPTIONS
from dialogs.words import Words

PROGRAMME_FACTS: dict[str, object] = {
    # Signing up, by somebody nobody knows yet
    "towns": OPTIONS,
    "town": "Noordwijk",
    "host": "Welzijn Voorbeeld",
    "account_name": Words("Sam"),
    "has_sign_up": True,
    "sign_up_said": Words("Je aanmelding van vrijdag 20 november staat hier."),
    "sign_up_days": 60,
    "national_site": "join-us.nu",
    "bot_link": "https://t.me/voorbeeld_bot",
    # Sign-ups, for staff
    "sign_ups": OPTIONS,
    "has_sign_ups": True,
    "sign_up_card": Words("Sam, Noordwijk, 18-25\nBereikbaar: in deze chat"),
    "sign_up_name": Words("Sam"),
    "sign_up_in_chat": True,
    "sign_up_gets_link": True,
    "from_sign_up": True,
    "sign_up_waits": True,
    # Posters
    "poster_groups": OPTIONS,
    "poster_sources": OPTIONS,
    "has_sources": True,
    "source_said": Words("school-x\nBekeken: 12\nAangemeld: minder dan 5"),
    "source_closed": False,
    # The waiting list
    "waiting_number": 3,
    "waiting_sign": "vrijdag 18 december",
    "waiting_group": "Join Us Noordwijk 18-25",
    "waiting_sent": True,
    "on_waiting_list": True,
    "waiting_lines": Words("Join Us Noordwijk 18-25: 1 plek vrij\n1. Sam, sinds vrijdag 20 november"),
    "waiting_options": OPTIONS,
    "has_waiting": True,
    "waiting_free": True,
    "waiting_own": True,
    # The talk before somebody joins
    "screening_items": OPTIONS,
    "screening_answers": OPTIONS,
    "screening_result": Words("Klopt: al lang alleen\nNog open: wil zelf\n\nvaardigheden: 75 van 100"),
    "screening_proposal": "vaardigheden",
    "screening_differs": True,
    "referral_text": "Bespreek samen wie belt met de huisarts.",
    "youth_in_screening": True,
    # The steps at 16, 18 and 26, and going to another group
    "age_reached": 18,
    "reader_news": Words("Vera begeleidt je groep niet meer. Tom leest nu wat jij stuurt."),
    "holiday_news": Words(
        "Vera is er niet van maandag 21 december tot en met vrijdag 1 januari.\n\nTom leest dan wat je stuurt."
    ),
    "age_day": "vrijdag 1 januari",
    "age_groups": OPTIONS,
    "moves_group": True,
    "moved_group": False,
    "move_day": "maandag 4 januari",
    "move_group": "Join Us Noordwijk 18-25",
    "move_leaders": "Vera en Tom",
    # Where somebody is in the programme
    "phase_said": Words("Nu: deelname, sinds vrijdag 20 november. Reden: allebei willen het."),
    "phase_steps": OPTIONS,
    "phase_can_move": True,
    "phase_can_undo": True,
    "phase_guided": True,
    "phase_legal": "pauze, uitstroom",
    "phase_reasons": OPTIONS,
    "phase_days": OPTIONS,
    "phase_yesterday": True,
    "phase_earlier": True,
    "phase_preview": Words("Uitstroom, sinds vrijdag 20 november. Reden: staat op eigen benen."),
    "phase_rooms": "Join Us 18-25",
    "phase_people": OPTIONS,
    "break_since": "vrijdag 20 november",
    "break_next": "vrijdag 12 februari",
    # Living where the group is not
    "house_towns": OPTIONS,
    "house_said": Words("Nieuwe gemeente: Katwijk. De groep is in Noordwijk."),
    "house_groups": OPTIONS,
    "house_offered": True,
    "invited_elsewhere": "Woont in Katwijk. De groep is in Noordwijk.",
    "invited_other_age": "Nu 14 jaar. Join Us 18-25 is voor 18 tot en met 25.",
    # Going on alone, the goodbye and after
    "outflow_offered": True,
    "outflow_day": "vrijdag 18 december",
    "outflow_taper": True,
    "outflow_passed": False,
    "outflow_open": True,
    "outflow_agreed": True,
    "outflow_aftercare": True,
    "outflow_ended": False,
    "erase_day": "vrijdag 2 juli",
    "has_relapse_plan": True,
    "farewell_words": Words("Ik zag hoe je elke keer weer kwam."),
    # The short list of self-reliance
    "ready_items": OPTIONS,
    "ready_scale": OPTIONS,
    "ready_both": True,
    "ready_asked": True,
    "ready_told": Words("Ik vraag hulp als dat nodig is.\nSam: een beetje. Vera: meestal."),
}
