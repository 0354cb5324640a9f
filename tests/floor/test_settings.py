"""What is missing or wrong stops the start, with the setting's name and never its value."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from portal.settings import Key, SettingsError, read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEY = base64.b64encode(b"k" * 32).decode()
OTHER_KEY = base64.b64encode(b"d" * 32).decode()
SECRET = "værdi-der-ikke-må-ses"
REQUIRED = (
    "DATABASE_URL", "DATA_DIR", "PUBLIC_URL", "KEK", "PHONE", "PHONE_HOURS",
    *(f"{who}_{what}" for who in ("CITIZEN", "STAFF")
      for what in ("ISSUER", "CLIENT_ID", "CLIENT_KEY_FILE", "PRESET")),
)  # fmt: skip


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Settings of a portal in production."""
    key_file = tmp_path / "client.pem"
    key_file.write_text("PEM")
    return {
        "INDBLIK_DATABASE_URL": "postgresql+psycopg://db.example/indblik",
        "INDBLIK_REDIS_URL": "redis://redis.example",
        "INDBLIK_DATA_DIR": str(tmp_path),
        "INDBLIK_PUBLIC_URL": "https://indblik.example/",
        "INDBLIK_KEK": f"k2:{KEY}, k1:{OTHER_KEY}",
        "INDBLIK_PHONE": "33 41 12 00",
        "INDBLIK_PHONE_HOURS": "mandag-fredag kl. 9-15",
        **{
            f"INDBLIK_{who}_{what}": value
            for who in ("CITIZEN", "STAFF")
            for what, value in (
                ("ISSUER", "https://login.example/op/"),
                ("CLIENT_ID", "indblik"),
                ("CLIENT_KEY_FILE", str(key_file)),
                ("PRESET", "nets-eid-broker"),
            )
        },
    }


def refusal(env: Mapping[str, str], **changed: str) -> str:
    with pytest.raises(SettingsError) as raised:
        read({**env, **{f"INDBLIK_{name}": value for name, value in changed.items()}})
    assert raised.value.__cause__ is None
    return str(raised.value)


def test_whole_settings_are_read(env: dict[str, str], tmp_path: Path) -> None:
    settings = read({**env, "INDBLIK_TRUSTED_PROXIES": " 2 "})
    assert settings.database_url == "postgresql+psycopg://db.example/indblik"
    assert (settings.redis_url, settings.data_dir) == ("redis://redis.example", tmp_path)
    assert settings.public_url == "https://indblik.example"
    assert settings.keks == (Key("k2", b"k" * 32), Key("k1", b"d" * 32))
    assert (settings.trusted_proxies, settings.phone) == (2, "33 41 12 00")
    assert settings.phone_hours == "mandag-fredag kl. 9-15"
    assert (settings.on_loopback, settings.secure) == (False, True)
    for client in (settings.citizen, settings.staff):
        assert (client.issuer, client.client_id) == ("https://login.example/op", "indblik")
        assert (client.key_file, client.preset) == (tmp_path / "client.pem", "nets-eid-broker")


