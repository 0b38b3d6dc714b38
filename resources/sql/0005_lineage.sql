-- Which run was made from which: the picture a person went on from, and the files a run was given.
CREATE TABLE origins (
    sequence INTEGER PRIMARY KEY REFERENCES runs (sequence) ON DELETE CASCADE,
    -- id of the run that the picture belongs to
    run TEXT NOT NULL
);

CREATE INDEX origins_by_run ON origins (run);

CREATE TABLE given (
    sequence INTEGER NOT NULL REFERENCES runs (sequence) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (sequence, sha256)
) WITHOUT ROWID;

CREATE INDEX given_by_sha256 ON given (sha256);

-- What a file that was treated before it was given is made from, by content.
CREATE TABLE treated (
    sha256 TEXT NOT NULL,
    given_sha256 TEXT NOT NULL,
    PRIMARY KEY (sha256, given_sha256)
) WITHOUT ROWID;

CREATE INDEX treated_by_given_sha256 ON treated (given_sha256);

INSERT OR IGNORE INTO given
    SELECT bodies.sequence, json_extract(value, '$.sha256') FROM bodies, json_each(bodies.record, '$.references')
    WHERE json_extract(value, '$.sha256') <> '';
