#pragma once

#include "gallerymodel.h"

#include <algorithm>

namespace plantain {

// What a gallery keeps of runs; of gallerymodel.cpp alone.

/// What is kept of one picture.
struct GalleryModel::Tile
{
    QString file;
    QByteArray sha256; ///< raw bytes
    QSize size;
    int index = 0;
    Deletion deletion = Deletion::None;
    Deviations deviations;
    Marks marks;
    std::shared_ptr<const Error> error;

    bool operator==(const Tile &other) const
    {
        return file == other.file && sha256 == other.sha256 && size == other.size && index == other.index
            && deletion == other.deletion && deviations == other.deviations && marks == other.marks
            && same(error, other.error);
    }

    static bool same(const std::shared_ptr<const Error> &one, const std::shared_ptr<const Error> &other)
    {
        return one && other ? *one == *other : one == other;
    }
};

/// A run with its tiles.
struct GalleryModel::Run
{
    static constexpr qsizetype promptLength = 400; ///< of what a view is given
    static constexpr int mostPlaceholders = 64;

    RunId id;
    qint64 sequence = 0;
    qint64 createdAt = 0; ///< milliseconds since 1970
    RunState state = RunState::Intent;
    CancelOutcome cancel = CancelOutcome::NotAsked;
    int imagesAsked = 1;
    int imagesGiven = 0;
    int endpoint = 0; ///< place in m_endpoints
    double price = -1; ///< below 0: not known
    QString prompt; ///< the whole of it, shared with the list of runs
    bool asksForText = false; ///< by the prompt
    std::vector<Tile> tiles; ///< but those that left the trash
    Deletion deletion = Deletion::None; ///< where no tiles are shown
    std::shared_ptr<const Error> error;

    bool operator==(const Run &other) const
    {
        return id == other.id && sequence == other.sequence && createdAt == other.createdAt && state == other.state
            && cancel == other.cancel && imagesAsked == other.imagesAsked && imagesGiven == other.imagesGiven && endpoint == other.endpoint
            && price == other.price && prompt == other.prompt && tiles == other.tiles && deletion == other.deletion
            && Tile::same(error, other.error);
    }

    bool showsTiles() const { return isSeenByImages(state, tiles); }
    bool isTrashed(const Tile *tile) const { return (tile ? tile->deletion : deletion) == Deletion::Trashed; }

    int trashed() const
    {
        if (!showsTiles())
            return isTrashed(nullptr) ? rows() : 0;
        return int(std::count_if(tiles.begin(), tiles.end(), [this](const Tile &tile) { return isTrashed(&tile); }));
    }

    int rows() const
    {
        if (showsTiles())
            return int(tiles.size());
        return isFinal(state) ? 1 : std::clamp(imagesAsked, 1, mostPlaceholders);
    }

    const Tile *tileAt(int number) const { return showsTiles() ? &tiles[size_t(number)] : nullptr; }

    TileState tileState(const Tile *tile, const RunProgress *progress) const
    {
        if (tile && !tile->file.isEmpty())
            return TileState::Picture;
        if (tile && tile->error)
            return TileState::Missing;
        return tileStateWithout(state, progress, error.get(), tile != nullptr);
    }

    QString shownPrompt() const
    {
        return prompt.size() > promptLength ? prompt.left(promptLength) + QChar(0x2026) : prompt;
    }
};

} // namespace plantain
