"""Check that the external servers in DATABASE_URL and REDIS_URL answer."""

from collections.abc import Mapping
from typing import Any

from gwonseon.local.failure import Failure

SECONDS = 5


def check_database(database: Mapping[str, Any]) -> None:
    """Raise Failure unless a connection to the database of these Django settings works."""
    import psycopg2

    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    address = {word: database[name] for word, name in named.items() if database[name]}
    if port := database["PORT"]:
        address["port"] = port
    options = {"connect_timeout": SECONDS} | database.get("OPTIONS", {})
    try:
        psycopg2.connect(**address, **options).close()
    except psycopg2.Error as error:
        raise Failure(
            f"DATABASE_URL의 데이터베이스에 연결할 수 없습니다({first_line(error)}). "
            "주소와 비밀번호, 서버가 켜져 있는지 확인하세요."
        ) from None


def check_redis(address: str) -> None:
    """Raise Failure unless the Redis server at the URL answers."""
    import redis

    try:
        client = redis.Redis.from_url(address, socket_connect_timeout=SECONDS)
        client.ping()
        client.close()
    except (redis.RedisError, ValueError) as error:
        raise Failure(
            f"REDIS_URL의 서버에 연결할 수 없습니다({first_line(error)}). "
            "주소와 비밀번호, 서버가 켜져 있는지 확인하세요."
        ) from None


def first_line(error: Exception) -> str:
    """Return the first line of the error's message, or its class name if it has none."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
