#!/usr/bin/python3
"""screenshots.py PLANTAIN FOLDER [ONLY]: pictures of the program's main states, in light and dark, at 100 % and 200 %, to be
looked at.

Each is the whole window on its built-in sandbox: first start, runs under way, a full gallery, a failure, empty states,
sheets. FOLDER/window holds the PNGs; FOLDER/states what the program left behind.
ONLY is a part of a name, dark-1920x1080 for instance. Exits with 77 when a tool is missing."""
import json
import os
import shutil
import sys

from desktop import Desktop, Missing, wait_for

EXAMPLES = [
    ("a wooden sign that reads \"GOOD MORNING\" over a bakery door", "16:9"),
    ("an isometric cutaway of a lighthouse, labels with leader lines", "3:4"),
    ("four bananas in four styles, studio light", "1:1"),
    ("a poster with the words \"ALL DAY\" in tall letters", "9:16"),
    ("wide banner of a harbour at dusk", "21:9"),
    ("a watercolour of a market street in the rain", "4:3"),
]


def generate(desktop, command, library, prompt, **values):
    """One run without a window, into the library that the window will show."""
    line = json.dumps({"prompt": prompt, "resolution": "0.5K", "seed": 1, **values})
    file = os.path.join(desktop.folder, "input.json")
    with open(file, "w", encoding="utf-8") as f:
        f.write(line)
    desktop.tool(command[0], "generate", "--server", "sandbox", "--library", library, "--input", file, check=False)


