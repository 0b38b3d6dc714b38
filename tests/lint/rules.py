"""The rules of the house that a compiler does not see. A rule gets the tree and yields (file, line, what is wrong)."""
import functools
import os
import re

from tree import lines_of_code

ROOMS = ("core", "fal", "library", "imaging", "session", "sandbox")

# Which rooms' headers a room may include; "program" is app/*.cpp, the composition root.
MAY_INCLUDE = {
    "core": {"core"},
    "fal": {"fal", "core"},
    "library": {"library", "core"},
    "imaging": {"imaging", "core"},
    "sandbox": {"sandbox", "core"},
    "session": {"session", "fal", "library", "imaging", "core"},
    "ui": {"ui", "session", "imaging", "core"},
    "program": {"program", "ui", "session", "sandbox", "fal", "library", "imaging", "core"},
}
QT_MODULES = {
    "core": {"QtCore"},
    "fal": {"QtCore", "QtNetwork"},
    "library": {"QtCore", "QtSql", "QtConcurrent"},
    "imaging": {"QtCore", "QtGui", "QtConcurrent"},
    "session": {"QtCore", "QtGui", "QtConcurrent"},
    "sandbox": {"QtCore", "QtGui"},
    # D-Bus: the desktop's notifications are a part of what a person sees; Qt has no other way to them but the tray,
    # which not every desktop shows.
    "ui": {"QtCore", "QtGui", "QtWidgets", "QtSvg", "QtDBus"},
}

TOP_LEVEL = re.compile(r"^(\.[^/]*|CMakeLists\.txt|CMakePresets\.json|README\.md|app|ui|resources|tests|packaging)$")
MACHINE = re.compile(r"/(work|farm|root|home)/[A-Za-z.]|deb\.debian\.org|registry\.npmjs|/tmp/[a-z-]*plantain")


def layering(tree):
    """A room includes only the rooms below it, by bare name."""
    headers = {os.path.basename(f): tree.room(f) for f in tree.sources() if f.endswith(".h")}
    for file in tree.sources():
        room = tree.room(file)
        if room not in MAY_INCLUDE:
            continue
        allowed = MAY_INCLUDE[room]
        for line, quoted, name in tree.includes(file):
            owner = headers.get(os.path.basename(name))
            if quoted and "/" in name:
                yield file, line, 'headers are included by bare name: "%s"' % name
            elif owner and owner not in allowed:
                yield file, line, "%s must not include %s, which belongs to %s" % (room, name, owner)
            elif quoted and not owner and not name.endswith(".moc"):
                yield file, line, "no header %s in this tree" % name


def reach(tree):
    """What a room includes by way of other headers is of its allowed rooms too: session keeps fal and the library to itself."""
    paths = {os.path.basename(f): f for f in tree.sources() if f.endswith(".h")}

    def below(file, allowed, seen):
        for _, _, name in tree.includes(file):
            header = paths.get(os.path.basename(name))
            if not header or header in seen:
                continue
            seen.add(header)
            if tree.room(header) in allowed:
                yield from below(header, allowed, seen)
            else:
                yield header, file

    for file in tree.sources():
        allowed = MAY_INCLUDE.get(tree.room(file), ())
        for header, includer in below(file, allowed, set()) if allowed else ():
            if includer != file:
                yield file, 1, "reaches %s of %s through %s" % (header, tree.room(header), includer)


def qt_modules(tree):
    """A room uses only its Qt modules; no widget is known under app/ but to the program itself."""
    for file in tree.sources():
        allowed = QT_MODULES.get(tree.room(file))
        if not allowed:
            continue
        for line, _, name in tree.includes(file):
            module = tree.qt_module(name)
            if module and module not in allowed:
                yield file, line, "%s must not use %s (%s)" % (tree.room(file), module, name)


def unique_names(tree):
    """Headers are found by bare name, so a file name stands once in the tree."""
    seen = {}
    for file in tree.sources():
        name = os.path.basename(file)
        if name in seen:
            yield file, 1, "the name stands already at %s" % seen[name]
        seen[name] = file


