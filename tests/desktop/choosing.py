#!/usr/bin/python3
"""choosing.py PLANTAIN FOLDER: from a prompt to the picked picture in the real program, by keys alone.

Four variations are made, compared side by side and through every lens, one is rated and kept there, looked at in full,
promoted to a higher resolution and its larger one looked at; then the four are gone through in full screen, proofread and put
through a tournament. On each of these pages every control in the accessible tree must have a name. Exits with 77 when a tool
is missing."""
import os
import shutil
import sys

from days_work import Keys, check, check_names, pictures_of
from desktop import Desktop, Missing, wait_for

PROMPT = 'a shop sign that reads "FRESH BREAD", below it "OPEN"'
SEED = "1"
LENSES = ("w", "shift+w", "o", "b", "d")


class Session:
    def __init__(self, desktop, command):
        self.desktop = desktop
        self.program = desktop.launch(command)
        self.window = self.program.root().find("frame", "Plantain")
        self.gallery = self.window.find("list", "Gallery")

    def keys(self, *chords):
        self.desktop.keys(*chords)

    def focused_picture(self, start):
        return self.window.find_where("graphic", "with the keyboard that starts with %r" % start,
                                      lambda node: node.focused and node.name.startswith(start))

    def back_in_gallery(self):
        wait_for("the gallery again", lambda: self.gallery.showing)

    def tile(self, number, *words):
        """Waits for these words in the name of a tile."""
        wait_for("%s of tile %d" % (words, number), lambda: all(word in self.gallery.child(number).name for word in words))

    def make_four(self):
        hands = Keys(self.desktop, self.window)
        self.keys("ctrl+l")
        hands.write("Prompt", PROMPT)
        hands.set_count(4)
        hands.write("Seed", SEED)
        self.keys("ctrl+Return")
        wait_for("four pictures", lambda: len(pictures_of(self.gallery)) == 4, 120)
        check_names(self.window)
        self.keys("ctrl+g", "ctrl+shift+l")
        self.window.find_where("combo box", "of the rating", lambda node: node.name.startswith("Any rating ("))
        check_names(self.window)
        self.keys("ctrl+shift+l")

    def compare(self):
        """Picks and rates the third one."""
        self.keys("ctrl+g", "Home", "shift+Right", "shift+Right", "shift+Right")
        self.window.find("label", "4 selected")
        self.keys("c")
        self.focused_picture("Picture A")
        self.window.find("label", "Runs")  # what differs is told
        check_names(self.window)
        for lens in LENSES:
            self.keys(lens)
            self.window.find_starting("label", "A and B")
            self.focused_picture("Picture A and B")
            check_names(self.window)
        self.window.find_where("label", "of the difference", lambda node: "pixels differ" in node.name)
        self.keys("s", "Tab", "Tab")
        self.focused_picture("Picture C")
        self.keys("l", "h")
        check(self.focused_picture("Picture C").name.rstrip(".") == "Picture C", "told while comparing blind")
        self.keys("h", "l", "4", "p")
        wait_for("the marks on the pane", lambda: "4 stars" in self.focused_picture("Picture C").name)
        check_names(self.window)
        self.desktop.screenshot(os.path.join(self.desktop.folder, "compare.png"))
        self.keys("Return")

    def look_and_promote(self):
        picture = self.focused_picture("")
        check("3 of 4" in picture.name, "the viewer shows %r" % picture.name)
        check_names(self.window)
        self.keys("5")
        self.keys("Escape")
        self.back_in_gallery()
        self.tile(2, "5 stars", "eeper")
        for other in (0, 1, 3):
            check("star" not in self.gallery.child(other).name, "marked too: %s" % self.gallery.child(other).name)
        self.keys("ctrl+shift+u")
        size = self.window.find_labelled("combo box", "Resolution")
        wait_for("the next resolution", lambda: size.name == "2K")
        check_names(self.window)
        self.keys("ctrl+Return")
        wait_for("the larger ones", lambda: len(pictures_of(self.gallery)) == 8, 120)
        check("2048 by 2048" in self.gallery.child(0).name, self.gallery.child(0).name)
        self.keys("ctrl+g", "Home", "Right", "Right", "Return")
        picture = self.focused_picture("")
        check("3 of 4" in picture.name and "2048 by 2048" in picture.name, "the viewer shows %r" % picture.name)
        check_names(self.window)
        self.keys("Escape")
        self.back_in_gallery()

    def cull(self):
        self.keys("ctrl+g", "Home", "shift+F11")
        picture = self.focused_picture("")
        check_names(self.window, least=5)
        wait_for("full screen", lambda: picture.area[2] == self.desktop.size[0])
        self.desktop.screenshot(os.path.join(self.desktop.folder, "culling.png"))
        self.keys("p", "x", "3")
        self.keys("Escape")
        self.back_in_gallery()
        for number, word in enumerate(("eeper", "ejected", "3 stars")):
            self.tile(number, word)

    def proofread(self):
        self.keys("ctrl+g", "Home", "q")
        texts = self.window.find("list", "Texts of the prompt")
        wait_for("both texts", lambda: texts.count == 2)
        check_names(self.window)
        self.keys("r", "w")
        wait_for("both answers", lambda: "right" in texts.child(0).name and "wrong" in texts.child(1).name)
        self.desktop.screenshot(os.path.join(self.desktop.folder, "proofread.png"))
        self.keys("Escape")
        self.back_in_gallery()

    def hold_tournament(self):
        self.keys("ctrl+g", "Home", "shift+Right", "shift+Right", "shift+Right", "t")
        self.window.find("push button", "The left one")
        check_names(self.window)
        for _ in range(30):
            self.keys("Left")
        self.window.find("push button", "More pairs")
        check_names(self.window)
        self.keys("Escape")
        self.back_in_gallery()

    def quit(self):
        self.keys("ctrl+q")
        status = self.program.ended()
        check(status == 0, "the program ended with %s; it said:\n%s" % (status, self.program.said()))


def choose(desktop, command):
    session = Session(desktop, command)
    session.make_four()
    session.compare()
    session.look_and_promote()
    session.cull()
    session.proofread()
    session.hold_tournament()
    session.quit()

    session = Session(desktop, command)  # what was said of the pictures is there again
    session.tile(6, "5 stars", "eeper")
    session.keys("ctrl+g", "Home", "q")
    texts = session.window.find("list", "Texts of the prompt")
    wait_for("both answers again", lambda: "right" in texts.child(0).name and "wrong" in texts.child(1).name)
    session.quit()


def main(plantain, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    command = [plantain, "--server", "sandbox", "--library", os.path.join(folder, "library")]
    try:
        with Desktop(folder) as desktop:
            choose(desktop, command)
    except Missing as tool:
        print("skipped, not installed: %s" % tool)
        return 77
    return 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])))
