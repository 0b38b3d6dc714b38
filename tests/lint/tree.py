"""The source tree as the rules see it: files, rooms, includes, and code without its comments."""
import functools
import glob
import os
import re
import subprocess

SOURCE = re.compile(r"^(app|ui|tests)/.*\.(cpp|h)$")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
# raw string, string, character, line comment, block comment
TOKENS = re.compile(r'R"(?P<tag>[^()\s]{0,16})\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/', re.S)


@functools.lru_cache(maxsize=None)
def lines_of_code(text):
    """Lines without comments; what stands in strings stays."""
    def blank(match):
        token = match.group()
        return re.sub(r"[^\n]", " ", token) if token.startswith("/") else token
    return TOKENS.sub(blank, text).split("\n")


@functools.lru_cache(maxsize=None)
def includes_of(text):
    """(line, quoted, name) of every include."""
    matches = ((number, INCLUDE.match(line)) for number, line in enumerate(lines_of_code(text), 1) if "#" in line)
    return [(number, match[1] == '"', match[2]) for number, match in matches if match]


@functools.lru_cache(maxsize=None)
def text_of(root, file):
    with open(os.path.join(root, file), encoding="utf-8", errors="replace") as f:
        return f.read()


@functools.lru_cache(maxsize=None)
def files_of(root):
    """All files that are or may become part of the repository, relative."""
    try:
        out = subprocess.run(["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                             capture_output=True, check=True).stdout.decode()
        names = {n for n in out.split("\0") if n and os.path.isfile(os.path.join(root, n))}
        if names:
            return names
    except (OSError, subprocess.CalledProcessError):
        pass
    names = set()
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if f not in (".git", "build", "node_modules", "__pycache__", ".cache")]
        names.update(os.path.relpath(os.path.join(folder, f), root) for f in files)
    return names


@functools.lru_cache(maxsize=None)
def qt_headers():
    """Header -> module, as Qt's own include folders say."""
    found = {}
    for folder in glob.glob("/usr/include/*/qt6/Qt*") + glob.glob("/usr/include/qt6/Qt*"):
        module = os.path.basename(folder)
        found[module] = module  # <QtWidgets>, the whole of it
        for name in os.listdir(folder):
            found.setdefault(name, module)
    if not found:
        raise SystemExit("Qt's headers are not where they are looked for; without them no module is known")
    return found


class Tree:
    """`planted`: content that stands for a file's own, or for one that is not there."""

    def __init__(self, root, planted=None):
        self.root, self.planted = root, planted or {}
        self._files = sorted(files_of(root) | set(self.planted))
        self._sources = [f for f in self._files if SOURCE.match(f)]

    def files(self):
        return self._files

    def sources(self):
        return self._sources

    def text(self, file):
        return self.planted[file] if file in self.planted else text_of(self.root, file)

    def includes(self, file):
        return includes_of(self.text(file))

    @staticmethod
    def room(file):
        parts = file.split("/")
        if parts[0] == "app":
            return parts[1] if len(parts) > 2 else "program"
        return parts[0]

    @staticmethod
    def qt_module(include):
        if include.startswith("Qt") and "/" in include:
            return include.split("/")[0]
        return qt_headers().get(include)
