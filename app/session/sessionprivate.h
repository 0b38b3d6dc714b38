#pragma once

#include "draftstore.h"
#include "endpointmodel.h"
#include "examples.h"
#include "exporter.h"
#include "formhistory.h"
#include "gallerymodel.h"
#include "library.h"
#include "libraryfeed.h"
#include "logmodel.h"
#include "marking.h"
#include "parametermodel.h"
#include "prompthistory.h"
#include "referencemodel.h"
#include "runmodel.h"
#include "runtiming.h"
#include "session.h"
#include "spendtoday.h"

#include <QTimer>

namespace plantain {

/// What a session is made of; of session.cpp alone.
struct Session::Private
{
    Private(const EndpointCatalog &endpointCatalog, Library &openLibrary, Servers &theServers, DecodePool &decodePool,
            const QString &draftFile)
        : history(endpointCatalog)
        , catalog(endpointCatalog)
        , library(openLibrary)
        , servers(theServers)
        , draft(draftFile)
        , endpoints(endpointCatalog)
        , gallery([&openLibrary](const QString &file) { return openLibrary.absolute(file); })
        , feed(openLibrary, runs, gallery, spend, prompts)
        , marking(openLibrary, gallery)
        , timing(openLibrary)
        , controller(endpointCatalog, openLibrary, theServers, decodePool)
        , exporter(openLibrary)
    {
        recordLater.setSingleShot(true);
        recordLater.setInterval(0);
        openAgain.setSingleShot(true);
        openAgain.setInterval(std::chrono::seconds(3));
    }

    Draft formNow() const { return { endpoint->id, parameters.draft(), references.draft() }; }

    FormHistory history;
    QTimer recordLater; ///< all changes of one turn of the event loop are one step
    std::vector<Example> examples;
    const EndpointCatalog &catalog;
    Library &library;
    Servers &servers;
    DraftStore draft;
    EndpointModel endpoints;
    ParameterModel parameters;
    PromptHistory prompts;
    ReferenceModel references;
    RunModel runs;
    LogModel log;
    GalleryModel gallery;
    SpendToday spend;
    LibraryFeed feed;
    Marking marking;
    RunTiming timing;
    RunController controller;
    Exporter exporter;
    const Endpoint *endpoint = nullptr;
    bool loadingDraft = false;
    QTimer openAgain; ///< while a disk or another program is in the way
    std::optional<Error> blocked;
    bool hasBegun = false;
};

} // namespace plantain
