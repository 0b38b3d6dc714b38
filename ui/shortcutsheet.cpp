#include "shortcutsheet.h"

#include "actions.h"
#include "theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace plantain {

ShortcutSheet::ShortcutSheet(const Actions &actions, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);

    auto *table = new QTableWidget(0, 2, this);
    table->setAccessibleName(tr("Keyboard shortcuts"));
    table->setHorizontalHeaderLabels({ tr("Key"), tr("What it does") });
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(24);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    const auto add = [table](const QString &key, const QString &what) {
        const int row = table->rowCount();
        table->insertRow(row);
        table->setItem(row, 0, new QTableWidgetItem(key));
        table->setItem(row, 1, new QTableWidgetItem(what));
    };
    for (const QAction *action : actions.all) {
        QStringList keys;
        for (const QKeySequence &key : action->shortcuts())
            keys += key.toString(QKeySequence::NativeText);
        const QString what = action->text().remove(u'&').remove(u'…');
        if (!keys.isEmpty())
            add(keys.join(tr(" or ", "between two keys")),
                action->shortcutContext() == Qt::WidgetShortcut ? tr("%1 (in its list)").arg(what)
                    : action->shortcutContext() == Qt::WidgetWithChildrenShortcut ? tr("%1 (at pictures)").arg(what)
                                                                                  : what);
    }
    add(tr("Return"), tr("Show the selected run in the gallery, open the selected picture"));
    add(tr("Arrows"), tr("Move a picture that is larger than the view; else Left and Right go to its neighbours"));
    add(tr("Shift+Arrows, Shift+drag"), tr("While comparing, move one picture alone"));
    add(tr("Ctrl+Z"), tr("In the gallery: take back the last deletion"));
    add(tr("Tab, Shift+Tab"), tr("Next and previous control"));
    add(tr("Esc"), tr("Dismiss a message, close this sheet"));
    table->resizeColumnToContents(0);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setCurrentCell(0, 0);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(table);
    layout->addWidget(buttons);
    resize(480, 560);
}

} // namespace plantain
