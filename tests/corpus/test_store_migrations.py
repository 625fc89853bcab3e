from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from first_store import first_tables, make_first_store

from corpus.errors import PasserelleError
from corpus.store import Store, migrations, open_store, reviews_of, tables


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/passerelle.db"
    new_database: Callable[[], str] = request.getfixturevalue("new_postgresql_database")
    return new_database()


def differences(store: Store) -> list[object]:
    """What tells a store's tables from those that this release makes."""
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, tables.METADATA))


def version_of(store: Store) -> int:
    with store.engine.connect() as connection:
        found = connection.execute(sa.text("SELECT version FROM store_version"))
        return int(found.scalar_one())


def test_a_new_store_is_of_the_newest_version(address: str) -> None:
    store = open_store(address)
    assert (version_of(store), store.copy) == (migrations.NEWEST, "")
    assert differences(store) == []


def test_a_store_of_the_first_release_ends_in_the_same_tables_with_all_that_was_in_it(
    address: str,
) -> None:
    make_first_store(address)
    store = open_store(address)
    assert differences(store) == []
    [review] = reviews_of(store, "shade")
    assert (review.comment, review.languages) == ("shorter", [])
    assert version_of(store) == migrations.NEWEST
    assert open_store(address).copy == ""  # once is enough


def test_the_store_is_kept_as_it_was(address: str) -> None:
    make_first_store(address)
    copy = open_store(address).copy
    engine, schema = sa.create_engine(address), copy.removeprefix("schema ")
    if engine.dialect.name == "sqlite":
        engine, schema = sa.create_engine(f"sqlite:///{copy}"), ""
        assert Path(copy).stat().st_mode & 0o777 == 0o600
    with engine.connect() as connection:
        names = sa.inspect(connection).get_table_names(schema=schema or None)
        assert set(names) == set(first_tables.tables)
        reviews = sa.table("reviews", sa.column("comment"), schema=schema or None)
        assert connection.scalars(sa.select(reviews.c.comment)).all() == ["shorter"]


def test_a_store_of_a_newer_release_is_refused_in_one_line_and_left_alone(address: str) -> None:
    store = open_store(address)
    with store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE store_version SET version = 999"))
    with pytest.raises(PasserelleError, match="store version 999") as info:
        open_store(address)
    assert "\n" not in str(info.value)
    assert version_of(store) == 999


def test_an_upgrade_that_fails_changes_nothing(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(operations: object) -> None:
        raise sa.exc.OperationalError("no room", None, Exception("disk full"))

    make_first_store(address)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, failing))
        with pytest.raises(PasserelleError, match="can't be opened"):
            open_store(address)
    engine = sa.create_engine(address)
    assert set(sa.inspect(engine).get_table_names()) == set(first_tables.tables)
    assert differences(open_store(address)) == []
