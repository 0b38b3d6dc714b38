#pragma once

#include <QLabel>

class QAbstractItemView;

namespace plantain {

/// What an empty list says in its middle: what is missing and how to get it. Shows itself while the view has no row.
class EmptyHint final : public QLabel
{
    Q_OBJECT
public:
    EmptyHint(QAbstractItemView *view, const QString &text);

    void setHint(const QString &text) { setText(text); }
    /// Call after the view was given another model.
    void watchModel();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void place();
    void refresh();
    void colour();

    QAbstractItemView *m_view;
    bool m_colouring = false;
};

} // namespace plantain
