#pragma once

#include <QByteArrayView>

namespace plantain {

/// Whether all pixels of a PNG are there and can be decoded: every checksum is right, what is packed unpacks to just as
/// many bytes as the header says, every line names a filter that exists. A third of the work of decoding it, with
/// libdeflate. False also for kinds that are not looked into (palettes, interlaced, fewer than 8 bits) and for oddities
/// a decoder may still take: then a decoder is to be asked. `png` has passed walkPng().
bool pngPixelsAreWhole(QByteArrayView png);

} // namespace plantain
