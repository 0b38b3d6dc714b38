#pragma once

namespace plantain {

struct Actions;
class GalleryPage;
struct Settings;

/// What of the settings is about choosing among pictures, into the window and back.
void applyChoosing(const Settings &settings, GalleryPage &gallery, const Actions &actions);
void keepChoosing(Settings &settings, const GalleryPage &gallery, const Actions &actions);

} // namespace plantain
