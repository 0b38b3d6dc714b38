#pragma once

#include "marks.h"
#include "pictureid.h"
#include "picturestore.h"

#include <QModelIndexList>
#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace plantain {

class PictureCanvas;
class Session;
class ThumbnailStore;

/// The texts that a prompt puts in quotes, as a list to tick off beside each picture: right, wrong, missing; kept with the
/// picture's marks, and taken back like those. What is not right becomes the prompt of an edit. The place looked at stays
/// from one picture to the next.
class ProofPage final : public QWidget
{
    Q_OBJECT
public:
    /// All outlive the page.
    ProofPage(Session &session, ThumbnailStore &thumbnails, PictureStore &pictures, QWidget *parent = nullptr);
    ~ProofPage() override;

    bool begin(const QModelIndexList &tiles); ///< false: none of them shall hold text
    QString editPrompt() const; ///< of the picture that is shown; empty when nothing is wrong

Q_SIGNALS:
    void closeRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    struct Sheet
    {
        PictureRequest picture;
        PictureId id;
        QSize size;
        QStringList texts; ///< each once
        std::vector<TextReading> readings; ///< of the texts, as they are shown
    };

    QWidget *buildList();
    std::vector<TextReading> readingsOf(const Sheet &sheet) const;
    void followMarks();
    void read(Reading reading);
    void step(int by);
    void moveText(int by);
    void showSheet();
    void showTexts();
    void showPicture();
    void edit();
    Ninth placeLookedAt() const;

    Session &m_session;
    ThumbnailStore &m_thumbnails;
    PictureStore &m_pictures;
    std::vector<Sheet> m_sheets;
    size_t m_sheet = 0;
    PictureCanvas *m_canvas;
    QLabel *m_position;
    QListWidget *m_list;
    QPushButton *m_right, *m_wrong, *m_missing, *m_previous, *m_next, *m_edit, *m_close;
};

} // namespace plantain
