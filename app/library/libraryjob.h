#pragma once

#include "result.h"

#include <QFuture>
#include <QPromise>

#include <functional>
#include <optional>

namespace plantain {

class Journal;

/// One thing to do on the library thread. Made and delivered on the Library's thread.
class LibraryJob
{
public:
    enum class Kind { Read, Write };
    explicit LibraryJob(Kind kind)
        : m_kind(kind)
    {
    }
    virtual ~LibraryJob() = default;
    Kind kind() const { return m_kind; }

    /// Library thread. May be called again after its effects were rolled back. The error when it failed.
    virtual std::optional<Error> run(Journal &journal) = 0;
    virtual void fail(const Error &error) = 0; ///< instead of running, or what became of it after all
    virtual void deliver() = 0; ///< the Library's thread: says what happened, then finishes the future

private:
    Kind m_kind;
};

template <class T>
class TypedLibraryJob final : public LibraryJob
{
public:
    using Work = std::function<Result<T>(Journal &)>;
    using Announce = std::function<void(const T &)>;

    TypedLibraryJob(Kind kind, Work work, Announce announce)
        : LibraryJob(kind)
        , m_work(std::move(work))
        , m_announce(std::move(announce))
    {
        m_promise.start();
    }

    QFuture<Result<T>> future() const { return m_promise.future(); }

    std::optional<Error> run(Journal &journal) override
    {
        m_result = m_work(journal);
        return *m_result ? std::nullopt : std::optional(m_result->error());
    }
    void fail(const Error &error) override { m_result = failure(error); }
    void deliver() override
    {
        if (m_announce && *m_result)
            m_announce(**m_result);
        m_promise.addResult(*std::move(m_result));
        m_promise.finish();
    }

private:
    Work m_work;
    Announce m_announce;
    std::optional<Result<T>> m_result;
    QPromise<Result<T>> m_promise;
};

} // namespace plantain
