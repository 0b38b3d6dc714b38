#include "searchfield.h"

#include "icons.h"

#include <QAction>
#include <QKeyEvent>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int mostSaved = 40;

} // namespace

SearchField::SearchField(QWidget *parent)
    : QLineEdit(parent)
    , m_keep(addAction(iconNamed(u"star"_s), TrailingPosition))
{
    setClearButtonEnabled(true);
    connect(m_keep, &QAction::triggered, this, [this] {
        if (text().trimmed().isEmpty())
            openSaved();
        else
            toggleSaved();
    });
    connect(this, &QLineEdit::textChanged, this, &SearchField::refresh);
    refresh();
}

void SearchField::setSaved(const QStringList &searches)
{
    m_saved = searches;
    refresh();
}

void SearchField::toggleSaved()
{
    const QString search = text().trimmed();
    if (m_saved.removeAll(search) == 0) {
        m_saved.prepend(search);
        m_saved = m_saved.mid(0, mostSaved);
    }
    refresh();
}

void SearchField::refresh()
{
    const QString search = text().trimmed();
    const bool isSaved = m_saved.contains(search);
    m_keep->setIcon(iconNamed(isSaved ? u"star-filled"_s : u"star"_s));
    m_keep->setVisible(!search.isEmpty() || !m_saved.isEmpty());
    m_keep->setText(search.isEmpty() ? tr("Saved searches (Down)") : isSaved ? tr("Forget this search") : tr("Save this search"));
    m_keep->setToolTip(m_keep->text());
}

void SearchField::openSaved()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Saved searches"));
    for (const QString &search : std::as_const(m_saved))
        connect(menu->addAction(QString(search).replace(u'&', u"&&"_s)), &QAction::triggered, this, [this, search] { setText(search); });
    menu->popup(mapToGlobal(QPoint(0, height())));
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down && !m_saved.isEmpty())
        openSaved();
    else
        QLineEdit::keyPressEvent(event);
}

} // namespace plantain
