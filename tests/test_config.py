"""One configuration: every mistake is named by section and key, and no secret is ever shown."""

import subprocess
import sys
import tomllib
from datetime import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Config, is_real_telegram, load_config, read_config, setting_names
from bot.config.section import Section
from bot.errors import ConfigError
from bot.schedule.escalation import Escalation

ROOT = Path(__file__).parent.parent
TOKEN = "1:SANDBOX"
SECRET = "a-secret-of-more-than-thirty-two-characters"


@pytest.fixture
def write(tmp_path):
    def write_config(text):
        path = tmp_path / "config.toml"
        path.write_text(text, "utf-8")
        return path

    return write_config


def problems(path, environ=None, **options):
    outcome = read_config(path, environ or {}, **options)
    assert not isinstance(outcome, Config), "the configuration was accepted"
    return [str(problem) for problem in outcome]


def configured(**sections):
    return Config.model_validate(sections)


def only_problem(path, environ=None):
    (problem,) = problems(path, environ)
    return problem


class TestExample:
    def test_it_names_every_setting_and_nothing_else_in_the_order_of_the_code(self):
        tables = tomllib.loads((ROOT / "config.example.toml").read_text("utf-8"))

        assert [(section, key) for section, keys in tables.items() for key in keys] == list(setting_names())

    def test_it_loads_and_changes_no_default(self):
        example = load_config(ROOT / "config.example.toml", {"COMPANION_TELEGRAM__TOKEN": TOKEN})
        defaults = load_config(None, {"COMPANION_TELEGRAM__TOKEN": TOKEN})

        for section, key in setting_names():
            if (section, key) not in [("database", "url"), ("keys", "file")]:
                assert getattr(getattr(example, section), key) == getattr(getattr(defaults, section), key)

    def test_every_setting_has_a_comment_of_its_own(self):
        lines = (ROOT / "config.example.toml").read_text("utf-8").splitlines()
        uncommented = [
            line
            for above, line in pairwise(lines)
            if " = " in line and not line.startswith("#") and not above.startswith("#")
        ]

        assert uncommented == []


class TestPrecedence:
    def test_override_wins_from_environment_from_secret_file_from_toml(self, write, tmp_path):
        path = write('[telegram]\ntoken = "1:toml"')
        (tmp_path / "token").write_text("2:file\n", "utf-8")
        secret_file = {"COMPANION_TELEGRAM__TOKEN_FILE": "token"}
        environment = secret_file | {"COMPANION_TELEGRAM__TOKEN": "3:environment"}
        override = {"telegram": {"token": "4:override"}}

        def token(environ, **options):
            return load_config(path, environ, **options).telegram.token.get_secret_value()

        assert token({}) == "1:toml"
        assert token(secret_file) == "2:file"
        assert token(environment) == "3:environment"
        assert token(environment, override=override) == "4:override"

    def test_a_section_is_filled_from_all_sources_together(self, write):
        path = write('[telegram]\napi_url = "http://127.0.0.1:9000/"\nminimum_age = 17')

        telegram = load_config(
            path, {"COMPANION_TELEGRAM__TOKEN": TOKEN, "COMPANION_TELEGRAM__MINIMUM_AGE": "18"}
        ).telegram

        assert (telegram.api_url, telegram.minimum_age) == ("http://127.0.0.1:9000", 18)

    @pytest.mark.parametrize(
        "section, key, secret",
        [
            ("telegram", "token", TOKEN),
            ("telegram", "webhook_secret", SECRET),
            ("database", "url", "postgresql+psycopg://bot:pw@db/companion"),
        ],
    )
    def test_systemd_hands_over_secrets_as_credentials(self, tmp_path, section, key, secret):
        (tmp_path / f"{section}_{key}").write_text(secret, "utf-8")

        config = load_config(None, {"CREDENTIALS_DIRECTORY": str(tmp_path)}, needs_token=False)

        value = getattr(getattr(config, section), key)
        assert (value if isinstance(value, str) else value.get_secret_value()) == secret

    def test_an_empty_variable_counts_as_absent(self, write):
        path = write('[telegram]\ntoken = "1:toml"')

        token = load_config(path, {"COMPANION_TELEGRAM__TOKEN": ""}).telegram.token

        assert token.get_secret_value() == "1:toml"

    def test_variables_of_others_are_none_of_our_business(self):
        load_config(None, {"PATH": "/bin", "COMPANIONS__X": "1", "COMPANION_TELEGRAM__TOKEN": TOKEN})

    def test_constructing_it_reads_no_environment(self):
        environment = {"HTTP": '{"listen": "0.0.0.0:1"}', "COMPANION_HTTP__LISTEN": "0.0.0.0:1"}
        program = "from bot.config import Config; print(Config().http.listen)"

        printed = subprocess.check_output(
            [sys.executable, "-c", program], cwd=ROOT, env=environment, text=True
        )

        assert printed.strip() == "127.0.0.1:8080"


