#include "trashstrip.h"

#include "actions.h"
#include "confirmbar.h"
#include "explain.h"
#include "gallerymodel.h"
#include "gallerypage.h"
#include "iconbutton.h"
#include "theme.h"
#include "trash.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace plantain {

TrashStrip::TrashStrip(Trash &trash, GalleryPage &page, const Actions &actions)
    : QFrame(&page)
    , m_trash(trash)
    , m_page(page)
    , m_actions(actions)
    , m_text(new QLabel(this))
    , m_confirm(new ConfirmBar(this))
{
    auto *line = new QHBoxLayout;
    line->setContentsMargins(spacing::page, spacing::tight, spacing::tight, spacing::tight);
    line->setSpacing(spacing::related);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    line->addWidget(m_text, 1);
    auto *buttons = new QHBoxLayout; // in the trash; a line of their own, as the gallery may be narrow
    buttons->setContentsMargins(spacing::page, 0, spacing::tight, spacing::tight);
    buttons->setSpacing(spacing::related);
    const auto button = [this](QAction *action, const QString &text, QBoxLayout *where) {
        auto *made = new QPushButton(text, this);
        explain(made, action->statusTip());
        connect(made, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, made, [made, action] { made->setEnabled(action->isEnabled()); });
        where->addWidget(made);
        return made;
    };
    m_undo = button(actions.undoDeletion, tr("Undo"), line);
    m_restore = button(actions.restorePictures, tr("Restore"), buttons);
    m_empty = button(actions.emptyTrash, tr("Empty trash…"), buttons);
    m_back = new QPushButton(tr("Back"), this);
    explain(m_back, tr("To the pictures that are not in the trash"));
    connect(m_back, &QPushButton::clicked, &page, &GalleryPage::leaveTrash);
    buttons->addWidget(m_back);
    buttons->addStretch();
    m_close = iconButton(u"close"_s, tr("Dismiss the message"), this);
    connect(m_close, &QToolButton::clicked, this, [this] {
        m_last.clear();
        refresh();
    });
    line->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(line);
    layout->addLayout(buttons);
    layout->addWidget(m_confirm);
    setAutoFillBackground(true);
    page.addStrip(this);

    connect(m_confirm, &ConfirmBar::confirmed, &trash, &Trash::empty);
    connect(&trash, &Trash::discarded, this, &TrashStrip::discarded);
    connect(&trash, &Trash::changed, this, [this] {
        m_last.clear();
        refresh();
    });
    connect(&trash, &Trash::emptied, this, [this](int pictures) {
        m_last = pictures == 1 ? tr("1 went to the desktop's trash.") : tr("%1 went to the desktop's trash.").arg(pictures);
        refresh();
    });
    connect(&page.model(), &GalleryModel::trashedChanged, this, &TrashStrip::refresh);
    connect(&page, &GalleryPage::filterApplied, this, &TrashStrip::refresh);
    connectActions();
    colour();
    refresh();
}

void TrashStrip::connectActions()
{
    connect(&m_page, &GalleryPage::deleteRequested, &m_trash, &Trash::discard);
    connect(&m_page, &GalleryPage::restoreRequested, &m_trash, &Trash::restore);
    connect(m_actions.undoDeletion, &QAction::triggered, &m_trash, &Trash::undo);
    connect(m_actions.showTrash, &QAction::triggered, &m_page, &GalleryPage::showTrash);
    connect(m_actions.emptyTrash, &QAction::triggered, this, &TrashStrip::askToEmpty);
}

QString TrashStrip::text() const
{
    return m_text->text();
}

void TrashStrip::discarded(int pictures)
{
    m_last = pictures == 1 ? tr("1 picture is in the trash.") : tr("%1 pictures are in the trash.").arg(pictures);
    refresh();
}

void TrashStrip::refresh()
{
    const int count = m_page.model().trashed();
    const bool busy = m_trash.isEmptying(), inTrash = m_page.showsTrash();
    m_actions.undoDeletion->setEnabled(m_trash.canUndo() && !busy);
    m_actions.emptyTrash->setEnabled(count > 0 && !busy);
    if (count == 0 || busy || !inTrash)
        m_confirm->leave();
    m_undo->setVisible(!inTrash && m_trash.canUndo());
    m_close->setVisible(!inTrash);
    for (QWidget *button : { m_restore, m_empty, m_back })
        button->setVisible(inTrash);
    const QString shown = QLocale().toString(count);
    m_text->setText(busy        ? tr("The trash is being emptied.")
                        : !inTrash ? m_last
                        : count > 0 ? tr("The trash holds %1. Nothing of it is lost until it is emptied.").arg(shown)
                                    : tr("The trash is empty."));
    setVisible(inTrash || busy || !m_last.isEmpty());
}

void TrashStrip::askToEmpty()
{
    m_page.showTrash();
    const int count = m_page.model().trashed();
    m_confirm->ask(count == 1 ? tr("Move 1 picture to the desktop's trash? Its run, with its input and price, is kept.")
                              : tr("Move %1 pictures to the desktop's trash? Their runs, with input and price, are kept.")
                                    .arg(QLocale().toString(count)),
                   tr("Empty trash"));
}

void TrashStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QFrame::changeEvent(event);
}

void TrashStrip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_close->isVisible())
        m_close->click();
    else
        QFrame::keyPressEvent(event);
}

void TrashStrip::colour()
{
    m_colouring = true;
    QPalette own;
    own.setColor(QPalette::Window, coloursOf(parentWidget()->palette()).strip);
    setPalette(own);
    m_colouring = false;
}

} // namespace plantain
