// What a session offers for choosing among pictures.
#include "session.h"
#include "sessionprivate.h"
#include "tournament.h"

namespace plantain {

Marking *Session::marking() const
{
    return &d->marking;
}

QFuture<Result<SearchHits>> Session::search(const SearchQuery &query) const
{
    return d->library.search(query);
}

std::unique_ptr<Tournament> Session::tournament(const std::vector<PictureId> &pictures) const
{
    return std::make_unique<Tournament>(d->library, pictures);
}

} // namespace plantain
