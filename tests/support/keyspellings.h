#pragma once

#include <string>
#include <utility>
#include <vector>

namespace plantain {

/// Every way in which a key ("id:secret") may stand somewhere: as a whole and each half alone, raw, reversed, as UTF-16,
/// hex, percent-encoded and base64 in any alignment. With a name for each. Plain C++: also for what is preloaded.
inline std::vector<std::pair<std::string, std::string>> keySpellings(const std::string &key)
{
    std::vector<std::pair<std::string, std::string>> all;
    const auto base64 = [](const std::string &text, size_t shift, const char *letters) {
        // What lies between the letters that depend on the neighbours.
        const std::string bytes = std::string(shift, '\0') + text;
        std::string out;
        for (size_t bit = 0; bit + 6 <= bytes.size() * 8; bit += 6) {
            unsigned value = 0;
            for (size_t i = bit; i < bit + 6; ++i)
                value = value * 2 + ((static_cast<unsigned char>(bytes[i / 8]) >> (7 - i % 8)) & 1U);
            out += letters[value];
        }
        return out.substr((shift * 8 + 5) / 6);
    };
    const auto add = [&](const std::string &what, const std::string &text) {
        std::string utf16, hex, bigHex, percent;
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            utf16 += { c, '\0' };
            hex += { "0123456789abcdef"[byte / 16], "0123456789abcdef"[byte % 16] };
            bigHex += { "0123456789ABCDEF"[byte / 16], "0123456789ABCDEF"[byte % 16] };
            percent += c == ':' ? "%3A" : std::string(1, c);
        }
        utf16.pop_back();
        all.emplace_back(what, text);
        all.emplace_back(what + " reversed", std::string(text.rbegin(), text.rend()));
        all.emplace_back(what + " as UTF-16", utf16);
        all.emplace_back(what + " as hex", hex);
        all.emplace_back(what + " as hex", bigHex);
        if (percent != text)
            all.emplace_back(what + " percent-encoded", percent);
        for (size_t shift = 0; shift < 3; ++shift) {
            const std::string common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
            all.emplace_back(what + " as base64", base64(text, shift, (common + "+/").c_str()));
            all.emplace_back(what + " as base64", base64(text, shift, (common + "-_").c_str()));
        }
    };
    const size_t colon = key.find(':');
    if (colon == std::string::npos) {
        add("the key", key);
        return all;
    }
    // The halves find the whole where it stands as it is; encodings may run across the colon.
    add("the key", key);
    add("the id of the key", key.substr(0, colon));
    add("the secret of the key", key.substr(colon + 1));
    return all;
}

} // namespace plantain
