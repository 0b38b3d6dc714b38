#!/usr/bin/env python3
"""Submit-to-file: eight 1K runs from the submit to synced, hashed files, against a sandbox without latency that serves
ready-made pictures. plantain generate, beside a script with curl, sha256sum and sync, and beside fal's JavaScript client.

    submit_to_file.py --plantain build/release/plantain --client FOLDER [--rounds 7] [--json FILE]

FOLDER is the installed package @fal-ai/client; after packaging/test it is
build/dev/tests/conformance/client/node_modules/@fal-ai/client. Contestants take turns within one run of the benchmark, in changing order;
whole processes are timed, start-up included. Nothing here judges the times: it fails only when a contestant did not
bring all pictures, byte for byte.
"""
import argparse
import hashlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import pictures

HERE = os.path.dirname(os.path.abspath(__file__))
RUNS = 8
ENDPOINT = "fal-ai/nano-banana-2"


def environment():
    env = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    env.update(FAL_KEY="bench:0123456789abcdef0123456789abcdef", NO_PROXY="127.0.0.1", LC_ALL="C.UTF-8",
               QT_QPA_PLATFORM="offscreen")
    return env


def run(argv, what):
    done = subprocess.run(argv, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    if done.returncode:
        sys.exit("%s ended with %d\n%s\n%s" % (what, done.returncode, done.stdout.decode()[-2000:], done.stderr.decode()[-2000:]))
    return done.stdout.decode()


class Sandbox:
    def __init__(self, plantain, folder):
        self.process = subprocess.Popen([plantain, "sandbox", "--latency", "0", "--concurrency", str(RUNS), "--pictures", folder],
                                        env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        for line in self.process.stdout:
            found = re.search(rb"http://127\.0\.0\.1:\d+", line)
            if found:
                self.base = found.group().decode()
                return
        sys.exit("the sandbox did not say where it is")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)


def hashes_in(folder):
    found = []
    for name in os.listdir(folder):
        if name.endswith(".png"):
            with open(os.path.join(folder, name), "rb") as f:
                found.append(hashlib.sha256(f.read()).hexdigest())
    return sorted(found)


def contestants(args, base, work, inputs):
    """Name -> function(out) that does the job and gives the sorted hashes of what it brought."""
    library = os.path.join(work, "library")
    run([args.plantain, "list", "--library", library], "plantain list")  # so that the library is there, as a person's is

    def plantain(_):
        lines = run([args.plantain, "generate", "--server", base, "--library", library, "--endpoint", ENDPOINT, "--input", inputs],
                    "plantain generate").splitlines()
        files = [image["file"] for line in lines for image in json.loads(line)["images"]]
        return lambda: sorted(hashlib.sha256(open(f, "rb").read()).hexdigest() for f in files)

    def curl(*more):
        def job(out):
            run(["bash", os.path.join(HERE, "curl_runs.sh"), base, ENDPOINT, inputs, out, *more], "curl_runs.sh")
            return lambda: hashes_in(out)
        return job

    def client(*more):
        def job(out):
            run(["node", os.path.join(HERE, "client_runs.mjs"), base, ENDPOINT, inputs, out, os.path.abspath(args.client), *more],
                "client_runs.mjs")
            return lambda: hashes_in(out)
        return job

    jobs = {"plantain": plantain, "curl": curl(), "curl parallel": curl("parallel")}
    if args.client and os.path.isdir(args.client):
        jobs.update({"fal client": client(), "fal client parallel": client("parallel")})
    else:
        print("fal's client is not there; it is left out", file=sys.stderr)
    return jobs


def measure(args, work):
    ready, inputs = os.path.join(work, "pictures"), os.path.join(work, "inputs.jsonl")
    pictures.make(ready, RUNS)
    wanted = hashes_in(ready)
    with open(inputs, "w") as f:
        for number in range(RUNS):
            f.write(json.dumps({"prompt": "benchmark run %d" % number, "seed": number + 1, "aspect_ratio": "1:1",
                                "resolution": "1K", "num_images": 1}) + "\n")
    times = {}
    with Sandbox(args.plantain, ready) as sandbox:
        jobs = contestants(args, sandbox.base, work, inputs)
        names = list(jobs)
        for turn in range(args.rounds + 1):  # the first round warms caches and is thrown away
            for name in names[turn % len(names):] + names[:turn % len(names)]:
                out = tempfile.mkdtemp(dir=work)
                start = time.perf_counter()
                brought = jobs[name](out)
                seconds = time.perf_counter() - start
                if brought() != wanted:
                    sys.exit("%s did not bring the eight pictures" % name)
                shutil.rmtree(out)
                if turn:
                    times.setdefault(name, []).append(seconds)
    return times


def report(times):
    medians = {name: statistics.median(values) for name, values in times.items()}
    ours = medians["plantain"]
    return {
        "benchmark": "submit_to_file", "runs": RUNS, "rounds": len(times["plantain"]),
        "seconds": {name: {"median": round(medians[name], 4), "least": round(min(values), 4), "most": round(max(values), 4)}
                    for name, values in times.items()},
        "plantain_to": {name: round(ours / median, 3) for name, median in medians.items() if name != "plantain"},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--plantain", required=True)
    parser.add_argument("--client", help="folder of @fal-ai/client; without it that contestant is left out")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", help="write the figures here")
    parser.add_argument("--folder", help="where the files go: the disk that is measured (default: a temporary folder)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as work:
        figures = report(measure(args, work))
    print("%-20s %8s %8s %8s   %s" % ("", "median", "least", "most", "plantain takes"))
    for name, seconds in figures["seconds"].items():
        ratio = figures["plantain_to"].get(name)
        print("%-20s %7.3fs %7.3fs %7.3fs   %s" % (name, seconds["median"], seconds["least"], seconds["most"],
                                                   "%.2fx" % ratio if ratio else ""))
    if args.json:
        with open(args.json, "w") as f:
            json.dump(figures, f, indent=2)
            f.write("\n")


if __name__ == "__main__":
    main()
