#pragma once

#include "endpointmodel.h"
#include "exporter.h"
#include "filecheck.h"
#include "form.h"
#include "gallerymodel.h"
#include "library.h"
#include "libraryfeed.h"
#include "logmodel.h"
#include "marking.h"
#include "prompthistory.h"
#include "refetch.h"
#include "runmodel.h"
#include "runtiming.h"
#include "session.h"
#include "spendtoday.h"
#include "trash.h"

#include <QTimer>

namespace plantain {

/// What a session is made of; of session.cpp and sessiongoingon.cpp alone.
struct Session::Private
{
    Private(const EndpointCatalog &endpointCatalog, Library &openLibrary, Servers &theServers, DecodePool &decodePool,
            const std::vector<Example> &examples, const QString &draftFile)
        : catalog(endpointCatalog)
        , library(openLibrary)
        , servers(theServers)
        , form(endpointCatalog, examples, draftFile)
        , endpoints(endpointCatalog)
        , gallery([&openLibrary](const QString &file) { return openLibrary.absolute(file); })
        , feed(openLibrary, runs, gallery, spend, prompts)
        , marking(openLibrary, gallery)
        , timing(openLibrary)
        , controller(endpointCatalog, openLibrary, theServers, decodePool)
        , exporter(openLibrary)
        , trash(openLibrary)
        , refetch(openLibrary, theServers, decodePool)
        , files(openLibrary)
    {
        openAgain.setSingleShot(true);
        openAgain.setInterval(std::chrono::seconds(3));
    }

    FileOf fileOf() const
    {
        return [this](const QString &file) { return library.absolute(file); };
    }
    Result<const Endpoint *> endpointOf(const RunRecord &record) const;
    Result<PictureOfRun> pictureOf(const RunRecord &record, int image) const;

    const EndpointCatalog &catalog;
    Library &library;
    Servers &servers;
    Form form;
    EndpointModel endpoints;
    PromptHistory prompts;
    RunModel runs;
    LogModel log;
    GalleryModel gallery;
    SpendToday spend;
    LibraryFeed feed;
    Marking marking;
    RunTiming timing;
    RunController controller;
    Exporter exporter;
    Trash trash;
    Refetch refetch;
    FileCheck files;
    QTimer openAgain; ///< while a disk or another program is in the way
    std::optional<Error> blocked;
    bool hasBegun = false;
};

} // namespace plantain
