#!/usr/bin/python3
"""screenshot.py PLANTAIN LIBRARY PICTURES FILE: the window on a display of its own, showing a library; FILE becomes a PNG.

Waits until that many pictures are in the gallery. Needs the packages of packaging/packages/headless.txt."""
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "desktop"))
from desktop import Desktop, Missing, wait_for  # noqa: E402


def main(plantain, library, pictures, file):
    with tempfile.TemporaryDirectory() as folder, Desktop(folder, hands=False) as desktop:
        program = desktop.launch([plantain, "--server", "sandbox", "--library", library])
        window = program.root().find("frame", "Plantain")
        gallery = window.find("list", "Gallery")
        wait_for("%d pictures in the gallery" % pictures,
                 lambda: sum(". Picture " in name for name in gallery.items()) >= pictures)
        desktop.screenshot(file, window.area)


if __name__ == "__main__":
    try:
        main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), int(sys.argv[3]), os.path.abspath(sys.argv[4]))
    except Missing as tool:
        sys.exit("not installed: %s" % tool)
