#pragma once

#include "rundifference.h"

#include <QScrollArea>

class QVBoxLayout;

namespace plantain {

class FactList;
class NoteLabel;
class SectionHeading;
class SelectableText;
class Session;
class ThumbnailStore;
class PictureThumbs;

/// Beside the pictures that are compared: only what is not the same about them. Prompts word by word, parameters,
/// references beside each other; seed, price and time.
class WhatDiffers final : public QScrollArea
{
    Q_OBJECT
public:
    struct Picture
    {
        QString letter; ///< "A"
        RunId run;
        int image = 0;

        bool operator==(const Picture &) const = default;
    };

    /// Both outlive it.
    WhatDiffers(Session &session, ThumbnailStore &thumbnails, QWidget *parent = nullptr);

    void setPictures(const std::vector<Picture> &pictures); ///< the first is what the others are compared with
    void setBlind(bool blind); ///< says nothing

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Prompt
    {
        SectionHeading *heading;
        SelectableText *text;
        NoteLabel *gone; ///< words of the first that are not in it, where that cannot be marked in the first itself
    };
    struct References
    {
        SectionHeading *heading;
        PictureThumbs *thumbs;
    };

    void build();
    void load();
    void refresh();
    void showPrompts();
    void showReferences();
    QStringList letters() const;

    Session &m_session;
    ThumbnailStore &m_thumbnails;
    std::vector<Picture> m_pictures;
    std::vector<ComparedPicture> m_loaded; ///< of m_pictures; empty until all are there
    bool m_blind = false;
    int m_request = 0; ///< answers to earlier ones are dropped

    NoteLabel *m_note = nullptr;
    QWidget *m_content = nullptr;
    SectionHeading *m_parametersHeading = nullptr;
    QVBoxLayout *m_promptsLayout = nullptr, *m_referencesLayout = nullptr;
    std::vector<Prompt> m_prompts; ///< kept and hidden when there are fewer
    std::vector<References> m_references;
    FactList *m_parameters = nullptr, *m_runs = nullptr;
};

} // namespace plantain
