// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/approximation.h"

#include <algorithm>
#include <type_traits>

#include "core/linalg/lapack.h"
#include "core/methods/monarch_form.h"

namespace rankscope {

namespace {

// A factor in T without a copy where it is stored in T.
template <class T>
class In {
 public:
  explicit In(const Values& values) {
    std::visit(
        [&](const auto& stored) {
          using Stored = typename std::decay_t<decltype(stored)>::Scalar;
          if constexpr (std::is_same_v<Stored, T>) {
            m_use = &stored;
          } else if constexpr (std::is_same_v<T, Complex> || !std::is_same_v<Stored, Complex>) {
            m_copy = stored.template cast<T>();
          } else {
            throw std::invalid_argument("a complex approximation is asked for real values");
          }
        },
        values);
  }
  const Matrix<T>& operator*() const { return m_use ? *m_use : m_copy; }

 private:
  const Matrix<T>* m_use = nullptr;
  Matrix<T> m_copy;
};

}  // namespace

std::string name(SolveStatus status) {
  switch (status) {
    case SolveStatus::Converged:
      return "converged";
    case SolveStatus::NotConverged:
      return "not-converged";
    case SolveStatus::RankDeficient:
      return "rank-deficient";
    case SolveStatus::Clamped:
      return "clamped";
  }
  return {};
}

template <class T>
void reconstruct(const Approximation& approximation, const Terms& terms, const Tile& tile, Matrix<T>& out) {
  expects(tile.row >= 0 && tile.col >= 0 && tile.rows >= 0 && tile.cols >= 0 &&
              tile.row + tile.rows <= approximation.rows && tile.col + tile.cols <= approximation.cols,
          "reconstruct: tile outside the matrix");
  const Index dial = std::min(terms.dial, approximation.maxDial);
  out.resize(tile.rows, tile.cols);
  if (dial <= 0 || tile.rows == 0 || tile.cols == 0) {
    out.setZero();
    return;
  }
  if (const Monarch* monarch = approximation.monarch()) {
    monarchTile<T>(*monarch, dial, tile, out);
    return;
  }
  const LowRank& form = *approximation.lowRank();
  const In<T> left(form.left), right(form.right);
  // (left[rows, :d] diag(w)) right[:d, cols]; a muted term has weight 0
  Vector<double> weights = form.weights.head(dial);
  for (const Index muted : terms.muted) {
    if (muted >= 0 && muted < dial) weights(muted) = 0;
  }
  const Matrix<T> scaled = (*left).block(tile.row, 0, tile.rows, dial) * weights.template cast<T>().asDiagonal();
  linalg::gemm<T>(linalg::Op::None, linalg::Op::None, T(1), scaled, (*right).block(0, tile.col, dial, tile.cols), T(0),
                  out);
}

template <class T>
Matrix<T> apply(const Approximation& approximation, Index dial, const ConstRef<T>& x) {
  expects(x.rows() == approximation.cols, "apply: shapes do not agree");
  const Index d = std::min(dial, approximation.maxDial);
  if (const Monarch* monarch = approximation.monarch()) return monarchTimes<T>(*monarch, d, x);
  const LowRank& form = *approximation.lowRank();
  const In<T> left(form.left), right(form.right);
  Matrix<T> inner = linalg::multiply<T>((*right).topRows(d), x);
  inner = form.weights.head(d).template cast<T>().asDiagonal() * inner;
  return linalg::multiply<T>((*left).leftCols(d), inner);
}

template <class T>
Matrix<T> applyAdjoint(const Approximation& approximation, Index dial, const ConstRef<T>& y) {
  expects(y.rows() == approximation.rows, "applyAdjoint: shapes do not agree");
  const Index d = std::min(dial, approximation.maxDial);
  if (const Monarch* monarch = approximation.monarch()) return monarchAdjointTimes<T>(*monarch, d, y);
  const LowRank& form = *approximation.lowRank();
  const In<T> left(form.left), right(form.right);
  Matrix<T> inner = linalg::multiply<T>((*left).leftCols(d), y, linalg::Op::Adjoint);
  inner = form.weights.head(d).template cast<T>().asDiagonal() * inner;
  return linalg::multiply<T>((*right).topRows(d), inner, linalg::Op::Adjoint);
}

#define RANKSCOPE_INSTANTIATE(T)                                                             \
  template void reconstruct<T>(const Approximation&, const Terms&, const Tile&, Matrix<T>&); \
  template Matrix<T> apply<T>(const Approximation&, Index, const ConstRef<T>&);              \
  template Matrix<T> applyAdjoint<T>(const Approximation&, Index, const ConstRef<T>&);
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
RANKSCOPE_INSTANTIATE(Complex)
#undef RANKSCOPE_INSTANTIATE

Cost costOf(const Approximation& approximation, Index dial) {
  const double d = static_cast<double>(std::min(dial, approximation.maxDial));
  const double most = static_cast<double>(std::max<Index>(1, approximation.maxDial));
  const double share = approximation.nested ? d / most : (dial > 0 ? 1 : 0);
  Cost cost{.parameters = share * approximation.parameters};
  if (const Monarch* m = approximation.monarch()) {
    cost.applyFlops = 2 * d * static_cast<double>(m->J * m->K * (m->I + m->S));
  } else {
    cost.applyFlops = 2 * d * static_cast<double>(approximation.rows + approximation.cols);
  }
  return cost;
}

std::vector<Factor> factorsAt(const Approximation& approximation, Index dial) {
  // Rank 0 (the zero approximation) may be cut from anything.
  if (dial >= approximation.maxDial || (!approximation.nested && dial > 0)) return approximation.factors;
  if (const Monarch* monarch = approximation.monarch()) return monarchFactors(*monarch, dial);
  std::vector<Factor> out;
  for (const Factor& factor : approximation.factors) {
    Factor cut = factor;
    // A side of length maxDial is the inner one: columns of the first factor, rows of the last, all of a diagonal.
    const bool first = &factor == &approximation.factors.front();
    std::visit(
        [&](auto& values) {
          if (factor.shape.size() == 1 || !first) {
            values = values.topRows(std::min<Index>(dial, values.rows())).eval();
            cut.shape.front() = values.rows();
          } else {
            values = values.leftCols(std::min<Index>(dial, values.cols())).eval();
            cut.shape.back() = values.cols();
          }
        },
        cut.values);
    out.push_back(std::move(cut));
  }
  return out;
}

std::vector<Factor> storedAt(const Approximation& approximation, Index dial) {
  std::vector<Factor> out = factorsAt(approximation, dial);
  const auto add = [&out](const char* name, const auto& numbers) {
    if (numbers.size() == 0) return;
    Matrix<double> values(static_cast<Index>(numbers.size()), 1);
    std::copy(numbers.begin(), numbers.end(), values.data());
    out.push_back({.name = name, .shape = {values.rows()}, .values = std::move(values)});
  };
  if (const auto* selection = find<Selection>(approximation)) {
    add("columns", selection->columns);
    add("rows", selection->rows);
  }
  // Of pairs C and R have only the scaled ones that were drawn; with these the draw can be checked and weighed anew.
  if (const auto* drawn = find<Probabilities>(approximation); drawn && !drawn->columns) {
    add("probabilities", drawn->p);
    add("weights", drawn->weights);
  }
  return out;
}

}  // namespace rankscope
