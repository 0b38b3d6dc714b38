#include "collectionmenu.h"

#include "marking.h"
#include "theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QWidgetAction>

#include <algorithm>

namespace plantain {

CollectionMenu::CollectionMenu(Marking &marking, const std::vector<PictureId> &pictures, QWidget *parent)
    : QMenu(tr("Collections"), parent)
    , m_marking(marking)
    , m_pictures(pictures)
{
    setAccessibleName(tr("Collections"));
    auto *line = new QWidget(this);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(spacing::related, spacing::tight, spacing::related, spacing::tight);
    auto *name = new QLineEdit(line);
    name->setPlaceholderText(tr("New collection"));
    name->setAccessibleName(tr("Name of a new collection"));
    name->setMinimumWidth(180);
    layout->addWidget(name);
    auto *entry = new QWidgetAction(this);
    entry->setDefaultWidget(line);
    addAction(entry);
    connect(name, &QLineEdit::returnPressed, this, [this, name] {
        m_marking.setInCollection(m_pictures, name->text(), true);
        close();
    });
    addSeparator();
    for (const QString &collection : m_marking.collections()) {
        QAction *action = addAction(QString(collection).replace(u'&', QStringLiteral("&&")));
        action->setCheckable(true);
        action->setChecked(hasAll(collection));
        connect(action, &QAction::triggered, this, [this, collection](bool in) { m_marking.setInCollection(m_pictures, collection, in); });
    }
    connect(this, &QMenu::aboutToShow, this, [this, entry, name] {
        setActiveAction(entry);
        name->setFocus();
    });
}

bool CollectionMenu::hasAll(const QString &name) const
{
    return std::all_of(m_pictures.begin(), m_pictures.end(), [this, &name](const PictureId &picture) {
        return m_marking.marksOf(picture).collections.contains(name);
    });
}

} // namespace plantain
