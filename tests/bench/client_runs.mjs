// client_runs.mjs BASE ENDPOINT INPUTS OUT CLIENT [parallel]: the same job with fal's own client and its default settings.
// For every line of INPUTS: subscribe, download; one after the other, or all at once. CLIENT is the folder of @fal-ai/client.
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";

const [base, endpoint, inputs, out, clientFolder, mode] = process.argv.slice(2);
const { createFalClient } = createRequire(import.meta.url)(clientFolder);

const toBase = (url) =>
  url
    .replace("https://queue.fal.run", base)
    .replace("https://rest.fal.ai", base)
    .replace("https://fal.run", `${base}/run`);
const fal = createFalClient({
  credentials: process.env.FAL_KEY,
  requestMiddleware: async (request) => ({ ...request, url: toBase(request.url) }),
});

async function one(input, number) {
  const result = await fal.subscribe(endpoint, { input });
  const reply = await fetch(result.data.images[0].url);
  await writeFile(`${out}/${number}.png`, Buffer.from(await reply.arrayBuffer()));
}

const lines = readFileSync(inputs, "utf8").trim().split("\n");
if (mode === "parallel") {
  await Promise.all(lines.map((line, index) => one(JSON.parse(line), index + 1)));
} else {
  for (const [index, line] of lines.entries()) await one(JSON.parse(line), index + 1);
}
