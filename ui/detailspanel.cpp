#include "detailspanel.h"

#include "actions.h"
#include "confirmbar.h"
#include "detailfacts.h"
#include "errortext.h"
#include "gallerymodel.h"
#include "iconbutton.h"
#include "lineagepath.h"
#include "markbox.h"
#include "notelabel.h"
#include "openlink.h"
#include "picturepreview.h"
#include "picturethumbs.h"
#include "runmodel.h"
#include "runnote.h"
#include "runroles.h"
#include "sectionheading.h"
#include "selectabletext.h"
#include "sendagainquestion.h"
#include "session.h"
#include "theme.h"
#include "thumbnailstore.h"
#include "whenfinished.h"

#include <QAction>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMap>
#include <QPushButton>
#include <QScrollBar>
#include <QSet>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace plantain {

DetailsPanel::DetailsPanel(Session &session, ThumbnailStore &thumbnails, QWidget *parent)
    : QScrollArea(parent)
    , m_session(session)
    , m_thumbnails(thumbnails)
    , m_sizes(ImageSizes::load(u":/imagesizes.json"_s).value_or(ImageSizes()))
    , m_preview(new PicturePreview(thumbnails))
{
    build();
    const GalleryModel *model = session.gallery();
    connect(model, &QAbstractItemModel::dataChanged, this, &DetailsPanel::tileChanged);
    const auto goneWithItsRow = [this] {
        if (!m_current.isValid() && !m_run.isEmpty())
            setCurrent({});
    };
    connect(model, &QAbstractItemModel::rowsRemoved, this, goneWithItsRow);
    connect(model, &QAbstractItemModel::modelReset, this, goneWithItsRow);
    setCurrent({});
}

void DetailsPanel::setCurrent(const QModelIndex &index)
{
    m_current = index;
    if (index.data(GalleryRole::RunId).value<RunId>() != m_run)
        m_question->leave();
    refreshShown();
    if (!index.isValid()) {
        m_run = {};
        m_note->showRun({}, {});
        ++m_request;
        return;
    }
    const auto run = index.data(GalleryRole::RunId).value<RunId>();
    if (run != m_run)
        verticalScrollBar()->setValue(0);
    if (run != m_run)
        m_note->showRun({}, {}); // until its own is known
    m_run = run;
    showTile();
}

void DetailsPanel::setSelection(const QModelIndexList &tiles)
{
    m_severalSelected = tiles.size() > 1;
    refreshShown();
    if (m_severalSelected)
        summarise(tiles);
}

void DetailsPanel::refreshShown()
{
    m_hint->setVisible(!m_severalSelected && !m_current.isValid());
    m_content->setVisible(!m_severalSelected && m_current.isValid());
    m_summary->setVisible(m_severalSelected);
}

void DetailsPanel::summarise(const QModelIndexList &tiles)
{
    QSet<RunId> runs;
    QMap<QString, Price> sums; // by currency
    int pictures = 0, unknown = 0;
    for (const QModelIndex &tile : tiles) {
        pictures += TileState(tile.data(GalleryRole::State).toInt()) == TileState::Picture;
        const auto run = tile.data(GalleryRole::RunId).value<RunId>();
        if (runs.contains(run))
            continue;
        runs.insert(run);
        const std::optional<Price> price = m_session.runs()->priceOf(run);
        unknown += !price;
        if (!price)
            continue;
        Price &sum = sums[price->currency];
        const bool estimated = price->estimated || (sum.estimated && !sum.currency.isEmpty());
        sum = { .amount = sum.amount + price->amount, .currency = price->currency, .estimated = estimated };
    }
    QStringList prices;
    for (const Price &sum : sums)
        prices << priceText(sum);
    if (unknown > 0)
        prices << (unknown == 1 ? tr("1 run not known") : tr("%1 runs not known").arg(unknown));
    m_summaryHeading->setTitle(tr("%1 selected").arg(tiles.size()));
    m_summaryFacts->setFacts({ { tr("Pictures"), QString::number(pictures) },
                               { tr("Runs"), QString::number(runs.size()) },
                               { tr("Price of runs"), prices.join(u", "_s) } });
}

