"""Places, groups and municipalities by chat: kept by the coordinator, shown before, undone for a day."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

from bot.rehearsal.programme import OLDER, YOUNGER
from bot.storage import calendars, closings, meetings, people, places, sign_ups, waiting
from bot.storage.schema_people import audit
from bot.storage.schema_programme import location, meeting, meeting_group, municipality, organisation
from tests.talk.stage import CODE


def sites(stage, by="Noor"):
    phone = stage.of(by).types("Menu").taps("Plekken en groepen")
    if "Tik je code" in phone.said:
        phone.taps_code(CODE)
    return phone


def groups(stage, name=None):
    phone = sites(stage).taps("Groepen")
    return phone.taps(name) if name else phone


def adds_site(stage, name="De Kuil", address="Dorpsstraat 1"):
    noor = sites(stage).taps("Plek erbij").types(name).types("Noordwijk")
    noor.types(address) if address else noor.taps("Weet ik nog niet")
    return noor.taps("De bushalte is voor de deur.", "Sla over", "Sla over", "Nee")


def describes_group(
    stage, name="Join Us Katwijk", town="Katwijk", day="Woensdag", start="19:30", holidays="Ja"
):
    noor = groups(stage).taps("Groep erbij").types(name)
    noor.taps("Noordwijk") if town == "Noordwijk" else noor.taps("Een andere gemeente").types(town)
    noor.taps("18-25", "12", "X-Out", day, holidays)
    return noor.taps(noor.last.labels[0], start, "2 uur")


def site_called(stage, name):
    query = select(location).where(location.c.name == name)
    return stage.reads(lambda conn: conn.execute(query).one_or_none())


def group_called(stage, name):
    query = select(meeting_group).where(meeting_group.c.name == name)
    return stage.reads(lambda conn: conn.execute(query).one_or_none())


def changes_field(stage, site, button, text):
    return sites(stage).taps(site, "Iets veranderen", button).types(text)


def changes_place(stage):
    """The older group always meets at The Base from now on; the preview."""
    return groups(stage, "Join Us 18-25").taps("Vaste plek", "The Base")


def actions(stage):
    return stage.reads(lambda conn: list(conn.execute(select(audit.c.action).order_by(audit.c.id)).scalars()))


# Places


def test_the_list_warns_of_a_place_without_address(stage):
    noor = sites(stage)

    assert "X-Out, Noordwijkerhout. Zonder adres. Niemand kan de weg opzoeken." in noor.said
    noor.taps("X-Out")
    assert "Zonder adres." in noor.said
    assert "Hier komt samen: Join Us 18-25." in noor.said


def test_a_place_is_shown_before_it_is_kept_and_can_be_chosen_then(stage):
    noor = adds_site(stage)
    assert "Zo wordt het:" in noor.said
    assert "De Kuil, Noordwijk\nDorpsstraat 1\nRoute: De bushalte is voor de deur." in noor.said
    assert site_called(stage, "De Kuil") is None

    noor.taps("Bewaren")
    row = site_called(stage, "De Kuil")
    assert (row.address, row.route_nl, row.noise_nl) == (
        "Dorpsstraat 1",
        "De bushalte is voor de deur.",
        None,
    )
    assert "location_added" in actions(stage)
    group = stage.programme.groups[OLDER]
    assert "De Kuil" in [
        one.name
        for one in stage.reads(lambda conn: calendars.places(conn, waiting.room(conn, group).organisation_id))
    ]


def test_both_languages_of_what_to_expect_are_kept(stage):
    noor = sites(stage).taps("Plek erbij").types("De Kuil").types("Noordwijk").types("Dorpsstraat 1")
    noor.taps("Fietsen zet je naast de deur.", "Het is er rustig.", "In de gang is het stil.", "Ja")
    noor.types("Bikes next to the door").types("It is quiet").taps("Sla over", "Bewaren")
    row = site_called(stage, "De Kuil")

    assert (row.route_en, row.noise_en, row.corner_en) == ("Bikes next to the door", "It is quiet", None)
    noor.taps("Naar de plekken", "Plek erbij").types("Tweede").types("Noordwijk").types("Kade 2")
    noor.taps("Sla over", "Sla over", "Sla over", "Nee", "Bewaren")
    assert site_called(stage, "Tweede").route_en is None


def test_a_new_place_without_address_is_warned_of_at_once(stage):
    noor = adds_site(stage, address=None)
    assert "Zonder adres. Niemand kan de weg opzoeken." in noor.said
    noor.taps("Bewaren")
    assert "Zonder adres." in noor.said


@pytest.mark.parametrize("name", ["X-Out", "x-out", "  X-OUT  "])
def test_the_name_of_another_place_is_refused_at_once(stage, name):
    noor = sites(stage).taps("Plek erbij").types(name)

    assert "Deze naam is er al in jouw organisatie." in noor.said
    noor.taps("Andere naam").types("De Kuil")
    assert "In welk dorp" in noor.said


def test_one_field_of_a_place_changes_and_is_taken_back(stage):
    noor = changes_field(stage, "X-Out", "Route", "Loop om het gebouw heen.")
    assert "Route: Loop om het gebouw heen." in noor.said
    noor.taps("Bewaren")
    assert site_called(stage, "X-Out").route_nl == "Loop om het gebouw heen."

    noor.taps("Terugdraaien")
    assert "Het is weer zoals het was." in noor.said
    assert site_called(stage, "X-Out").route_nl is None


def test_a_field_can_be_emptied_but_not_the_name(stage):
    changes_field(stage, "X-Out", "Adres", "Dorpsstraat 1").taps("Bewaren")
    noor = sites(stage).taps("X-Out", "Iets veranderen", "Adres")
    assert "Nu staat er:\nDorpsstraat 1" in noor.said
    noor.taps("Leeg maken", "Bewaren")
    assert site_called(stage, "X-Out").address is None

    noor.taps("Naar de plekken", "X-Out", "Iets veranderen", "Naam")
    assert "Leeg maken" not in noor.last.labels


def test_what_stands_there_already_and_what_is_no_link_is_refused(stage):
    noor = changes_field(stage, "X-Out", "Naam", "X-Out")
    assert "Dat staat er al. Er is niets veranderd." in noor.said
    noor = changes_field(stage, "X-Out", "Kaart", "zomaar een kaart")
    assert "Een kaart begint met https://. Er is niets veranderd." in noor.said
    noor = changes_field(stage, "X-Out", "Naam", "the  base")
    assert "Deze naam is er al in jouw organisatie." in noor.said


def test_who_comes_there_hears_a_new_address_and_the_coordinator_read_it_before(stage):
    sam = stage.youth_begins()
    noor = changes_field(stage, "X-Out", "Adres", "Dorpsstraat 1")
    told = "De plek van Join Us 18-25 is voortaan: X-Out, Noordwijkerhout. Het adres is Dorpsstraat 1."
    assert told in noor.said
    assert "Naar 1 jongere: Sam." in noor.said
    noor.taps("Bewaren")
    stage.ticks()

    assert told in sam.taps("Lees").said
    assert told not in stage.of("Amira").ever


def test_a_place_where_a_group_comes_is_not_retired_and_the_way_out_is_said(stage):
    noor = sites(stage).taps("X-Out", "Plek weghalen")

    assert "Hier komt nog samen: Join Us 18-25." in noor.said
    assert "Kies eerst een andere plek voor de groep, bij Groepen." in noor.said
    assert site_called(stage, "X-Out").retired_at is None


def test_a_link_to_a_map_may_be_long_and_is_refused_with_its_own_number(stage):
    link = "https://www.openstreetmap.org/directions?route=" + "52.25" * 20
    changes_field(stage, "X-Out", "Kaart", link).taps("Bewaren")
    assert site_called(stage, "X-Out").map_url == link
    noor = changes_field(stage, "X-Out", "Kaart", "https://x.nl/" + "1" * 300)
    assert "300 tekens" in noor.said


def test_an_evening_does_not_go_to_a_place_that_was_retired_meanwhile(stage):
    adds_site(stage).taps("Bewaren")
    noor = stage.of("Noor").types("Menu").taps("Bijeenkomsten", "Join Us 18-25")
    noor.taps(noor.last.labels[0], "Andere plek")
    old = noor.last.button("De Kuil").data
    number = site_called(stage, "De Kuil").id
    stage.writes(lambda conn: places.retire(conn, number, stage.now))
    noor.taps_data(old)
    if noor.has("De zaal is niet vrij."):
        noor.taps("De zaal is niet vrij.")

    assert "Sturen" not in noor.last.labels


def test_a_place_of_one_coming_evening_is_not_retired(stage):
    adds_site(stage).taps("Bewaren")
    noor = stage.of("Noor").types("Menu").taps("Bijeenkomsten", "Join Us 18-25")
    noor.taps(noor.last.labels[0], "Andere plek", "De Kuil", "De zaal is niet vrij.", "Vastleggen")
    sites(stage).taps("De Kuil", "Plek weghalen")

    assert "Hier komt nog samen: Join Us 18-25." in noor.said


def test_an_unused_place_goes_and_comes_back(stage):
    adds_site(stage).taps("Bewaren")
    noor = sites(stage).taps("De Kuil", "Plek weghalen", "Ja, weghalen")
    noor.taps("Naar de plekken")
    assert "De Kuil" not in noor.said
    noor.taps("Laatste terugdraaien")
    assert "De Kuil ging van de lijst. Die komt terug." in noor.said
    noor.taps("Ja, terugdraaien")
    assert "De Kuil" in sites(stage).said


def test_what_was_taken_back_does_not_come_back_under_a_name_that_is_taken_by_now(stage):
    adds_site(stage).taps("Bewaren")
    noor = sites(stage).taps("De Kuil", "Plek weghalen", "Ja, weghalen")
    stage.writes(lambda conn: places.write(conn, "location", 1, "name", "de kuil"))
    noor.taps("Terugdraaien")

    assert "Terugdraaien kan niet meer." in noor.said


def test_a_new_place_is_taken_back_unless_a_group_comes_there(stage):
    noor = adds_site(stage).taps("Bewaren")
    noor.taps("Terugdraaien")
    assert site_called(stage, "De Kuil") is None

    noor = adds_site(stage).taps("Bewaren")
    groups(stage, "Join Us 18-25").taps("Vaste plek", "De Kuil", "Bewaren")
    sites(stage).taps("Laatste terugdraaien", "Ja, terugdraaien")
    assert "Terugdraaien kan niet meer." in noor.said
    assert site_called(stage, "De Kuil") is not None


def test_what_a_colleague_changed_since_is_not_taken_back_with_what_was_added(stage):
    noor = adds_site(stage).taps("Bewaren")
    row = site_called(stage, "De Kuil")

    def colleague(conn):
        places.write(conn, "location", row.id, "address", "Kade 3")
        values = {"organisation_id": row.organisation_id, "kind": "changed", "about": "location", "row_id": row.id,
                  "field": "address", "was": row.address, "became": "Kade 3"}  # fmt: skip
        places.note(conn, values, stage.programme.staff["Noor"], stage.now)

    stage.writes(colleague)
    noor.taps("Terugdraaien")

    assert "Terugdraaien kan niet meer." in noor.said
    assert site_called(stage, "De Kuil").address == "Kade 3"
    assert "Bij De Kuil staat nu: Kade 3." in sites(stage).taps("Laatste terugdraaien").said


def test_after_a_day_nothing_is_taken_back(stage):
    noor = changes_field(stage, "X-Out", "Naam", "De Kuil").taps("Bewaren")
    old = noor.last.button("Terugdraaien").data
    stage.passes(timedelta(hours=25))
    noor.taps_data(old)

    assert site_called(stage, "De Kuil") is not None


def test_what_was_changed_again_is_not_taken_back(stage):
    noor = changes_field(stage, "X-Out", "Naam", "De Kuil").taps("Bewaren")
    stage.writes(lambda conn: places.write(conn, "location", 1, "name", "De Kuil 2"))
    noor.taps("Terugdraaien")

    assert "Terugdraaien kan niet meer." in noor.said
    assert site_called(stage, "De Kuil 2") is not None


def test_changes_are_taken_back_one_by_one_for_a_day(stage):
    changes_field(stage, "X-Out", "Naam", "De Kuil").taps("Bewaren")
    changes_field(stage, "De Kuil", "Naam", "De Kuil 2").taps("Bewaren")
    noor = sites(stage).taps("Laatste terugdraaien")
    assert "Bij De Kuil 2 staat nu: De Kuil 2. Dan staat er weer: De Kuil." in noor.said
    noor.taps(
        "Ja, terugdraaien", "Naar de plekken", "Laatste terugdraaien", "Ja, terugdraaien", "Naar de plekken"
    )

    assert site_called(stage, "X-Out") is not None
    assert "Laatste terugdraaien" not in noor.last.labels


# Groups


def test_a_group_is_described_shown_and_kept_with_its_series(stage):
    noor = describes_group(stage)
    assert "Zo wordt het:\n\nJoin Us Katwijk\nElke 2 weken, van 19:30 tot 21:30." in noor.said
    assert "De eerstvolgende dag: woensdag 25 november." in noor.said
    assert "Gemeente: Katwijk" in noor.said
    assert group_called(stage, "Join Us Katwijk") is None

    noor.taps("Bewaren")
    row = group_called(stage, "Join Us Katwijk")
    assert (row.capacity, row.age_group, row.example) == (12, "18-25", False)
    assert "Zonder twee begeleiders komt er niemand bij." in noor.said
    stage.passes("2026-11-22 12:00")
    query = select(meeting.c.local_date).where(meeting.c.group_id == row.id).order_by(meeting.c.local_date)
    assert stage.reads(lambda conn: conn.execute(query).scalars().first()) == "2026-11-25"
    assert "group_added" in actions(stage)


def test_the_flow_of_the_team_gives_the_new_group_its_professionals(stage):
    noor = describes_group(stage).taps("Bewaren", "Begeleiders", "Join Us Katwijk")
    assert "Deze groep heeft nog geen twee begeleiders" in noor.said
    # Nobody can go off it yet, and leaving the page is not closing the group.
    assert "Begeleider eraf" not in noor.last.labels
    assert {"Groep sluiten", "Klaar"} <= set(noor.last.labels)
    assert "Sluiten" not in noor.last.labels
    noor.taps("Begeleider erbij", "Vera", "Naar de groep", "Begeleider erbij", "Tom", "Naar de groep")
    assert "Begeleider eraf" in noor.last.labels
    assert "Deze groep heeft nog geen twee begeleiders" not in noor.said
    vera = stage.of("Vera").types("Menu").taps("Bijeenkomsten")
    vera.taps_code(CODE)
    assert "Join Us Katwijk" in vera.last.labels


def test_a_new_group_is_taken_back_with_its_municipality_and_evenings(stage):
    noor = describes_group(stage).taps("Bewaren")
    stage.passes(timedelta(hours=3))
    noor = groups(stage).taps("Laatste terugdraaien", "Ja, terugdraaien")

    assert "Het is weer zoals het was." in noor.said
    assert group_called(stage, "Join Us Katwijk") is None
    assert stage.reads(lambda conn: places.town_called(conn, "Katwijk")) is None


def signs_up(stage, town_of):
    """An open sign-up from the municipality of this group."""

    def adds(conn):
        group = conn.execute(select(meeting_group).where(meeting_group.c.name == town_of)).one()
        values = {"municipality_id": group.municipality_id, "organisation_id": group.organisation_id,
                  "age_group": "18-25", "young": False, "reach": "phone", "language": "nl"}  # fmt: skip
        sign_ups.add(conn, values, {"name": "Sam", "contact": "0612345678"}, stage.now)

    stage.writes(adds)


def test_a_new_group_is_not_taken_back_from_under_who_signed_up(stage):
    noor = describes_group(stage).taps("Bewaren")
    signs_up(stage, "Join Us Katwijk")
    groups(stage).taps("Laatste terugdraaien", "Ja, terugdraaien")

    assert "Terugdraaien kan niet meer." in noor.said
    assert group_called(stage, "Join Us Katwijk") is not None


def closes(stage, name):
    """This group is closed."""
    group = group_called(stage, name)

    def ends(conn):
        day = stage.now.date() - timedelta(days=1)
        closings.closed(
            conn, closings.add(conn, group.organisation_id, group.id, day, None, stage.now).id, stage.now
        )

    stage.writes(ends)


def test_the_name_of_a_closed_group_can_be_given_again(stage):
    closes(stage, "Join Us 12-18")
    noor = groups(stage).taps("Groep erbij").types("Join Us 12-18")

    assert "Deze naam is er al" not in noor.said
    assert "Noordwijk" in noor.last.labels


def test_a_group_that_closed_meanwhile_is_not_changed(stage):
    noor = groups(stage)
    row = noor.last.button("Join Us 12-18").data
    noor.taps("Join Us 12-18", "Naam").types("Nog van ons")
    kept = noor.last.button("Bewaren").data
    closes(stage, "Join Us 12-18")
    noor.taps_data(kept)
    assert "Dat kan niet." in noor.said
    groups(stage).taps_data(row)

    assert "Voor 12-18 jaar" not in noor.said
    assert group_called(stage, "Join Us 12-18") is not None


def test_a_group_that_somebody_leads_is_not_taken_back(stage):
    noor = describes_group(stage).taps("Bewaren")
    noor.taps("Begeleiders", "Join Us Katwijk", "Begeleider erbij", "Vera")
    groups(stage).taps("Laatste terugdraaien", "Ja, terugdraaien")

    assert "Terugdraaien kan niet meer." in noor.said
    assert group_called(stage, "Join Us Katwijk") is not None


@pytest.mark.parametrize("name", ["Join Us 18-25", "JOIN  us 18-25"])
def test_the_name_of_another_group_is_refused_at_once(stage, name):
    noor = groups(stage).taps("Groep erbij").types(name)

    assert "Deze naam is er al in jouw organisatie." in noor.said


def test_a_first_evening_that_is_over_meanwhile_is_refused(stage):
    noor = describes_group(stage)
    old = noor.last.button("Bewaren").data
    stage.passes("2026-11-25 20:00")
    noor.taps_data(old)
    if "Tik je code" in noor.said:
        noor.taps_code(CODE)

    assert group_called(stage, "Join Us Katwijk") is None


def test_a_group_that_would_end_after_midnight_is_refused(stage):
    noor = groups(stage).taps("Groep erbij").types("Laat")
    noor.taps("Noordwijk", "18-25", "12", "X-Out", "Woensdag", "Ja")
    noor.taps(noor.last.labels[0])

    assert noor.last.labels[-2] == "20:30"


def test_holidays_are_asked_before_the_first_day_which_is_then_a_real_one(stage):
    stage.passes("2026-12-17 12:00")
    noor = (
        groups(stage).taps("Groep erbij").types("Nieuw").taps("Noordwijk", "18-25", "12", "X-Out", "Woensdag")
    )
    assert noor.said == "Komt de groep ook samen in schoolvakanties?"
    noor.taps("Nee")

    # The Christmas holidays are from 19 December until 3 January.
    assert noor.last.labels[0] == "woensdag 6 jan 2027"
    noor.taps("woensdag 6 jan", "19:00", "2 uur")
    assert "De eerstvolgende dag: woensdag 6 januari." in noor.said
    noor.taps("Bewaren")
    assert "De eerstvolgende dag: woensdag 6 januari." in noor.said


def test_the_page_of_a_group_names_the_first_day_that_goes_on(stage):
    describes_group(stage, day="Woensdag", holidays="Nee").taps("Bewaren")
    stage.passes("2026-12-22 12:00")

    assert "De eerstvolgende dag: woensdag 6 januari." in groups(stage).taps("Join Us Katwijk").said


def test_the_page_of_a_group_leads_to_its_usual_day_and_time(stage):
    noor = groups(stage).taps("Join Us 18-25", "Vaste dag of tijd")

    assert "• Elke 2 weken op dinsdag, 19:00 tot 22:00." in noor.said


def test_a_municipality_that_is_known_is_the_same_one_however_it_is_typed(stage):
    describes_group(stage, town="NOORDWIJK ").taps("Bewaren")

    assert (
        group_called(stage, "Join Us Katwijk").municipality_id
        == group_called(stage, "Join Us 18-25").municipality_id
    )
    assert (
        stage.reads(lambda conn: conn.execute(select(func.count()).select_from(municipality)).scalar_one())
        == 1
    )


def test_fewer_places_than_are_taken_is_refused_with_the_number(stage):
    for name in ("Sam", "Bo", "Lin", "Kay"):
        stage.youth_begins(name)
    noor = groups(stage)
    assert "Join Us 18-25: 4 van 15 plaatsen bezet." in noor.said
    noor.taps("Join Us 18-25", "Aantal plaatsen", "3")
    assert "Dat is te weinig. Er zijn nu 4 plaatsen bezet. Er is niets veranderd." in noor.said
    noor.taps("Terug", "Join Us 18-25", "Aantal plaatsen", "4", "Bewaren")
    assert group_called(stage, "Join Us 18-25").capacity == 4


def test_a_size_outside_three_to_fifteen_is_never_offered(stage):
    noor = groups(stage, "Join Us 18-25").taps("Aantal plaatsen")

    assert noor.last.labels == [str(one) for one in range(3, 16)] + ["Terug"]


def test_size_is_not_taken_back_below_what_is_taken_by_now(stage):
    groups(stage, "Join Us 18-25").taps("Aantal plaatsen", "3", "Bewaren")
    noor = groups(stage, "Join Us 18-25").taps("Aantal plaatsen", "8", "Bewaren")
    for name in ("Sam", "Bo", "Lin", "Kay"):
        stage.youth_begins(name)
    noor.taps("Terugdraaien")

    assert "Terugdraaien kan niet meer." in noor.said
    assert group_called(stage, "Join Us 18-25").capacity == 8


def test_a_group_is_renamed_and_named_back(stage):
    noor = groups(stage, "Join Us 18-25").taps("Naam").types("Join Us Zee").taps("Bewaren")
    assert group_called(stage, "Join Us Zee") is not None
    noor.taps("Terugdraaien")
    assert group_called(stage, "Join Us 18-25") is not None


def test_another_usual_place_is_told_with_what_was_shown(stage):
    sam = stage.youth_begins()
    noor = changes_place(stage)
    told = "De plek van Join Us 18-25 is voortaan: The Base, Noordwijk. De dag en de tijd blijven hetzelfde."
    assert told in noor.said
    assert "Naar 1 jongere: Sam." in noor.said
    noor.taps("Bewaren")
    stage.ticks()

    assert told in sam.taps("Lees").said
    stage.passes("2026-11-23 10:00")
    assert told in stage.of("Tom").ever
    group = stage.programme.groups[OLDER]
    coming = stage.reads(lambda conn: meetings.upcoming(conn, group, stage.now))
    assert coming.place == "The Base, Noordwijk"
    assert coming.sequence == 1


def test_a_place_that_was_taken_back_before_anybody_heard_is_told_to_nobody(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-20 23:30")
    before = len(sam.texts)
    changes_place(stage).taps("Bewaren", "Terugdraaien")
    stage.passes("2026-11-21 12:00")

    assert len(sam.texts) == before


def test_who_heard_of_a_place_hears_that_it_is_taken_back(stage):
    sam = stage.youth_begins()
    noor = changes_place(stage).taps("Bewaren")
    stage.ticks()
    noor.taps("Terugdraaien")
    stage.ticks()

    assert "De plek van Join Us 18-25 is toch weer: X-Out, Noordwijkerhout." in sam.taps("Lees").said


# Municipalities


def test_a_group_goes_to_another_municipality_and_back(stage):
    before = group_called(stage, "Join Us 18-25").municipality_id
    noor = groups(stage, "Join Us 18-25").taps("Gemeente", "Een andere gemeente").types("Katwijk")
    assert "Gemeente: Katwijk" in noor.said
    noor.taps("Bewaren")
    assert group_called(stage, "Join Us 18-25").municipality_id != before
    noor.taps("Terugdraaien")
    assert group_called(stage, "Join Us 18-25").municipality_id == before
    assert stage.reads(lambda conn: places.town_called(conn, "Katwijk")) is None


def test_nobody_who_signed_up_is_left_without_a_group_that_takes_them_on(stage):
    groups(stage, "Join Us 12-18").taps("Gemeente", "Een andere gemeente").types("Katwijk").taps("Bewaren")

    signs_up(stage, "Join Us 18-25")
    noor = groups(stage, "Join Us 18-25").taps("Gemeente", "Katwijk")

    assert "staat nog 1 aanmelding open" in noor.said
    assert "Menu, Aanmeldingen. Er is niets veranderd." in noor.said


# Organisations stay apart


def elsewhere(stage, *, place=None):
    """The younger group is of another organisation, at its own place or at *place*."""

    def moves(conn):
        other = conn.execute(
            insert(organisation).values(key="elders", name="Elders").returning(organisation.c.id)
        ).scalar_one()
        values = {"organisation_id": other} | ({"location_id": place} if place else {})
        conn.execute(update(meeting_group).where(meeting_group.c.key == YOUNGER).values(values))

    stage.writes(moves)


def test_another_organisation_is_neither_seen_nor_changed(stage):
    noor = sites(stage)
    place = noor.last.button("The Base").data
    noor.taps("Groepen")
    group = noor.last.button("Join Us 12-18").data
    elsewhere(stage)
    assert "The Base" not in sites(stage).said
    assert "Join Us 12-18" not in groups(stage).said
    noor.taps_data(group)
    noor.taps_data(place)

    assert "The Base, Noordwijk" not in noor.said
    assert "Voor 12-18 jaar" not in noor.said


def test_what_another_organisation_got_meanwhile_is_refused_and_written_down(stage):
    noor = groups(stage, "Join Us 12-18").taps("Naam").types("Van ons")
    elsewhere(stage)
    noor.taps("Bewaren")

    assert "Dat kan niet." in noor.said
    assert group_called(stage, "Join Us 12-18") is not None
    query = select(func.count()).where(audit.c.action == "change_places", audit.c.outcome == "refused")
    assert stage.reads(lambda conn: conn.execute(query).scalar_one()) == 1


def test_a_place_that_another_organisation_uses_is_changed_by_the_operator_only(stage):
    elsewhere(stage, place=site_called(stage, "X-Out").id)
    noor = sites(stage).taps("X-Out")

    assert "Deze plek verandert de technisch beheerder." in noor.said
    assert "Iets veranderen" not in noor.last.labels
    assert "Join Us 12-18" not in noor.said


def test_a_place_of_one_evening_of_another_organisation_is_changed_by_the_operator_only(stage):
    elsewhere(stage)
    number, other = site_called(stage, "X-Out").id, stage.programme.groups[YOUNGER]
    first = select(func.min(meeting.c.id)).where(meeting.c.group_id == other).scalar_subquery()
    stage.writes(
        lambda conn: conn.execute(update(meeting).where(meeting.c.id == first).values(location_id=number))
    )
    noor = sites(stage).taps("X-Out")

    assert "Deze plek verandert de technisch beheerder." in noor.said
    assert noor.last.labels == ["Terug", "Sluiten"]
    assert "Join Us 12-18" not in noor.said


def test_with_two_organisations_a_group_can_go_back_to_the_place_it_came_from(stage):
    elsewhere(stage)
    adds_site(stage).taps("Bewaren")
    noor = groups(stage, "Join Us 18-25").taps("Vaste plek", "De Kuil", "Bewaren")
    assert "X-Out" in sites(stage).said
    noor.taps("Groepen").taps("Laatste terugdraaien", "Ja, terugdraaien")

    assert "Het is weer zoals het was." in noor.said
    assert group_called(stage, "Join Us 18-25").location_id == site_called(stage, "X-Out").id


def test_a_professional_has_no_such_page_and_old_buttons_do_nothing_for_them(stage):
    assert "Plekken en groepen" not in stage.of("Vera").types("Menu").last.labels


def test_without_the_code_an_old_list_opens_nothing(stage):
    noor = sites(stage)
    old = noor.last.button("X-Out").data
    stage.passes(timedelta(hours=1))
    noor.taps_data(old)

    assert "Tik je code" in noor.said


def test_in_english_it_says_the_same(stage):
    stage.writes(lambda conn: people.change(conn, stage.programme.staff["Noor"], language="en"))
    noor = stage.of("Noor").types("Menu").taps("Places and groups")
    if "Tap your code" in noor.said:
        noor.taps_code(CODE)

    assert "Without an address. Nobody can look up the way." in noor.said
