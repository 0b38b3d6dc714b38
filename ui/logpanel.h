#pragma once

#include "ids.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QTableView;
class QToolButton;

namespace plantain {

struct Actions;
class DockTitle;
class EmptyHint;
class LogFilter;
class LogModel;
class MessageStrip;

/// The live log. Follows its end until a person scrolls up, and again from when the end is reached.
class LogPanel final : public QWidget
{
    Q_OBJECT
public:
    /// `actions` and `model` outlive the panel.
    LogPanel(LogModel *model, const Actions &actions, QWidget *parent = nullptr);

    DockTitle *title() const { return m_title; } ///< for the dock
    void focusList();
    void focusFilter();
    bool isFollowing() const;
    void showRun(const RunId &id); ///< only its lines; empty: those of all
    void saveTo(const QString &file); ///< the lines that are shown; written off this thread, said in the panel

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void scrolled(int value);
    void rangeChanged();
    void followToggled(bool follow);
    void setFilter(const QString &text);
    void setLevel(int place);
    void filterChanged();
    void copy();
    void askForFile();
    QStringList shownLines() const;

    LogModel *m_model;
    const Actions &m_actions;
    LogFilter *m_filter;
    DockTitle *m_title;
    QLineEdit *m_search;
    QComboBox *m_level;
    QToolButton *m_run; ///< says that one run's lines are shown; a press shows all again
    MessageStrip *m_saved, *m_notSaved;
    QTableView *m_view;
    EmptyHint *m_hint;
    int m_removedPixels = 0; ///< of lines above the view that are about to leave
    bool m_ours = false; ///< the scroll bar is moved by us
};

} // namespace plantain
