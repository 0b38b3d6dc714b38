#pragma once

#include "gallerymodel.h"
#include "searchquery.h"

#include <array>
#include <optional>

namespace plantain {

enum class DateSpan { Any, Today, Yesterday, Week, Month }; ///< the last seven and thirty days, today among them
inline constexpr int dateSpans = 5;

/// Which tiles are shown.
struct TileFilter
{
    QString text; ///< every word of it stands in the prompt, in any case
    TileGroup group = TileGroup::All;
    EndpointId endpoint; ///< empty: all
    int rating = 0; ///< at least that many stars; below 0: none; 0: all
    std::optional<Flag> flag;
    std::optional<ColourLabel> label;
    QString ratio; ///< of ratioOf(); empty: all
    DateSpan date = DateSpan::Any;
    QString collection; ///< empty: all
    bool asksForText = false; ///< only those whose prompt quotes what is to be read
    bool deviates = false; ///< only those that are not as they were asked for
    std::shared_ptr<const SearchHits> found; ///< only these runs; null: all

    bool isEmpty() const { return *this == TileFilter(); }
    bool isFoundAlone() const; ///< all that was found, whatever it is
    bool operator==(const TileFilter &) const = default;
};

/// "16:9": the ratio that a person would call it, the nearest of those in use; "other" where none is near.
QString ratioOf(QSize size);

/// Milliseconds since 1970 from which on and before which a picture is of that span.
std::pair<qint64, qint64> boundsOf(DateSpan span, const QDate &today);

/// How many tiles each choice would show while all other choices stay. What lies in the trash counts there alone.
struct TileCounts
{
    int shown = 0;
    std::array<int, tileGroups> groups {}; ///< by TileGroup
    QHash<int, int> endpoints; ///< by their place in the model; -1: all
    std::array<int, mostStars + 2> ratings {}; ///< by least stars; the last: those without
    std::array<int, 4> flags {}; ///< by Flag; the last: all
    std::array<int, labelCount + 1> labels {}; ///< by ColourLabel; the last: all
    QHash<QString, int> ratios; ///< with "" for all
    std::array<int, dateSpans> dates {};
    QHash<QString, int> collections; ///< with "" for all
    int asksForText = 0, deviates = 0;
};

/// A filter made ready to judge many tiles. Good until the model's endpoints or the day change.
class TileJudge
{
public:
    TileJudge(const TileFilter &filter, const GalleryModel &model);

    bool accepts(const GalleryModel::Facts &facts) const; ///< all but the text
    void count(const GalleryModel::Facts &facts, TileCounts &counts) const; ///< one whose text is right

private:
    enum Facet { Group = 1, Endpoint = 2, Rating = 4, Flagged = 8, Label = 16, Ratio = 32, Date = 64, Collection = 128, Text = 256, Deviates = 512 };
    unsigned failed(const GalleryModel::Facts &facts) const;

    TileFilter m_filter;
    int m_endpoint = -1; ///< place in the model; -1: all
    bool m_passesAll;
    std::array<std::pair<qint64, qint64>, dateSpans> m_bounds;
};

} // namespace plantain