def top_level(tree):
    """The top level holds what the map in README says, and nothing else."""
    for name in sorted({f.split("/")[0] for f in tree.files()}):
        if not TOP_LEVEL.match(name):
            yield name, 1, "does not belong at the top level"


def flat_rooms(tree):
    """Rooms are flat: the build finds *.cpp of one folder."""
    for file in tree.sources():
        parts = file.split("/")
        if (parts[0] == "ui" and len(parts) > 2) or (parts[0] in ("app", "tests") and len(parts) > 3):
            yield file, 1, "files lie flat in their room"
        elif parts[0] == "app" and len(parts) == 3 and parts[1] not in ROOMS:
            yield file, 1, "%s is no room of the house" % parts[1]


def header_guards(tree):
    for file in tree.sources():
        if file.endswith(".h") and "#pragma once" not in tree.text(file):
            yield file, 1, "#pragma once is missing"


def machine(tree):
    """The repository holds no path of a particular machine and no host of a package registry."""
    for file in tree.files():
        for number, line in found_in(MACHINE, tree.text(file)):
            yield file, number, "a path of one machine or a registry's host: %s" % line[:100]


def size(tree):
    """A file a stranger reads in one sitting."""
    for file in tree.sources():
        lines, limit = tree.text(file).count("\n"), 700 if file.startswith("tests/") else 500
        if lines > limit:
            yield file, lines, "%d lines; %d is the limit" % (lines, limit)


def plain_labels(tree):
    """A label guesses markup unless it is told not to, and opens files that markup names (R19). Our own words are harmless."""
    made = re.compile(r"\bnew QLabel\b(?!\(tr\(\")|:\s*QLabel\s*\(")
    for file in tree.sources():
        if file.startswith("ui/") and "Qt::PlainText" not in tree.text(file):
            for number, _ in found_in(made, tree.text(file), lines_of_code):
                yield file, number, "a label is made here, and none is set to Qt::PlainText"


class Forbidden:
    """A pattern that must not stand in the code (comments aside) of some folders, and where it may after all."""

    def __init__(self, name, pattern, why, under=("app/", "ui/"), but=()):
        self.__name__, self.why, self.under, self.but = name, why, under, but
        self.pattern = re.compile(pattern)

    def __call__(self, tree):
        for file in tree.sources():
            if not file.startswith(self.under) or file.startswith(self.but):
                continue
            for number, line in found_in(self.pattern, tree.text(file), lines_of_code):
                yield file, number, "%s: %s" % (self.why, line[:100])


@functools.lru_cache(maxsize=None)
def found_in(pattern, text, lines_of=str.splitlines):
    return [(number, line.strip()) for number, line in enumerate(lines_of(text), 1) if pattern.search(line)]


PROGRAM = ("app/main.cpp", "app/application.cpp", "app/application.h")
TEXT = r'\(\s*(?:u?"|path\b|file\b|fileName\b|filePath\b|url\b|\w*\.(?:file|path|filePath|absoluteFilePath|fileName)\b|QStringLiteral)'

