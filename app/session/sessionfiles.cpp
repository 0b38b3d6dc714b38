#include "session.h"
#include "sessionprivate.h"

#include "whenfinished.h"

namespace plantain {

// What a session does about the files of pictures that are there already.

void Session::connectFiles()
{
    connect(&d->trash, &Trash::said, this, &Session::said);
    connect(&d->refetch, &Refetch::said, this, &Session::said);
    connect(&d->refetch, &Refetch::fetched, &d->files, &FileCheck::look);
    connect(&d->feed, &LibraryFeed::loaded, &d->files, &FileCheck::check);
    connect(&d->files, &FileCheck::found, &d->gallery, &GalleryModel::setFileState);
}

Trash *Session::trash() const
{
    return &d->trash;
}

void Session::fetchAgain(const PictureId &picture)
{
    d->refetch.start(picture);
}

void Session::lookAt(const PictureId &picture)
{
    whenFinished(d->library.run(picture.run), this, [this, picture](const Result<RunRecord> &run) {
        if (!run)
            return;
        for (const ImageRecord &image : run->images) {
            if (image.index == picture.index && !image.file.isEmpty() && image.deletion != Deletion::Emptied)
                d->files.look(picture, image);
        }
    });
}

} // namespace plantain
