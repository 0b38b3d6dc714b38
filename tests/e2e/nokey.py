#!/usr/bin/env python3
"""nokey.py FOLDER SUITE...: what keywatch.cpp wrote of each suite: no find, and each of them was watched."""
import pathlib
import sys

finds, total = [], 0
for suite in sys.argv[2:]:
    log = pathlib.Path(sys.argv[1], suite)
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    watched = [int(line.split()[1]) for line in lines if line.startswith("watched ")]
    finds += [f"{suite}: {line}" for line in lines if line.startswith("FOUND ")]
    if not any(watched):
        finds.append(f"{suite}: was not watched")
    total += sum(watched)
    print(f"{suite}: {len(watched)} processes, {sum(watched)} bytes")
print("\n".join(finds[:40]) or f"0 finds in {total} bytes")
sys.exit(bool(finds))
