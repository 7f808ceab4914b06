"""Tables of another program in the ledger's database, which are those of its version.

Only for PostgreSQL.
"""

import hashlib

from sqlalchemy import Connection, inspect
from sqlalchemy import text as sql

_SIGN = sql("SELECT obj_description(to_regclass(:name), 'pg_class')")
_REMOVE = """
DO $$ DECLARE one text; BEGIN
  FOR one IN SELECT oid::regclass FROM pg_class WHERE relkind = 'r'
      AND relnamespace = current_schema()::regnamespace AND starts_with(relname, '{prefix}') LOOP
    EXECUTE 'DROP TABLE IF EXISTS ' || one || ' CASCADE'; END LOOP;
  FOR one IN SELECT oid::regprocedure FROM pg_proc
      WHERE pronamespace = current_schema()::regnamespace AND starts_with(proname, '{prefix}') LOOP
    EXECUTE 'DROP FUNCTION IF EXISTS ' || one || ' CASCADE'; END LOOP;
  FOR one IN SELECT oid::regtype FROM pg_type WHERE typtype IN ('e', 'c')
      AND typnamespace = current_schema()::regnamespace AND starts_with(typname, '{prefix}') LOOP
    EXECUTE 'DROP TYPE IF EXISTS ' || one || ' CASCADE'; END LOOP;
END $$
"""


def settle(connection: Connection, prefix: str, table: str, statements: str) -> bool:
    """Has all whose names begin so be what these statements make; whether it was something else.

    What other statements made goes, with what it held. One of the tables is marked with the hash.
    """
    sign = hashlib.sha256(statements.encode()).hexdigest()
    is_there = inspect(connection).has_table(table)
    if is_there and connection.scalar(_SIGN, {"name": table}) == sign:
        return False
    # By the driver itself: they are many, and their percent signs are no parameters.
    cursor = connection.connection.cursor()
    if is_there:
        cursor.execute(_REMOVE.format(prefix=prefix))
    cursor.execute(statements)
    cursor.execute(f"COMMENT ON TABLE {table} IS '{sign}'")
    return is_there
