-- What a person deleted: '' is kept, 'trashed' lies in the library's trash, 'emptied' has left it.

ALTER TABLE images ADD COLUMN deleted TEXT NOT NULL DEFAULT '';

-- Of a run that is not seen by its images.
ALTER TABLE runs ADD COLUMN deleted TEXT NOT NULL DEFAULT '';

CREATE INDEX images_in_trash ON images (sequence) WHERE deleted = 'trashed';

CREATE INDEX runs_in_trash ON runs (sequence) WHERE deleted = 'trashed';
