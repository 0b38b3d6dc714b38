#include "choosingsettings.h"

#include "actions.h"
#include "gallerypage.h"
#include "searchfield.h"
#include "settings.h"

#include <QAction>

namespace plantain {

void applyChoosing(const Settings &settings, GalleryPage &gallery, const Actions &actions)
{
    gallery.setSort(gallerySortOf(settings.gallerySort).value_or(GallerySort::Newest));
    gallery.setGrouping(groupingOf(settings.galleryGrouping));
    gallery.searchField()->setSaved(settings.savedSearches);
    actions.followNewest->setChecked(settings.followNewest);
    actions.advance->setChecked(settings.advance);
    actions.showFilters->setChecked(settings.showFilters);
    actions.compare->whatDiffers->setChecked(settings.whatDiffers);
}

void keepChoosing(Settings &settings, const GalleryPage &gallery, const Actions &actions)
{
    settings.gallerySort = wordOf(gallery.sort());
    settings.galleryGrouping = wordOf(gallery.grouping());
    settings.savedSearches = gallery.searchField()->saved();
    settings.followNewest = actions.followNewest->isChecked();
    settings.advance = actions.advance->isChecked();
    settings.showFilters = actions.showFilters->isChecked();
    settings.whatDiffers = actions.compare->whatDiffers->isChecked();
}

} // namespace plantain
