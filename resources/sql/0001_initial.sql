-- The index and journal of a library. What is here can be made again from the sidecars in runs/ (design.md 3).
-- A statement ends with a semicolon before an empty line; lines that begin with -- are left out.

-- Narrow rows: lists walk them without touching the bodies.
CREATE TABLE runs (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    -- grows with every store; a sidecar with a higher one is newer than the database
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    created TEXT NOT NULL,
    prompt TEXT NOT NULL,
    images_asked INTEGER NOT NULL,
    -- what lists need, as JSON
    summary TEXT NOT NULL
);

CREATE INDEX runs_by_state ON runs (state, sequence);

CREATE INDEX runs_by_endpoint ON runs (endpoint, sequence);

CREATE INDEX runs_by_created ON runs (created);

CREATE TABLE bodies (
    sequence INTEGER PRIMARY KEY REFERENCES runs (sequence) ON DELETE CASCADE,
    -- the whole record but what follows, as JSON
    record TEXT NOT NULL,
    -- what went over the wire, byte for byte; may be many megabytes
    sent BLOB,
    reply BLOB
);

CREATE TABLE images (
    sequence INTEGER NOT NULL REFERENCES runs (sequence) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (sequence, position)
) WITHOUT ROWID;

CREATE INDEX images_by_sha256 ON images (sha256);

CREATE INDEX images_by_file ON images (file);
