#include "runcommand.h"

#include "exportcopy.h"
#include "runjson.h"
#include "whenfinished.h"

#include <QtConcurrentRun>

namespace plantain {

RunCommand::RunCommand(const CommandLine &line, std::unique_ptr<Engine> engine)
    : m_line(line)
    , m_engine(std::move(engine))
    , m_controller(m_engine->catalog(), m_engine->library(), m_engine->servers(), m_engine->decodePool())
{
    m_timeout.setSingleShot(true);
    connect(&m_timeout, &QTimer::timeout, this, &RunCommand::giveUpWaiting);
    connect(&m_controller, &RunController::settled, this, &RunCommand::settled);
    connect(&m_controller, &RunController::progressed, this, [this](const RunId &run, const RunProgress &progress) {
        m_notes[run] = progress.phase == RunProgress::Phase::Waiting ? progress.note : QString();
    });
    connect(&m_controller, &RunController::logged, this, [](const LogLine &logged) {
        say(logged.run.text + QStringLiteral(": ") + logged.text);
    });
}

RunCommand::~RunCommand() = default;

void RunCommand::start()
{
    if (m_line.timeoutSeconds > 0)
        m_timeout.start(std::chrono::seconds(m_line.timeoutSeconds));
    whenFinished(m_engine->library().open(), this, [this](const Result<OpenReport> &report) {
        if (!report) {
            complain(report.error());
            m_over = true;
            Q_EMIT finished(Bad);
            return;
        }
        for (const QString &problem : report->problems)
            say(problem);
        whenFinished(m_engine->servers().loadKey(m_engine->servers().chosen().name), this,
                     [this](const Keys::Done &) { begin(); });
    });
}

void RunCommand::await(const RunId &run)
{
    m_open.insert(run);
    if (m_settledEarly.erase(run) > 0)
        settled(run);
}

void RunCommand::settled(const RunId &run)
{
    if (!m_open.contains(run)) {
        m_settledEarly.insert(run);
        return;
    }
    whenFinished(m_engine->library().run(run), this, [this, run](const Result<RunRecord> &record) {
        if (!record) {
            complain(record.error());
            m_bad = true;
            m_open.erase(run);
            endWhenIdle();
            return;
        }
        printRun(*record);
    });
}

void RunCommand::printRun(const RunRecord &record)
{
    const QString folder = m_engine->library().folder();
    m_bad = m_bad || record.state != RunState::Done;
    const auto print = [this, id = record.id](const Json &line) {
        Command::print(line);
        m_open.erase(id);
        endWhenIdle();
    };
    if (m_line.out.isEmpty()) {
        print(runLine(record, folder));
        return;
    }
    whenFinished(QtConcurrent::run(exportCopies, runLine(record, folder), m_line.out), this,
        [this, print](const Result<Json> &line) {
            if (!line) {
                complain(line.error());
                m_bad = true;
            }
            print(line.value_or(Json::object()));
        });
}

void RunCommand::endWhenIdle()
{
    if (m_over || !m_allStarted || !m_open.empty())
        return;
    m_over = true;
    Q_EMIT finished(m_bad ? Bad : Good);
}

void RunCommand::interrupt()
{
    giveUpWaiting();
}

void RunCommand::giveUpWaiting()
{
    if (std::exchange(m_over, true))
        return;
    // What is still open is told as it stands.
    auto left = std::make_shared<size_t>(m_open.size());
    if (*left == 0) {
        Q_EMIT finished(m_allStarted ? (m_bad ? Bad : Good) : StillOpen);
        return;
    }
    for (const RunId &run : m_open) {
        whenFinished(m_engine->library().run(run), this, [this, left](const Result<RunRecord> &record) {
            if (record)
                Command::print(openLine(*record, m_engine->library().folder(), m_notes[record->id]));
            if (--*left == 0)
                Q_EMIT finished(StillOpen);
        });
    }
}

} // namespace plantain
