#!/usr/bin/env python3
"""selftest.py ROOT: every rule finds what it is for, and leaves alone what is allowed.

One violation at a time is planted in the tree (in memory), and just that one must be found."""
import sys

from lint import problems
from rules import RULES
from tree import Tree

HOME = "/" + "home/somebody/plantain"  # in two pieces, so that it is no find itself

# rule, file, content; the rule must find it in that file, and no other rule may find anything
PLANTED = [
    ("layering", "app/core/planted.h", '#pragma once\n#include "library.h"\n'),
    ("layering", "app/fal/planted.cpp", '#include "library.h"\n'),
    ("layering", "app/library/planted.cpp", '#include <falclient.h>\n'),
    ("layering", "app/imaging/planted.cpp", '#include "session.h"\n'),
    ("layering", "app/sandbox/planted.cpp", '#include "falclient.h"\n'),
    ("layering", "app/session/planted.cpp", '#include "sandbox.h"\n'),
    ("layering", "ui/planted.cpp", '#include "library.h"\n'),
    ("layering", "ui/planted.cpp", '#include "../app/core/ids.h"\n'),
    ("layering", "app/core/planted.cpp", '#include "nosuchheader.h"\n'),
    ("reach", {"ui/planted.cpp": '#include "plantedface.h"\n',
               "app/session/plantedface.h": '#pragma once\n#include "falclient.h"\n'}, "session's header"),
    ("qt_modules", "app/session/planted.cpp", "#include <QWidget>\n"),
    ("qt_modules", "app/core/planted.cpp", "#include <QtWidgets/QLabel>\n"),
    ("qt_modules", "app/core/planted.cpp", "#include <QImage>\n"),
    ("qt_modules", "app/fal/planted.cpp", "#include <QSqlQuery>\n"),
    ("qt_modules", "ui/planted.cpp", "#include <QNetworkReply>\n"),
    ("unique_names", {"ui/planted.cpp": "\n", "app/core/planted.cpp": "\n"}, "two of one name"),
    ("top_level", "notes.txt", "x\n"),
    ("flat_rooms", "app/core/deep/planted.cpp", "\n"),
    ("flat_rooms", "app/newroom/planted.cpp", "\n"),
    ("header_guards", "app/core/planted.h", "struct Planted { };\n"),
    ("machine", "tests/planted.md", "see %s\n" % HOME),
    ("machine", "packaging/planted", "curl http://deb." + "debian.org/\n"),
    ("size", "app/core/planted.cpp", "\n" * 501),
    ("plain_labels", "ui/planted.cpp", "auto *label = new QLabel(text, this);\n"),
    ("event-loop", "app/fal/planted.cpp", "QEventLoop loop;\n"),
    ("event-loop", "ui/planted.cpp", "qApp->processEvents();\n"),
    ("exec", "ui/planted.cpp", "dialog->exec();\n"),
    ("exec", "app/session/planted.cpp", "return dialog.exec();\n"),
    ("thread-subclass", "app/library/planted.cpp", "class Worker : public QThread { };\n"),
    ("thread-terminate", "app/library/planted.cpp", "m_thread->terminate();\n"),
    ("sleep", "app/fal/planted.cpp", "QThread::msleep(10);\n"),
    ("sleep", "app/sandbox/planted.cpp", "std::this_thread::sleep_for(wait);\n"),
    ("string-connect", "ui/planted.cpp", "connect(a, SIGNAL(clicked()), b, SLOT(go()));\n"),
    ("future-then", "app/session/planted.cpp", "library.run(id).then(this, [this] { });\n"),
    ("fixed-wait", "tests/core/planted.cpp", "QTest::qWait(100);\n"),
    ("fixed-wait", "tests/core/planted.cpp", "std::this_thread::sleep_for(100ms);\n"),
    ("certificates", "app/fal/planted.cpp", "reply->ignoreSslErrors();\n"),
    ("transfer-timeout", "app/fal/planted.cpp", "request.setTransferTimeout(1000);\n"),
    ("network", "ui/planted.cpp", "QNetworkAccessManager *network;\n"),
    ("network", "app/session/planted.cpp", "QTcpSocket socket;\n"),
    ("execute", "ui/planted.cpp", "QProcess::startDetached(program);\n"),
    ("open-url", "ui/planted.cpp", "QDesktopServices::openUrl(url);\n"),
    ("decode", "ui/planted.cpp", "const QPixmap pixmap(fileName);\n"),
    ("decode", "app/session/planted.cpp", 'QImage image(u"/a.png"_s);\n'),
    ("keyring", "app/session/planted.cpp", "QKeychain::Job *job = nullptr;\n"),
    ("decode", "ui/planted.cpp", "QImage image(record.file);\n"),
    ("decode", "app/session/planted.cpp", "image.loadFromData(bytes);\n"),
    ("decode", "ui/planted.cpp", "QImageReader reader(device);\n"),
    ("json", "app/fal/planted.cpp", "auto tree = Json::parse(bytes.begin(), bytes.end());\n"),
    ("json", "app/session/planted.cpp", "const auto document = QJsonDocument::fromJson(bytes);\n"),
    ("save-file", "app/library/planted.cpp", "QSaveFile file(name);\n"),
    ("sql-exec", "app/library/planted.cpp", "    query.exec();\n"),
    ("sql-exec", "app/library/planted.cpp", '    query.exec(u"PRAGMA x"_s);\n'),
    ("sql-text", "app/library/planted.cpp", 'return query.prepare(u"SELECT * FROM run WHERE id = %1"_s.arg(id));\n'),
    ("rich-text", "ui/planted.cpp", "label->setTextFormat(Qt::RichText);\n"),
    ("rich-text", "ui/planted.cpp", "QMessageBox::warning(this, title, text);\n"),
    ("keyring", "app/session/planted.cpp", "QKeychain::ReadPasswordJob job(name);\n"),
    ("endpoint-name", "app/session/planted.cpp", 'const auto id = u"fal-ai/nano-banana-2"_s;\n'),
    ("singleton", "app/core/planted.cpp", "static Settings &instance();\n"),
    ("vague-name", "app/session/planted.h", "#pragma once\nclass RunManager\n{\n};\n"),
]

