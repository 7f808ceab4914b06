"""What is measured, and what is fitted: `python -m benchmarks.NAME`, as docs/benchmarks.md tells.

- `fit_*` make the files of numbers that the product reads (`assistant/**/*.json`), and nothing else
  does; `word_relations` makes the lists of related words.
- `claims`, `told_claims`, `planted_claims`, `plants`, `additions`, `rewordings` and `other_plants`
  are sentences that are true or not; `domain`, `adhoc`, `ranking_sets` and `answer_examples` are
  questions.
- `peers` and `peer_searches` ask other tools; `scale*`, `cluster`, `window*`, `ingest`, `unchanged`
  and `checking` tell times; the rest tells how well something is found, read or answered.
"""
