"""A desktop of its own for the real program: X display, window manager, D-Bus session with its accessibility bus, home.

The program is read by its accessible tree, as a screen reader reads it, and worked by real key and pointer events.
Nothing listens on a network, and nothing is ended but what was started here. Run it with Debian's /usr/bin/python3.
"""
import os
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import zlib

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
ACCESSIBLE, PROPERTIES = "org.a11y.atspi.Accessible", "org.freedesktop.DBus.Properties"
REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
STATE_FOCUSABLE, STATE_FOCUSED, STATE_SHOWING = 11, 12, 25
RELATION_LABELLED_BY = 2
# Not looked into when something is searched: their items may be many. And what has nothing below.
HOLDERS = {"list", "table", "tree", "menu bar", "popup menu", "combo box", "push button", "button", "label", "check box",
           "slider", "scroll bar", "text", "spin box"}


class Missing(Exception):
    """A tool this needs is not installed."""


class NotSeen(AssertionError):
    """What was waited for did not come."""


class Gone(Exception):
    """The accessible object no longer answers."""


def wait_for(what, check, seconds=60.0):
    """The first true value of check(); NotSeen when none came in time. `seconds` guards against a hang."""
    end = time.monotonic() + seconds
    while True:
        try:
            got = check()
        except Gone:
            got = None
        if got:
            return got
        if time.monotonic() > end:
            raise NotSeen("not seen within %g s: %s" % (seconds, what))
        time.sleep(0.05)


