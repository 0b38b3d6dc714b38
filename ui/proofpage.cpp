#include "proofpage.h"

#include "answerbutton.h"
#include "form.h"
#include "galleryroles.h"
#include "icons.h"
#include "marking.h"
#include "parametermodel.h"
#include "picturecanvas.h"
#include "quotedtext.h"
#include "referencemodel.h"
#include "session.h"
#include "theme.h"
#include "thumbnailstore.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int listWidth = 260;

/// For the model, so in English whatever the language of the window is.
QString phraseOf(Ninth place)
{
    static constexpr std::array phrases { "", " in the upper left", " at the top", " in the upper right", " on the left", " in the middle",
                                          " on the right", " in the lower left", " at the bottom", " in the lower right" };
    return QString::fromLatin1(phrases[size_t(place)]);
}

} // namespace

ProofPage::ProofPage(Session &session, ThumbnailStore &thumbnails, PictureStore &pictures, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_thumbnails(thumbnails)
    , m_pictures(pictures)
    , m_canvas(new PictureCanvas(this))
    , m_position(new QLabel(this))
    , m_list(new QListWidget(this))
    , m_right(answerButton(tr("Right"), u"R"_s, tr("The text is there, letter by letter"), this))
    , m_wrong(answerButton(tr("Wrong"), u"W"_s, tr("The text is there with a fault"), this))
    , m_missing(answerButton(tr("Missing"), u"M"_s, tr("The text is not there"), this))
    , m_previous(answerButton(tr("Previous"), tr("PageUp"), tr("The picture before this one"), this))
    , m_next(answerButton(tr("Next"), tr("PageDown"), tr("The picture after this one"), this))
    , m_edit(answerButton(tr("Edit this picture"), u"E"_s, tr("Fills the form with an edit that says what to put right"), this))
    , m_close(answerButton(tr("Close"), tr("Escape"), tr("Back to the gallery"), this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Proofreading"));
    m_canvas->setFocusPolicy(Qt::NoFocus); // the keys are answers
    m_position->setTextFormat(Qt::PlainText);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_canvas, 1);
    layout->addWidget(buildList());
    connect(m_right, &QPushButton::clicked, this, [this] { read(Reading::Right); });
    connect(m_wrong, &QPushButton::clicked, this, [this] { read(Reading::Wrong); });
    connect(m_missing, &QPushButton::clicked, this, [this] { read(Reading::Missing); });
    connect(m_previous, &QPushButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QPushButton::clicked, this, [this] { step(1); });
    connect(m_edit, &QPushButton::clicked, this, &ProofPage::edit);
    connect(m_close, &QPushButton::clicked, this, &ProofPage::closeRequested);
    const auto come = [this](const QString &key) {
        if (m_sheet < m_sheets.size() && key == m_sheets[m_sheet].picture.key)
            showPicture();
    };
    connect(&pictures, &PictureStore::ready, this, come);
    connect(&thumbnails, &ThumbnailStore::ready, this, come);
    connect(session.marking(), &Marking::changed, this, &ProofPage::followMarks);
    connect(session.marking(), &Marking::failed, this, &ProofPage::followMarks);
}

ProofPage::~ProofPage() = default;

QWidget *ProofPage::buildList()
{
    auto *side = new QWidget(this);
    side->setFixedWidth(listWidth);
    auto *grid = new QGridLayout(side);
    grid->setContentsMargins(spacing::page, spacing::related, spacing::page, spacing::page);
    grid->setSpacing(spacing::related);
    m_list->setAccessibleName(tr("Texts of the prompt"));
    m_list->setFocusPolicy(Qt::ClickFocus);
    m_list->setWordWrap(true);
    grid->addWidget(m_position, 0, 0, 1, 2);
    grid->addWidget(m_close, 0, 2);
    grid->addWidget(m_list, 1, 0, 1, 3);
    grid->addWidget(m_right, 2, 0);
    grid->addWidget(m_wrong, 2, 1);
    grid->addWidget(m_missing, 2, 2);
    auto *steps = new QHBoxLayout;
    steps->setSpacing(spacing::related);
    steps->addWidget(m_previous);
    steps->addWidget(m_next);
    grid->addLayout(steps, 3, 0, 1, 3);
    grid->addWidget(m_edit, 4, 0, 1, 3);
    return side;
}

bool ProofPage::begin(const QModelIndexList &tiles)
{
    std::vector<Sheet> sheets;
    for (const QModelIndex &tile : tiles) {
        const QString file = tile.data(GalleryRole::File).toString();
        Sheet sheet { .picture = { tile.data(GalleryRole::Sha256).toString(), file, false },
                      .id = pictureIdOf(tile),
                      .size = tile.data(GalleryRole::PixelSize).toSize(),
                      .texts = quotedStrings(tile.data(GalleryRole::WholePrompt).toString()),
                      .readings = {} };
        sheet.texts.removeDuplicates();
        sheet.readings = readingsOf(sheet);
        if (!file.isEmpty() && !sheet.texts.isEmpty() && !tile.data(GalleryRole::Trashed).toBool())
            sheets.push_back(std::move(sheet));
    }
    if (sheets.empty())
        return false;
    m_sheets = std::move(sheets);
    m_sheet = 0;
    m_canvas->fit();
    showSheet();
    return true;
}

std::vector<TextReading> ProofPage::readingsOf(const Sheet &sheet) const
{
    const Marks marks = m_session.marking()->marksOf(sheet.id);
    std::vector<TextReading> readings;
    for (const QString &text : sheet.texts)
        readings.push_back(readingOf(marks, text));
    return readings;
}

/// To the picture and the text where something is other than it was: what is taken back is seen.
void ProofPage::followMarks()
{
    if (!isVisible())
        return;
    std::optional<std::pair<size_t, int>> changed;
    for (size_t number = 0; number < m_sheets.size(); ++number) {
        Sheet &sheet = m_sheets[number];
        const std::vector<TextReading> before = std::exchange(sheet.readings, readingsOf(sheet));
        const auto other = std::ranges::mismatch(before, sheet.readings);
        if (other.in1 != before.end() && !changed)
            changed = { number, int(other.in1 - before.begin()) };
    }
    if (!changed)
        return;
    if (std::exchange(m_sheet, changed->first) != changed->first)
        showSheet();
    else
        showTexts();
    m_list->setCurrentRow(changed->second);
}

void ProofPage::read(Reading reading)
{
    const int row = m_list->currentRow();
    const Sheet &sheet = m_sheets[m_sheet];
    if (row < 0 || row >= int(sheet.texts.size()))
        return;
    m_session.marking()->setReading(sheet.id, { sheet.texts.at(row), reading, placeLookedAt() });
    if (row + 1 < int(sheet.texts.size()))
        m_list->setCurrentRow(row + 1);
    else if (reading == Reading::Right && editPrompt().isEmpty())
        step(1); // all is right: the next one
}

void ProofPage::step(int by)
{
    const auto next = std::ptrdiff_t(m_sheet) + by;
    if (next < 0 || next >= std::ptrdiff_t(m_sheets.size()))
        return;
    m_sheet = size_t(next);
    showSheet();
}

void ProofPage::moveText(int by)
{
    m_list->setCurrentRow(std::clamp(m_list->currentRow() + by, 0, m_list->count() - 1));
}

void ProofPage::showSheet()
{
    const Sheet &sheet = m_sheets[m_sheet];
    m_position->setText(tr("Picture %1 of %2").arg(m_sheet + 1).arg(m_sheets.size()));
    m_canvas->setSubject(sheet.size, true);
    m_canvas->setAccessibleName(tr("Picture %1 of %2").arg(m_sheet + 1).arg(m_sheets.size()));
    m_previous->setEnabled(m_sheet > 0);
    m_next->setEnabled(m_sheet + 1 < m_sheets.size());
    m_list->clear();
    for (qsizetype text = 0; text < sheet.texts.size(); ++text)
        m_list->addItem(QString());
    showTexts();
    m_list->setCurrentRow(0);
    showPicture();
}

void ProofPage::showTexts()
{
    const std::array icons { u"image"_s, u"done"_s, u"failed"_s, u"remove"_s };
    const std::vector<TextReading> &readings = m_sheets[m_sheet].readings;
    for (size_t at = 0; at < readings.size(); ++at) {
        QListWidgetItem *item = m_list->item(int(at));
        item->setText(tr("“%1”: %2").arg(readings[at].text, textOf(readings[at].reading)));
        item->setIcon(iconNamed(icons[size_t(readings[at].reading)]));
    }
    m_edit->setEnabled(!editPrompt().isEmpty());
}

void ProofPage::showPicture()
{
    if (!isVisible() || m_sheets.empty())
        return;
    const PictureRequest &shown = m_sheets[m_sheet].picture;
    std::vector<PictureRequest> requests { shown };
    if (m_sheet + 1 < m_sheets.size()) {
        requests.push_back(m_sheets[m_sheet + 1].picture);
        requests.back().ahead = true;
    }
    m_pictures.want(this, requests);
    m_thumbnails.want(this, { { shown.key, shown.path, ThumbnailSize::Large } });
    if (SharedPicture picture = m_pictures.picture(shown.key); !picture)
        m_canvas->setStandIn(m_thumbnails.thumbnail(shown.key, shown.path, ThumbnailSize::Large));
    else if (!m_canvas->hasPicture())
        m_canvas->setPicture(std::move(picture));
}

/// In nine fields, by what is in the middle of the view; nothing while all of the picture is seen.
Ninth ProofPage::placeLookedAt() const
{
    const PictureViewport::Look look = m_canvas->viewport().look();
    if (look.fitted)
        return Ninth::Unknown;
    const auto third = [](double part) { return part < 1.0 / 3 ? 0 : part > 2.0 / 3 ? 2 : 1; };
    return Ninth(1 + third(look.centre.y()) * 3 + third(look.centre.x()));
}

QString ProofPage::editPrompt() const
{
    QStringList sentences;
    for (const TextReading &text : m_sheets.empty() ? std::vector<TextReading>() : m_sheets[m_sheet].readings) {
        const QString place = phraseOf(text.place);
        if (text.reading == Reading::Wrong)
            sentences << u"Correct the text%1 that should read \"%2\": it must read exactly \"%2\", letter by letter."_s.arg(place, text.text);
        else if (text.reading == Reading::Missing)
            sentences << u"Add the missing text%1: it must read exactly \"%2\"."_s.arg(place, text.text);
    }
    if (!sentences.isEmpty())
        sentences << u"Keep everything else as it is."_s;
    return sentences.join(u' ');
}

void ProofPage::edit()
{
    const QString prompt = editPrompt();
    if (prompt.isEmpty())
        return;
    const Endpoint *endpoint = m_session.endpoint();
    if (endpoint && endpoint->maxReferences == 0 && endpoint->sibling)
        m_session.chooseEndpoint(*endpoint->sibling);
    if (const int row = m_session.parameters()->promptRow(); row >= 0)
        m_session.parameters()->setText(row, prompt);
    m_session.references()->clear();
    m_session.addReferences({ m_sheets[m_sheet].picture.path });
    m_session.form()->goOnFrom({ OriginStep::Edit, m_sheets[m_sheet].id });
}

void ProofPage::keyPressEvent(QKeyEvent *event)
{
    const auto press = [event](QPushButton *button) {
        button->click();
        event->accept();
    };
    if (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) {
        QWidget::keyPressEvent(event); // undo and redo among them
        return;
    }
    switch (event->key()) {
    case Qt::Key_R:
        return press(m_right);
    case Qt::Key_W:
        return press(m_wrong);
    case Qt::Key_M:
        return press(m_missing);
    case Qt::Key_E:
        return press(m_edit);
    case Qt::Key_PageUp:
    case Qt::Key_Left:
        return press(m_previous);
    case Qt::Key_PageDown:
    case Qt::Key_Right:
        return press(m_next);
    case Qt::Key_Escape:
        return press(m_close);
    case Qt::Key_Up:
        return moveText(-1);
    case Qt::Key_Down:
        return moveText(1);
    case Qt::Key_Z:
        return m_canvas->toggleFit();
    default:
        QWidget::keyPressEvent(event);
    }
}

void ProofPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showPicture();
}

void ProofPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_pictures.want(this, {});
    m_thumbnails.want(this, {});
}

} // namespace plantain
