#include "tournamentpage.h"

#include "answerbutton.h"
#include "elidedlabel.h"
#include "gallerymodel.h"
#include "picturecanvas.h"
#include "session.h"
#include "theme.h"
#include "thumbnailstore.h"
#include "tournament.h"
#include "tournamentresult.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace plantain {

TournamentPage::TournamentPage(Session &session, ThumbnailStore &thumbnails, PictureStore &pictures, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_thumbnails(thumbnails)
    , m_pictures(pictures)
    , m_progress(new ElidedLabel(this))
    , m_pages(new QStackedWidget(this))
    , m_undo(answerButton(tr("Undo"), tr("Backspace"), tr("Takes the last answer back and asks again"), this))
    , m_more(answerButton(tr("More pairs"), tr("M"), tr("Goes on asking, for a surer order"), this))
    , m_end(answerButton(tr("Result"), tr("Return"), tr("Shows the order as far as it is known"), this))
    , m_close(answerButton(tr("Close"), tr("Escape"), tr("Back to the gallery; the answers are kept"), this))
    , m_result(new TournamentResult(thumbnails, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Tournament"));
    m_progress->setObjectName(u"tournamentProgress"_s);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(spacing::page, 2, spacing::page, 2);
    head->setSpacing(spacing::related);
    head->addWidget(m_progress, 1);
    for (QPushButton *each : { m_undo, m_more, m_end, m_close })
        head->addWidget(each);
    m_pages->addWidget(buildQuestion());
    m_pages->addWidget(m_result);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_pages, 1);

    connect(m_undo, &QPushButton::clicked, this, &TournamentPage::undo);
    connect(m_more, &QPushButton::clicked, this, &TournamentPage::goOn);
    connect(m_end, &QPushButton::clicked, this, [this] {
        m_goesOn = false;
        m_pages->setCurrentWidget(m_result);
        refresh();
    });
    connect(m_close, &QPushButton::clicked, this, &TournamentPage::closeRequested);
    const auto come = [this](const QString &key) {
        if (key == m_shown[0].key || key == m_shown[1].key)
            showPictures();
    };
    connect(&pictures, &PictureStore::ready, this, come);
    connect(&thumbnails, &ThumbnailStore::ready, this, come);
}

TournamentPage::~TournamentPage() = default;

QWidget *TournamentPage::buildQuestion()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::tight);
    auto *pair = new QHBoxLayout;
    pair->setSpacing(spacing::tight);
    const std::array names { tr("Left picture"), tr("Right picture") };
    for (size_t side = 0; side < m_sides.size(); ++side) {
        m_sides[side] = new PictureCanvas(page);
        m_sides[side]->setFocusPolicy(Qt::NoFocus); // the keys are answers
        m_sides[side]->setAccessibleName(names[side]);
        pair->addWidget(m_sides[side], 1);
    }
    layout->addLayout(pair, 1);
    m_left = answerButton(tr("The left one"), tr("Left"), tr("The left picture is the better one"), this);
    m_tie = answerButton(tr("Alike"), tr("Down"), tr("Neither is better"), this);
    m_skip = answerButton(tr("Skip"), tr("Up"), tr("No answer: another pair"), this);
    m_right = answerButton(tr("The right one"), tr("Right"), tr("The right picture is the better one"), this);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(spacing::page, 0, spacing::page, spacing::related);
    row->setSpacing(spacing::related);
    row->addWidget(m_left, 2);
    row->addWidget(m_tie, 1);
    row->addWidget(m_skip, 1);
    row->addWidget(m_right, 2);
    layout->addLayout(row);
    connect(m_left, &QPushButton::clicked, this, [this] { answer(Verdict::First); });
    connect(m_right, &QPushButton::clicked, this, [this] { answer(Verdict::Second); });
    connect(m_tie, &QPushButton::clicked, this, [this] { answer(Verdict::Tie); });
    connect(m_skip, &QPushButton::clicked, this, [this] { m_tournament->skip(); });
    return page;
}

void TournamentPage::begin(const std::vector<PictureId> &pictures)
{
    m_goesOn = false;
    m_pages->setCurrentIndex(0);
    m_tournament = m_session.tournament(pictures);
    connect(m_tournament.get(), &Tournament::changed, this, &TournamentPage::refresh);
    connect(m_tournament.get(), &Tournament::failed, &m_session, &Session::said);
    refresh();
}