void DetailsPanel::setMarkedWords(const QStringList &words)
{
    m_prompt->setMarkedWords(words);
    m_description->setMarkedWords(words);
}

void DetailsPanel::addSummaryAction(QAction *action)
{
    auto *button = new QPushButton(m_summary);
    button->setText(action->text().remove(u'&'));
    button->setToolTip(toolTipOf(*action));
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    m_summary->layout()->addWidget(button);
}

void DetailsPanel::build()
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(240);
    setAccessibleName(tr("Details"));
    auto *inside = new QWidget;
    auto *layout = new QVBoxLayout(inside);
    layout->setContentsMargins(spacing::page, spacing::related, spacing::page, spacing::page);

    m_hint = new QLabel(tr("Select a picture to see what it is made of."), inside);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setMinimumHeight(120);
    layout->addWidget(m_hint);

    m_content = new QWidget(inside);
    auto *content = new QVBoxLayout(m_content);
    content->setContentsMargins({});
    content->setSpacing(spacing::tight);
    content->addWidget(m_preview);
    connect(m_preview, &PicturePreview::activated, this, &DetailsPanel::openRequested);
    m_marks = new MarkBox(*m_session.marking(), m_content);
    content->addWidget(m_marks);
    m_deviations = new NoteLabel(NoteLabel::Rank::Attention, m_content);
    content->addWidget(m_deviations);
    layout->addWidget(m_content);
    buildSummary();
    layout->addWidget(m_summary);
    layout->addStretch();
    buildOutcome();
    buildTexts();
    setWidget(inside);
}

void DetailsPanel::buildSummary()
{
    m_summary = new QWidget(this);
    auto *layout = new QVBoxLayout(m_summary);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::tight);
    m_summaryHeading = new SectionHeading({}, m_summary);
    m_summaryFacts = new FactList(m_summary);
    layout->addWidget(m_summaryHeading);
    layout->addWidget(m_summaryFacts);
    layout->addSpacing(spacing::related);
}

void DetailsPanel::buildOutcome()
{
    auto *content = m_content->layout();
    m_outcomeHeading = new SectionHeading({}, m_content);
    m_outcome = new NoteLabel(NoteLabel::Rank::Muted, m_content);
    m_actions = new QWidget(m_content);
    auto *row = new QHBoxLayout(m_actions);
    row->setContentsMargins(0, spacing::tight, 0, 0);
    row->setSpacing(spacing::related);
    const auto button = [this, row](RunAction action, auto handler) {
        auto *made = new QPushButton(textOf(action), m_actions);
        connect(made, &QPushButton::clicked, this, handler);
        row->addWidget(made);
        return made;
    };
    m_cancel = button(RunAction::Cancel, [this] { m_session.cancel(m_run); });
    m_lookUp = button(RunAction::LookUp, [this] { m_session.lookUp(m_run); });
    m_sendAgain = new QPushButton(textOf(RunAction::SendAgain), m_actions);
    auto *confirm = new ConfirmBar(m_content);
    m_question = new SendAgainQuestion(*confirm, this);
    connect(m_sendAgain, &QPushButton::clicked, this, [this] { m_question->ask({ { m_run, m_state } }); });
    connect(m_question, &SendAgainQuestion::wanted, &m_session, &Session::sendAgain);
    row->addWidget(m_sendAgain);
    m_cancel->setToolTip(tr("Asks the server to stop this run. What is done already is still paid for."));
    m_lookUp->setToolTip(tr("Asks the server whether it took this run, and goes on with it if it did."));
    m_sendAgain->setToolTip(tr("A new run with the same input. It may cost a second time."));
    row->addStretch();
    m_fetchAgain = new QPushButton(textOf(TileAction::FetchAgain), m_content);
    m_fetchAgain->setToolTip(tr("Fetches this picture from where it came. It costs nothing."));
    connect(m_fetchAgain, &QPushButton::clicked, this,
            [this] { m_session.fetchAgain({ m_run, m_current.data(GalleryRole::ImageIndex).toInt() }); });
    content->addWidget(m_outcomeHeading);
    content->addWidget(m_outcome);
    content->addWidget(m_fetchAgain);
    content->addWidget(m_actions);
    content->addWidget(confirm);
}