class TestPaths:
    def test_they_are_taken_from_the_folder_of_the_file(self, write, tmp_path):
        path = write('[telegram]\ntoken = "1:a"\n[keys]\nfile = "my.keys"')

        config = load_config(path, {})

        assert config.database.url == f"sqlite:///{tmp_path}/var/companion.db"
        assert config.keys.file == tmp_path / "my.keys"

    def test_absolute_ones_stay(self, write):
        path = write(
            '[telegram]\ntoken = "1:a"\n[database]\nurl = "sqlite:////srv/bot.db"\n[keys]\nfile = "/etc/k"'
        )

        config = load_config(path, {})

        assert (config.database.url, config.keys.file) == ("sqlite:////srv/bot.db", Path("/etc/k"))

    def test_a_postgresql_url_gets_the_driver_we_install(self):
        config = configured(database={"url": "postgresql://bot@db/companion"})

        assert config.database.url == "postgresql+psycopg://bot@db/companion"


class TestMistakes:
    def test_a_missing_file_is_named(self, tmp_path):
        assert only_problem(tmp_path / "nowhere.toml").startswith(f"{tmp_path}/nowhere.toml: does not exist")

    def test_broken_toml_is_named_with_its_line(self, write):
        assert "at line 2" in only_problem(write("[telegram]\ntoken = open"))

    def test_a_file_that_is_no_text_is_named(self, tmp_path):
        (tmp_path / "config.toml").write_bytes(b"\xff\xfe\x00")

        assert "config.toml: is not readable as TOML" in only_problem(tmp_path / "config.toml")

    def test_a_missing_token_says_where_to_put_it(self):
        problem = only_problem(None)

        assert problem.startswith("[telegram] token: is missing")
        assert "COMPANION_TELEGRAM__TOKEN" in problem

    def test_a_command_without_telegram_needs_no_token(self):
        assert isinstance(load_config(None, {}, needs_token=False), Config)

    def test_a_mistyped_key_gets_a_suggestion(self, write):
        assert only_problem(write('[telegram]\ntokn = "1:a"')) == (
            '[telegram] tokn: unknown key; did you mean "token"?'
        )

    def test_a_mistyped_section_gets_a_suggestion(self, write):
        assert only_problem(write('[telegrm]\ntoken = "1:a"')) == (
            '[telegrm]: unknown section; did you mean "telegram"?'
        )

    def test_a_key_without_section_is_sent_home(self, write):
        assert (
            only_problem(write('token = "1:a"')) == "token: stands outside a section; put it under [telegram]"
        )

    def test_a_value_in_place_of_a_section(self, write):
        assert only_problem(write('http = "127.0.0.1:8080"')) == "[http]: should be a section with keys"

    def test_a_variable_with_one_underscore_gets_a_suggestion(self):
        assert problems(None, {"COMPANION_TELEGRAM_TOKEN": TOKEN}, needs_token=False) == [
            'COMPANION_TELEGRAM_TOKEN: unknown variable; did you mean "COMPANION_TELEGRAM__TOKEN"?'
        ]

    def test_a_wrong_value_of_the_environment_names_its_variable(self):
        problem = only_problem(None, {"COMPANION_TELEGRAM__POLL_TIMEOUT": "long"})

        assert problem.startswith("[telegram] poll_timeout: should be a valid integer")
        assert problem.endswith("(from COMPANION_TELEGRAM__POLL_TIMEOUT)")

    def test_all_mistakes_are_told_at_once_and_loading_raises_the_first(self, write):
        path = write('[telegram]\nmode = "pull"\n[http]\nlisten = "8080"\n[log]\nlvl = "info"')

        assert [problem.split(":")[0] for problem in problems(path)] == [
            "[telegram] mode", "[http] listen", "[log] lvl",
        ]  # fmt: skip
        with pytest.raises(ConfigError) as raised:
            load_config(path, {})
        assert (raised.value.section, raised.value.key) == ("telegram", "mode")
        assert raised.value.exit_code == 2

    def test_an_unreadable_or_empty_secret_file(self, tmp_path):
        (tmp_path / "empty").write_text("\n", "utf-8")

        for name, reason in (("gone", "No such file"), ("empty", "is empty")):
            problem = only_problem(None, {"COMPANION_TELEGRAM__TOKEN_FILE": str(tmp_path / name)})
            assert problem.startswith("[telegram] token: ")
            assert reason in problem

    @pytest.mark.parametrize(
        "section, key, value, reason",
        [
            ("telegram", "token", "abc", "does not look like a token"),
            ("telegram", "token", "1:with space", "does not look like a token"),
            ("telegram", "api_url", "api.telegram.org", "should be an address"),
            ("telegram", "api_url", "https://api.telegram.org/bot123:abc", 'without "/bot"'),
            ("telegram", "api_url", "http://api.telegram.org", "https://"),
            ("telegram", "minimum_age", 11, "greater than or equal to 12"),
            ("telegram", "minimum_age", "sixteen", "valid integer"),
            ("telegram", "real", "perhaps", "valid boolean"),
            ("telegram", "webhook_secret", "short", "32 to 256 characters"),
            ("telegram", "webhook_secret", SECRET + "!", "32 to 256 characters"),
            ("telegram", "poll_timeout", 51, "less than or equal to 50"),
            ("telegram", "minimum_age_decided_by", "Noor Jansen", "who decided and when"),
            ("database", "url", "mysql://x/y", "sqlite:///"),
            ("database", "url", "sqlite://", "sqlite:///"),
            ("database", "url", "sqlite:///:memory:", "sqlite:///"),
            ("http", "listen", "127.0.0.1", "address and a port"),
            ("http", "listen", "127.0.0.1:99999", "address and a port"),
            ("programme", "timezone", "Europe/Noordwijk", "time zone"),
            ("programme", "timezone", "../etc/passwd", "time zone"),
            ("programme", "language", "Dutch", "should be 'nl' or 'en'"),
            ("programme", "quiet_hours_under18", 20, "text between quotes"),
            ("programme", "quiet_hours_18plus", "late", "not a span of time"),
            ("staff", "working_hours", "always", "needs days and a span"),
            ("operator", "alarm_command", "sms 'open", "never closed"),
            ("log", "level", "loud", "'debug'"),
            ("delivery", "chat_rate", 0, "greater than 0"),
            ("delivery", "overall_rate", 31, "less than or equal to 30"),
        ],
    )
    def test_a_wrong_value_is_named_with_what_it_should_be(self, section, key, value, reason):
        outcome = read_config(None, {}, override={section: {key: value}}, needs_token=False)

        assert not isinstance(outcome, Config)
        (problem,) = outcome
        assert (problem.section, problem.key) == (section, key)
        assert reason in problem.problem


