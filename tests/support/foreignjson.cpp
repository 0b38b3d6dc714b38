#include "foreignjson.h"

#include "testpaths.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

std::optional<QString> suiteFolder()
{
    const auto material = materialFolder();
    return material && QDir(*material + u"/json"_s).exists() ? std::optional(*material + u"/json"_s) : std::nullopt;
}

std::vector<ForeignJson> ours()
{
    using enum ForeignJson::Verdict;
    const QByteArray nul(1, '\0');
    QByteArray keys = "{";
    for (int key = 0; key < 5000; ++key)
        keys += '"' + QByteArray::number(key) + "\":0,";
    return {
        { u"nothing"_s, "", Bad },
        { u"blanks"_s, " \r\n\t", Bad },
        { u"null"_s, "null", Good },
        { u"a number"_s, "7", Good },
        { u"a text"_s, "\"COMPLETED\"", Good },
        { u"an empty list"_s, "[]", Good },
        { u"an empty object"_s, "{}", Good },
        { u"nulls"_s, R"({"status":null,"request_id":null,"images":null,"run":null,"parameters":null,"version":null})", Good },
        { u"numbers"_s, R"({"status":1,"request_id":2,"images":3,"run":4,"parameters":5,"version":"6","detail":7})", Good },
        { u"objects"_s, R"({"status":{},"request_id":{},"images":{},"run":{},"detail":{},"error":{},"logs":{},"items":{}})", Good },
        { u"lists"_s, R"({"status":[],"request_id":[],"images":[[]],"run":[],"detail":[[]],"error":[],"logs":[[[]]],"items":[[]]})", Good },
        { u"the same key twice"_s, R"({"status":"IN_QUEUE","status":[]})", Good },
        { u"a large integer"_s, R"({"queue_position":123456789012345678901234567890})", Good },
        { u"a large number"_s, R"({"queue_position":1e999})", Bad },
        { u"a small number"_s, R"({"queue_position":-1e-999})", Good },
        { u"escapes"_s, R"({"\u0000":"\u0000\ud83c\udf4c\u202e"})", Good },
        { u"half a pair"_s, R"({"status":"\ud83c"})", Bad },
        { u"not UTF-8"_s, "{\"status\":\"\xff\xfe\"}", Bad },
        { u"a byte order mark"_s, "\xEF\xBB\xBF{}", Good },
        { u"UTF-16"_s, "{" + nul + "}" + nul, Bad },
        { u"a NUL behind"_s, "{}" + nul + "x", Bad },
        { u"cut"_s, R"({"status":"IN_QUEUE","logs":[{"message":)", Bad },
        { u"two"_s, "{}{}", Bad },
        { u"a comment"_s, "{} // it is", Bad },
        { u"a page"_s, "<html><body><h1>502 Bad Gateway</h1></body></html>", Bad },
        { u"deep lists"_s, QByteArray("[").repeated(100'000), Bad },
        { u"deep and whole"_s, QByteArray("[").repeated(10'000) + QByteArray("]").repeated(10'000), Bad },
        { u"deep objects"_s, QByteArray("{\"a\":").repeated(100'000), Bad },
        { u"many keys"_s, keys + "\"last\":0}", Bad },
        { u"many values"_s, "[" + QByteArray("0,").repeated(1'100'000) + "0]", Bad },
        { u"a long text"_s, "{\"status\":\"" + QByteArray(3'000'000, 'x') + "\"}", Good },
    };
}

} // namespace

bool hasJsonSuite()
{
    if (suiteFolder())
        return true;
    qInfo("PLANTAIN_MATERIAL names no folder with JSONTestSuite (tests/material.md): our own documents alone.");
    return false;
}

std::vector<ForeignJson> foreignJson()
{
    std::vector<ForeignJson> found = ours();
    if (const auto suite = suiteFolder()) {
        for (const QString &part : { u"/test_parsing"_s, u"/test_transform"_s }) {
            const QDir folder(*suite + part);
            for (const QString &name : folder.entryList({ u"*.json"_s }, QDir::Files, QDir::Name)) {
                QFile file(folder.filePath(name));
                if (!file.open(QIODevice::ReadOnly))
                    continue;
                using enum ForeignJson::Verdict;
                const auto verdict = name.startsWith(u"y_"_s) ? Good : name.startsWith(u"n_"_s) ? Bad : Either;
                found.push_back({ name, file.readAll(), verdict });
            }
        }
    }
    return found;
}

} // namespace plantain