void DetailsPanel::buildTexts()
{
    auto *content = m_content->layout();
    const auto text = [this, content](const QString &title) {
        auto *heading = new SectionHeading(title, m_content);
        auto *shown = new SelectableText(m_content);
        shown->setAccessibleName(title);
        auto *copyIt = iconButton(u"copy"_s, tr("Copy: %1").arg(title), heading);
        connect(copyIt, &QToolButton::clicked, this, [this, shown] { copy(shown->toPlainText()); });
        heading->addButton(copyIt);
        content->addWidget(heading);
        content->addWidget(shown);
        return shown;
    };
    const auto facts = [this, content](const QString &title) {
        content->addWidget(new SectionHeading(title, m_content));
        auto *list = new FactList(m_content);
        content->addWidget(list);
        return list;
    };
    m_description = text(tr("Description"));
    m_prompt = text(tr("Prompt"));
    m_prompt->setWhenEmpty(tr("No prompt"));
    m_note = new RunNote(m_session, m_content);
    content->addWidget(m_note);
    m_referencesHeading = new SectionHeading(tr("References"), m_content);
    m_references = new PictureThumbs(m_thumbnails, m_content);
    connect(m_references, &PictureThumbs::pressed, this, [this](int, const QString &file) { open(file); });
    content->addWidget(m_referencesHeading);
    content->addWidget(m_references);
    m_lineage = new LineagePath(m_session, m_thumbnails, m_content);
    connect(m_lineage, &LineagePath::chosen, this, &DetailsPanel::chosen);
    connect(m_lineage, &LineagePath::lineageRequested, this, &DetailsPanel::lineageRequested);
    content->addWidget(m_lineage);
    m_parameters = facts(tr("Parameters sent"));
    m_facts = facts(tr("Run"));

    m_file = new QWidget(m_content);
    auto *file = new QVBoxLayout(m_file);
    file->setContentsMargins({});
    file->setSpacing(spacing::tight);
    auto *heading = new SectionHeading(tr("File"), m_file);
    auto *view = iconButton(u"open"_s, tr("Open in the picture viewer"), heading);
    connect(view, &QToolButton::clicked, this, [this] { open(m_path->toPlainText()); });
    heading->addButton(view);
    auto *show = iconButton(u"folder"_s, tr("Show in folder"), heading);
    auto *copyPath = iconButton(u"copy"_s, tr("Copy the path"), heading);
    connect(show, &QToolButton::clicked, this, &DetailsPanel::openFolder);
    connect(copyPath, &QToolButton::clicked, this, [this] { copy(m_path->toPlainText()); });
    heading->addButton(show);
    heading->addButton(copyPath);
    m_path = new SelectableText(m_file);
    m_path->setAccessibleName(tr("File"));
    m_fileNote = new NoteLabel(NoteLabel::Rank::Attention, m_file);
    file->addWidget(heading);
    file->addWidget(m_path);
    file->addWidget(m_fileNote);
    content->addWidget(m_file);
}

void DetailsPanel::tileChanged(const QModelIndex &from, const QModelIndex &to, const QList<int> &roles)
{
    if (!m_current.isValid() || m_current.row() < from.row() || m_current.row() > to.row())
        return;
    if (roles.isEmpty())
        showTile();
    else
        showOutcome();
}

