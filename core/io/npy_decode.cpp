// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy_decode.h"

#include <bit>
#include <cstring>

namespace rankscope::npy {

namespace {

template <std::size_t size>
struct Unsigned;
template <>
struct Unsigned<1> {
  using type = std::uint8_t;
};
template <>
struct Unsigned<2> {
  using type = std::uint16_t;
};
template <>
struct Unsigned<4> {
  using type = std::uint32_t;
};
template <>
struct Unsigned<8> {
  using type = std::uint64_t;
};

inline std::uint8_t reversed(std::uint8_t v) { return v; }
inline std::uint16_t reversed(std::uint16_t v) { return __builtin_bswap16(v); }
inline std::uint32_t reversed(std::uint32_t v) { return __builtin_bswap32(v); }
inline std::uint64_t reversed(std::uint64_t v) { return __builtin_bswap64(v); }

// count numbers of type S, in either byte order, to D.
template <class S, class D>
void decodeAs(const std::byte* bytes, Index count, bool swapped, D* out) {
  using Bits = typename Unsigned<sizeof(S)>::type;
  for (Index i = 0; i < count; ++i) {
    Bits bits;
    std::memcpy(&bits, bytes + static_cast<std::size_t>(i) * sizeof(S), sizeof(S));
    if (swapped) bits = reversed(bits);
    if constexpr (std::is_same_v<S, bool>) {
      out[i] = bits != 0 ? D(1) : D(0);
    } else if constexpr (std::is_same_v<S, Eigen::half>) {
      out[i] = static_cast<D>(static_cast<float>(Eigen::numext::bit_cast<Eigen::half>(bits)));
    } else {
      out[i] = static_cast<D>(std::bit_cast<S>(bits));
    }
  }
}

}  // namespace

bool isNarrow(const Header& header) { return header.itemSize < 4 || (header.kind == 'f' && header.itemSize == 4); }

bool mayRound(const Header& header) { return header.itemSize == 8 && (header.kind == 'i' || header.kind == 'u'); }

// More than 53 bits between the first and the last that is set.
Index countRounded(const Header& header, const std::byte* bytes, Index count) {
  Index rounded = 0;
  for (Index i = 0; i < count; ++i) {
    std::uint64_t bits;
    std::memcpy(&bits, bytes + i * 8, 8);
    if (header.swapped) bits = reversed(bits);
    if (header.kind == 'i' && bits >> 63) bits = 0 - bits;
    const int excess = std::bit_width(bits) - 53;
    rounded += excess > 0 && (bits & ((std::uint64_t{1} << excess) - 1)) != 0;
  }
  return rounded;
}

Text noticeOfRounded(Index count) {
  return text(count == 1 ? "{1} integer beyond 2⁵³ was rounded to the nearest double"
                         : "{1} integers beyond 2⁵³ were rounded to the nearest double",
              count);
}

template <class D>
void decode(const Header& header, const std::byte* bytes, Index entries, D* out) {
  const bool complex = header.kind == 'c';
  const Index count = complex ? 2 * entries : entries;
  const Index size = complex ? header.itemSize / 2 : header.itemSize;
  const char kind = complex ? 'f' : header.kind;
  const bool swapped = header.swapped;
  if (kind == 'b') return decodeAs<bool>(bytes, count, swapped, out);
  if (kind == 'f' && size == 2) return decodeAs<Eigen::half>(bytes, count, swapped, out);
  if (kind == 'f' && size == 4) return decodeAs<float>(bytes, count, swapped, out);
  if (kind == 'f') return decodeAs<double>(bytes, count, swapped, out);
  if (kind == 'i' && size == 1) return decodeAs<std::int8_t>(bytes, count, swapped, out);
  if (kind == 'i' && size == 2) return decodeAs<std::int16_t>(bytes, count, swapped, out);
  if (kind == 'i' && size == 4) return decodeAs<std::int32_t>(bytes, count, swapped, out);
  if (kind == 'i') return decodeAs<std::int64_t>(bytes, count, swapped, out);
  if (size == 1) return decodeAs<std::uint8_t>(bytes, count, swapped, out);
  if (size == 2) return decodeAs<std::uint16_t>(bytes, count, swapped, out);
  if (size == 4) return decodeAs<std::uint32_t>(bytes, count, swapped, out);
  decodeAs<std::uint64_t>(bytes, count, swapped, out);
}

template void decode<float>(const Header&, const std::byte*, Index, float*);
template void decode<double>(const Header&, const std::byte*, Index, double*);

}  // namespace rankscope::npy