WEBHOOK = {"mode": "webhook", "webhook_url": "https://bot.example.org/webhook", "webhook_secret": SECRET}


class TestWebhook:
    def test_a_complete_webhook_is_accepted(self):
        assert configured(telegram=WEBHOOK).telegram.mode == "webhook"

    @pytest.mark.parametrize("key", ["webhook_url", "webhook_secret"])
    def test_it_is_refused_when_half_of_it_is_missing(self, key):
        half = {name: value for name, value in WEBHOOK.items() if name != key}

        assert problems(None, override={"telegram": half}) == [
            f'[telegram] {key}: is needed when mode = "webhook"'
        ]

    def test_telegram_calls_only_https_the_sandbox_also_http_on_this_machine(self):
        elsewhere = WEBHOOK | {"webhook_url": "http://bot.example.org/webhook"}
        here = WEBHOOK | {"webhook_url": "http://127.0.0.1:8080/webhook"}

        assert "https://" in problems(None, override={"telegram": elsewhere})[0]
        assert configured(telegram=here).telegram.webhook_url == here["webhook_url"]


class TestMinimumAge:
    def test_lower_than_telegram_asks_needs_a_name_and_a_date(self):
        (problem,) = problems(None, override={"telegram": {"token": TOKEN, "minimum_age": 14}})

        assert problem.startswith("[telegram] minimum_age_decided_by: is needed for a minimum_age under 16")

    @pytest.mark.parametrize(
        "decided_by", ["Noor Jansen", ", 2026-03-01", "Noor Jansen, spring", "2026-03-01"]
    )
    def test_a_name_without_a_date_or_the_other_way_round_is_refused(self, decided_by):
        telegram = {"token": TOKEN, "minimum_age": 14, "minimum_age_decided_by": decided_by}

        assert len(problems(None, override={"telegram": telegram})) == 1

    def test_with_both_it_is_accepted(self):
        telegram = {"minimum_age": 14, "minimum_age_decided_by": "Jansen, Noor, 2026-03-01"}

        assert configured(telegram=telegram).telegram.minimum_age == 14

    def test_higher_needs_nobody(self):
        assert configured(telegram={"minimum_age": 18}).telegram.minimum_age == 18


