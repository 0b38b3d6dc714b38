-- A library of schema version 1, as that version wrote it: a finished run of two pictures and a failed one.

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

INSERT INTO "runs" VALUES(1,'20261128T022455221-26fed3',6,'done','fal-ai/nano-banana-2','2026-11-28T02:24:55.221Z','a lighthouse',2,'{"run":"20261128T022455221-26fed3","endpoint":"fal-ai/nano-banana-2","server":"sandbox","state":"done","images":[{"index":0,"file":"images/2026/11/28/022455-221-a-lighthouse-1.png","sha256":"75787d09aacc12f84b9572e9f39fb3905fa47f9a18010702f4e8a52d968c570c","content_type":"image/png","width":512,"height":512,"bytes":57834,"source_url":"http://127.0.0.1:42169/files/b/2e5443371024a3d1c413e7ecdad53fed/bfe39a2f2b2e90125054.png"},{"index":1,"file":"images/2026/11/28/022455-221-a-lighthouse-2.png","sha256":"ea8af4ddb180d69c463c44a46eda8b2536dcfe56efb341517a2988624bc6f08f","content_type":"image/png","width":512,"height":512,"bytes":60514,"source_url":"http://127.0.0.1:42169/files/b/943fc792ea82351337706bf545a1a8eb/62964ca13d15bf0845dd.png"}],"price":{"amount":0.0,"currency":"USD","estimated":false},"created_at":"2026-11-28T02:24:55.221Z","sent_at":"2026-11-28T02:24:55.281Z","ended_at":"2026-11-28T02:24:56.917Z"}');

INSERT INTO "runs" VALUES(2,'20261128T022455222-ab1081',4,'failed','fal-ai/nano-banana-2','2026-11-28T02:24:55.221Z','sandbox: error=content_policy_violation a storm',1,'{"run":"20261128T022455222-ab1081","endpoint":"fal-ai/nano-banana-2","server":"sandbox","state":"failed","price":{"amount":0.0,"currency":"USD","estimated":false},"error":{"kind":"model","type":"content_policy_violation","message":"The content could not be processed because it contained material flagged by a content checker.","field":"prompt","http_status":422,"retryable":false},"created_at":"2026-11-28T02:24:55.221Z","sent_at":"2026-11-28T02:24:55.285Z","ended_at":"2026-11-28T02:24:56.409Z"}');

DELETE FROM "sqlite_sequence";

INSERT INTO "sqlite_sequence" VALUES('runs',2);

CREATE TABLE bodies (
    sequence INTEGER PRIMARY KEY REFERENCES runs (sequence) ON DELETE CASCADE,
    -- the whole record but what follows, as JSON
    record TEXT NOT NULL,
    -- what went over the wire, byte for byte; may be many megabytes
    sent BLOB,
    reply BLOB
);

INSERT INTO "bodies" VALUES(1,'{"run":"20261128T022455221-26fed3","sequence":1,"endpoint":"fal-ai/nano-banana-2","server":"sandbox","state":"done","request_id":"0ae7f892-7aea-453b-8801-ec7933a3569d","input":{"prompt":"a lighthouse","num_images":2,"resolution":"0.5K","seed":545110914},"seed_drawn":true,"images":[{"index":0,"file":"images/2026/11/28/022455-221-a-lighthouse-1.png","sha256":"75787d09aacc12f84b9572e9f39fb3905fa47f9a18010702f4e8a52d968c570c","content_type":"image/png","width":512,"height":512,"bytes":57834,"source_url":"http://127.0.0.1:42169/files/b/2e5443371024a3d1c413e7ecdad53fed/bfe39a2f2b2e90125054.png"},{"index":1,"file":"images/2026/11/28/022455-221-a-lighthouse-2.png","sha256":"ea8af4ddb180d69c463c44a46eda8b2536dcfe56efb341517a2988624bc6f08f","content_type":"image/png","width":512,"height":512,"bytes":60514,"source_url":"http://127.0.0.1:42169/files/b/943fc792ea82351337706bf545a1a8eb/62964ca13d15bf0845dd.png"}],"description":"A placeholder drawn by the sandbox: slanted bands in slate and ember, 512 by 512 pixels.","price":{"amount":0.0,"currency":"USD","estimated":false},"created_at":"2026-11-28T02:24:55.221Z","sent_at":"2026-11-28T02:24:55.281Z","accepted_at":"2026-11-28T02:24:55.326Z","started_at":"2026-11-28T02:24:55.374Z","completed_at":"2026-11-28T02:24:56.828Z","ended_at":"2026-11-28T02:24:56.917Z","inference_seconds":1.501698,"status_url":"http://127.0.0.1:42169/fal-ai/nano-banana-2/requests/0ae7f892-7aea-453b-8801-ec7933a3569d/status","response_url":"http://127.0.0.1:42169/fal-ai/nano-banana-2/requests/0ae7f892-7aea-453b-8801-ec7933a3569d","cancel_url":"http://127.0.0.1:42169/fal-ai/nano-banana-2/requests/0ae7f892-7aea-453b-8801-ec7933a3569d/cancel"}',X'7B2270726F6D7074223A2261206C69676874686F757365222C226E756D5F696D61676573223A322C227265736F6C7574696F6E223A22302E354B222C2273656564223A3534353131303931347D',X'7B22696D61676573223A5B7B2275726C223A22687474703A2F2F3132372E302E302E313A34323136392F66696C65732F622F32653534343333373130323461336431633431336537656364616435336665642F62666533396132663262326539303132353035342E706E67222C22636F6E74656E745F74797065223A22696D6167652F706E67222C2266696C655F6E616D65223A2262666533396132663262326539303132353035342E706E67222C2266696C655F73697A65223A35373833342C227769647468223A3531322C22686569676874223A3531327D2C7B2275726C223A22687474703A2F2F3132372E302E302E313A34323136392F66696C65732F622F39343366633739326561383233353133333737303662663534356131613865622F36323936346361313364313562663038343564642E706E67222C22636F6E74656E745F74797065223A22696D6167652F706E67222C2266696C655F6E616D65223A2236323936346361313364313562663038343564642E706E67222C2266696C655F73697A65223A36303531342C227769647468223A3531322C22686569676874223A3531327D5D2C226465736372697074696F6E223A224120706C616365686F6C64657220647261776E206279207468652073616E64626F783A20736C616E7465642062616E647320696E20736C61746520616E6420656D6265722C203531322062792035313220706978656C732E227D');

