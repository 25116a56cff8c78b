"""Settings: what a manager may write, and what they are told when it cannot work."""

from pathlib import Path

import pytest

from hallq.settings import SettingsError, Weight, check_file, default_text, load_config


def written(folder: Path, text: str) -> Path:
    """A settings file with this text."""
    path = folder / "hall.toml"
    path.write_text(text, encoding="utf-8")
    return path


def sentences(folder: Path, text: str) -> str:
    """All findings about a settings file, as one text."""
    return "\n".join(f"{f.weight}: {f.sentence}" for f in check_file(written(folder, text)))


def test_the_packaged_defaults_hold_no_fault(tmp_path: Path) -> None:
    found = check_file(written(tmp_path, default_text()))
    assert not found


def test_a_file_changes_only_what_it_names(tmp_path: Path) -> None:
    own = load_config(written(tmp_path, "[lanes.priority]\ntarget_minutes = 3\n"))
    assert own.lanes["priority"].target_minutes == 3  # type: ignore[index]
    assert own.lanes["standard"] == load_config().lanes["standard"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[calling]\npolicy = "gaurded"',
            'calling.policy: "gaurded" is not allowed. Did you mean "guarded"?',
        ),
        ("[calling]\nmised_after = 1", 'Did you mean "missed_after"?'),
        ("[calling]\nmissed_after = -1", "calling.missed_after: -1 does not fit: at least 0 is needed"),
        (
            "[lanes.vip]\ntarget_minutes = 1",
            'lanes.vip: "vip" is not allowed. Allowed: "priority", "standard"',
        ),
        ('[hall]\ntime_zone = "Mars"', "an IANA time zone is needed"),
        ('[hall]\nopens = "soon"', "a time of day is needed"),
        ("hall = 3", "hall: 3 does not fit: a table is needed"),
        (
            '[phrases]\nidle = "Good day"',
            'a text in both languages is needed: { zh = "…", en = "…" }',
        ),
        (
            '[[counters]]\nnumber = 4\nzone = "vpi"',
            'counters[number = 4].zone: there is no zone "vpi". Did you',
        ),
        ('[printer]\nvisit_slip = "allways"', 'Did you mean "always"?'),
        ('[[counters]]\nnumber = 4\nzone = "vip"\nservices = ["pament"]', 'Did you mean "payment"?'),
        ('[[counters]]\nnumber = 4\nzone = "vip"\nservices = "most"', '"all" or a list of codes is allowed'),
        ('[[counters]]\nnumber = 4\nzone = "vip"\n' * 2, "counters: number 4 is there 2 times"),
        ("counters = []", "counters: the list is empty"),
    ],
)
def test_faults_that_make_a_hall_unusable_name_key_and_remedy(tmp_path: Path, text: str, told: str) -> None:
    assert told in sentences(tmp_path, text)
    with pytest.raises(SettingsError) as raised:
        load_config(tmp_path / "hall.toml")
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[vip]\nwebhook = "example.com"', "vip.webhook: an address such as"),
        ("[vip]\ntimeout_seconds = 0", "vip.timeout_seconds: 0 does not fit: more than 0"),
        ('[printer]\nconnection = "lan"', 'printer.connection: "lan" is not allowed.'),
        ('[printer]\npaper = "57mm"', 'Did you mean "58mm"? Allowed: "58mm", "80mm"'),
        ('[printer]\nlanguage = "fr"', 'printer.language: "fr" is not allowed. Allowed: "zh", "en"'),
        ("[printer]\nbaud = 300", "printer.baud: 300 does not fit: at least 1200 is needed"),
        ("[printer]\ntimeout_seconds = 0", "printer.timeout_seconds: 0 does not fit: more than 0"),
        ('[printer]\naddr = ""', "printer.addr: hall.toml has no such key. Did you mean"),
        ('[voice]\nmode = "loud"', 'voice.mode: "loud" is not allowed. Allowed: "speech", "bell", "off"'),
        ('[voice]\nlanguages = ["zh", "fr"]', 'voice.languages[entry 2]: "fr" is not allowed.'),
        ('[voice]\none = "1"', 'voice.one: "1" is not allowed. Allowed: "一", "幺"'),
    ],
)
def test_faults_of_printer_and_voice_name_key_and_what_is_allowed(
    tmp_path: Path, text: str, told: str
) -> None:
    assert told in sentences(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('connection = "network"', 'printer.address: "" does not fit: a network address is needed'),
        ('connection = "network"\naddress = "192.0.2.10:99999"', "a network address is needed"),
        ('connection = "usb"\naddress = "/dev/usb/lp0"', "two numbers as `lsusb` shows them"),
        ('connection = "serial"\naddress = "192.0.2.10"', "a serial port is needed"),
        ('connection = "file"\naddress = "/home/clerk/.profile"', "a file that ends in .prn"),
        ('connection = "file"\naddress = "/dev/../etc/x"', 'a device such as "/dev/usb/lp0"'),
        (
            'qr_address = "https://example.org/{customer}"',
            'printer.qr_address: nothing is known for "customer"',
        ),
        ('qr_address = "https://example.org/{ticket:>99}"', 'nothing is known for "ticket:>99"'),
        ('qr_address = "https://example.org/{"', "printer.qr_address: nothing is known for"),
    ],
)
def test_a_printer_that_could_not_print_is_named_and_stops_no_hall(
    tmp_path: Path, text: str, told: str
) -> None:
    found = sentences(tmp_path, f"[printer]\n{text}")
    assert f"{Weight.CANNOT_WORK}: " in found
    assert told in found
    load_config(tmp_path / "hall.toml")


