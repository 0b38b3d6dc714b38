#include "generatewords.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("GeneratePanel", text);
}

} // namespace

QString amountText(const Price &price)
{
    // Cents, and tenths of a cent where the price has them.
    const bool hasTenths = std::abs(price.amount * 100 - std::round(price.amount * 100)) > 0.01;
    const QString amount = QLocale().toString(price.amount, 'f', hasTenths ? 3 : 2);
    return price.currency == "USD"_L1 ? u'$' + amount : amount + u' ' + price.currency;
}

QString generateText(int images, const std::optional<Price> &price, bool isSandbox)
{
    QString text = images > 0 ? tr("Generate %1").arg(images) : tr("Generate");
    if (isSandbox)
        text += u"   "_s + tr("free in the sandbox");
    else if (price)
        text += u"   "_s + (price->estimated ? tr("about %1") : tr("%1")).arg(amountText(*price));
    return text;
}

} // namespace plantain