class Node:
    """One accessible object; asked anew at every use."""

    def __init__(self, desktop, owner, path):
        self.desktop, self.owner, self.path = desktop, owner, path

    def ask(self, interface, method, signature=None, *arguments):
        return self.desktop.ask(self.owner, self.path, interface, method, signature, *arguments)

    def get(self, name, interface=ACCESSIBLE):
        return self.ask(PROPERTIES, "Get", "(ss)", interface, name)[0]

    @property
    def role(self):
        return self.ask(ACCESSIBLE, "GetRoleName")[0]

    @property
    def name(self):
        return self.get("Name")

    @property
    def count(self):
        return self.get("ChildCount")

    def has(self, state):
        words = self.ask(ACCESSIBLE, "GetState")[0]
        return bool(words[state // 32] >> state % 32 & 1)

    @property
    def text(self):
        """What an editor or a label holds; of anything else its name."""
        if "org.a11y.atspi.Text" in self.ask(ACCESSIBLE, "GetInterfaces")[0]:
            return self.ask("org.a11y.atspi.Text", "GetText", "(ii)", 0, -1)[0]
        return self.name

    @property
    def area(self):
        """(x, y, width, height) on the screen; Qt says them before its scale factor."""
        return tuple(side * self.desktop.scale for side in self.ask("org.a11y.atspi.Component", "GetExtents", "(u)", 0)[0])

    @property
    def focused(self):
        return self.has(STATE_FOCUSED)

    @property
    def label(self):
        """Of the label that belongs to it, '&' and marks aside; a combo box has its current text for a name."""
        for relation, targets in self.ask(ACCESSIBLE, "GetRelationSet")[0]:
            if relation == RELATION_LABELLED_BY and targets:
                return Node(self.desktop, *targets[0]).name.replace("&", "").rstrip(" *")
        return ""

    @property
    def showing(self):
        return self.has(STATE_SHOWING) and min(self.area[2:]) > 0

    def child(self, index):
        return Node(self.desktop, *self.ask(ACCESSIBLE, "GetChildAtIndex", "(i)", index)[0])

    def children(self):
        return [Node(self.desktop, owner, path) for owner, path in self.ask(ACCESSIBLE, "GetChildren")[0]
                if not path.endswith("/null")]

    def below(self):
        """(role, object) of all that is below, near ones first; what lists, tables and menus hold is left out."""
        level = [self]
        while level:
            inner = []
            for node in level:
                try:
                    for child in node.children():
                        role = child.role
                        yield role, child
                        if role not in HOLDERS:
                            inner.append(child)
                except Gone:
                    pass
            level = inner

    def find(self, role, name, seconds=60.0):
        """The object of that role and accessible name ('&' aside) that shows."""
        return self.find_where(role, "%r" % name, lambda node: node.name.replace("&", "") == name, seconds)

    def find_starting(self, role, start):
        return self.find_where(role, "that starts with %r" % start, lambda node: node.name.startswith(start))

    def find_labelled(self, role, label):
        return self.find_where(role, "labelled %r" % label, lambda node: node.label == label)

    def find_where(self, role, what, fits, seconds=60.0):
        def look():
            for its_role, node in self.below():
                if its_role == role and node.showing and fits(node):
                    return node
        try:
            return wait_for("%s %s" % (role, what), look, seconds)
        except NotSeen as error:
            raise NotSeen("%s\nwhat is there:\n%s" % (error, self.outline())) from None

    def items(self):
        """Names of the items of a list."""
        return [self.child(i).name for i in range(self.count)]

    def click(self, times=1):
        x, y, width, height = self.area
        self.desktop.tool("xdotool", "mousemove", str(x + width // 2), str(y + height // 2), "click", "--repeat", str(times),
                          "--delay", "40", "1")

    def write(self, text):
        """What an editor holds, replaced by way of pointer and keyboard; each step waits for what it needs."""
        self.click()
        wait_for("the focus in %r" % self.name, lambda: self.has(STATE_FOCUSED))
        self.desktop.keys("ctrl+a", "Delete")
        wait_for("an empty %r" % self.name, lambda: not self.text)
        self.desktop.type(text)
        try:
            wait_for("the text as typed", lambda: self.text == text)
        except NotSeen as error:
            raise NotSeen("%s; it reads %r" % (error, self.text)) from None

    def outline(self, depth=0):
        lines = []
        try:
            lines.append("%s%s %r" % ("  " * depth, self.role, self.name))
            for index in range(min(self.count, 30)):
                lines.append(self.child(index).outline(depth + 1))
        except Gone:
            pass
        return "\n".join(lines)


class Program:
    def __init__(self, desktop, process, log):
        self.desktop, self.process, self.log = desktop, process, log

    def said(self):
        with open(self.log, encoding="utf-8", errors="replace") as f:
            return f.read()

    def root(self):
        """Its accessible tree, found by process id."""
        def look():
            if self.process.poll() is not None:
                raise NotSeen("the program ended with %s; it said:\n%s" % (self.process.returncode, self.said()[-3000:]))
            for owner, path in self.desktop.ask(*REGISTRY, ACCESSIBLE, "GetChildren")[0]:
                pid = self.desktop.ask("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "GetConnectionUnixProcessID", "(s)", owner)[0]
                if pid == self.process.pid:
                    return Node(self.desktop, owner, path)
        return wait_for("an accessible tree of the program", look)

    def ended(self, seconds=60.0):
        """Its exit status, waited for."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise NotSeen("the program did not end within %g s; it said:\n%s" % (seconds, self.said()[-3000:])) from None


class Desktop:
    """`hands`: with a window manager and a pointer, to work in; without, to look only."""

    def __init__(self, folder, size=(1440, 900), hands=True):
        self.folder, self.size, self.hands = os.path.abspath(folder), size, hands
        self.scale = 1  # QT_SCALE_FACTOR of what is launched
        self.started = []
        self.run = None

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def _start(self):
        try:
            from gi.repository import Gio, GLib
        except ImportError:
            raise Missing("python3-gi") from None
        self.Gio, self.GLib = Gio, GLib
        tools = ["Xvfb", "dbus-daemon", LAUNCHER] + (["openbox", "xdotool"] if self.hands else [])
        absent = [tool for tool in tools if not shutil.which(tool)]
        if absent:
            raise Missing(", ".join(absent))
        self.run = tempfile.mkdtemp(prefix="desktop-")  # sockets: their paths must stay short
        home = os.path.join(self.folder, "home")
        os.makedirs(home, exist_ok=True)
        os.makedirs(os.path.join(self.folder, "frame"), exist_ok=True)
        bus = "unix:path=%s/bus" % self.run
        kept = ("PATH", "TZ", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS")
        self.env = {name: os.environ[name] for name in kept if name in os.environ}
        self.env.update(HOME=home, LANG="C.UTF-8", XDG_RUNTIME_DIR=self.run, XDG_SESSION_TYPE="x11", DBUS_SESSION_BUS_ADDRESS=bus)
        self._start_display()
        self._spawn("dbus", ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--address=" + bus])
        wait_for("the D-Bus session", lambda: os.path.exists(self.run + "/bus"))
        session = self._connect(bus)
        self._spawn("a11y", [LAUNCHER, "--launch-immediately"])
        flags, timeout = Gio.DBusCallFlags.NONE, 20000

        def address():
            try:
                return session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, flags, timeout, None).unpack()[0]
            except GLib.Error:
                return None
        self.bus = self._connect(wait_for("the accessibility bus", address))
        wait_for("the accessibility registry", lambda: self.ask(*REGISTRY, ACCESSIBLE, "GetRoleName"))
        # Qt builds its tree only for a desktop that says somebody reads it, and asks once, at its start.
        session.call_sync("org.a11y.Bus", "/org/a11y/bus", PROPERTIES, "Set",
                          GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True))), None, flags, timeout, None)
        if self.hands:
            self._spawn("wm", ["openbox"])

    def _start_display(self):
        read, write = os.pipe()
        self._spawn("xvfb", ["Xvfb", "-displayfd", str(write), "-screen", "0", "%dx%dx24" % self.size, "-nolisten", "tcp",
                             "-noreset", "-fbdir", os.path.join(self.folder, "frame")] + ([] if self.hands else ["-nocursor"]),
                    pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()  # ends when Xvfb is ready, or is gone
        if not number:
            raise NotSeen("Xvfb did not start; see %s" % self.folder)
        self.env["DISPLAY"] = ":" + number

    def _connect(self, address):
        flags = self.Gio.DBusConnectionFlags
        return self.Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)

    def _spawn(self, name, argv, **more):
        log = os.path.join(self.folder, "%02d-%s.log" % (len(self.started), name))
        with open(log, "wb") as out:
            process = subprocess.Popen(argv, env=self.env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                                       start_new_session=True, **more)
        self.started.append(process)
        return process, log

    def ask(self, owner, path, interface, method, signature=None, *arguments):
        try:
            return self.bus.call_sync(owner, path, interface, method, self.GLib.Variant(signature, arguments) if signature else None,
                                      None, self.Gio.DBusCallFlags.NONE, 20000, None).unpack()
        except self.GLib.Error as error:
            raise Gone("%s: %s" % (method, error.message)) from None

    def tool(self, *argv, check=True):
        done = subprocess.run(argv, env=self.env, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        if check and done.returncode:
            raise NotSeen("%s: %s" % (" ".join(argv[:3]), done.stderr.decode(errors="replace").strip()))
        return done.stdout.decode(errors="replace")

    def launch(self, argv):
        return Program(self, *self._spawn(os.path.basename(argv[0]), argv))

    def keys(self, *chords):
        self.tool("xdotool", "key", "--clearmodifiers", *chords)

    def type(self, text):
        for number, line in enumerate(text.split("\n")):
            if number:
                self.keys("Return")  # what xdotool types for a line end is another key
            self.tool("xdotool", "type", "--delay", "8", "--", line)

    def pixels(self):
        """(width, height, rows of RGB) of the whole screen, out of Xvfb's own frame file (XWD, 32 bits a pixel)."""
        with open(os.path.join(self.folder, "frame", "Xvfb_screen0"), "rb") as f:
            frame = f.read()
        head = struct.unpack(">25I", frame[:100])
        width, height, stride, little = head[4], head[5], head[12], head[7] == 0
        start = head[0] + head[19] * 12
        order = (2, 1, 0) if little else (1, 2, 3)
        rows = []
        for y in range(height):
            line = frame[start + y * stride:start + y * stride + width * 4]
            row = bytearray(width * 3)
            for channel, offset in enumerate(order):
                row[channel::3] = line[offset::4]
            rows.append(bytes(row))
        return width, height, rows

    def screenshot(self, path, area=None):
        """The screen, or an area (x, y, width, height) of it, as a PNG, once it has stood still for half a second."""
        last, since = None, time.monotonic()
        end = since + 20
        while time.monotonic() < end:
            now = self.pixels()
            if now != last:
                last, since = now, time.monotonic()
            elif time.monotonic() - since > 0.5:
                break
            time.sleep(0.1)
        width, height, rows = last
        if area:
            x, y = max(area[0], 0), max(area[1], 0)
            width, height = min(area[2], width - x), min(area[3], height - y)
            rows = [row[x * 3:(x + width) * 3] for row in rows[y:y + height]]

        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        with open(path, "wb") as f:
            f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                    + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 6)) + chunk(b"IEND", b""))

    def close(self):
        for process in reversed(self.started):
            for end in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(process.pid, end)  # each was started as the leader of a session of its own
                except ProcessLookupError:
                    break
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    continue
        if self.run:
            shutil.rmtree(self.run, ignore_errors=True)