@pytest.mark.parametrize(
    "text",
    [
        'connection = "network"\naddress = "printer-1.example:9101"',
        'connection = "usb"\naddress = "04b8:0E15"',
        'connection = "serial"\naddress = "COM3"',
        'connection = "file"\naddress = "/dev/usb/lp0"',
        'connection = "file"\naddress = "slips.prn"\nqr_address = "https://example.org/{hall}/{date}/{ticket}"',
    ],
)
def test_a_printer_that_can_print_has_no_finding(tmp_path: Path, text: str) -> None:
    assert "printer." not in sentences(tmp_path, f"[printer]\n{text}")


def test_a_voice_without_a_language_has_nothing_to_say(tmp_path: Path) -> None:
    assert "voice.languages: the list is empty" in sentences(tmp_path, "[voice]\nlanguages = []")


ONE_COUNTER = '[[counters]]\nnumber = 1\nzone = "vip"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ONE_COUNTER + 'services = ["payment"]', 'services[code = "points"]: no counter offers it'),
        (
            ONE_COUNTER + 'dedicated_to = "priority"\nhelps_when_idle = false',
            "lanes.standard: no counter calls this lane",
        ),
        (
            ONE_COUNTER
            + 'dedicated_to = "priority"\nhelps_when_idle = false\n[[counters]]\nnumber = 2\n'
            + 'zone = "vip"\nservices = ["points"]',
            'services[code = "payment"]: no counter that calls the standard lane offers it',
        ),
        ("[lanes.priority]\ntarget_minutes = 0.01", "lanes.priority.target_minutes: 0.01 cannot be kept"),
        ("[transaction]\nlimit_minutes = 1", "transaction.limit_minutes: 1 cannot be kept"),
        ("[transaction]\nforgotten_minutes = 5", "transaction.forgotten_minutes: 5 is not more than"),
        ('[lanes.priority]\nseries = "A"', '"A" is already the letter of group A'),
        (
            '[appointments]\nseries = "V"',
            'appointments.series: "V" is already the letter of the priority lane',
        ),
        (
            "[appointments]\nslots = [{ at = 07:30:00, priority = 1 }]",
            "appointments.slots[at = 07:30]: lies outside the opening hours (08:30 to 18:00)",
        ),
        (
            '[appointments]\nslots = [{ at = 09:00:00, days = ["mon"] }, { at = 09:00:00, standard = 1 }]',
            "appointments.slots[at = 09:00]: is there twice on one day",
        ),
        ("[hall]\nopens = 18:00:00\ncloses = 09:00:00", "hall.closes: 09:00:00 is not after"),
        ("[hall]\ncut_over = 12:00:00", "hall.cut_over: 12:00:00 lies inside"),
    ],
)
def test_what_cannot_work_is_found_though_each_key_fits(tmp_path: Path, text: str, told: str) -> None:
    assert f"cannot-work: {told}" in sentences(tmp_path, text) or told in sentences(tmp_path, text)
    load_config(tmp_path / "hall.toml")


