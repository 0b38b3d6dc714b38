#pragma once

#include "thumbnailstore.h"

#include <QWidget>

class QToolButton;

namespace plantain {

class Session;
struct RunRecord;

/// A few pictures, small and numbered. A press tells which.
class PictureThumbs final : public QWidget
{
    Q_OBJECT
public:
    struct Entry
    {
        QString name; ///< whole, foreign text is fine: "Reference 1: fox.png"
        QString sha256, file; ///< empty when it is no file of the library

        bool operator==(const Entry &) const = default;
    };

    /// `thumbnails` outlives the widget.
    explicit PictureThumbs(ThumbnailStore &thumbnails, QWidget *parent = nullptr);

    void setEntries(const std::vector<Entry> &entries);

Q_SIGNALS:
    void pressed(int place, const QString &file);

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

/// The references that went into a run, as the prompt counts them.
std::vector<PictureThumbs::Entry> referenceEntries(const RunRecord &record, const Session &session);

} // namespace plantain
