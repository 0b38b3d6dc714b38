"""Ready-made pictures of the size and weight of real ones: 1024 x 1024 PNG of about 1.5 MB, the same on every machine."""
import os
import random
import struct
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(seed, side=1024):
    """A soft gradient under three bits of noise a channel, as photographs compress."""
    noise = random.Random(seed)
    low = bytes(value & 7 for value in range(256))
    rows = []
    for y in range(side):
        grey = 64 + (y * 128 // side & 0xF8) + 8 * (seed % 8)
        gradient = int.from_bytes(bytes([grey & 0xF8, (grey ^ 0x20) & 0xF8, 0x80]) * side, "big")
        grain = int.from_bytes(noise.randbytes(side * 3).translate(low), "big")
        rows.append(b"\0" + (gradient | grain).to_bytes(side * 3, "big"))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"".join(rows), 6)) + chunk(b"IEND", b""))


def make(folder, count):
    os.makedirs(folder, exist_ok=True)
    for number in range(count):
        with open(os.path.join(folder, "picture-%02d.png" % number), "wb") as f:
            f.write(picture(number))
