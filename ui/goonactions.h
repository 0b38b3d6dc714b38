#pragma once

#include <QObject>

namespace plantain {

struct Actions;
class GalleryView;
class Session;

/// Going on from the gallery's current picture, which is the viewer's as well: edit it, vary its run, promote it.
class GoOnActions final : public QObject
{
    Q_OBJECT
public:
    /// All but `parent` outlive it.
    GoOnActions(Session &session, const GalleryView &view, const Actions &actions, QObject *parent);

private:
    void enable();

    Session &m_session;
    const GalleryView &m_view;
    const Actions &m_actions;
};

} // namespace plantain
