#pragma once

#include "error.h"
#include "givenpictures.h"
#include "ids.h"

#include <QWidget>

#include <vector>

class QFileDialog;
class QToolButton;

namespace plantain {

class FolderQuestionBox;
class NoteLabel;
class OfferStrip;
class ReferenceListView;
class ReferenceModel;
class SectionHeading;

/// The reference pictures of the next run: the list, how many of how many, what could not be added, and what is offered: an
/// endpoint that takes pictures, or one that needs none; a smaller copy of a large one. Hidden when neither the endpoint
/// nor its sibling takes any.
class ReferenceList final : public QWidget
{
    Q_OBJECT
public:
    explicit ReferenceList(ReferenceModel &model, QWidget *parent = nullptr);

    void add(const QList<QUrl> &urls, int row = -1);
    void askForFiles(const QString &folder = {}); ///< does not block
    void take(const GivenPictures &given, int row = -1);
    void askForReplacement(int row);
    ReferenceListView *view() const { return m_view; }

Q_SIGNALS:
    void shownAt(QWidget *widget); ///< a sentence appeared there
    void fetchWanted(const QUrl &url); ///< by a press that named the host
    void pictureGiven(const QByteArray &bytes, int row); ///< one without a file
    void endpointWanted(const plantain::EndpointId &id);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QToolButton *makeButton(const QString &icon, const QString &name, const QString &toolTip);
    void say(const std::vector<Error> &refused);
    void refresh();
    void refreshError();
    void refreshOffers();
    void refreshButtons();
    QFileDialog *openDialog(const QString &title, bool several);

    ReferenceModel &m_model;
    SectionHeading *m_heading;
    ReferenceListView *m_view;
    QToolButton *m_add;
    QToolButton *m_up;
    QToolButton *m_down;
    QToolButton *m_remove;
    FolderQuestionBox *m_folder;
    OfferStrip *m_sibling;
    OfferStrip *m_fetch;
    OfferStrip *m_scale;
    NoteLabel *m_hint; ///< about all of them
    NoteLabel *m_error; ///< of the list as a whole, and what was not added
    std::vector<Error> m_refused;
    QString m_lastFolder; ///< where the last files came from
    bool m_emptied = false; ///< the last picture was removed
    QUrl m_fetchUrl; ///< whose picture is offered to be fetched
    int m_scaleRow = -1; ///< whose smaller copy is offered
};

} // namespace plantain
