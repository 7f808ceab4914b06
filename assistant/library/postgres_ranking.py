"""How words are kept and ranked in PostgreSQL, as SQL; `{0}` is the name of an index."""

from collections.abc import Iterator

from sqlalchemy import bindparam
from sqlalchemy import text as sql

from assistant.spelling import unaccented

_ACCENTED = "".join(
    letter
    for letter in map(chr, range(0xC0, 0x250))
    if len(unaccented(letter)) == 1 and unaccented(letter) != letter
)
_TEXT, _HEADINGS, _TITLE = "{1,0,0,0}", "{0,0,1,0}", "{0,0,0,0.5}"
"""What a word counts by where it stands: `{text, -, headings, title}`, as the ranking takes it."""


def tables(name: str) -> Iterator[str]:
    """What makes the tables of an index where they are not there yet."""
    yield (
        f"CREATE TABLE IF NOT EXISTS {name} (chunk_id text PRIMARY KEY,"
        " words tsvector NOT NULL, length integer NOT NULL)"
    )
    yield f"CREATE INDEX IF NOT EXISTS {name}_words ON {name} USING gin (words)"
    yield (
        f'CREATE TABLE IF NOT EXISTS {name}_terms (term text COLLATE "C" PRIMARY KEY,'
        " texts bigint NOT NULL)"
    )


def _vector(of: str) -> str:
    """Word vectors as SQL, accents taken away after the endings, as `Words` does it."""
    folded = unaccented(_ACCENTED)
    return f"translate({of}::text, '{_ACCENTED}', '{folded}')::tsvector"


_PARTS = " || ".join(
    f"setweight(to_tsvector(CAST(:configuration AS regconfig), :{part}), '{weight}')"
    for part, weight in (("title", "A"), ("headings", "B"), ("text", "D"))
)
INSERT = "INSERT INTO {0} VALUES (:id, " + _vector(f"({_PARTS})") + ", :length)"  # noqa: S608
DELETE = "DELETE FROM {0} WHERE chunk_id = ANY(:ids)"
# In the order of the terms, as everybody counts them: two that count wait and never block.
COUNT = """
INSERT INTO {0}_terms AS known
SELECT term, :sign * sum(n) FROM (
  SELECT lexeme AS term, count(*) AS n FROM {0}, unnest(words)
  WHERE chunk_id = ANY(:ids) AND 'D' = ANY(weights) GROUP BY lexeme
  UNION ALL SELECT ' chunks', count(*) FROM {0} WHERE chunk_id = ANY(:ids)
  UNION ALL SELECT ' length', coalesce(sum(length), 0) FROM {0} WHERE chunk_id = ANY(:ids)
) AS counted GROUP BY term ORDER BY term
ON CONFLICT (term) DO UPDATE SET texts = known.texts + EXCLUDED.texts
"""
SEARCH = """
SELECT chunk_id, ({1}) * 2.2 / (1.3 + 0.9 * length / :mean) AS score FROM (
  SELECT * FROM {0} WHERE words @@ CAST(:any AS tsquery) {2}
) AS sought ORDER BY score DESC, chunk_id LIMIT :limit
"""
# Names of chunks are hashes: the first of them are as good as drawn, and the same each time.
SOME = "ORDER BY chunk_id LIMIT :most"
_READ = "to_tsvector(CAST(:configuration AS regconfig), :question)"
# The server takes looking into a word vector for as cheap as comparing two numbers, and would
# look into all of them: twice the time of the index. Set for the transaction, on the way.
_BY_INDEX = "set_config('enable_seqscan', 'off', true)"
FRENCH = sql(f"SELECT tsvector_to_array({_vector(_READ)}), {_BY_INDEX}").bindparams(
    bindparam("configuration", "attache_french")
)


def score(terms: int, phrases: int) -> str:
    """The sum of the ranks by each term that is there, and by each phrase.

    Most texts have few of the terms, and three ranks cost more than to see that. A phrase counts
    where its words stand apart as well, only less.
    """
    there = (
        f"CASE WHEN words @@ CAST(:query{n} AS tsquery) THEN {_rank(n)} ELSE 0 END"
        for n in range(terms)
    )
    return " + ".join([*there, *map(_rank, range(terms, terms + phrases))])


def _rank(n: int) -> str:
    fields = [f"CAST('{field}' AS float4[])" for field in (_TEXT, _HEADINGS, _TITLE)]
    ranks = (f"ts_rank({each}, words, CAST(:query{n} AS tsquery))" for each in fields)
    return f"CAST(:weight{n} AS float8) * ({' + '.join(ranks)})"
