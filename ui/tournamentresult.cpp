#include "tournamentresult.h"

#include "detailfacts.h"
#include "gallerymodel.h"
#include "theme.h"
#include "tournament.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int side = 96;
constexpr int promptWidth = 180;
constexpr qsizetype longestPrompt = 160;

QLabel *label(const QString &text, QWidget *parent, bool strong = false)
{
    auto *made = new QLabel(text, parent);
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (strong) {
        QFont bold = made->font();
        bold.setWeight(QFont::DemiBold);
        made->setFont(bold);
    }
    return made;
}

/// By name, in the order of the first that has it.
std::vector<Fact> settingsOf(const Tournament &tournament, int picture)
{
    const RunRecord *record = tournament.recordOf(picture);
    if (!record)
        return {};
    std::vector<Fact> facts = parameterFacts(*record);
    QString prompt = record->prompt().simplified();
    if (prompt.size() > longestPrompt)
        prompt = prompt.left(longestPrompt) + u'…';
    facts.insert(facts.begin(), { TournamentResult::tr("Prompt"), prompt });
    facts.insert(facts.begin() + 1, { TournamentResult::tr("Endpoint"), record->endpoint.text });
    return facts;
}

QString valueOf(const std::vector<Fact> &facts, const QString &name)
{
    const auto found = std::find_if(facts.begin(), facts.end(), [&name](const Fact &fact) { return fact.name == name; });
    return found == facts.end() ? QString() : found->value;
}

QStringList namesThatDiffer(const std::vector<std::vector<Fact>> &settings)
{
    QStringList names;
    for (const std::vector<Fact> &facts : settings) {
        for (const Fact &fact : facts) {
            const bool differs = std::any_of(settings.begin(), settings.end(), [&fact](const std::vector<Fact> &other) {
                return valueOf(other, fact.name) != fact.value;
            });
            if (differs && !names.contains(fact.name))
                names << fact.name;
        }
    }
    return names;
}

} // namespace

TournamentResult::TournamentResult(ThumbnailStore &thumbnails, QWidget *parent)
    : QScrollArea(parent)
    , m_thumbnails(thumbnails)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setAccessibleName(tr("Result of the tournament"));
    connect(&thumbnails, &ThumbnailStore::ready, this, &TournamentResult::showThumbnails);
}

void TournamentResult::showRanking(const Tournament &tournament, const GalleryModel &gallery)
{
    auto *table = new QWidget;
    auto *grid = new QGridLayout(table);
    grid->setContentsMargins(spacing::page, spacing::related, spacing::page, spacing::page);
    grid->setHorizontalSpacing(spacing::group);
    grid->setVerticalSpacing(spacing::related);
    const std::vector<PairRanking::Standing> standings = tournament.ranking().standings();
    std::vector<std::vector<Fact>> settings;
    for (const PairRanking::Standing &standing : standings)
        settings.push_back(settingsOf(tournament, standing.item));
    const QStringList names = namesThatDiffer(settings);
    QStringList heads { tr("Rank"), tr("Picture"), tr("Best of all"), tr("Strength") };
    heads += names;
    for (int column = 0; column < heads.size(); ++column)
        grid->addWidget(label(heads.at(column), table, true), 0, column);

    m_shown.clear();
    const QLocale locale;
    for (int place = 0; place < int(standings.size()); ++place) {
        const PairRanking::Standing &standing = standings[size_t(place)];
        const PictureId &id = tournament.pictures()[size_t(standing.item)];
        const QModelIndex index = gallery.index(gallery.rowOf(id.run, id.index));
        auto *picture = new QLabel(table);
        picture->setFixedSize(side, side);
        picture->setAlignment(Qt::AlignCenter);
        picture->setAccessibleName(index.data(Qt::AccessibleTextRole).toString());
        m_shown.emplace_back(picture, ThumbnailRequest { index.data(GalleryRole::Sha256).toString(),
                                                         index.data(GalleryRole::File).toString(), ThumbnailSize::Small });
        const int row = place + 1;
        grid->addWidget(label(locale.toString(standing.rank), table, true), row, 0);
        grid->addWidget(picture, row, 1);
        grid->addWidget(label(tr("%1 %").arg(qRound(standing.best * 100)), table), row, 2);
        grid->addWidget(label(u"%1 ± %2"_s.arg(locale.toString(standing.strength, 'f', 1), locale.toString(standing.spread, 'f', 1)), table), row, 3);
        for (int column = 0; column < names.size(); ++column) {
            QLabel *value = label(valueOf(settings[size_t(place)], names.at(column)), table);
            value->setMinimumWidth(names.at(column) == tr("Prompt") ? promptWidth : 0);
            grid->addWidget(value, row, 4 + column);
        }
    }
    grid->setColumnStretch(int(heads.size()) - 1, 1);
    grid->setRowStretch(int(standings.size()) + 1, 1);
    setWidget(table);
    std::vector<ThumbnailRequest> requests;
    for (const auto &[picture, request] : m_shown)
        requests.push_back(request);
    m_thumbnails.want(this, requests);
    showThumbnails();
}

void TournamentResult::showThumbnails()
{
    for (const auto &[picture, request] : m_shown) {
        const QPixmap pixmap = m_thumbnails.thumbnail(request.key, request.path, request.size);
        if (pixmap.isNull() || !picture->pixmap(Qt::ReturnByValue).isNull())
            continue;
        const qreal ratio = devicePixelRatioF();
        QPixmap scaled = pixmap.scaled(QSize(side, side) * ratio, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        scaled.setDevicePixelRatio(ratio);
        picture->setPixmap(scaled);
    }
}

void TournamentResult::hideEvent(QHideEvent *event)
{
    QScrollArea::hideEvent(event);
    m_thumbnails.want(this, {});
}

} // namespace plantain