INSERT INTO "bodies" VALUES(2,'{"run":"20261128T022455222-ab1081","sequence":2,"endpoint":"fal-ai/nano-banana-2","server":"sandbox","state":"failed","request_id":"688c4f24-177e-42a6-b972-570fce1c544f","input":{"prompt":"sandbox: error=content_policy_violation\na storm","seed":1166308563},"seed_drawn":true,"price":{"amount":0.0,"currency":"USD","estimated":false},"error":{"kind":"model","type":"content_policy_violation","message":"The content could not be processed because it contained material flagged by a content checker.","field":"prompt","http_status":422,"retryable":false},"created_at":"2026-11-28T02:24:55.221Z","sent_at":"2026-11-28T02:24:55.285Z","accepted_at":"2026-11-28T02:24:55.377Z","started_at":"2026-11-28T02:24:55.389Z","completed_at":"2026-11-28T02:24:56.409Z","ended_at":"2026-11-28T02:24:56.409Z","inference_seconds":1.031924,"status_url":"http://127.0.0.1:42169/fal-ai/nano-banana-2/requests/688c4f24-177e-42a6-b972-570fce1c544f/status","response_url":"http://127.0.0.1:42169/fal-ai/nano-banana-2/requests/688c4f24-177e-42a6-b972-570fce1c544f","cancel_url":"http://127.0.0.1:42169/fal-ai/nano-banana-2/requests/688c4f24-177e-42a6-b972-570fce1c544f/cancel"}',X'7B2270726F6D7074223A2273616E64626F783A206572726F723D636F6E74656E745F706F6C6963795F76696F6C6174696F6E5C6E612073746F726D222C2273656564223A313136363330383536337D',X'7B2264657461696C223A5B7B226C6F63223A5B22626F6479222C2270726F6D7074225D2C226D7367223A2254686520636F6E74656E7420636F756C64206E6F742062652070726F636573736564206265636175736520697420636F6E7461696E6564206D6174657269616C20666C6167676564206279206120636F6E74656E7420636865636B65722E222C2274797065223A22636F6E74656E745F706F6C6963795F76696F6C6174696F6E227D5D7D');

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

INSERT INTO "images" VALUES(1,0,'images/2026/11/28/022455-221-a-lighthouse-1.png','75787d09aacc12f84b9572e9f39fb3905fa47f9a18010702f4e8a52d968c570c','image/png',512,512,57834);

INSERT INTO "images" VALUES(1,1,'images/2026/11/28/022455-221-a-lighthouse-2.png','ea8af4ddb180d69c463c44a46eda8b2536dcfe56efb341517a2988624bc6f08f','image/png',512,512,60514);

CREATE INDEX runs_by_state ON runs (state, sequence);

CREATE INDEX runs_by_endpoint ON runs (endpoint, sequence);

CREATE INDEX runs_by_created ON runs (created);

CREATE INDEX images_by_sha256 ON images (sha256);

CREATE INDEX images_by_file ON images (file);