def test_no_proxy_is_trusted_unless_it_is_said(env: dict[str, str]) -> None:
    assert read(env).trusted_proxies == 0


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_a_setting_that_is_missing_or_empty_is_named(
    env: dict[str, str], name: str, nothing: str | None
) -> None:
    setting = f"INDBLIK_{name}"
    if nothing is None:
        del env[setting]
    else:
        env[setting] = nothing
    with pytest.raises(SettingsError, match=f"^{setting} is not set$"):
        read(env)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KEK", SECRET),
        ("KEK", f":{KEY}"),
        ("KEK", f"{SECRET}:{KEY[:-8]}"),
        ("KEK", f"k1:{SECRET}"),
        ("KEK", f"k1:{KEY}!{SECRET}"),
        ("KEK", f"k1:{KEY},"),
        ("KEK", f"k1:{KEY},k2:{SECRET}"),
        ("PUBLIC_URL", SECRET),
        ("PUBLIC_URL", f"ftp://{SECRET}"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", f"https://[{SECRET}"),
        ("PUBLIC_URL", f"http://{SECRET}"),
        ("PUBLIC_URL", f"https://indblik.example/{SECRET}"),
        ("PUBLIC_URL", f"https://{SECRET}@indblik.example"),
        ("PUBLIC_URL", f"https://indblik.example?{SECRET}"),
        ("PUBLIC_URL", f"https://indblik.example:{SECRET}"),
        ("PUBLIC_URL", "https://indblik.example:0"),
        ("PUBLIC_URL", "https://indblik.example:65536"),
        ("CITIZEN_ISSUER", SECRET),
        ("CITIZEN_ISSUER", f"http://{SECRET}"),
        ("STAFF_ISSUER", f"http://{SECRET}"),
        ("CITIZEN_CLIENT_KEY_FILE", f"/{SECRET}"),
        ("STAFF_CLIENT_KEY_FILE", "/"),
        ("TRUSTED_PROXIES", SECRET),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "1.5"),
        ("TRUSTED_PROXIES", "11"),
        ("TRUSTED_PROXIES", "9" * 5000),
        ("DATABASE_URL", SECRET),
        ("DATABASE_URL", f"mysql://{SECRET}@db.example/indblik"),
        ("DATABASE_URL", f"postgresql://{SECRET}@db.example/indblik"),
        ("DATABASE_URL", f"postgresql+psycopg://db.example:{SECRET}/indblik"),
        ("DATABASE_URL", f"nothing+at_all://{SECRET}"),
        ("REDIS_URL", SECRET),
        ("REDIS_URL", f"http://{SECRET}"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", f"redis://redis.example:{SECRET}"),
        ("REDIS_URL", f"redis://redis.example?db={SECRET}"),
        ("DATA_DIR", __file__),
        ("DATA_DIR", f"{__file__}/{SECRET}"),
        ("KEK", f"{'c' * 256}:{KEY}"),
        ("KEK", f"{'æ' * 128}:{KEY}"),
        ("MAIL", SECRET),
        ("MAIL", f"{SECRET}@nowhere"),
        ("CITIZEN_PRESET", "simulator"),
        ("STAFF_PRESET", "simulator"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not(
    env: dict[str, str], name: str, value: str
) -> None:
    told = refusal(env, **{name: value})
    assert told.startswith(f"INDBLIK_{name}")
    assert SECRET not in told
    assert KEY not in told


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000"])
def test_plain_http_and_the_simulator_are_for_loopback(env: dict[str, str], host: str) -> None:
    del env["INDBLIK_REDIS_URL"]
    env |= {
        "INDBLIK_PUBLIC_URL": f"http://{host}",
        "INDBLIK_CITIZEN_PRESET": "simulator",
        "INDBLIK_STAFF_PRESET": "simulator",
        "INDBLIK_CITIZEN_ISSUER": "http://127.0.0.1:9000",
    }
    settings = read(env)
    assert (settings.on_loopback, settings.secure) == (True, False)
    assert settings.redis_url is None


def test_a_mail_address_may_be_told(env: dict[str, str]) -> None:
    assert read(env).mail is None
    assert (
        read({**env, "INDBLIK_MAIL": " hjaelp@indblik.example "}).mail == "hjaelp@indblik.example"
    )


def test_a_folder_that_is_not_there_yet_can_be_made(env: dict[str, str], tmp_path: Path) -> None:
    wanted = tmp_path / "a" / "b"
    assert read({**env, "INDBLIK_DATA_DIR": str(wanted)}).data_dir == wanted


@pytest.mark.parametrize(
    "redis", ["redis://r.example:6379/0", "rediss://:p@r.example", "unix:///run/redis.sock"]
)
def test_redis_has_three_kinds_of_addresses(env: dict[str, str], redis: str) -> None:
    assert read({**env, "INDBLIK_REDIS_URL": redis}).redis_url == redis


@pytest.mark.parametrize("database", ["sqlite:///indblik.db", "sqlite://"])
def test_a_database_may_be_a_file(env: dict[str, str], database: str) -> None:
    assert read({**env, "INDBLIK_DATABASE_URL": database}).database_url == database


@pytest.mark.parametrize("who", ["CITIZEN", "STAFF"])
def test_the_simulator_stands_behind_no_https(env: dict[str, str], who: str) -> None:
    told = refusal(env, PUBLIC_URL="https://localhost", **{f"{who}_PRESET": "simulator"})
    assert told.startswith(f"INDBLIK_{who}_PRESET")


def test_ten_proxies_are_the_most(env: dict[str, str]) -> None:
    assert read({**env, "INDBLIK_TRUSTED_PROXIES": "10"}).trusted_proxies == 10


@pytest.mark.parametrize("length", [254, 255])
def test_the_name_of_a_key_fits_where_it_is_written(env: dict[str, str], length: int) -> None:
    assert read({**env, "INDBLIK_KEK": f"{'c' * length}:{KEY}"}).keks[0].id == "c" * length


@pytest.mark.parametrize("host", ["localhost.example", "127.0.0.1.example", "10.0.0.1"])
def test_what_only_looks_like_loopback_is_none(env: dict[str, str], host: str) -> None:
    assert refusal(env, PUBLIC_URL=f"http://{host}").startswith("INDBLIK_PUBLIC_URL must be https")
    told = refusal(env, PUBLIC_URL=f"https://{host}", CITIZEN_PRESET="simulator")
    assert told.startswith("INDBLIK_CITIZEN_PRESET")


@pytest.mark.parametrize("redis", ["", "  "])
def test_sessions_need_redis_where_the_address_is_https(env: dict[str, str], redis: str) -> None:
    assert refusal(env, REDIS_URL=redis) == "INDBLIK_REDIS_URL is not set"


def test_schemes_and_hosts_are_the_same_in_any_case(env: dict[str, str]) -> None:
    env["INDBLIK_PUBLIC_URL"] = "HTTPS://Indblik.EXAMPLE:8443/"
    assert (read(env).public_url, read(env).secure) == ("https://indblik.example:8443", True)


API = {
    "API_ISSUER": "https://tokens.example/",
    "API_AUDIENCE": "indblik-feed",
    "API_JWKS_URL": "https://tokens.example/keys",
}


def with_api(env: dict[str, str], **changed: str) -> dict[str, str]:
    return {**env, **{f"INDBLIK_{name}": value for name, value in {**API, **changed}.items()}}


def test_without_its_settings_there_is_no_api(env: dict[str, str]) -> None:
    assert read(env).api is None
    assert read(with_api(env, **dict.fromkeys(API, " "))).api is None


def test_the_api_knows_who_makes_its_tokens(env: dict[str, str]) -> None:
    api = read(with_api(env)).api
    assert api
    assert (api.issuer, api.audience) == ("https://tokens.example/", "indblik-feed")
    assert (api.jwks_url, api.a_minute) == ("https://tokens.example/keys", 600)
    limited = read(with_api(env, API_A_MINUTE="5")).api
    assert limited
    assert limited.a_minute == 5


@pytest.mark.parametrize("name", API)
def test_half_an_api_stops_the_start(env: dict[str, str], name: str) -> None:
    with pytest.raises(SettingsError, match=f"^INDBLIK_{name} is not set$"):
        read(with_api(env, **{name: ""}))


def test_a_key_shows_its_name_and_not_its_secret() -> None:
    assert repr(Key("c1", b"geheim")) == "Key('c1', …)"


def test_the_answer_door_is_another_host(env: dict[str, str], tmp_path: Path) -> None:
    both = {
        "INDBLIK_ANSWERS_URL": "https://svar.example",
        "INDBLIK_COHORTS_FILE": str(tmp_path / "cohorts.jsonl"),
    }
    settings = read({**env, **both})
    assert settings.answers_url == "https://svar.example"
    assert settings.cohorts_file == tmp_path / "cohorts.jsonl"
    assert read(env).answers_url is None
    same = refusal({**env, **both}, ANSWERS_URL="https://indblik.example:8443")
    assert same == "INDBLIK_ANSWERS_URL must be on another host than INDBLIK_PUBLIC_URL"
    alone = refusal(env, ANSWERS_URL="https://svar.example")
    assert alone == "INDBLIK_COHORTS_FILE is not set"
    for place in (str(tmp_path), str(tmp_path / "none" / "cohorts.jsonl")):
        assert "INDBLIK_COHORTS_FILE" in refusal(env, COHORTS_FILE=place)
    assert "without a path" in refusal({**env, **both}, ANSWERS_URL="https://svar.example/x")


def test_two_client_keys_at_once(env: dict[str, str], tmp_path: Path) -> None:
    first, second = tmp_path / "client.pem", tmp_path / "next.pem"
    second.write_text("PEM")
    both = f"{first}:{second}"
    client = read({**env, "INDBLIK_STAFF_CLIENT_KEY_FILE": both}).staff
    assert (client.key_file, client.other_key_files) == (first, (second,))
    assert client.key_files == (first, second)
    for wrong in (f"{first}:{first}", f"{first}:", f"{first}:/nowhere/{SECRET}"):
        said = refusal(env, STAFF_CLIENT_KEY_FILE=wrong)
        assert said == "INDBLIK_STAFF_CLIENT_KEY_FILE names no file, or one twice"
