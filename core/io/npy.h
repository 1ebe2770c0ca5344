// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/io/arrange.h"

namespace rankscope::npy {

/// Gives the next bytes of an array's file or archive member, all that were asked for or an Error.
using Source = std::function<Result<Done>(std::span<std::byte>)>;
/// Takes the next bytes of a file or archive member.
using Sink = std::function<Result<Done>(std::span<const std::byte>)>;

/// What stands before the numbers (numpy's format description, NEP 1; versions 1 to 3).
struct Header {
  char kind = 'f';  ///< b bool, i integer, u unsigned, f real, c complex
  Index itemSize = 8;
  bool swapped = false;  ///< the other byte order than this machine's
  bool fortran = false;
  std::vector<Index> shape;
  std::string dtype;             ///< numpy's name: "float64"
  std::uint64_t dataOffset = 0;  ///< bytes before the first number
  std::uint64_t dataBytes = 0;   ///< bytes of all numbers
};

/// True when the bytes begin as an .npy file.
bool begins(std::span<const std::byte> head);

/// Reads and checks a header. `size`: bytes that `source` has in all; the array must fit into them. Objects, structured
/// types, text, times and long double are refused by name; nothing is ever unpickled. Errors are of kind Input.
Result<Header> readHeader(const Source& source, std::uint64_t size, const std::string& name);

/// Reads the numbers that follow the header into rows × cols (row-major order of the array's indices). The result is
/// float for types that float holds exactly, complex for complex, else double. A notice counts integers beyond 2⁵³ that
/// double had to round. Memory: the result and 2 MiB; refused (Compute) beyond context.memory.
Result<Values> readValues(const Header& header, const Extent& extent, const Source& source, const std::string& name,
                          const Context& context, std::vector<Text>& notices);

/// One array as .npy version 1, little-endian, type as its values have it. Two-dimensional arrays are written in
/// Fortran order (their own); others in C order, taken from the matrix row by row. The shape must hold as many entries
/// as the values.
Result<Done> write(const NamedArray& array, const Sink& sink);

/// The format as a file of its own.
Reader reader();
Writer writer();

}  // namespace rankscope::npy
