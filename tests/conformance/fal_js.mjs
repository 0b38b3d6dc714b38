// Runs fal's own client, unmodified but for its host rewriting, against the sandbox that the given command starts.
//   node fal_js.mjs PROGRAM [ARGUMENTS]
// The command prints one line with the sandbox's base URL on its standard output.
import assert from "node:assert/strict";
import { File } from "node:buffer";
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import readline from "node:readline";
import { createFalClient, ApiError, ValidationError } from "@fal-ai/client";

const TEXT = "fal-ai/nano-banana-2";
const EDIT = "fal-ai/nano-banana-2/edit";
const SMALL = { resolution: "0.5K", seed: 2 };
const PATIENCE = 120_000; // milliseconds; guards against a hang

const [program, ...args] = process.argv.slice(2);
const server = spawn(program, args, {
  stdio: ["ignore", "pipe", "inherit"],
  env: { ...process.env, QT_QPA_PLATFORM: "offscreen" },
});
server.on("error", (error) => {
  console.error(`cannot start ${program}: ${error.message}`);
  process.exit(1);
});
const watchdog = setTimeout(() => {
  console.error("the suite hangs");
  server.kill("SIGKILL");
  process.exit(1);
}, 280_000);

const base = await new Promise((resolve, reject) => {
  readline.createInterface({ input: server.stdout }).on("line", (line) => {
    const url = line.match(/http:\/\/127\.0\.0\.1:\d+/);
    if (url) resolve(url[0]);
  });
  server.on("exit", (code) => reject(new Error(`the sandbox ended with ${code} before it said where it listens`)));
});

/** The rewriting that issue and README describe: everything below one base. */
function rewritten(url) {
  return url
    .replace(/^https:\/\/(queue\.fal\.run|rest\.fal\.ai)/, base)
    .replace(/^https:\/\/fal\.run/, `${base}/run`);
}

const requests = [];
function client(credentials = "id:secret") {
  return createFalClient({
    credentials,
    requestMiddleware: async (request) => {
      const url = rewritten(request.url);
      requests.push(`${request.method} ${url.slice(base.length)}`);
      assert.ok(url.startsWith(base), `not rewritten: ${request.url}`);
      return { ...request, url };
    },
  });
}

const fal = client();

async function bytesOf(url) {
  const reply = await fetch(url);
  assert.equal(reply.status, 200);
  return Buffer.from(await reply.arrayBuffer());
}

