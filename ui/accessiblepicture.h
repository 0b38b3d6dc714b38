#pragma once

namespace plantain {

/// From then on screen readers are told of canvases and panes that each is a picture, and not some part of a window.
/// May be called again.
void announcePictures();

} // namespace plantain