class Shots:
    def __init__(self, plantain, folder, theme, size, scale):
        self.name = self.name_of(theme, size, scale)
        self.out = os.path.join(folder, "window")
        self.states = os.path.join(folder, "states", self.name)
        os.makedirs(self.out, exist_ok=True)
        os.makedirs(self.states)
        self.library = os.path.join(self.states, "library")
        self.command = [plantain, "--server", "sandbox", "--library", self.library]
        self.theme, self.size, self.scale = theme, size, scale

    @staticmethod
    def name_of(theme, size, scale):
        return "%s-%dx%d%s" % (theme, *size, "" if scale == 1 else "-200")

    def __enter__(self):
        pixels = tuple(side * self.scale for side in self.size)
        self.desktop = Desktop(self.states, pixels).__enter__()
        self.desktop.env["QT_SCALE_FACTOR"] = str(self.scale)
        self.desktop.scale = self.scale
        config = os.path.join(self.states, "home", ".config", "plantain")
        os.makedirs(config)
        with open(os.path.join(config, "settings.json"), "w", encoding="utf-8") as f:
            json.dump({"theme": self.theme}, f)
        return self

    def __exit__(self, *reason):
        return self.desktop.__exit__(*reason)

    def start(self):
        self.program = self.desktop.launch(self.command)
        self.window = self.program.root().find("frame", "Plantain")
        self.desktop.tool("xdotool", "search", "--sync", "--onlyvisible", "--name", "^Plantain$", "windowsize", "100%", "100%",
                          "windowmove", "0", "0")
        return self.window

    def quit(self):
        self.desktop.keys("ctrl+q")
        self.program.ended()

    def take(self, state):
        file = os.path.join(self.out, "%s-%s.png" % (state, self.name))
        self.desktop.screenshot(file)
        print(file)

    def first_start(self):
        self.start().find("text", "Prompt")
        self.take("first-start")
        self.quit()

    def running(self):
        window = self.start()
        prompt = window.find("text", "Prompt")
        gallery = window.find("list", "Gallery")
        for number, words in enumerate(("a harbour at dawn", "a sign that reads \"LATER\"", "a third one that waits")):
            prompt.write(words + "\nsandbox: slow=600" if number == 0 else words)
            self.desktop.keys("ctrl+Return")
            wait_for("tile %d" % number, lambda: gallery.count > number)
        wait_for("a run that runs", lambda: any("Running" in name or "running" in name for name in gallery.items()))
        self.take("running")
        self.desktop.keys("ctrl+shift+x")
        wait_for("all cancelled or done", lambda: not any("unning" in name or "ueue" in name for name in gallery.items()))
        self.quit()

    def full(self):
        for _ in range(2):
            generate(self.desktop, self.command, self.library, "three boats, not four\nsandbox: images=3", num_images=4)
        for number, (words, ratio) in enumerate(EXAMPLES):
            generate(self.desktop, self.command, self.library, words, aspect_ratio=ratio, num_images=number % 3 + 1)
        generate(self.desktop, self.command, self.library, "a refused one\nsandbox: submit=403")
        generate(self.desktop, self.command, self.library, "a failed one\nsandbox: error=content_policy_violation")
        window = self.start()
        gallery = window.find("list", "Gallery")
        wait_for("the pictures", lambda: sum(". Picture " in name for name in gallery.items()) >= 10)
        self.desktop.keys("ctrl+g")
        self.take("gallery")
        self.desktop.keys("Home")
        self.take("failure")
        self.desktop.keys("Right", "Right", "Right")
        self.take("details")
        self.desktop.keys("End", "Left", "Left", "Left")
        self.take("not-as-asked")
        self.desktop.keys("Home", "Right", "Right", "Right")
        self.choosing()
        self.reading(window)
        self.desktop.keys("Return")
        window.find_where("combo box", "of the zoom", lambda node: node.name.endswith("%"))
        self.take("viewer")
        self.desktop.keys("Escape")
        self.compared(window)
        self.desktop.keys("ctrl+g", "Home", "Right", "Right", "Right", "shift+Right")
        window.find("label", "2 selected")
        self.desktop.keys("ctrl+e")
        window.find("text", "Names")
        self.take("export")
        self.desktop.keys("Escape", "ctrl+j")
        window.find("text", "Input as sent")
        self.take("json")
        self.desktop.keys("ctrl+j", "ctrl+f")
        self.desktop.type("nothing has this prompt")
        wait_for("an empty gallery", lambda: not any(". Picture " in name for name in gallery.items()))
        self.take("nothing-matches")
        self.desktop.keys("ctrl+a", "Delete")
        for name, chord in (("shortcuts", "F1"), ("key", "ctrl+shift+k")):
            self.desktop.keys("ctrl+g", chord)
            self.take(name)
            self.desktop.keys("Escape")
        self.lineage(window)
        self.quit()

    def lineage(self, window):
        """A picture varied and edited, and what came from that."""
        gallery = window.find("list", "Gallery")

        def pictures():
            return sum(", done" in name for name in gallery.items())

        def made(count, *keys):
            before = pictures()
            self.desktop.keys(*keys)
            wait_for("%d more pictures" % count, lambda: pictures() >= before + count)
            wait_for("the end of the run", lambda: not any("unning" in name or "ueue" in name for name in gallery.items()))

        self.desktop.keys("ctrl+g", "Home", "Right", "Right", "Right")
        made(3, "ctrl+shift+v")
        self.desktop.keys("ctrl+shift+m")
        window.find_where("label", "of the references", lambda node: node.name.startswith("References 1"))
        self.desktop.keys("ctrl+l", "ctrl+a")
        self.desktop.type("the same in heavy rain, at night")
        made(1, "ctrl+Return")
        self.desktop.keys("ctrl+g", "Home", "ctrl+shift+i")
        window.find_where("label", "of what differs", lambda node: node.name.startswith("Differs"))
        self.desktop.keys("ctrl+l", "ctrl+a")
        self.desktop.type("the same in light rain, at night")
        made(1, "ctrl+Return")
        self.desktop.keys("ctrl+g", "Home", "ctrl+alt+l")
        window.find("tree", "Lineage")
        self.take("lineage")
        self.desktop.keys("Escape")

    def reading(self, window):
        """Texts of a poster, proofread; and pictures in full screen. Back to the gallery as it was but for the marks."""
        self.desktop.keys("ctrl+f")
        self.desktop.type("all day")
        gallery = window.find("list", "Gallery")
        wait_for("the poster alone", lambda: all("ALL DAY" in name for name in gallery.items()))
        self.desktop.keys("ctrl+g", "Home", "q")
        window.find("list", "Texts of the prompt")
        self.desktop.keys("w")
        self.take("proofread")
        self.desktop.keys("Escape", "shift+F11", "4", "p")
        self.take("culling")
        self.desktop.keys("Escape", "ctrl+f", "ctrl+a", "Delete", "ctrl+g", "Home", "Right", "Right", "Right")

    def compared(self, window):
        """Four pictures side by side, through the lenses, and what differs."""
        gallery = window.find("list", "Gallery")
        self.desktop.keys("Home", "Right", "Right", "shift+Right", "shift+Right", "shift+Right")
        window.find("label", "4 selected")
        self.desktop.keys("c")
        window.find_where("combo box", "of the zoom", lambda node: node.name.endswith("%"))
        window.find("label", "Runs")
        self.desktop.keys("4", "p")
        self.take("compare")
        x, y, width, height = window.find_where("graphic", "a pane", lambda node: node.name.startswith("Picture A")).area
        self.desktop.keys("l")
        self.desktop.tool("xdotool", "mousemove", str(int(x + width / 2)), str(int(y + height / 2)))
        self.take("compare-loupe")
        other = window.find_where("graphic", "a pane", lambda node: node.name.startswith("Picture C")).area
        self.desktop.tool("xdotool", "mousemove", str(int(x + width / 2)), str(int(y - 12)), "mousedown", "1")
        self.desktop.tool("xdotool", "mousemove", str(int(other[0] + 40)), str(int(other[1] + 40)))
        self.desktop.tool("xdotool", "mousemove", str(int(other[0] + 60)), str(int(other[1] + 60)))
        self.take("compare-dragged")
        self.desktop.tool("xdotool", "mousemove", str(int(x + width / 2)), str(int(y - 12)), "mouseup", "1")
        self.desktop.keys("l", "shift+z")
        self.take("compare-zoomed")
        self.desktop.keys("f", "Tab", "w")
        self.take("compare-swipe")
        self.desktop.keys("o")
        self.take("compare-onion")
        self.desktop.keys("d")
        window.find_where("label", "of the difference", lambda node: "pixels differ" in node.name)
        self.take("compare-difference")
        self.desktop.keys("s", "m", "h")
        self.take("compare-blind-champion")
        self.desktop.keys("h", "Escape")
        wait_for("the gallery", lambda: gallery.showing)


    def choosing(self):
        """Marks, filters with their counts, a tournament; back to the gallery as it was but for the marks."""
        gallery = self.window.find("list", "Gallery")
        for keys in (("5", "p"), ("x",), ("3", "7"), ("4", "8", "p")):
            self.desktop.keys(*keys, "Right")
        wait_for("the marks", lambda: sum("stars" in name or "ejected" in name for name in gallery.items()) >= 4)
        self.desktop.keys("ctrl+shift+l")
        self.window.find_where("combo box", "of the rating", lambda node: node.name.startswith("Any rating ("))
        self.take("choosing")
        self.desktop.keys("ctrl+shift+l", "ctrl+a", "t")
        self.window.find("push button", "The left one")
        self.take("tournament")
        for _ in range(60):
            self.desktop.keys("Left")
        self.window.find("push button", "More pairs")
        self.take("tournament-result")
        self.desktop.keys("Escape", "Home", "Right", "Right", "Right")


def main(plantain, folder, only=None):
    shutil.rmtree(folder, ignore_errors=True)
    try:
        for theme in ("light", "dark"):
            for size, scale in (((1280, 800), 1), ((1920, 1080), 1), ((1024, 700), 1), ((1280, 800), 2)):
                if only and only not in Shots.name_of(theme, size, scale):
                    continue
                with Shots(plantain, folder, theme, size, scale) as shots:
                    shots.first_start()
                    shots.running()
                    shots.full()
    except Missing as tool:
        print("skipped, not installed: %s" % tool)
        return 77
    return 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), *sys.argv[3:4]))
