#!/usr/bin/python3
"""first_picture.py PLANTAIN FOLDER: the real program on its sandbox, as a person meets it.

Type a prompt, press Ctrl+Return, wait for the picture, read its description, quit, start again and find it all there.
Exits with 77 when a tool is missing; FOLDER holds logs and screenshots afterwards."""
import glob
import os
import shutil
import sys

from desktop import Desktop, Missing, wait_for

PROMPT = 'a wooden sign that reads "GOOD MORNING" over a bakery door'
PICTURE = PROMPT + ". Picture 1 of 1"


def pictures_of(gallery):
    return [name for name in gallery.items() if name.startswith(PICTURE)]


def check(condition, what):
    if not condition:
        raise AssertionError(what)


def quit_by_keys(program):
    program.desktop.keys("ctrl+q")
    status = program.ended()
    check(status == 0, "the program ended with %s; it said:\n%s" % (status, program.said()))


def first_start(desktop, command, library, folder):
    program = desktop.launch(command)
    root = program.root()
    window = root.find("frame", "Plantain")
    prompt = window.find("text", "Prompt")
    check(prompt.text.strip(), "the first example is not filled in")
    prompt.write(PROMPT)
    window.find("text", "Seed").write("1")  # the sandbox says nothing about one picture in eight, by their seed
    desktop.keys("ctrl+Return")

    gallery = window.find("list", "Gallery")
    wait_for("the picture in the gallery", lambda: pictures_of(gallery), 120)
    gallery.child(0).click()
    description = window.find("text", "Description")
    wait_for("its description", lambda: description.text.strip())
    kept = description.text
    desktop.screenshot(os.path.join(folder, "first.png"))
    log = window.find("table", "Log")
    check(log.count > 0, "the log is empty")
    quit_by_keys(program)

    files = glob.glob(os.path.join(library, "images", "*", "*", "*", "*"))
    check(len(files) == 1, "one picture file in the library, not %s" % files)
    return kept


def second_start(desktop, command, folder, kept):
    program = desktop.launch(command)
    window = program.root().find("frame", "Plantain")
    gallery = window.find("list", "Gallery")
    wait_for("the picture after a restart", lambda: pictures_of(gallery))
    check(len(gallery.items()) == 1, "one tile after a restart, not %s" % gallery.items())
    prompt = window.find("text", "Prompt")
    check(prompt.text == PROMPT, "the draft after a restart is %r" % prompt.text)
    gallery.child(0).click()
    description = window.find("text", "Description")
    wait_for("the same description after a restart", lambda: description.text == kept)
    desktop.screenshot(os.path.join(folder, "second.png"))
    quit_by_keys(program)


def main(plantain, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    library = os.path.join(folder, "library")
    command = [plantain, "--server", "sandbox", "--library", library]
    try:
        with Desktop(folder) as desktop:
            kept = first_start(desktop, command, library, folder)
            second_start(desktop, command, folder, kept)
    except Missing as tool:
        print("skipped, not installed: %s" % tool)
        return 77
    return 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])))
