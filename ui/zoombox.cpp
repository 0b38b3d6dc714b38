#include "zoombox.h"

#include "explain.h"

#include <QLineEdit>
#include <QRegularExpressionValidator>

using namespace Qt::StringLiterals;

namespace plantain {

ZoomBox::ZoomBox(QWidget *parent)
    : CalmComboBox(parent)
{
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setCompleter(nullptr);
    addItem(tr("Fit"));
    for (const double scale : { 0.25, 0.5, 1.0, 2.0, 4.0, 8.0 })
        addItem(percentText(scale));
    // Figures and the letters of one word; what then makes no sense goes back to what is shown.
    const QString letters = QRegularExpression::escape(tr("Fit").toLower() + tr("Fit").toUpper());
    lineEdit()->setValidator(
        new QRegularExpressionValidator(QRegularExpression(uR"([\d.,%\s)"_s + letters + u"]{0,8}"_s), this));
    setAccessibleName(tr("Zoom"));
    lineEdit()->setAccessibleName(tr("Zoom"));
    explain(this, tr("How large the picture is shown. At 100 % one of its pixels is one of the screen."));
    setFixedWidth(fontMetrics().horizontalAdvance(u"00000 %"_s) + 36);
    connect(this, &QComboBox::activated, this, [this](int row) {
        if (itemText(row) != m_shown) // a combo box also says so when it loses the focus with a text of its list
            take(itemText(row));
    });
    connect(lineEdit(), &QLineEdit::editingFinished, this, [this] {
        if (lineEdit()->isModified())
            take(lineEdit()->text());
        else
            lineEdit()->setText(m_shown);
    });
    setScale(0);
}

void ZoomBox::setScale(double scale)
{
    m_shown = scale > 0 ? percentText(scale) : QString();
    if (lineEdit()->isModified())
        return; // somebody is typing
    setCurrentIndex(-1);
    setEditText(m_shown);
}

void ZoomBox::take(const QString &text)
{
    lineEdit()->setModified(false);
    QString number = text;
    number.remove(u'%').replace(u',', u'.');
    bool isNumber = false;
    const double percent = number.trimmed().toDouble(&isNumber);
    if (isNumber && percent > 0)
        Q_EMIT scaleRequested(percent / 100);
    else if (text.compare(tr("Fit"), Qt::CaseInsensitive) == 0)
        Q_EMIT fitRequested();
    setEditText(m_shown);
}

QString percentText(double scale)
{
    const double percent = scale * 100;
    return ZoomBox::tr("%1 %", "percent").arg(percent, 0, 'f', percent < 9.95 && percent != int(percent) ? 1 : 0);
}

} // namespace plantain
