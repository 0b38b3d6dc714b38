#include "referencelist.h"

#include "emptyhint.h"
#include "folderquestionbox.h"
#include "icons.h"
#include "notelabel.h"
#include "offerstrip.h"
#include "parametertext.h"
#include "referencelistview.h"
#include "referencemodel.h"
#include "referencetext.h"
#include "sectionheading.h"
#include "theme.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

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
    , m_folder(new FolderQuestionBox(model, this))
    , m_sibling(new OfferStrip(this))
    , m_fetch(new OfferStrip(this))
    , m_scale(new OfferStrip(this))
    , m_hint(new NoteLabel(NoteLabel::Rank::Attention, this))
    , m_error(new NoteLabel(NoteLabel::Rank::Bad, this))
{
    setAcceptDrops(true);
    m_view->setAccessibleName(tr("References"));
    m_view->setObjectName(u"references"_s);
    new EmptyHint(m_view, tr("Drop or paste pictures here, or press Add"));
    for (QToolButton *button : { m_up, m_down, m_remove, m_add })
        m_heading->addButton(button);
    m_add->setText(tr("Add…"));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::tight);
    layout->addWidget(m_heading);
    layout->addWidget(m_view);
    layout->addWidget(m_folder);
    layout->addWidget(m_sibling);
    layout->addWidget(m_fetch);
    layout->addWidget(m_scale);
    layout->addWidget(m_hint);
    layout->addWidget(m_error);
    m_sibling->setObjectName(u"siblingOffer"_s);
    m_fetch->setObjectName(u"fetchOffer"_s);
    m_scale->setObjectName(u"scaleOffer"_s);
    m_error->setObjectName(u"referencesNote"_s);

    connect(m_add, &QToolButton::clicked, this, [this] { askForFiles(); });
    connect(m_remove, &QToolButton::clicked, m_view, &ReferenceListView::removeSelected);
    connect(m_up, &QToolButton::clicked, m_view, [this] { m_view->moveCurrent(-1); });
    connect(m_down, &QToolButton::clicked, m_view, [this] { m_view->moveCurrent(1); });
    connect(m_view, &ReferenceListView::given, this, &ReferenceList::take);
    connect(m_view, &ReferenceListView::replaceRequested, this, &ReferenceList::askForReplacement);
    connect(m_sibling, &OfferStrip::accepted, this, [this] { Q_EMIT endpointWanted(m_model.sibling()->id); });
    connect(m_view, &ReferenceListView::fetchRequested, this, &ReferenceList::fetchWanted);
    connect(m_fetch, &OfferStrip::accepted, this, [this] { Q_EMIT fetchWanted(m_fetchUrl); });
    connect(m_folder, &FolderQuestionBox::answered, this, [this](int count) { say(m_model.takeFromFolders(count)); });
    connect(m_folder, &FolderQuestionBox::chooseRequested, this, &ReferenceList::askForFiles);
    connect(&m_model, &ReferenceModel::folderQuestionChanged, this, [this] {
        if (m_model.folderQuestion())
            Q_EMIT shownAt(m_folder);
    });
    connect(m_scale, &OfferStrip::accepted, this, [this] { m_model.setScaledDown(m_scaleRow, true); });
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, [this] { m_emptied = m_model.rowCount() == 0; });
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, [this] { m_emptied = false; });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] { m_emptied = false; });
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &ReferenceList::refreshOffers);
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
    say(m_model.add(urls, row));
}

void ReferenceList::say(const std::vector<Error> &refused)
{
    m_refused = refused;
    refreshError();
    if (!m_refused.empty())
        Q_EMIT shownAt(m_error);
}

void ReferenceList::take(const GivenPictures &given, int row)
{
    if (given.picture.isEmpty())
        add(given.urls, row);
    else
        Q_EMIT pictureGiven(given.picture, row);
}