ALLOWED = [
    ("app/session/planted.cpp", '#include "falclient.h"\n#include "library.h"\n#include <QtConcurrent>\n'),
    ("ui/planted.cpp", '#include "session.h"\n#include <QLabel>\n#include <QSvgRenderer>\n#include "planted.moc"\n'),
    ("app/core/planted.cpp", "// QEventLoop, QSaveFile, nano-banana: what a comment says is no call\n/* SLOT( */\n"),
    ("app/core/planted.cpp", 'const auto text = u"https://example.com // QThread"_s;\n'),
    ("app/library/planted.cpp", "if (!query.exec())\n    return failure(errorOf(query));\n"),
    ("ui/planted.cpp", "auto *label = new QLabel(this);\nlabel->setTextFormat(Qt::PlainText);\n"),
    ("ui/planted.cpp", "QPixmap pixmap(size);\nQImage image(64, 64, QImage::Format_RGB32);\nclass QNetworkAccessManagerless;\n"),
    ("tests/core/planted.cpp", "QTRY_COMPARE(spy.count(), 1);\n"),
]


def main(root):
    wrong = []
    untried = {rule.__name__ for rule in RULES} - {rule for rule, _, _ in PLANTED}
    if untried:
        wrong.append("rules that nothing is planted for: %s" % ", ".join(sorted(untried)))
    before = set(problems(Tree(root)))
    for rule, file, content in PLANTED:
        files = file if isinstance(file, dict) else {file: content}
        new = set(problems(Tree(root, files))) - before
        if not any(name == rule and where in files for name, where, _, _ in new):
            wrong.append("%s does not find %r in %s" % (rule, content[:60], ", ".join(files)))
        wrong += ["%s: finds %r too, for %r" % (name, what, content[:60]) for name, _, _, what in new if name != rule]
    for file, content in ALLOWED:
        new = set(problems(Tree(root, {file: content}))) - before
        wrong += ["%s: %r is allowed, and was found: %s" % (name, content[:60], what) for name, _, _, what in new]
    for line in wrong:
        print(line)
    print("%d planted, %d allowed, %d wrong" % (len(PLANTED), len(ALLOWED), len(wrong)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
