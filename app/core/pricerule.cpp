#include "pricerule.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

const Json *valueOf(const QString &parameter, const Json &input, const Json &defaults)
{
    const std::string name = parameter.toStdString();
    for (const Json *source : { &input, &defaults }) {
        if (!source->is_object())
            continue;
        const auto found = source->find(name);
        if (found != source->end() && !found->is_null())
            return &*found;
    }
    return nullptr;
}

QString plain(double number, int leastDecimals)
{
    QString text = QString::number(number, 'f', 4);
    const qsizetype point = text.indexOf(u'.');
    while (text.endsWith(u'0') && text.size() - point - 1 > leastDecimals)
        text.chop(1);
    if (text.endsWith(u'.'))
        text.chop(1);
    return text;
}

QString money(double amount, const QString &currency)
{
    const QString number = plain(amount, 2);
    return currency == u"USD"_s ? u"$"_s + number : currency + u' ' + number;
}

// "true" says nothing in a formula, the parameter's name does.
QString labelOf(const QString &parameter, const Json &value)
{
    return value.is_boolean() ? parameter : parameter + u' ' + toQString(value);
}

} // namespace

Price priceOf(const PriceRule &rule, const Json &input, const Json &defaults)
{
    qint64 count = 1;
    if (const Json *value = valueOf(rule.countParameter, input, defaults); value && value->is_number_integer())
        count = std::clamp(value->get<qint64>(), qint64(0), qint64(1'000'000));

    double perImage = rule.perImage;
    QString formula = money(rule.perImage, rule.currency);
    for (const auto &[parameter, factors] : rule.factors.asKeyValueRange()) {
        const Json *value = valueOf(parameter, input, defaults);
        const double factor = value ? factors.value(toQString(*value), 1) : 1;
        if (qFuzzyCompare(factor, 1))
            continue;
        perImage *= factor;
        formula += u" x %1 (%2)"_s.arg(plain(factor, 0), toQString(*value));
    }
    QStringList extras;
    for (const auto &[parameter, amounts] : rule.surcharges.asKeyValueRange()) {
        const Json *value = valueOf(parameter, input, defaults);
        const double amount = value ? amounts.value(toQString(*value), 0) : 0;
        if (qFuzzyIsNull(amount))
            continue;
        perImage += amount;
        extras.append(u"%1 (%2)"_s.arg(money(amount, rule.currency), labelOf(parameter, *value)));
    }
    if (!extras.isEmpty())
        formula += u" + "_s + extras.join(u" + "_s);
    const double amount = double(count) * perImage;
    if (count != 1)
        formula = (extras.isEmpty() ? u"%1 x %2"_s : u"%1 x (%2)"_s).arg(QString::number(count), formula);
    return { .amount = amount,
        .currency = rule.currency,
        .estimated = true,
        .formula = formula + u" = "_s + money(amount, rule.currency) };
}

Price priceOfUnits(const PriceRule &rule, double units)
{
    const double amount = units * rule.perImage;
    return { .amount = amount,
        .currency = rule.currency,
        .estimated = false,
        .formula = u"%1 units x %2 = %3"_s.arg(
            plain(units, 0), money(rule.perImage, rule.currency), money(amount, rule.currency)) };
}

} // namespace plantain