bool TournamentPage::showsResult() const
{
    return m_pages->currentWidget() == m_result;
}

void TournamentPage::focusPictures()
{
    setFocus(Qt::ShortcutFocusReason);
}

void TournamentPage::refresh()
{
    const PairRanking &ranking = m_tournament->ranking();
    const bool settled = m_tournament->isReady() && ranking.isSettled();
    if (settled && !m_goesOn)
        m_pages->setCurrentWidget(m_result);
    const bool result = showsResult();
    if (result)
        m_result->showRanking(*m_tournament, *m_session.gallery());
    else
        showQuestion();
    m_progress->setText(result ? tr("The order after %1 answers").arg(ranking.answers())
                               : m_goesOn ? tr("Question %1. Which is the better picture?").arg(ranking.answers() + 1)
                                          : tr("Question %1 of at most %2. Which is the better picture?")
                                                .arg(ranking.answers() + 1).arg(ranking.mostAnswers()));
    m_undo->setEnabled(m_tournament->canUndo());
    m_more->setVisible(result);
    m_end->setVisible(!result);
    m_end->setEnabled(ranking.answers() > 0);
    for (QPushButton *each : { m_left, m_right, m_tie, m_skip })
        each->setEnabled(m_tournament->isReady());
}

void TournamentPage::showQuestion()
{
    const auto &question = m_tournament->question();
    if (!question)
        return;
    const std::array items { question->first, question->second };
    for (size_t side = 0; side < m_sides.size(); ++side) {
        const PictureId &id = m_tournament->pictures()[size_t(items[side])];
        const QModelIndex index = m_session.gallery()->index(m_session.gallery()->rowOf(id.run, id.index));
        m_shown[side] = { index.data(GalleryRole::Sha256).toString(), index.data(GalleryRole::File).toString(), false };
        m_sides[side]->setSubject(index.data(GalleryRole::PixelSize).toSize(), false);
    }
    showPictures();
}

void TournamentPage::showPictures()
{
    if (!isVisible() || showsResult())
        return;
    m_pictures.want(this, { m_shown.begin(), m_shown.end() });
    std::vector<ThumbnailRequest> thumbnails;
    for (size_t side = 0; side < m_sides.size(); ++side) {
        thumbnails.push_back({ m_shown[side].key, m_shown[side].path, ThumbnailSize::Large });
        if (SharedPicture picture = m_pictures.picture(m_shown[side].key); !picture)
            m_sides[side]->setStandIn(m_thumbnails.thumbnail(m_shown[side].key, m_shown[side].path, ThumbnailSize::Large));
        else if (!m_sides[side]->hasPicture())
            m_sides[side]->setPicture(std::move(picture));
    }
    m_thumbnails.want(this, thumbnails);
}

void TournamentPage::answer(Verdict verdict)
{
    if (m_tournament && !showsResult())
        m_tournament->answer(verdict);
}

void TournamentPage::undo()
{
    if (!m_tournament || !m_tournament->canUndo())
        return;
    m_goesOn = true; // what is taken back is asked again, settled or not
    m_pages->setCurrentIndex(0);
    m_tournament->undo();
    m_goesOn = m_tournament->ranking().isSettled();
    refresh();
}

void TournamentPage::goOn()
{
    m_goesOn = true;
    m_pages->setCurrentIndex(0);
    refresh();
    focusPictures();
}

void TournamentPage::keyPressEvent(QKeyEvent *event)
{
    const auto press = [event](QPushButton *button) {
        if (button->isVisible())
            button->click();
        event->accept();
    };
    if (event->matches(QKeySequence::Undo)) {
        press(m_undo);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left:
        return press(m_left);
    case Qt::Key_Right:
        return press(m_right);
    case Qt::Key_Down:
        return press(m_tie);
    case Qt::Key_Up:
        return press(m_skip);
    case Qt::Key_Backspace:
        return press(m_undo);
    case Qt::Key_M:
        return press(m_more);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return press(m_end);
    case Qt::Key_Escape:
        return press(m_close);
    default:
        QWidget::keyPressEvent(event);
    }
}

void TournamentPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showPictures();
}

void TournamentPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_pictures.want(this, {});
    m_thumbnails.want(this, {});
}

} // namespace plantain