QFileDialog *ReferenceList::openDialog(const QString &title, bool several)
{
    auto *dialog = new QFileDialog(this, title, m_lastFolder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(several ? QFileDialog::ExistingFiles : QFileDialog::ExistingFile);
    dialog->setNameFilters({ tr("Pictures (*.png *.jpg *.jpeg *.webp)"), tr("All files (*)") });
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &files) {
        if (!files.isEmpty())
            m_lastFolder = QFileInfo(files.front()).absolutePath();
    });
    dialog->open();
    return dialog;
}

void ReferenceList::askForFiles(const QString &folder)
{
    if (!folder.isEmpty())
        m_lastFolder = folder;
    const bool isAnswer = !folder.isEmpty();
    connect(openDialog(tr("Add reference pictures"), true), &QFileDialog::filesSelected, this, [this, isAnswer](const QStringList &files) {
        if (isAnswer)
            m_model.takeFromFolders(0);
        QList<QUrl> urls;
        for (const QString &file : files)
            urls.append(QUrl::fromLocalFile(file));
        add(urls);
    });
}

void ReferenceList::askForReplacement(int row)
{
    const QPersistentModelIndex index = m_model.index(row);
    connect(openDialog(tr("Replace picture %1").arg(row + 1), false), &QFileDialog::fileSelected, this,
            [this, index](const QString &file) {
                if (index.isValid())
                    m_model.replace(index.row(), QUrl::fromLocalFile(file));
            });
}

void ReferenceList::refresh()
{
    setVisible(m_model.isOffered());
    const int count = m_model.rowCount();
    const QString title = m_model.isLimitKnown() ? tr("References %1/%2").arg(count).arg(m_model.limit())
                                                 : tr("References %1").arg(count);
    m_heading->setTitle(m_model.isRequired() ? tr("%1 *", "a required field").arg(title) : title);
    refreshButtons();
    refreshError();
    refreshOffers();
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
        sentences.append(tr("Others that could not be added: %1").arg(m_refused.size() - mostNamed));
    m_error->setNote(sentences.join(u'\n'));
}

void ReferenceList::refreshOffers()
{
    const Endpoint *sibling = m_model.sibling();
    const Endpoint *endpoint = m_model.endpoint();
    m_emptied = m_emptied && m_model.takesReferences();
    if (endpoint && sibling && !m_model.takesReferences() && m_model.rowCount() > 0)
        m_sibling->setOffer(tr("%1 takes no pictures: these are not sent.").arg(endpoint->title), tr("Use %1").arg(sibling->title));
    else if (sibling && m_emptied && sibling->maxReferences == 0)
        m_sibling->setOffer(tr("%1 makes pictures from words alone.").arg(sibling->title), tr("Use %1").arg(sibling->title));
    else
        m_sibling->setOffer({}, {});

    const auto &references = m_model.references();
    const auto address = std::ranges::find_if(references, &Reference::isOnTheWeb);
    m_fetchUrl = address == references.end() ? QUrl() : address->url;
    if (m_fetchUrl.isEmpty())
        m_fetch->setOffer({}, {});
    else
        m_fetch->setOffer(tr("%1 is only an address so far.").arg(address->name), fetchText(m_fetchUrl));

    m_scaleRow = -1;
    for (int row = 0; row < m_model.rowCount() && m_scaleRow < 0; ++row) {
        const QModelIndex index = m_model.index(row);
        if (!index.data(ReferenceModel::ScaleOfferTextRole).toString().isEmpty()
            && !index.data(ReferenceModel::IsScaledDownRole).toBool())
            m_scaleRow = row;
    }
    const QModelIndex large = m_model.index(m_scaleRow);
    const QString advice = large.data(ReferenceModel::AdviceTextRole).toString();
    m_scale->setOffer(advice.isEmpty() ? large.data(ReferenceModel::ErrorTextRole).toString() : advice,
                      large.data(ReferenceModel::ScaleOfferTextRole).toString());
    m_hint->setNote(m_model.hint());
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
    if (mayGivePictures(*event->mimeData()))
        event->acceptProposedAction();
}

void ReferenceList::dropEvent(QDropEvent *event)
{
    event->setDropAction(Qt::CopyAction);
    event->accept();
    take(givenPictures(*event->mimeData()));
}

} // namespace plantain
