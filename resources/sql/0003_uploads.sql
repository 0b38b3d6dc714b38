-- What servers hold of the files in references/. In no sidecar: what is lost here is uploaded once more.
CREATE TABLE uploads (
    sha256 TEXT NOT NULL,
    server TEXT NOT NULL,
    -- UTC, in seconds since 1970: when it was uploaded, and for how long it was to be kept
    asked INTEGER NOT NULL,
    lifetime INTEGER NOT NULL,
    -- empty until the file is there whole
    url TEXT NOT NULL,
    -- an upload in parts that has begun, as JSON; else empty
    begun TEXT NOT NULL,
    PRIMARY KEY (sha256, server)
) WITHOUT ROWID;