def test_an_unknown_moment_of_a_services_phrase_is_named(tmp_path: Path) -> None:
    told = sentences(tmp_path, default_text().replace("phrases.closing = {", "phrases.closng = {"))
    assert 'services[code = "sim_replacement"].phrases.closng' in told
    assert 'Did you mean "closing"?' in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[rating]\nlow = 5", "rating.low: 5 does not fit: at most 4 is allowed"),
        ("[complaints]\ncategories = []", "complaints.categories: the list is empty"),
        ('[calendar]\ncountry = "China"', 'calendar.country: "China" does not fit: two capital letters'),
        ('[calendar]\ncountry = "QQ"', 'there is no calendar of "QQ": only weekends are free'),
        ("[calendar]\nholidays = [2026-13-01]", "is not TOML"),
        ('[calendar]\nholidays = ["soon"]', "a date is needed, for example 2027-02-08"),
        (
            "[calendar]\nholidays = [2027-02-06]\nworking_days = [2027-02-06]",
            "calendar.working_days: 2027-02-06 is also in calendar.holidays",
        ),
        (
            "[complaints]\ncategories = [{ code = 'a', name = { zh = '甲', en = 'A' }, settle_hours = 1, "
            "settle_working_days = 1 }]",
            'complaints.categories[code = "a"].settle_hours: a deadline is in hours or in working days',
        ),
    ],
)
def test_faults_of_ratings_complaints_and_calendar(tmp_path: Path, text: str, told: str) -> None:
    if "TOML" in told:
        with pytest.raises(SettingsError, match=told):
            sentences(tmp_path, text)
    else:
        assert told in sentences(tmp_path, text)


def test_a_limit_that_most_services_break_is_doubtful(tmp_path: Path) -> None:
    assert not sentences(tmp_path, "[transaction]\nlimit_minutes = 9")  # a few take longer, with a reason
    found = sentences(tmp_path, "[transaction]\nlimit_minutes = 4")
    assert "doubtful: transaction.limit_minutes: 4 is hard to keep; a service takes 5.9 minutes" in found
    assert "cannot-work" not in found


def test_a_service_that_always_looks_forgotten_is_doubtful(tmp_path: Path) -> None:
    found = sentences(tmp_path, "[transaction]\nlimit_minutes = 8\nforgotten_minutes = 11")
    assert 'doubtful: services[code = "device_return"].typical_minutes: 12 is more than' in found
    assert "new_connection" not in found


def test_a_slot_outside_the_opening_hours_is_doubtful(tmp_path: Path) -> None:
    found = sentences(tmp_path, "[hall]\nopens = 09:10:00")
    assert (
        "doubtful: appointments.slots[at = 09:00]: lies outside the opening hours (09:10 to 18:00)" in found
    )
    assert "cannot-work" not in found


def test_a_slot_with_more_places_than_counters_is_doubtful(tmp_path: Path) -> None:
    slots = "[appointments]\nslots = [{ at = 09:00:00, priority = 8 }, { at = 10:00:00, priority = 9 }]"
    found = sentences(tmp_path, slots)
    assert "doubtful: appointments.slots[at = 10:00]: 9 places for the priority lane" in found
    assert "at = 09:00" not in found


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[hall\n", "is not TOML"),
        ("[hall]\nname = '营业厅'".encode("gb18030"), "is not UTF-8 text"),
        ("[hall]".encode("utf-16"), "is not UTF-8 text"),
        (b"a = " + b"[" * 5000, "is not TOML"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_line(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "hall.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as raised:
        check_file(path)
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    path.write_bytes(b"\xef\xbb\xbf" + default_text().encode())
    assert load_config(path) == load_config()


def test_escape_codes_in_values_do_not_reach_the_screen(tmp_path: Path) -> None:
    assert "\x1b" not in sentences(tmp_path, '[calling]\npolicy = "\\u001b[2J\\u202e"')
