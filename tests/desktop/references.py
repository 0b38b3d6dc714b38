#!/usr/bin/python3
"""references.py PLANTAIN PICTURESOURCE FOLDER: fourteen pictures by all the ways there are, from other programs.

By the command line, real drags, real pastes and the file dialog into the tray; put in order by keys and pointer, while the
prompt goes on speaking of the same picture; the fifteenth is refused; generated on the sandbox, whose picture shows all of them in that order. Exits with 77 when a tool is missing."""
import glob
import os
import shutil
import subprocess
import sys

from desktop import Desktop, Missing, NotSeen, wait_for


def check(condition, what):
    if not condition:
        raise AssertionError(what)


class Sources:
    """The other program."""

    def __init__(self, desktop, program, folder):
        self.desktop, self.program = desktop, program
        offscreen = dict(os.environ, QT_QPA_PLATFORM="offscreen")
        self.ask = lambda *argv: subprocess.run([program, *argv], env=offscreen, check=True, capture_output=True,
                                                text=True, timeout=300).stdout.split("\n")[:-1]
        self.colours = self.ask("make", folder)
        self.files = sorted(glob.glob(os.path.join(folder, "*.*")))
        check(len(self.files) == 15 and len(set(self.colours)) == 15, "fifteen pictures")

    def clip(self, verb, *files):
        owner = self.desktop.launch([self.program, verb, *files])
        wait_for("the clipboard", lambda: "ready" in owner.said())

    def drag(self, verb, files, target):
        """By the pointer, in steps, as a hand does it."""
        tool = self.desktop.tool
        owner = self.desktop.launch([self.program, verb, *files])
        window = wait_for("the window to drag from",
                          lambda: tool("xdotool", "search", "--onlyvisible", "--name", "picture source", check=False).split())[-1]
        tool("xdotool", "windowmove", "--sync", window, "1200", "760")
        tool("xdotool", "windowraise", window)
        x, y, width, height = target.area
        tool("xdotool", "mousemove", "1260", "790", "mousedown", "1")
        for step in range(1, 9):
            tool("xdotool", "mousemove", str(1260 + (x + width // 2 - 1260) * step // 8),
                 str(790 + (y + height - 12 - 790) * step // 8))

        def is_taken():
            for step in ("1", "-1"):
                tool("xdotool", "mousemove_relative", "--", step, "0")
            return owner.said().rstrip().endswith("action 1")
        wait_for("the drop to be taken", is_taken)
        tool("xdotool", "mouseup", "1")


def names(tray):
    """"01.png" of "1: 01.png, 250 × 240, ...", by place."""
    found = []
    for place, item in enumerate(tray.items(), 1):
        number, _, rest = item.partition(": ")
        check(number == str(place), "item %d says %r" % (place, item))
        found.append(rest.split(",")[0])
    return found


def main(plantain, source, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    library = os.path.join(folder, "library")
    try:
        with Desktop(folder) as desktop:
            sources = Sources(desktop, source, os.path.join(folder, "pictures"))
            files = sources.files
            base = [os.path.basename(file) for file in files]
            program = desktop.launch([plantain, "--server", "sandbox", "--library", library, *files[:2]])
            window = program.root().find("frame", "Plantain")
            tray = window.find("list", "References")
            wait_for("the pictures of the command line", lambda: names(tray) == base[:2])
            offer = window.find_starting("push button", "Use ")  # the edit endpoint
            desktop.screenshot(os.path.join(folder, "offer.png"))
            offer.click()

            order = files[:2]
            labels = dict(zip(files, base))

            def took(added):
                """They are in the tray, together, wherever they were let go."""
                try:
                    wait_for("%d pictures" % (len(order) + len(added)), lambda: tray.count == len(order) + len(added))
                except NotSeen:
                    desktop.screenshot(os.path.join(folder, "missing.png"))
                    raise
                now, before = names(tray), [labels[file] for file in order]
                at = next((i for i, name in enumerate(before) if now[i] != name), len(order))
                order[at:at] = added
                check(now == [labels[file] for file in order], "%s into %s became %s" % (added, before, now))

            sources.drag("drag", files[2:6], tray)
            took(files[2:6])
            tray.child(0).click()
            sources.clip("clip", *files[6:9])
            desktop.keys("ctrl+v")
            took(files[6:9])
            pngs = [file for file in files[9:14] if file.endswith(".png")]
            check(len(pngs) >= 2, "pictures for the clipboard")
            labels.update((file, "pasted picture") for file in pngs[:2])
            sources.clip("clip-picture", pngs[0])
            desktop.keys("ctrl+v")
            took(pngs[:1])
            sources.drag("drag-picture", pngs[1:2], tray)
            took(pngs[1:2])
            rest = [file for file in files[9:14] if file not in pngs[:2]]
            desktop.keys("ctrl+o")
            dialog = program.root().find("dialog", "Add reference pictures")
            dialog.find_where("text", "for the name", lambda node: node.showing)
            desktop.type(rest[0])
            desktop.keys("Return")
            took(rest[:1])
            sources.drag("drag", rest[1:], tray)
            took(rest[1:])

            sources.drag("drag", files[14:], tray)
            window.find_where("label", "that refuses the fifteenth",
                              lambda node: base[14] in node.text and "14" in node.text)
            check(tray.count == 14, "fourteen at most")

            tray.child(0).click()
            desktop.keys("alt+Down", "alt+Down")
            order.insert(2, order.pop(0))
            wait_for("the first as the third", lambda: names(tray) == [labels[file] for file in order])
            desktop.screenshot(os.path.join(folder, "tray.png"))

            desktop.keys("ctrl+l")  # the form is scrolled down to the tray
            prompt = window.find("text", "Prompt")
            prompt.write("a shelf with all of these, @1")
            desktop.keys("Return")  # the completer's first
            wait_for("the mention", lambda: prompt.text.endswith("of these, image 1"))
            x, y, width, height = tray.child(0).area
            desktop.tool("xdotool", "mousemove", str(x + 100), str(y + height // 2), "mousedown", "1")
            for step in range(1, 31):  # and a little on the spot: the drag has to be heard by the window itself
                desktop.tool("xdotool", "mousemove", str(x + 100 + step % 2), str(y + height // 2 + min(step, 10) * height // 8))
            desktop.screenshot(os.path.join(folder, "dragging.png"))
            desktop.tool("xdotool", "mouseup", "1")
            order.insert(1, order.pop(0))
            wait_for("the first as the second", lambda: names(tray) == [labels[file] for file in order])
            wait_for("the mention with its picture", lambda: prompt.text.endswith("of these, image 2"))
            desktop.keys("ctrl+Return")
            gallery = window.find("list", "Gallery")
            wait_for("the picture", lambda: [name for name in gallery.items() if "Picture 1 of" in name], 180)
            desktop.screenshot(os.path.join(folder, "generated.png"))
            desktop.keys("ctrl+q")
            status = program.ended()
            check(status == 0, "the program ended with %s; it said:\n%s" % (status, program.said()))

            made = glob.glob(os.path.join(library, "images", "*", "*", "*", "*"))
            check(made, "a picture in the library")
            places = sources.ask("where", made[0], *(sources.colours[files.index(file)] for file in order))
            check("-" not in places, "not in the picture: %s" % places)
            points = [tuple(map(int, place.split())) for place in places]
            rows = [(y // 40, x) for x, y in points]
            check(rows == sorted(rows), "not in the order of the tray: %s" % points)
    except Missing as tool:
        print("skipped, not installed: %s" % tool)
        return 77
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(os.path.abspath, sys.argv[1:4])))