@pytest.mark.parametrize(
    "api_url, real, expected",
    [
        ("https://api.telegram.org", False, True),
        ("https://bot-api.example.org", False, True),
        ("http://10.0.0.7:8081", False, True),
        ("http://127.0.0.1:8081", False, False),
        ("http://127.3.2.1:8081", False, False),
        ("http://[::1]:8081", False, False),
        ("http://localhost:8081", False, False),
        ("http://localhost.example.org", False, True),
        ("http://127.0.0.1.example.org", False, True),
        ("http://127.0.0.1:8081", True, True),
    ],
)
def test_telegram_is_real_unless_it_is_this_machine_and_not_declared_real(api_url, real, expected):
    assert is_real_telegram(configured(telegram={"api_url": api_url, "real": real})) is expected


class TestValues:
    def test_the_minutes_of_an_alert_come_out_as_one_rule(self):
        staff = configured(staff={"escalate_minutes": "2, 4, 6", "acknowledged_minutes": 30}).staff

        assert (staff.escalation.p1.second, staff.escalation.p1.everybody) == (2, 6)
        assert (staff.escalation.p1.acknowledged, staff.escalation.p2.second) == (30, 120)

    def test_what_waits_for_working_hours_has_minutes_of_its_own_and_by_default_a_working_day(self):
        day = configured().staff.escalation.p2
        staff = configured(staff={"acknowledged_p2_minutes": 240, "escalate_p2_again_minutes": 60}).staff

        assert day == Escalation().p2
        assert (staff.escalation.p2.acknowledged, staff.escalation.p2.again) == (240, 60)
        assert staff.escalation.p1 == Escalation().p1

    @pytest.mark.parametrize("value", ["5, 10", "10, 5, 15", "0, 5, 10", "soon", [5, 10, 15]])
    def test_minutes_that_do_not_grow_are_refused(self, write, value):
        path = write(f"[staff]\nescalate_minutes = {value!r}")

        assert problems(path, {"COMPANION_TELEGRAM__TOKEN": TOKEN})[0].startswith("[staff] escalate_minutes:")

    def test_working_hours_come_out_parsed(self):
        config = configured(staff={"working_hours": "di-do 10:00-16:00"})

        assert config.staff.working_hours == {day: (time(10), time(16)) for day in (1, 2, 3)}

    @pytest.mark.parametrize(
        "listen, host, port",
        [("127.0.0.1:8080", "127.0.0.1", 8080), ("[::1]:0", "::1", 0), ("localhost:80", "localhost", 80)],
    )
    def test_the_address_to_listen_on_splits_into_host_and_port(self, listen, host, port):
        http = configured(http={"listen": listen}).http

        assert (http.host, http.port) == (host, port)

    def test_the_alarm_command_becomes_a_list_without_a_shell(self):
        operator = configured(operator={"alarm_command": "/opt/sms --to 'the roster' ; rm -rf /"}).operator

        assert operator.alarm_argv == ("/opt/sms", "--to", "the roster", ";", "rm", "-rf", "/")

    def test_the_level_may_be_written_in_capitals(self):
        assert configured(log={"level": "WARNING"}).log.level == "warning"

    def test_nothing_can_be_changed_afterwards(self):
        config = Config()

        with pytest.raises(ValueError, match="frozen"):
            config.http.listen = "0.0.0.0:80"
        with pytest.raises(ValueError, match="frozen"):
            config.http = config.http

    def test_every_section_is_frozen_and_strict(self):
        for name, field in Config.model_fields.items():
            assert isinstance(field.annotation, type), name
            assert issubclass(field.annotation, Section), name


class TestSecrets:
    HIDDEN = "7654321:AAH-very-secret"

    def test_no_representation_shows_them(self):
        config = configured(
            telegram={"token": self.HIDDEN, "webhook_secret": SECRET},
            database={"url": "postgresql://bot:hunter2@db/companion"},
        )

        for shown in (repr(config), str(config)):
            assert self.HIDDEN not in shown
            assert SECRET not in shown
            assert "hunter2" not in shown

    @given(st.sampled_from(["token", "webhook_secret"]), st.text(min_size=4))
    def test_no_message_shows_them(self, key, tail):
        secret = f"{tail}hunter2 "
        outcome = read_config(None, {}, override={"telegram": {key: secret}})

        assert not isinstance(outcome, Config)
        assert not any("hunter2" in str(problem) for problem in outcome)

    def test_a_wrong_database_url_is_not_repeated(self):
        (problem,) = problems(
            None, {"COMPANION_DATABASE__URL": "mysql://bot:hunter2@db/x"}, needs_token=False
        )

        assert "hunter2" not in problem
