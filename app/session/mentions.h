#pragma once

#include <QString>

#include <vector>

namespace plantain {

/// Where a prompt speaks of a reference: by plain words, "image 2", as they are sent. The words follow their picture when
/// it changes its place; "image ?" stands where the picture was taken away.
struct Mention
{
    qsizetype at = 0, length = 0;
    qsizetype numberAt = 0; ///< where the digits, or the question mark, begin
    int number = 0; ///< from 1; 0: of no picture any more

    bool operator==(const Mention &) const = default;
};

std::vector<Mention> mentionsIn(const QString &prompt);
QString mentionOf(int number); ///< "image 2"; "image ?" for 0

/// The prompt after the pictures got other numbers: `numbers[i]` is the new one of picture i + 1, 0 if it is gone.
QString withNumbers(const QString &prompt, const std::vector<int> &numbers);

} // namespace plantain
