-- Words of prompts, descriptions and references, found as one types.

ALTER TABLE runs ADD COLUMN description TEXT NOT NULL DEFAULT '';

-- Names of the reference pictures, one a line.
ALTER TABLE runs ADD COLUMN reference_names TEXT NOT NULL DEFAULT '';

ALTER TABLE runs ADD COLUMN seed INTEGER;

UPDATE runs SET
    description = coalesce((SELECT json_extract(record, '$.description') FROM bodies WHERE bodies.sequence = runs.sequence), ''),
    seed = (SELECT json_extract(record, '$.input.seed') FROM bodies WHERE bodies.sequence = runs.sequence),
    reference_names = coalesce((SELECT group_concat(json_extract(value, '$.original_name'), char(10))
        FROM bodies, json_each(bodies.record, '$.references') WHERE bodies.sequence = runs.sequence), '');

CREATE INDEX runs_by_seed ON runs (seed) WHERE seed IS NOT NULL;

-- The texts stay in runs; here are only their words. Kept by RunTable: a schema that is not trusted (Database) lets no
-- trigger write to it.
CREATE VIRTUAL TABLE words USING fts5 (prompt, description, reference_names, content = 'runs', content_rowid = 'sequence',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');

INSERT INTO words (words) VALUES ('rebuild');