void DetailsPanel::showTile()
{
    const QString path = m_current.data(GalleryRole::File).toString();
    m_lineage->showPicture({ m_run, m_current.data(GalleryRole::ImageIndex).toInt() });
    m_preview->setVisible(!path.isEmpty());
    m_marks->setVisible(!path.isEmpty());
    const QString deviations = m_current.data(GalleryRole::DeviationText).toString();
    m_deviations->setNote(deviations.isEmpty() ? QString() : tr("Not as asked for: %1").arg(deviations));
    m_marks->showMarks({ m_run, m_current.data(GalleryRole::ImageIndex).toInt() }, m_current.data(GalleryRole::Marks).value<Marks>());
    m_preview->setPicture(m_current.data(GalleryRole::Sha256).toString(), path,
                          m_current.data(GalleryRole::PixelSize).toSize());
    m_file->setVisible(!path.isEmpty());
    m_path->setShown(path);
    m_fileNote->setNote({});
    showOutcome();
    load();
}

/// Of a picture there is nothing to say here.
void DetailsPanel::showOutcome()
{
    const auto state = TileState(m_current.data(GalleryRole::State).toInt());
    const bool isPicture = state == TileState::Picture;
    m_fetchAgain->setVisible(state == TileState::FileMissing || state == TileState::FileChanged);
    m_outcomeHeading->setVisible(!isPicture);
    m_outcomeHeading->setTitle(m_current.data(GalleryRole::Status).toString());
    m_outcome->setRank(state == TileState::Cancelled ? NoteLabel::Rank::Muted
                           : state == TileState::Unknown || state == TileState::Empty ? NoteLabel::Rank::Attention
                                                                                      : NoteLabel::Rank::Bad);
    m_outcome->setNote(isPicture ? QString() : m_current.data(GalleryRole::Sentence).toString());
}

void DetailsPanel::load()
{
    const int request = ++m_request;
    whenFinished(m_session.details(m_run), this, [this, request](const Result<RunRecord> &record) {
        if (request == m_request)
            take(record);
    });
}

void DetailsPanel::take(const Result<RunRecord> &result)
{
    const RunRecord record = result ? *result : RunRecord();
    const Error *error = record.error ? &*record.error : nullptr;
    const RunActions allowed = result ? actionsOf(record.state, record.cancel, error, nullptr) : RunActions(RunAction::None);
    m_state = record.state;
    m_actions->setVisible(allowed != RunAction::None);
    m_cancel->setVisible(allowed.testFlag(RunAction::Cancel));
    m_lookUp->setVisible(allowed.testFlag(RunAction::LookUp) || allowed.testFlag(RunAction::LookAgain));
    m_lookUp->setText(textOf(allowed.testFlag(RunAction::LookAgain) ? RunAction::LookAgain : RunAction::LookUp));
    m_sendAgain->setVisible(allowed.testFlag(RunAction::SendAgain));
    m_description->setWhenEmpty(isFinal(record.state) ? tr("No description") : tr("Not there yet"));
    m_description->setShown(record.description);
    m_prompt->setShown(record.prompt());
    m_parameters->setFacts(parameterFacts(record));
    const int image = m_current.data(GalleryRole::ImageIndex).toInt();
    m_facts->setFacts(result ? runFacts(record, image, m_sizes, sameAsText(record, image, *m_session.gallery())) : std::vector<Fact>());
    showReferences(record);
    if (result)
        m_note->showRun(m_run, record.note);
    if (!result) {
        m_outcome->setRank(NoteLabel::Rank::Bad);
        m_outcome->setNote(errorText(result.error()).sentence());
    }
}

void DetailsPanel::showReferences(const RunRecord &record)
{
    const std::vector<PictureThumbs::Entry> entries = referenceEntries(record, m_session);
    m_referencesHeading->setVisible(!entries.empty());
    m_references->setVisible(!entries.empty());
    m_references->setEntries(entries);
}

void DetailsPanel::open(const QString &file)
{
    m_fileNote->setNote(openPicture(file) ? QString() : tr("No picture viewer could be opened. The path can be copied."));
}

void DetailsPanel::openFolder()
{
    const QString file = m_path->toPlainText();
    showInFolder(file, this, [this, file](bool shown) {
        if (file == m_path->toPlainText())
            m_fileNote->setNote(shown ? QString() : tr("No file manager could be opened. The path can be copied."));
    });
}

void DetailsPanel::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace plantain
