#pragma once

namespace plantain {

/// The next of a ladder of round figures that leads past 1 and past `fitted`, the scale at which all is seen; `steps` of
/// them, down when negative. Scales are device pixels a pixel of the picture.
double zoomRung(double scale, int steps, double fitted);

} // namespace plantain
