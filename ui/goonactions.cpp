#include "goonactions.h"

#include "actions.h"
#include "galleryroles.h"
#include "galleryview.h"
#include "session.h"

#include <QAction>

namespace plantain {

GoOnActions::GoOnActions(Session &session, const GalleryView &view, const Actions &actions, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_view(view)
    , m_actions(actions)
{
    const auto on = [this](QAction *action, auto handler) {
        connect(action, &QAction::triggered, this, [this, handler] {
            const QModelIndex index = m_view.currentIndex();
            handler(pictureIdOf(index));
        });
    };
    on(actions.editPicture, [this](const PictureId &picture) { m_session.editPicture(picture); });
    on(actions.vary, [this](const PictureId &picture) { m_session.vary(picture); });
    on(actions.promote, [this](const PictureId &picture) { m_session.promote(picture); });
    on(actions.promoteByEdit, [this](const PictureId &picture) { m_session.promoteByEdit(picture); });
    connect(view.selectionModel(), &QItemSelectionModel::currentChanged, this, &GoOnActions::enable);
    connect(view.model(), &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first, const QModelIndex &last) {
        const int row = m_view.currentIndex().row();
        if (row >= first.row() && row <= last.row())
            enable();
    });
    enable();
}

void GoOnActions::enable()
{
    const bool isPicture = TileState(m_view.currentIndex().data(GalleryRole::State).toInt()) == TileState::Picture;
    for (QAction *action : { m_actions.editPicture, m_actions.vary, m_actions.promote, m_actions.promoteByEdit })
        action->setEnabled(isPicture && m_view.currentIndex().isValid());
    m_actions.showLineage->setEnabled(m_view.currentIndex().isValid());
}

} // namespace plantain
