#pragma once

#include "runroles.h"

#include <QWidget>

class QTableView;

namespace plantain {

struct Actions;
class ConfirmBar;
class SendAgainQuestion;
class DockTitle;
class RunDelegate;
class RunModel;

/// All runs as a table, and what can be done with them. Says what a person wants; the window's owner does it.
class RunPanel final : public QWidget
{
    Q_OBJECT
public:
    /// `actions` and `model` outlive the panel.
    RunPanel(RunModel *model, const Actions &actions, QWidget *parent = nullptr);

    DockTitle *title() const { return m_title; } ///< for the dock
    void selectRun(const RunId &id);
    void focusList();
    std::vector<RunId> selectedRuns() const;

Q_SIGNALS:
    void showRun(const plantain::RunId &id); ///< one run was selected, or Return pressed on it
    void cancelRequested(const plantain::RunId &id);
    void lookUpRequested(const plantain::RunId &id);
    void keyRequested(const plantain::RunId &id); ///< of its server
    void tryNowRequested(const plantain::RunId &id);
    void sendAgainRequested(const plantain::RunId &id); ///< of a run whose fate is unknown: after the explicit word
    void moveRequested(const plantain::RunId &id, int place); ///< among those that wait to be sent, 0 is the next one
    void logRequested(const plantain::RunId &id);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void fitColumns();
    void selectionMoved();
    void refreshActions();
    void refreshSummary();
    void act(RunAction action);
    void act(RunAction action, const QModelIndex &index);
    void sendAgain(const std::vector<RunId> &runs);
    void moveSelected(int step);
    void openMenu(const QPoint &position);

    RunModel *m_model;
    const Actions &m_actions;
    DockTitle *m_title;
    QTableView *m_view;
    RunDelegate *m_delegate;
    ConfirmBar *m_confirm;
    SendAgainQuestion *m_question;
    RunId m_shown; ///< the one selected run, if it is one
};

} // namespace plantain