RULES = [
    layering, reach, qt_modules, unique_names, top_level, flat_rooms, header_guards, machine, size, plain_labels,
    # one event loop, nothing blocks
    Forbidden("event-loop", r"\bQEventLoop\b|\bprocessEvents\b|\bQ?BlockingQueuedConnection\b", "no nested event loop, no blocking call",
              under=("app/", "ui/", "tests/support/")),
    Forbidden("exec", r"(?:\.|->)exec\(\s*\)|\bQ\w*Application::exec\b", "exec() belongs to the program's start",
              but=("app/library/",) + PROGRAM),
    Forbidden("thread-subclass", r":\s*(?:public\s+|private\s+)?QThread\b", "no QThread subclass"),
    Forbidden("thread-terminate", r"(?:\.|->)terminate\s*\(", "threads end by themselves"),
    Forbidden("sleep", r"\b(?:QThread::)?[mu]?sleep\s*\(|\bsleep_(?:for|until)\b|\bnanosleep\b", "nothing sleeps; wait for the condition"),
    Forbidden("string-connect", r"\b(?:SIGNAL|SLOT)\s*\(", "connect by member pointers",
              but=("ui/desktopnotices.cpp",)),  # QDBusConnection knows no other way
    Forbidden("future-then", r"\.then\s*\(", "whenFinished() says what becomes of a context that is gone", but=("app/core/whenfinished.h",)),
    # tests wait for conditions
    Forbidden("fixed-wait", r"\bQTest::q(?:Sleep|Wait)\s*\(|\bsleep_(?:for|until)\b|\bQThread::[mu]?sleep\b|\b[mu]?sleep\s*\(",
              "tests wait for conditions, not for time", under=("tests/",)),
    # the wire
    Forbidden("certificates", r"\bignoreSslErrors\b|\bVerifyNone\b|\bQueryPeer\b", "certificate errors are final (R8)", under=("app/", "ui/", "tests/")),
    Forbidden("transfer-timeout", r"\bsetTransferTimeout\b", "deadlines are our own timers (A7)"),
    Forbidden("network", r"\bQNetworkAccessManager\b|\bQTcpSocket\b|\bQSslSocket\b|\bQUdpSocket\b", "only the wire speaks to a network (P9)",
              but=("app/fal/", "app/application.", "app/sandbox/")),
    Forbidden("execute", r"\bQProcess\b|\bstd::system\s*\(|\bpopen\s*\(|\bexecv\w*\s*\(|\bQPluginLoader\b", "nothing foreign is executed (R34)"),
    Forbidden("open-url", r"\bQDesktopServices\b", "addresses are opened in one place, from a fixed list (R26)",
              but=("ui/openlink.",)),
    # the key: QtKeychain sees the program alone; the session knows the keyring by its interface, KeyStore
    Forbidden("keyring", r"\bQKeychain\b", "keys are put away in one place, never into a file (R1)", but=("app/keychainstore.cpp",)),
    # foreign bytes
    Forbidden("decode", r"\bQImageReader\b|\bloadFromData\b|\bQImage::fromData\b|\bQMovie\b|\bQ(?:Image|Pixmap)(?:\s+\w+)?" + TEXT,
              "foreign pictures are decoded in imaging alone, behind its gate (R15)",
              # the sandbox sees core alone: it reads what is uploaded to it behind a gate of its own
              but=("app/imaging/", "app/sandbox/inputpictures.cpp", "app/sandbox/readypictures.cpp")),
    Forbidden("json", r"\bQJsonDocument\b|\b[Jj]son::(?:parse|accept|sax_parse)\s*\(", "foreign JSON goes through parseJson (R20)",
              but=("app/core/json.cpp",)),
    Forbidden("save-file", r"\bQSaveFile\b", "QSaveFile calls a failed sync a success (A14)"),
    Forbidden("sql-exec", r"^\s*\w+(?:\.|->)exec\([^;]*\);\s*$", "an exec that nobody checks (A15)", under=("app/library/",)),
    Forbidden("sql-text", r"\b(?:prepare|exec)\s*\(.*(?:\.arg\(|\+\s*\w)", "SQL has bound values alone (R23)", under=("app/library/",)),
    Forbidden("rich-text", r"\bQt::(?:RichText|AutoText|MarkdownText)\b|\bset(?:Html|Markdown)\s*\(|\binsertHtml\s*\(|\bQMessageBox\b",
              "foreign text is plain text, and said in place (R19)"),
    # data, not code
    Forbidden("endpoint-name", r"nano-banana|Nano Banana|nano_banana", "endpoints are data",
              but=("app/sandbox/standins.cpp",)),  # the addresses of the examples' pictures
    Forbidden("singleton", r"\bstatic\b[^;=()]*[&*]\s*\w*[iI]nstance\s*\(", "construct once, pass down"),
    Forbidden("vague-name", r"\b(?:class|struct)\s+\w*(?:Manager|Helper|Utils?)\b(?!\s*;)", "a name that says what it is for",
              under=("app/", "ui/", "tests/")),
]
