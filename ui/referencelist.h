#pragma once

#include "error.h"

#include <QList>
#include <QUrl>
#include <QWidget>

#include <vector>

class QToolButton;

namespace plantain {

class NoteLabel;
class ReferenceListView;
class ReferenceModel;
class SectionHeading;

/// The reference pictures of the next run: the list, how many of how many, and what could not be added. Hidden when
/// the endpoint takes none.
class ReferenceList final : public QWidget
{
    Q_OBJECT
public:
    explicit ReferenceList(ReferenceModel &model, QWidget *parent = nullptr);

    void add(const QList<QUrl> &urls, int row = -1);
    void askForFiles(); ///< does not block
    ReferenceListView *view() const { return m_view; }

Q_SIGNALS:
    void shownAt(QWidget *widget); ///< a sentence appeared there

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QToolButton *makeButton(const QString &icon, const QString &name, const QString &toolTip);
    void refresh();
    void refreshError();
    void refreshButtons();

    ReferenceModel &m_model;
    SectionHeading *m_heading;
    ReferenceListView *m_view;
    QToolButton *m_add;
    QToolButton *m_up;
    QToolButton *m_down;
    QToolButton *m_remove;
    NoteLabel *m_error; ///< of the list as a whole, and what was not added
    std::vector<Error> m_refused;
    QString m_folder; ///< where the last files came from
};

} // namespace plantain