function pngSize(bytes) {
  assert.equal(bytes.subarray(1, 4).toString(), "PNG");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

function checkImages(data, count, size) {
  assert.equal(data.images.length, count);
  assert.equal(typeof data.description, "string");
  return Promise.all(
    data.images.map(async (image) => {
      assert.ok(image.url.startsWith(`${base}/files/`), image.url);
      assert.deepEqual(pngSize(await bytesOf(image.url)), size);
    }),
  );
}

async function rejected(promise) {
  return promise.then(
    () => assert.fail("it was expected to be refused"),
    (error) => error,
  );
}

async function until(condition) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const value = await condition();
    if (value) return value;
    assert.ok(Date.now() < deadline, "waited too long");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A run that stays in progress until it is cancelled, and one behind it that stays queued. */
async function fillTheQueue(places) {
  const ids = [];
  for (let i = 0; i < places; ++i) {
    const { request_id } = await fal.queue.submit(TEXT, { input: { prompt: "a dog\nsandbox: slow=600" } });
    ids.push(request_id);
  }
  await until(async () => {
    const states = await Promise.all(ids.map((requestId) => fal.queue.status(TEXT, { requestId })));
    return states.every((state) => state.status === "IN_PROGRESS");
  });
  return ids;
}

const CONCURRENCY = 2;
const tests = {
  async "subscribe by polling, with logs"() {
    const seen = [];
    const result = await fal.subscribe(TEXT, {
      input: { prompt: "a shop with an 'OPEN' sign", num_images: 2, ...SMALL },
      logs: true,
      pollInterval: 20,
      onQueueUpdate: (update) => seen.push(update),
    });
    await checkImages(result.data, 2, [512, 512]);
    assert.match(result.requestId, /^[0-9a-f-]{36}$/);
    const last = seen.at(-1);
    assert.equal(last.status, "COMPLETED");
    assert.ok(seen.every((update) => update.request_id === result.requestId));
    assert.ok(last.logs.length > 2 && last.logs.every((line) => typeof line.message === "string"));
    assert.equal(typeof last.metrics.inference_time, "number");
  },

  async "subscribe by streaming, with logs"() {
    const seen = [];
    const result = await fal.subscribe(TEXT, {
      input: { prompt: "a dog\nsandbox: logs=30", ...SMALL },
      mode: "streaming",
      logs: true,
      onQueueUpdate: (update) => seen.push({ status: update.status, messages: update.logs?.map((line) => line.message) }),
    });
    await checkImages(result.data, 1, [512, 512]);
    assert.ok(seen.some((update) => update.status === "IN_PROGRESS"));
    const all = seen.at(-1).messages; // the client adds up what the events bring
    const polled = await fal.queue.status(TEXT, { requestId: result.requestId, logs: true });
    assert.deepEqual(all, polled.logs.map((line) => line.message));
    assert.ok(all.length > 30);
    assert.equal(new Set(all).size, all.length);
  },

  async "subscribe by streaming, without logs"() {
    const result = await fal.subscribe(TEXT, { input: { prompt: "a dog", ...SMALL }, mode: "streaming" });
    await checkImages(result.data, 1, [512, 512]);
  },

  async "submit, status and result in every state"() {
    const holders = await fillTheQueue(CONCURRENCY);
    const queued = await fal.queue.submit(TEXT, { input: { prompt: "a dog", ...SMALL } });
    assert.equal(queued.status, "IN_QUEUE");
    assert.equal(queued.queue_position, 0);
    const requestId = queued.request_id;
    const waiting = await fal.queue.status(TEXT, { requestId, logs: true });
    assert.equal(waiting.status, "IN_QUEUE");
    assert.equal(waiting.queue_position, 0);
    const early = await rejected(fal.queue.result(TEXT, { requestId }));
    assert.ok(early instanceof ApiError);
    assert.equal(early.status, 400);
    const inProgress = await fal.queue.status(TEXT, { requestId: holders[0] });
    assert.equal(inProgress.status, "IN_PROGRESS");
    assert.equal((await rejected(fal.queue.result(TEXT, { requestId: holders[0] }))).status, 400);
    for (const holder of holders) await fal.queue.cancel(TEXT, { requestId: holder });
    await fal.queue.subscribeToStatus(TEXT, { requestId, pollInterval: 20 });
    const completed = await fal.queue.status(TEXT, { requestId });
    assert.equal(completed.status, "COMPLETED");
    const result = await fal.queue.result(TEXT, { requestId });
    assert.equal(result.requestId, requestId);
    await checkImages(result.data, 1, [512, 512]);
    const unknown = "00000000-0000-4000-8000-000000000000";
    assert.equal((await rejected(fal.queue.status(TEXT, { requestId: unknown }))).status, 404);
    assert.equal((await rejected(fal.queue.result(TEXT, { requestId: unknown }))).status, 404);
  },

  async "cancel in every state"() {
    const [running, other] = await fillTheQueue(CONCURRENCY);
    const { request_id: queued } = await fal.queue.submit(TEXT, { input: { prompt: "a dog\nsandbox: slow=600" } });
    await fal.queue.cancel(TEXT, { requestId: queued });
    await fal.queue.cancel(TEXT, { requestId: running });
    await fal.queue.cancel(TEXT, { requestId: other });
    for (const requestId of [queued, running, other]) {
      await until(async () => (await fal.queue.status(TEXT, { requestId })).status === "COMPLETED");
      const ended = await rejected(fal.queue.result(TEXT, { requestId }));
      assert.equal(ended.status, 499);
      assert.equal(ended.body.error_type, "client_cancelled");
      assert.equal((await rejected(fal.queue.cancel(TEXT, { requestId }))).status, 400);
    }
    const unknown = await rejected(fal.queue.cancel(TEXT, { requestId: "00000000-0000-4000-8000-000000000000" }));
    assert.equal(unknown.status, 404);
  },

  async "subscribe gives up at its timeout and cancels"() {
    const before = requests.length;
    const error = await rejected(
      fal.subscribe(TEXT, { input: { prompt: "a dog\nsandbox: slow=600" }, timeout: 300, pollInterval: 50 }),
    );
    assert.match(String(error), /timed? ?out/i);
    await until(() => requests.slice(before).some((line) => /^PUT .*\/cancel$/i.test(line)));
  },

  async "run"() {
    const result = await fal.run(TEXT, { input: { prompt: "a dog", ...SMALL } });
    await checkImages(result.data, 1, [512, 512]);
    assert.match(result.requestId, /^[0-9a-f-]{36}$/);
    assert.ok(requests.includes(`POST /run/${TEXT}`));
  },

  async "upload of a small file"() {
    const content = randomBytes(70_000);
    const url = await fal.storage.upload(new File([content], "pic.png", { type: "image/png" }));
    assert.ok(url.startsWith(`${base}/files/`) && url.endsWith("/pic.png"), url);
    assert.deepEqual(await bytesOf(url), content);
    const nameless = await fal.storage.upload(new Blob(["%PDF-1.7"], { type: "application/pdf" }));
    assert.match(nameless, /\.pdf$/);
    const withLife = await fal.storage.upload(new File(["x"], "x.txt", { type: "text/plain" }), {
      lifecycle: { expiresIn: "1h" },
    });
    assert.equal((await bytesOf(withLife)).toString(), "x");
  },

  async "upload of 91 MiB in parts"() {
    const content = Buffer.alloc(91 * 1024 * 1024, randomBytes(1024 * 1024 + 7));
    const url = await fal.storage.upload(new File([content], "film.mp4", { type: "video/mp4" }));
    const stored = await bytesOf(url);
    const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
    assert.equal(stored.length, content.length);
    assert.equal(hash(stored), hash(content));
  },

  async "blobs inside the input"() {
    // A result of the sandbox serves as the reference of the next run.
    const first = await fal.run(TEXT, { input: { prompt: "a dog", ...SMALL, aspect_ratio: "16:9" } });
    const picture = await bytesOf(first.data.images[0].url);
    assert.deepEqual(pngSize(picture), [688, 384]);
    const result = await fal.subscribe(EDIT, {
      input: {
        prompt: "make it night",
        resolution: "0.5K",
        seed: 2,
        image_urls: [new Blob([picture], { type: "image/png" }), new File([picture], "two.png", { type: "image/png" })],
      },
      pollInterval: 20,
    });
    await checkImages(result.data, 1, [688, 384]);
  },

  async "data URIs in and out"() {
    const first = await fal.run(TEXT, { input: { prompt: "a dog", ...SMALL, sync_mode: true } });
    assert.match(first.data.images[0].url, /^data:image\/png;base64,/);
    const result = await fal.run(EDIT, {
      input: { prompt: "make it night", resolution: "0.5K", seed: 2, image_urls: [first.data.images[0].url] },
    });
    await checkImages(result.data, 1, [512, 512]);
  },

  async "fal's own example of the edit endpoint"() {
    const examples = "https://storage.googleapis.com/falserverless/example_inputs/";
    const result = await fal.subscribe(EDIT, {
      input: {
        prompt: "make a photo of the man driving the car down the california coastline",
        resolution: "0.5K",
        image_urls: [`${examples}nano-banana-edit-input.png`, `${examples}nano-banana-edit-input-2.png`],
      },
      pollInterval: 20,
    });
    await checkImages(result.data, 1, [512, 512]);
  },

  async "validation errors"() {
    for (const call of [(id, options) => fal.subscribe(id, { ...options, pollInterval: 20 }), (id, options) => fal.run(id, options)]) {
      const short = await rejected(call(TEXT, { input: { prompt: "ab", num_images: 9 } }));
      assert.ok(short instanceof ValidationError);
      assert.equal(short.status, 422);
      assert.deepEqual(short.fieldErrors.map((error) => error.loc), [["body", "prompt"], ["body", "num_images"]]);
      assert.equal(short.getFieldErrors("prompt")[0].type, "string_too_short");
      const missing = await rejected(call(EDIT, { input: { prompt: "a dog" } }));
      assert.equal(missing.getFieldErrors("image_urls")[0].type, "missing");
      const none = await rejected(call(TEXT, {}));
      assert.equal(none.status, 422);
    }
    const download = await rejected(fal.run(EDIT, { input: { prompt: "a dog", image_urls: ["https://example.com/a.png"] } }));
    assert.equal(download.body.detail[0].type, "file_download_error");
  },

  async "policy and infrastructure errors"() {
    const updates = [];
    const refused = await rejected(
      fal.subscribe(TEXT, {
        input: { prompt: "a dog\nsandbox: error=content_policy_violation" },
        pollInterval: 20,
        onQueueUpdate: (update) => updates.push(update),
      }),
    );
    assert.ok(refused instanceof ValidationError);
    assert.equal(refused.getFieldErrors("prompt")[0].type, "content_policy_violation");
    assert.equal(updates.at(-1).error_type, "content_policy_violation");
    const nothing = await rejected(fal.run(TEXT, { input: { prompt: "a dog\nsandbox: error=no_media_generated" } }));
    assert.equal(nothing.body.detail[0].type, "no_media_generated");
    const broken = await rejected(fal.run(TEXT, { input: { prompt: "a dog\nsandbox: error=runner_server_error" } }));
    assert.ok(broken instanceof ApiError);
    assert.equal(broken.status, 500);
    assert.equal(broken.body.error_type, "runner_server_error");
  },

  async "refusals at the door"() {
    const badKey = await rejected(client("invalid:key").queue.submit(TEXT, { input: { prompt: "a dog" } }));
    assert.equal(badKey.status, 401);
    assert.equal(badKey.body.detail, "invalid key credentials");
    const locked = await rejected(client("locked:key").queue.submit(TEXT, { input: { prompt: "a dog" } }));
    assert.equal(locked.status, 403);
    const unknown = await rejected(fal.queue.submit("fal-ai/nobody-knows", { input: { prompt: "a dog" } }));
    assert.equal(unknown.status, 404);
    await rejected(fal.queue.submit(TEXT, { input: { prompt: "a dog\nsandbox: submit=500" } }));
  },

  async "every option of a submit"() {
    const { request_id: requestId } = await fal.queue.submit(TEXT, {
      input: { prompt: "a dog", ...SMALL },
      webhookUrl: "https://example.com/hook?a=1&b=2",
      priority: "low",
      hint: "abc",
      startTimeout: 30,
      storageSettings: { expiresIn: "1d" },
      headers: { "x-fal-no-retry": "1", "x-fal-store-io": "0" },
    });
    await fal.queue.subscribeToStatus(TEXT, { requestId, mode: "streaming" });
    await checkImages((await fal.queue.result(TEXT, { requestId })).data, 1, [512, 512]);
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`ok      ${name}`);
  } catch (error) {
    ++failed;
    console.log(`FAILED  ${name}\n${error.stack ?? error}\n${error.body ? JSON.stringify(error.body) : ""}`);
  }
}
clearTimeout(watchdog);
server.removeAllListeners("exit");
server.kill("SIGTERM");
console.log(failed ? `${failed} of ${Object.keys(tests).length} failed` : `all ${Object.keys(tests).length} passed`);
process.exit(failed ? 1 : 0);
