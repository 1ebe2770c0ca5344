// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/linalg/file_matrix.h"

#include <algorithm>
#include <future>
#include <optional>

#include "core/linalg/lapack.h"
#include "core/linalg/thin.h"

namespace rankscope::linalg {

namespace {

struct Panel {
  Index row = 0, col = 0, rows = 0, cols = 0;
};

// The panels in the file's order. A line is a row or a column, whichever lies together.
class Panels {
 public:
  Panels(const FileMatrix& M, Index most)
      : m_byRows(M.byRows()),
        m_lines(m_byRows ? M.rows() : M.cols()),
        m_length(m_byRows ? M.cols() : M.rows()),
        m_width(std::min(m_length, most)),
        m_height(m_width < m_length ? 1 : std::max<Index>(1, most / m_length)) {}

  std::optional<Panel> next() {
    if (m_line >= m_lines) return std::nullopt;
    const Index lines = std::min(m_height, m_lines - m_line), width = std::min(m_width, m_length - m_at);
    const Panel panel = m_byRows ? Panel{m_line, m_at, lines, width} : Panel{m_at, m_line, width, lines};
    m_at += width;
    if (m_at >= m_length) {
      m_at = 0;
      m_line += lines;
    }
    return panel;
  }

 private:
  bool m_byRows;
  Index m_lines, m_length, m_width, m_height;
  Index m_line = 0, m_at = 0;
};

// out = op(A) X by the kernel that suits the type.
template <class T>
void product(Op op, const ConstRef<T>& A, const ConstRef<T>& X, Matrix<T>& out, const Context& context) {
  if constexpr (std::is_same_v<T, Complex>) {
    out = multiply<T>(A, X, op);
  } else {
    thinProduct<T>(op, A, X, out, context);
  }
}

}  // namespace

template <class T>
void forEachPanel(const FileMatrix& M, const Context& context,
                  const std::function<void(Index, Index, const ConstRef<T>&)>& f) {
  constexpr std::size_t kLeast = std::size_t{1} << 16, kMost = std::size_t{1} << 23;
  Panels panels(M, static_cast<Index>(std::clamp(context.memory / 8, kLeast, kMost) / sizeof(T)));
  const auto read = [&M](const Panel& panel) {
    Matrix<T> block(panel.rows, panel.cols);
    M.read(panel.row, panel.col, block);
    return block;
  };
  // What is read ahead is waited for before this function is left, whatever f throws.
  std::optional<Panel> panel = panels.next();
  std::future<Matrix<T>> ahead;
  if (panel) ahead = std::async(std::launch::async, read, *panel);
  while (panel) {
    context.checkpoint();
    const Matrix<T> block = ahead.get();
    const std::optional<Panel> next = panels.next();
    if (next) ahead = std::async(std::launch::async, read, *next);
    f(panel->row, panel->col, block);
    panel = next;
  }
}

template <class T>
Matrix<T> fileTimes(const FileMatrix& M, const ConstRef<T>& X, const Context& context) {
  expects(X.rows() == M.cols(), "fileTimes: shapes do not agree");
  Matrix<T> Y = Matrix<T>::Zero(M.rows(), X.cols()), part;
  forEachPanel<T>(M, context, [&](Index row, Index col, const ConstRef<T>& block) {
    product<T>(Op::None, block, X.middleRows(col, block.cols()), part, context);
    Y.middleRows(row, block.rows()) += part;
  });
  return Y;
}

template <class T>
Matrix<T> fileAdjointTimes(const FileMatrix& M, const ConstRef<T>& Y, const Context& context) {
  expects(Y.rows() == M.rows(), "fileAdjointTimes: shapes do not agree");
  Matrix<T> Z = Matrix<T>::Zero(M.cols(), Y.cols()), part;
  forEachPanel<T>(M, context, [&](Index row, Index col, const ConstRef<T>& block) {
    product<T>(Op::Adjoint, block, Y.middleRows(row, block.rows()), part, context);
    Z.middleRows(col, block.cols()) += part;
  });
  return Z;
}

#define RANKSCOPE_INSTANTIATE(T)                                                               \
  template void forEachPanel<T>(const FileMatrix&, const Context&,                             \
                                const std::function<void(Index, Index, const ConstRef<T>&)>&); \
  template Matrix<T> fileTimes<T>(const FileMatrix&, const ConstRef<T>&, const Context&);      \
  template Matrix<T> fileAdjointTimes<T>(const FileMatrix&, const ConstRef<T>&, const Context&);
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
RANKSCOPE_INSTANTIATE(Complex)
#undef RANKSCOPE_INSTANTIATE

}  // namespace rankscope::linalg
