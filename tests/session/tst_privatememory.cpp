#include "keys.h"

#include <QTest>

#include <sys/prctl.h>
#include <sys/resource.h>

using namespace plantain;
using namespace Qt::StringLiterals;

class TestPrivateMemory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aKeyMakesItPrivate();
};

void TestPrivateMemory::aKeyMakesItPrivate()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("A sanitizer looks into the process from another one.");
#endif
    QCOMPARE(::prctl(PR_GET_DUMPABLE), 1);
    Keys keys;
    keys.useForSession(u"fal"_s, {});
    QCOMPARE(::prctl(PR_GET_DUMPABLE), 1); // without a secret there is nothing to hide
    keys.useForSession(u"fal"_s, "id:secret");
    QCOMPARE(::prctl(PR_GET_DUMPABLE), 0);
    rlimit cores {};
    QCOMPARE(::getrlimit(RLIMIT_CORE, &cores), 0);
    QCOMPARE(cores.rlim_cur, rlim_t(0));
    QCOMPARE(cores.rlim_max, rlim_t(0));
}

QTEST_GUILESS_MAIN(TestPrivateMemory)
#include "tst_privatememory.moc"
