// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/arrange.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "core/linalg/sparse_matrix.h"

namespace rankscope {

namespace {

// "N,M" → both numbers, or nothing.
std::optional<Extent> parseExtent(std::string_view typed) {
  Extent extent;
  const char* const end = typed.data() + typed.size();
  const auto rows = std::from_chars(typed.data(), end, extent.rows);
  if (rows.ec != std::errc() || rows.ptr == end || *rows.ptr != ',') return std::nullopt;
  const auto cols = std::from_chars(rows.ptr + 1, end, extent.cols);
  if (cols.ec != std::errc() || cols.ptr != end || extent.rows < 1 || extent.cols < 1) return std::nullopt;
  return extent;
}

bool isFinite(double value) { return std::isfinite(value); }
bool isFinite(float value) { return std::isfinite(value); }
bool isFinite(const Complex& value) { return std::isfinite(value.real()) && std::isfinite(value.imag()); }

// Replaces what is not finite by zero or by the mean of what is; returns how many.
template <class T>
Index replaceNonFinite(Matrix<T>& values, bool byMean) {
  using Sum = std::conditional_t<std::is_same_v<T, Complex>, Complex, double>;
  Sum sum = 0;
  Index count = 0;
  for (const T& value : values.reshaped()) {
    if (!isFinite(value)) continue;
    ++count;
    sum += (static_cast<Sum>(value) - sum) / static_cast<double>(count);  // running mean: no overflow
  }
  if (count == values.size()) return 0;
  const T replacement = byMean ? static_cast<T>(sum) : T(0);
  for (T& value : values.reshaped()) {
    if (!isFinite(value)) value = replacement;
  }
  return values.size() - count;
}

Matrix<double> madeReal(const Matrix<Complex>& values, std::string_view how) {
  if (how == "abs") return values.cwiseAbs();
  if (how == "real") return values.real();
  if (how == "imag") return values.imag();
  Matrix<double> stacked(2 * values.rows(), values.cols());
  stacked.topRows(values.rows()) = values.real();
  stacked.bottomRows(values.rows()) = values.imag();
  return stacked;
}

template <class T>
Result<MatrixPtr> arrangeAs(const AnyMatrix& matrix, const ViewOptions& view, const std::string& source,
                            const Context& context, std::vector<Text>& notices) {
  const std::array shape = {matrix.rows(), matrix.cols()};
  const auto extent = extentOf(shape, view, source);
  if (!extent) return extent.error();
  const double bytes = static_cast<double>(matrix.rows()) * static_cast<double>(matrix.cols()) * sizeof(T);
  if (auto refused = context.refuseMemory(source, bytes, "raise --max-memory")) return *refused;
  const auto entries = matrix.entries<T>(context);
  if (!entries) return entries.error();
  if (extent->rows != matrix.rows()) {
    Matrix<T> values = (*entries)->template reshaped<Eigen::RowMajor>(extent->rows, extent->cols);
    return finishMatrix(std::move(values), {}, view, source, context, notices);
  }
  Matrix<T> values = **entries;
  std::vector<Channel> channels(matrix.channels().begin(), matrix.channels().end());
  return finishMatrix(std::move(values), std::move(channels), view, source, context, notices);
}

// Entries in row-major order under another shape, and numbers in the place of what is not finite.
Result<MatrixPtr> arrangeSparse(const Sparse& matrix, const ViewOptions& view, const std::string& source,
                                const Context& context, std::vector<Text>& notices) {
  const std::array shape = {Index{matrix.rows()}, Index{matrix.cols()}};
  const auto extent = extentOf(shape, view, source);
  if (!extent) return extent.error();
  if (std::max(extent->rows, extent->cols) > std::numeric_limits<int>::max())
    return inputError(source, text("a sparse matrix of {1} × {2} is too long", extent->rows, extent->cols));
  constexpr double kEntryBytes = 2 * (sizeof(double) + 2 * sizeof(int));
  const double bytes = kEntryBytes * static_cast<double>(matrix.nonZeros()) +
                       3.0 * sizeof(int) * static_cast<double>(extent->rows + extent->cols);
  if (auto refused = context.refuseMemory(source, bytes, "raise --max-memory")) return *refused;

  const bool byMean = view.nan == "mean";
  Index replaced = 0;
  double sum = 0, finite = static_cast<double>(matrix.rows()) * static_cast<double>(matrix.cols());
  if (!view.nan.empty()) {
    const double all = finite;
    for (const double value : std::span(matrix.valuePtr(), static_cast<std::size_t>(matrix.nonZeros()))) {
      if (isFinite(value)) {
        sum += value / all;
      } else {
        ++replaced;
      }
    }
    finite -= static_cast<double>(replaced);
    if (replaced > 0) notices.push_back(noticeOfReplaced(replaced, byMean));
    sum = finite > 0 ? sum * (all / finite) : 0;
  }
  std::vector<Eigen::Triplet<double>> entries;
  entries.reserve(static_cast<std::size_t>(matrix.nonZeros()));
  for (Index c = 0; c < matrix.cols(); ++c) {
    for (Sparse::InnerIterator entry(matrix, c); entry; ++entry) {
      const Index place = entry.row() * Index{matrix.cols()} + c;
      double value = entry.value();
      if (replaced > 0 && !isFinite(value)) value = byMean ? sum : 0;
      entries.emplace_back(static_cast<int>(place / extent->cols), static_cast<int>(place % extent->cols), value);
    }
  }
  Sparse out(extent->rows, extent->cols);
  out.setFromTriplets(entries.begin(), entries.end());
  return makeMatrix(std::move(out));
}

}  // namespace

Text noticeOfReplaced(Index count, bool byMean) {
  return byMean ? text("{1} entries that are NaN or infinite were replaced by the mean", count)
                : text("{1} entries that are NaN or infinite were replaced by zero", count);
}

std::string showShape(std::span<const Index> shape) {
  if (shape.empty()) return "a single number";
  std::string out;
  for (const Index n : shape) out += (out.empty() ? "" : " × ") + show(n);
  return out;
}

Result<Extent> extentOf(std::span<const Index> shape, const ViewOptions& view, const std::string& source) {
  // Asked first: beside a zero the other sizes of a hostile file may be of any size.
  if (std::find(shape.begin(), shape.end(), 0) != shape.end())
    return inputError(source, text("it has no entries, its shape is {1}", showShape(shape)));
  Index count = 1;
  for (const Index n : shape) count *= n;
  if (view.reshape == "keep-first")
    return Extent{shape.empty() ? 1 : shape.front(), shape.empty() ? 1 : count / shape.front()};
  if (view.reshape == "keep-last")
    return Extent{shape.empty() ? 1 : count / shape.back(), shape.empty() ? 1 : shape.back()};
  if (!view.reshape.empty()) {
    const auto extent = parseExtent(view.reshape);
    if (!extent || count / extent->rows != extent->cols || count % extent->rows != 0) {
      return inputError(source, text("its shape {1} cannot be read as {2}", showShape(shape), view.reshape),
                        text("the product of the two numbers must be {1}", count));
    }
    return *extent;
  }
  if (shape.size() > 2) {
    return inputError(source, text("it has {1} dimensions, its shape is {2}", shape.size(), showShape(shape)),
                      "choose --reshape keep-first, keep-last or N,M");
  }
  return Extent{shape.empty() ? 1 : shape[0], shape.size() < 2 ? 1 : shape[1]};
}

std::optional<Error> refuseView(const ViewOptions& view) {
  struct Choice {
    const char* flag;
    const std::string& value;
    std::span<const std::string_view> allowed;
    bool mayBeEmpty;
  };
  const std::array<Choice, 3> choices = {
      Choice{"--channel", view.channel, kChannels, false},
      Choice{"--complex", view.complex, kComplexViews, true},
      Choice{"--nan", view.nan, kNanViews, true},
  };
  for (const Choice& choice : choices) {
    if (choice.mayBeEmpty && choice.value.empty()) continue;
    if (std::find(choice.allowed.begin(), choice.allowed.end(), choice.value) != choice.allowed.end()) continue;
    std::string list;
    for (const auto& one : choice.allowed) list += (list.empty() ? "" : ", ") + std::string(one);
    return usageError(choice.flag, text("there is no choice \"{1}\"", choice.value), text("one of {1}", list));
  }
  if (!view.reshape.empty() && view.reshape != "keep-first" && view.reshape != "keep-last" &&
      !parseExtent(view.reshape)) {
    return usageError("--reshape", text("there is no choice \"{1}\"", view.reshape), "keep-first, keep-last or N,M");
  }
  return std::nullopt;
}

Result<MatrixPtr> finishMatrix(Values values, std::vector<Channel> channels, const ViewOptions& view,
                               const std::string& source, const Context& context, std::vector<Text>& notices) {
  if (const auto* complex = std::get_if<Matrix<Complex>>(&values); complex && !view.complex.empty()) {
    const double bytes = static_cast<double>(complex->size()) * sizeof(double) * (view.complex == "stack" ? 2 : 1);
    if (auto refused = context.refuseMemory(source, bytes, "raise --max-memory")) return *refused;
    values = madeReal(*complex, view.complex);
  }
  if (!view.nan.empty()) {
    const bool byMean = view.nan == "mean";
    const Index replaced = std::visit([&](auto& m) { return replaceNonFinite(m, byMean); }, values);
    if (replaced > 0) notices.push_back(noticeOfReplaced(replaced, byMean));
  }
  if (auto* complex = std::get_if<Matrix<Complex>>(&values)) return makeMatrix(std::move(*complex));
  if (auto* narrow = std::get_if<Matrix<float>>(&values)) return makeMatrix(std::move(*narrow), std::move(channels));
  return makeMatrix(std::move(std::get<Matrix<double>>(values)), std::move(channels));
}

Result<MatrixPtr> arrange(const MatrixPtr& matrix, const ViewOptions& view, const std::string& source,
                          const Context& context, std::vector<Text>& notices) {
  const bool asIs = view.reshape.empty() && view.nan.empty() && (view.complex.empty() || !matrix->isComplex());
  if (asIs) return matrix;
  if (const Sparse* sparse = sparseOf(*matrix)) return arrangeSparse(*sparse, view, source, context, notices);
  if (matrix->isComplex()) return arrangeAs<Complex>(*matrix, view, source, context, notices);
  if (matrix->isFloat()) return arrangeAs<float>(*matrix, view, source, context, notices);
  return arrangeAs<double>(*matrix, view, source, context, notices);
}

}  // namespace rankscope
