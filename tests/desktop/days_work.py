#!/usr/bin/python3
"""days_work.py PLANTAIN FOLDER: a working day in the real program on its sandbox, once by pointer and once by keys alone.

A prompt is typed, ratio and count changed; three runs are watched with queue position and log, the description is read, a
picture looked at in full, two are selected and exported, JSON is pasted and taken back, the program is started again and all is
there. In between every control in the accessible tree must have a name. Exits with 77 when a tool is missing."""
import glob
import json
import os
import shutil
import sys

from desktop import STATE_FOCUSABLE, Desktop, Missing, NotSeen, wait_for

PROMPT = 'a shop sign that reads "FRESH BREAD"'
SEED = "1"  # the sandbox says nothing about one picture in eight, by their seed
RUNS = 3  # one more than the sandbox works on at once
# What only holds others, or says something by itself.
NO_CONTROLS = {"filler", "label", "grip", "status bar", "splitter", "scroll bar", "menu bar", "layered pane", "graphic", "frame"}


def check(condition, what):
    if not condition:
        raise AssertionError(what)


def pictures_of(gallery):
    return [name for name in gallery.items() if ". Picture " in name]


def check_names(window, least=25):
    """Every control that shows has a name, its own or that of a label; and so has all that takes the keyboard."""
    seen = 0
    for role, node in window.below():
        if (role in NO_CONTROLS and not node.has(STATE_FOCUSABLE)) or not node.showing:
            continue
        seen += 1
        check(node.name.strip() or node.label, "a %s without a name at %s" % (role, node.area))
    check(seen > least, "only %d controls in the tree" % seen)


class Hands:
    """What a person does, by pointer."""

    def __init__(self, desktop, window):
        self.desktop, self.window = desktop, window
        self.gallery = window.find("list", "Gallery")

    def write(self, name, text):
        self.window.find("text", name).write(text)

    def choose_ratio(self, value):
        box = self.window.find_labelled("combo box", "Aspect Ratio")
        box.click()
        self.desktop.keys("Home")
        self.desktop.type(value)
        self.desktop.keys("Return")

    def set_count(self, count):
        box = self.window.find_labelled("spin box", "Number of Images")
        box.click()
        self.desktop.keys("ctrl+a")
        self.desktop.type(str(count))
        self.desktop.keys("Tab")

    def generate(self):
        self.window.find_starting("push button", "Generate").click()

    def select_first(self):
        self.gallery.child(0).click()

    def open_first(self):
        self.gallery.child(0).click()
        self.gallery.child(0).click(2)

    def select_two(self):
        self.gallery.child(0).click()
        self.desktop.tool("xdotool", "keydown", "ctrl")
        self.gallery.child(1).click()
        self.desktop.tool("xdotool", "keyup", "ctrl")

    def open_export(self):
        self.desktop.keys("ctrl+e")

    def show_json(self, shown):
        self.window.find("check box", "JSON" if shown else "Form").click()


class Keys(Hands):
    """The same without a pointer."""

    def write(self, name, text):
        editor = self.window.find("text", name)
        self.focus(editor)
        self.desktop.keys("ctrl+a", "Delete")
        wait_for("an empty %r" % name, lambda: not editor.text)
        self.desktop.type(text)
        wait_for("the text in %r" % name, lambda: editor.text == text)

    def focus(self, node):
        """By Tab, as one who has no pointer would."""
        for _ in range(120):
            if node.focused:
                return
            self.desktop.keys("Tab")
        raise NotSeen("no way by Tab to %s %r" % (node.role, node.name))

    def choose_ratio(self, value):
        self.focus(self.window.find_labelled("combo box", "Aspect Ratio"))
        self.desktop.type(value)

    def set_count(self, count):
        self.focus(self.window.find_labelled("spin box", "Number of Images"))
        self.desktop.keys("ctrl+a")
        self.desktop.type(str(count))
        self.desktop.keys("Tab")

    def generate(self):
        self.desktop.keys("ctrl+Return")

    def select_first(self):
        self.desktop.keys("ctrl+g", "Home")

    def open_first(self):
        self.desktop.keys("ctrl+g", "Home", "Return")

    def select_two(self):
        self.desktop.keys("ctrl+g", "Home", "shift+Right")

    def show_json(self, shown):
        self.desktop.keys("ctrl+j")


