#include "referencemenu.h"

#include "referencelistview.h"
#include "referencemodel.h"
#include "referencetext.h"

#include <QActionGroup>

namespace plantain {

ReferenceMenu::ReferenceMenu(ReferenceModel &model, ReferenceListView &view)
    : QMenu(&view)
{
    setToolTipsVisible(true);
    const QPersistentModelIndex index = view.currentIndex();
    addAction(tr("&Replace…"), this, [this, index] { Q_EMIT replaceRequested(index.row()); })->setEnabled(index.isValid());

    if (const QUrl url = index.data(ReferenceModel::UrlRole).toUrl(); !url.host().isEmpty())
        addAction(fetchText(url), this, [this, url] { Q_EMIT fetchRequested(url); });

    QMenu *parts = addMenu(tr("&Label"));
    auto *group = new QActionGroup(parts);
    const auto now = static_cast<ReferencePart>(index.data(ReferenceModel::PartRole).toInt());
    const auto addPart = [&](ReferencePart part) {
        QAction *action = parts->addAction(textOf(part), &model, [&model, index, part] {
            if (index.isValid())
                model.setPart(index.row(), part);
        });
        action->setCheckable(true);
        action->setChecked(part == now);
        group->addAction(action);
    };
    addPart(ReferencePart::None);
    for (const ReferencePart part : referenceParts())
        addPart(part);

    if (const QString offer = index.data(ReferenceModel::ScaleOfferTextRole).toString(); !offer.isEmpty()) {
        addAction(offer, &model, [&model, index] {
            if (index.isValid())
                model.setScaledDown(index.row(), !index.data(ReferenceModel::IsScaledDownRole).toBool());
        });
    }
    if (const QString offer = index.data(ReferenceModel::MetadataOfferTextRole).toString(); !offer.isEmpty()) {
        addAction(offer, &model, [&model, index] {
            if (index.isValid())
                model.setMetadataKept(index.row(), !index.data(ReferenceModel::IsMetadataKeptRole).toBool());
        });
    }
    addSeparator();
    addAction(tr("Move &up"), &view, [&view] { view.moveCurrent(-1); })->setEnabled(index.row() > 0);
    addAction(tr("Move &down"), &view, [&view] { view.moveCurrent(1); })
        ->setEnabled(index.isValid() && index.row() + 1 < model.rowCount());
    addSeparator();
    addAction(tr("Re&move"), &view, &ReferenceListView::removeSelected)->setEnabled(index.isValid());
}

} // namespace plantain
