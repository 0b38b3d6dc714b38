#pragma once

#include "thumbnailstore.h"

#include <QWidget>

class QToolButton;

namespace plantain {

/// The references that went into a run, small and numbered as the prompt counts them. A press tells which.
class ReferenceThumbs final : public QWidget
{
    Q_OBJECT
public:
    struct Entry
    {
        QString name; ///< foreign text is fine
        QString sha256, file; ///< empty when it is no file of the library

        bool operator==(const Entry &) const = default;
    };

    /// `thumbnails` outlives the widget.
    explicit ReferenceThumbs(ThumbnailStore &thumbnails, QWidget *parent = nullptr);

    void setEntries(const std::vector<Entry> &entries);

Q_SIGNALS:
    void pressed(const QString &file);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void paintIcons();
    void place();
    QIcon iconOf(int number) const;

    ThumbnailStore &m_thumbnails;
    std::vector<Entry> m_entries;
    std::vector<QToolButton *> m_buttons;
};

} // namespace plantain
