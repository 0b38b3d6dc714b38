#include "nomatchhint.h"

#include "theme.h"

#include <QAbstractScrollArea>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace plantain {

NoMatchHint::NoMatchHint(QAbstractScrollArea *area, const QString &text, const QString &button)
    : QWidget(area->viewport())
{
    auto *label = new QLabel(text, this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignCenter);
    auto *clear = new QPushButton(button, this);
    connect(clear, &QPushButton::clicked, this, &NoMatchHint::cleared);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::related);
    layout->addStretch();
    layout->addWidget(label);
    layout->addWidget(clear, 0, Qt::AlignHCenter);
    layout->addStretch();
    area->viewport()->installEventFilter(this);
    place();
    hide();
}

bool NoMatchHint::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

void NoMatchHint::place()
{
    setGeometry(parentWidget()->rect().marginsRemoved({ spacing::group, 0, spacing::group, 0 }));
}

} // namespace plantain
