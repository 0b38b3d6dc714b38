#include "referencelist.h"

#include "emptyhint.h"
#include "icons.h"
#include "notelabel.h"
#include "parametertext.h"
#include "referencelistview.h"
#include "referencemodel.h"
#include "sectionheading.h"
#include "theme.h"
#include "urlsfrommime.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace plantain {

ReferenceList::ReferenceList(ReferenceModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_heading(new SectionHeading(tr("References"), this))
    , m_view(new ReferenceListView(model, this))
    , m_add(makeButton(u"add"_s, tr("Add references"), tr("Add picture files")))
    , m_up(makeButton(u"up"_s, tr("Move reference up"), tr("Move the selected picture up (Alt+Up)")))
    , m_down(makeButton(u"down"_s, tr("Move reference down"), tr("Move the selected picture down (Alt+Down)")))
    , m_remove(makeButton(u"remove"_s, tr("Remove reference"), tr("Take the selected picture off the list (Delete)")))
    , m_error(new NoteLabel(NoteLabel::Rank::Bad, this))
{
    setAcceptDrops(true);
    m_view->setAccessibleName(tr("References"));
    m_view->setObjectName(u"references"_s);
    new EmptyHint(m_view, tr("Drop pictures here, or press Add"));
    for (QToolButton *button : { m_up, m_down, m_remove, m_add })
        m_heading->addButton(button);
    m_add->setText(tr("Add…"));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::tight);
    layout->addWidget(m_heading);
    layout->addWidget(m_view);
    layout->addWidget(m_error);

    connect(m_add, &QToolButton::clicked, this, &ReferenceList::askForFiles);
    connect(m_remove, &QToolButton::clicked, m_view, &ReferenceListView::removeSelected);
    connect(m_up, &QToolButton::clicked, m_view, [this] { m_view->moveCurrent(-1); });
    connect(m_down, &QToolButton::clicked, m_view, [this] { m_view->moveCurrent(1); });
    connect(m_view, &ReferenceListView::urlsGiven, this, &ReferenceList::add);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &ReferenceList::refreshButtons);
    connect(&m_model, &ReferenceModel::referencesChanged, this, [this] {
        m_refused.clear();
        refresh();
    });
    connect(&m_model, &ReferenceModel::listErrorChanged, this, [this] {
        refreshError();
        if (m_model.listError())
            Q_EMIT shownAt(m_error);
    });
    refresh();
}

QToolButton *ReferenceList::makeButton(const QString &icon, const QString &name, const QString &toolTip)
{
    auto *button = new QToolButton(this);
    button->setIcon(iconNamed(icon));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(name);
    button->setToolTip(toolTip);
    return button;
}

void ReferenceList::add(const QList<QUrl> &urls, int row)
{
    const auto refused = m_model.add(urls, row);
    m_refused = refused;
    refreshError();
    if (!m_refused.empty())
        Q_EMIT shownAt(m_error);
}

void ReferenceList::askForFiles()
{
    auto *dialog = new QFileDialog(this, tr("Add reference pictures"), m_folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({ tr("Pictures (*.png *.jpg *.jpeg *.webp)"), tr("All files (*)") });
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &files) {
        if (!files.isEmpty())
            m_folder = QFileInfo(files.front()).absolutePath();
        QList<QUrl> urls;
        for (const QString &file : files)
            urls.append(QUrl::fromLocalFile(file));
        add(urls);
    });
    dialog->open();
}

void ReferenceList::refresh()
{
    setVisible(m_model.takesReferences());
    const int count = m_model.rowCount();
    const QString title = m_model.isLimitKnown() ? tr("References %1/%2").arg(count).arg(m_model.limit())
                                                 : tr("References %1").arg(count);
    m_heading->setTitle(m_model.isRequired() ? tr("%1 *", "a required field").arg(title) : title);
    refreshButtons();
    refreshError();
}

void ReferenceList::refreshError()
{
    QStringList sentences;
    if (m_model.listError())
        sentences.append(sentenceAtField(*m_model.listError()));
    constexpr std::size_t mostNamed = 3;
    for (std::size_t i = 0; i < std::min(m_refused.size(), mostNamed); ++i)
        sentences.append(sentenceAtField(m_refused[i]));
    if (m_refused.size() > mostNamed)
        sentences.append(tr("%n more could not be added.", nullptr, static_cast<int>(m_refused.size() - mostNamed)));
    m_error->setNote(sentences.join(u'\n'));
}

void ReferenceList::refreshButtons()
{
    const int row = m_view->currentIndex().row();
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_model.rowCount());
    m_remove->setEnabled(row >= 0);
}

void ReferenceList::dragEnterEvent(QDragEnterEvent *event)
{
    if (!urlsFromMime(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ReferenceList::dropEvent(QDropEvent *event)
{
    event->setDropAction(Qt::CopyAction);
    event->accept();
    add(urlsFromMime(*event->mimeData()));
}

} // namespace plantain
