#pragma once

#include <QMenu>

namespace plantain {

class ReferenceListView;
class ReferenceModel;

/// What can be done with one reference: replaced, labelled, scaled down or not, moved, removed.
class ReferenceMenu final : public QMenu
{
    Q_OBJECT
public:
    /// Of the view's current row as it is now.
    ReferenceMenu(ReferenceModel &model, ReferenceListView &view);

Q_SIGNALS:
    void replaceRequested(int row);
    void fetchRequested(const QUrl &url);
};

} // namespace plantain
