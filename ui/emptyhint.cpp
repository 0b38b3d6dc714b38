#include "emptyhint.h"

#include "theme.h"

#include <QAbstractItemView>
#include <QEvent>

namespace plantain {

EmptyHint::EmptyHint(QAbstractItemView *view, const QString &text)
    : QLabel(text, view->viewport())
    , m_view(view)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setAlignment(Qt::AlignCenter);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    view->viewport()->installEventFilter(this);
    colour();
    watchModel();
    place();
}

void EmptyHint::watchModel()
{
    if (const QAbstractItemModel *model = m_view->model()) {
        connect(model, &QAbstractItemModel::rowsInserted, this, &EmptyHint::refresh);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &EmptyHint::refresh);
        connect(model, &QAbstractItemModel::modelReset, this, &EmptyHint::refresh);
        connect(model, &QAbstractItemModel::layoutChanged, this, &EmptyHint::refresh);
    }
    refresh();
}

bool EmptyHint::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QLabel::eventFilter(watched, event);
}

void EmptyHint::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QLabel::changeEvent(event);
}

void EmptyHint::place()
{
    setGeometry(m_view->viewport()->rect().marginsRemoved({ spacing::group, 0, spacing::group, 0 }));
}

void EmptyHint::refresh()
{
    setVisible(!m_view->model() || m_view->model()->rowCount(m_view->rootIndex()) == 0);
}

void EmptyHint::colour()
{
    m_colouring = true;
    QPalette own;
    own.setColor(QPalette::WindowText, coloursOf(m_view->palette()).muted);
    setPalette(own);
    m_colouring = false;
}

} // namespace plantain
