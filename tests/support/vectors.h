// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/types.h"
#include "tests/support/support.h"

namespace rankscope::test {

/// A reference array: .npy version 1, little-endian f8 or i8, C order. One dimension becomes a column, none a
/// 1×1, three or more a column in C order.
/// Deliberately apart from the program's own reader, so that no mistake there can hide one here. Throws what is wrong.
inline Matrix<double> readReferenceArray(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (bytes.size() < 10 || bytes.compare(0, 8, std::string("\x93NUMPY\x01\x00", 8)) != 0) {
    throw std::runtime_error(path + ": not an npy file of version 1.0");
  }
  const std::size_t headerSize = static_cast<unsigned char>(bytes[8]) + 256u * static_cast<unsigned char>(bytes[9]);
  const std::string header = bytes.substr(10, headerSize);
  const bool real = header.find("'<f8'") != std::string::npos;
  if ((!real && header.find("'<i8'") == std::string::npos) || header.find("False") == std::string::npos) {
    throw std::runtime_error(path + ": neither f8 nor i8 in C order");
  }
  std::vector<Index> shape;
  const std::size_t open = header.find('('), close = header.find(')', open);
  for (std::size_t i = open + 1; i < close; ++i) {
    if (header[i] < '0' || header[i] > '9') continue;
    std::size_t digits = 0;
    shape.push_back(std::stol(header.substr(i), &digits));
    i += digits;
  }
  Index rows = 1;
  const Index cols = shape.size() == 2 ? shape[1] : 1;
  if (shape.size() == 2) {
    rows = shape[0];
  } else {
    for (const Index side : shape) rows *= side;
  }
  const std::size_t start = 10 + headerSize;
  if (bytes.size() != start + static_cast<std::size_t>(rows * cols) * 8) {
    throw std::runtime_error(path + ": the size is not that of the shape");
  }
  Matrix<double> out(rows, cols);
  for (Index i = 0; i < rows; ++i) {
    for (Index j = 0; j < cols; ++j) {
      const char* place = bytes.data() + start + static_cast<std::size_t>(i * cols + j) * 8;
      std::int64_t integer = 0;
      if (real) {
        std::memcpy(&out(i, j), place, 8);
      } else {
        std::memcpy(&integer, place, 8);
        out(i, j) = static_cast<double>(integer);
      }
    }
  }
  return out;
}

/// One entry of tests/data/vectors/index.json: what an independent implementation computed.
class ReferenceCase {
 public:
  explicit ReferenceCase(Json entry) : m_entry(std::move(entry)) {}

  std::string id() const { return m_entry.at("id").get<std::string>(); }
  double param(const std::string& name) const { return m_entry.at("params").at(name).get<double>(); }
  Index integer(const std::string& name) const { return m_entry.at("params").at(name).get<Index>(); }
  Matrix<double> input(const std::string& name) const { return array(m_entry.at("inputs").at(name)); }
  bool has(const std::string& name) const { return m_entry.at("expected").contains(name); }
  /// An expected array; a number is a 1×1.
  Matrix<double> expected(const std::string& name) const { return array(m_entry.at("expected").at(name)); }
  double number(const std::string& name) const { return m_entry.at("expected").at(name).get<double>(); }

 private:
  static Matrix<double> array(const Json& value) {
    if (value.is_number()) return Matrix<double>::Constant(1, 1, value.get<double>());
    return readReferenceArray(dataPath("vectors/" + value.at("file").get<std::string>()));
  }
  Json m_entry;
};

/// All cases of a kind: "svd", "pinv", "id_cur", …. Throws when there is none, so that a test over
/// them cannot pass by being empty.
inline std::vector<ReferenceCase> referenceCases(const std::string& kind) {
  std::ifstream file(dataPath("vectors/index.json"));
  std::vector<ReferenceCase> out;
  const Json index = Json::parse(file);
  for (const Json& entry : index.at("entries")) {
    if (entry.at("kind") == kind) out.emplace_back(entry);
  }
  if (out.empty()) throw std::runtime_error("no reference vectors of kind " + kind);
  return out;
}

}  // namespace rankscope::test