def work(desktop, hands_of, command, library, folder):
    program = desktop.launch(command)
    window = program.root().find("frame", "Plantain")
    check_names(window)
    hands = hands_of(desktop, window)
    gallery = hands.gallery
    had = gallery.count

    if hands_of is Keys:
        desktop.keys("ctrl+l")  # the prompt
    hands.write("Prompt", PROMPT)
    hands.choose_ratio("16:9")
    hands.set_count(2)
    hands.write("Seed", SEED)
    if hands_of is Keys:
        desktop.keys("ctrl+l")
    made = 2 * RUNS
    for run in range(RUNS):
        hands.generate()
        wait_for("two tiles of run %d" % run, lambda: gallery.count == had + 2 * (run + 1))
    wait_for("a queue position", lambda: [name for name in gallery.items() if "Queued, " in name])
    log = window.find("table", "Log")
    wait_for("the log", lambda: log.count > 0)
    wait_for("all pictures", lambda: len(pictures_of(gallery)) == had + made, 120)
    check(all("1376 by 768" in name for name in pictures_of(gallery)[:2]), "the ratio was not taken: %s" % pictures_of(gallery))

    hands.select_first()
    description = window.find("text", "Description")
    wait_for("its description", lambda: description.text.strip())

    hands.open_first()
    zoom = window.find_where("combo box", "of the zoom", lambda node: node.name.endswith("%"))
    desktop.keys("shift+z")
    wait_for("100 %", lambda: zoom.name == "100 %")
    check_names(window)
    desktop.screenshot(os.path.join(folder, "viewer.png"))
    desktop.keys("Escape")
    wait_for("the gallery again", lambda: gallery.showing)

    hands.select_two()
    hands.open_export()
    out = os.path.join(folder, "out-%s" % hands_of.__name__)
    window.find("text", "Names")
    hands.write("Folder", out)
    check_names(window)
    desktop.keys("Return")
    wait_for("two exported files", lambda: len(glob.glob(os.path.join(out, "*.png"))) == 2)

    prompt = window.find("text", "Prompt")
    hands.show_json(True)
    editor = window.find("text", "Input as sent")
    pasted = json.dumps({"prompt": "pasted as JSON", "aspect_ratio": "1:1"})
    if hands_of is Keys:
        hands.focus(editor)
    else:
        editor.click()
    desktop.keys("ctrl+a")
    desktop.type(pasted)
    hands.show_json(False)
    prompt = window.find("text", "Prompt")
    wait_for("the pasted prompt", lambda: prompt.text == "pasted as JSON")
    desktop.keys("ctrl+l", "ctrl+z")
    wait_for("the prompt from before", lambda: prompt.text == PROMPT)
    desktop.keys("ctrl+q")
    status = program.ended()
    check(status == 0, "the program ended with %s; it said:\n%s" % (status, program.said()))

    program = desktop.launch(command)
    window = program.root().find("frame", "Plantain")
    gallery = window.find("list", "Gallery")
    wait_for("all pictures again", lambda: len(pictures_of(gallery)) == had + made)
    prompt = window.find("text", "Prompt")
    wait_for("the draft again", lambda: prompt.text == PROMPT)
    desktop.keys("ctrl+q")
    check(program.ended() == 0, program.said())


def main(plantain, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    library = os.path.join(folder, "library")
    command = [plantain, "--server", "sandbox", "--library", library]
    try:
        with Desktop(folder) as desktop:
            for hands in (Hands, Keys):
                work(desktop, hands, command, library, folder)
    except Missing as tool:
        print("skipped, not installed: %s" % tool)
        return 77
    return 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])))
