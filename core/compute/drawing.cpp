// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/drawing.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <mutex>

#include "core/compute/monarch_planes.h"
#include "core/linalg/lapack.h"

namespace rankscope {

namespace {

constexpr Index kTileRows = 256,
                kThinTileRows = 64;  // a row tile and its product stay in cache; thin ones below this dial
constexpr Index kThinDial = 16;

/// One part, ready to multiply: term k is columns width·k … of left (n, the weights in it) and of right (m·channels
/// rows). Real parts have width 1. Complex ones have width 2: left (Re u, Im u), right (Re v, −Im v) for the real part
/// of the product and imaginary (Im v, Re v) for the other.
struct Factors {
  Matrix<float> left, right, imaginary;
  Index width = 1;

  Index terms() const { return left.cols() / width; }
  bool isComplex() const { return width == 2; }
};
using FactorsPtr = std::shared_ptr<const Factors>;

template <class T>
Matrix<float> packLeft(const Matrix<T>& left, const Vector<double>& weights) {
  if constexpr (std::is_same_v<T, Complex>) {
    Matrix<float> out(left.rows(), 2 * left.cols());
    for (Index k = 0; k < left.cols(); ++k) {
      out.col(2 * k) = (left.col(k).real() * weights(k)).template cast<float>();
      out.col(2 * k + 1) = (left.col(k).imag() * weights(k)).template cast<float>();
    }
    return out;
  } else {
    return (left.template cast<double>() * weights.asDiagonal()).template cast<float>();
  }
}

void packRight(const Matrix<Complex>& right, Factors& out) {
  out.right.resize(right.cols(), 2 * right.rows());
  out.imaginary.resize(right.cols(), 2 * right.rows());
  for (Index k = 0; k < right.rows(); ++k) {
    out.right.col(2 * k) = right.row(k).real().transpose().cast<float>();
    out.right.col(2 * k + 1) = -right.row(k).imag().transpose().cast<float>();
    out.imaginary.col(2 * k) = right.row(k).imag().transpose().cast<float>();
    out.imaginary.col(2 * k + 1) = right.row(k).real().transpose().cast<float>();
  }
}

template <class T>
void packRight(const Matrix<T>& right, Factors& out) {
  out.right = right.transpose().template cast<float>();
}

FactorsPtr pack(const Approximation& part) {
  expects(part.lowRank() != nullptr, "Drawing: a product of two factors");
  const LowRank& form = *part.lowRank();
  auto factors = std::make_shared<Factors>();
  factors->width = std::holds_alternative<Matrix<Complex>>(form.left) ? 2 : 1;
  factors->left = std::visit([&](const auto& left) { return packLeft(left, form.weights); }, form.left);
  std::visit([&](const auto& right) { packRight(right, *factors); }, form.right);
  expects(factors->left.cols() == factors->right.cols(), "Drawing: the factors of a part must fit each other");
  return factors;
}

// Means of blocks of 2^level rows, in each of `segments` equal row segments by itself (the channels of the right
// factor).
Matrix<float> pooledRows(const Matrix<float>& in, Index segments, int level, const Context& context) {
  if (in.size() == 0) return {};
  const Index length = in.rows() / segments, values = valuesAt(length, level), side = Index{1} << level;
  Matrix<float> out(values * segments, in.cols());
  parallelFor(context, in.cols(), [&](Index k) {
    for (Index segment = 0; segment < segments; ++segment) {
      for (Index i = 0; i < values; ++i) {
        const Index first = i * side, count = std::min(side, length - first);
        out(segment * values + i, k) = in.col(k).segment(segment * length + first, count).mean();
      }
    }
  });
  return out;
}

// Terms as they count: no term twice, none that is not there.
std::vector<Index> mutedOf(const Terms& terms, Index available) {
  std::vector<Index> muted;
  for (const Index k : terms.muted) {
    if (k >= 0 && k < available) muted.push_back(k);
  }
  std::sort(muted.begin(), muted.end());
  muted.erase(std::unique(muted.begin(), muted.end()), muted.end());
  return muted;
}

// The factors without these terms.
FactorsPtr without(const Factors& factors, const std::vector<Index>& muted) {
  std::vector<Index> columns;
  for (Index k = 0; k < factors.terms(); ++k) {
    if (std::binary_search(muted.begin(), muted.end(), k)) continue;
    for (Index c = 0; c < factors.width; ++c) columns.push_back(k * factors.width + c);
  }
  auto out = std::make_shared<Factors>();
  out->width = factors.width;
  out->left = factors.left(Eigen::all, columns);
  out->right = factors.right(Eigen::all, columns);
  if (factors.isComplex()) out->imaginary = factors.imaginary(Eigen::all, columns);
  return out;
}

// How one plane is made: the columns [first, last) of the factors, times sign, alone or on top of the near plane.
struct Plan {
  FactorsPtr factors;
  Index first = 0, last = 0;
  float sign = 1;
  bool corrects = false;
  Index rightRow = 0;  ///< where the channel begins in factors->right
};

// A tile (in values of the level) as one product: the row-major rows of a plane are the columns of right·leftᵀ.
void drawTile(const Plan& plan, const Tile& tile, const float* near, float* out) {
  const FlushDenormals guard;
  Eigen::Map<Matrix<float>> product(out, tile.cols, tile.rows);
  if (plan.corrects) std::copy_n(near, product.size(), out);
  const Index depth = plan.last - plan.first;
  if (depth == 0) {
    if (!plan.corrects) product.setZero();
    return;
  }
  const Factors& factors = *plan.factors;
  const auto left = factors.left.block(tile.row, plan.first, tile.rows, depth);
  const auto times = [&](const Matrix<float>& right, float keep, Eigen::Ref<Matrix<float>> result) {
    linalg::gemm<float>(linalg::Op::None, linalg::Op::Adjoint, plan.sign,
                        right.block(plan.rightRow + tile.col, plan.first, tile.cols, depth), left, keep, result);
  };
  times(factors.right, plan.corrects ? 1.0F : 0.0F, product);
  if (factors.isComplex()) {
    Matrix<float> imaginary(tile.cols, tile.rows);
    times(factors.imaginary, 0, imaginary);
    product = (product.array().square() + imaginary.array().square()).sqrt();
  }
}

}  // namespace

struct Drawing::Impl {
  std::vector<FactorsPtr> parts;                               // at level 0, all terms
  std::vector<std::shared_ptr<const MonarchPlanes>> monarchs;  // instead of parts, where the form is Monarch
  Index rows = 0, cols = 0, channels = 1, maxDial = 0;

  struct Variant {
    std::vector<Index> muted;
    FactorsPtr factors;
  };
  mutable std::mutex mutex;
  mutable std::map<std::pair<Index, int>, FactorsPtr> pooled;  // by part and level
  mutable std::map<std::pair<Index, int>, Variant> unmuted;    // the last muted set at each part and level

  Index count() const { return static_cast<Index>(monarchs.empty() ? parts.size() : monarchs.size()); }
  bool isJoint() const { return count() == 1; }
  Index segments() const { return isJoint() ? channels : 1; }

  FactorsPtr atLevel(Index part, int level, const Context& context) const {
    const FactorsPtr& whole = parts[static_cast<std::size_t>(part)];
    if (level == 0) return whole;
    {
      const std::lock_guard lock(mutex);
      if (const auto found = pooled.find({part, level}); found != pooled.end()) return found->second;
    }
    auto made = std::make_shared<Factors>();
    made->width = whole->width;
    made->left = pooledRows(whole->left, 1, level, context);
    made->right = pooledRows(whole->right, segments(), level, context);
    made->imaginary = pooledRows(whole->imaginary, segments(), level, context);
    const std::lock_guard lock(mutex);
    return pooled.emplace(std::pair(part, level), std::move(made)).first->second;
  }

  FactorsPtr withoutMuted(Index part, int level, const std::vector<Index>& muted, const Context& context) const {
    FactorsPtr all = atLevel(part, level, context);
    if (muted.empty()) return all;
    {
      const std::lock_guard lock(mutex);
      const Variant& known = unmuted[{part, level}];
      if (known.factors && known.muted == muted) return known.factors;
    }
    FactorsPtr made = without(*all, muted);
    const std::lock_guard lock(mutex);
    unmuted[{part, level}] = {muted, made};
    return made;
  }

  // How many unmuted terms are among the leading `dial`.
  static Index countOf(const Terms& terms, const std::vector<Index>& muted, Index available) {
    const Index dial = std::clamp<Index>(terms.dial, 0, available);
    return dial - (std::lower_bound(muted.begin(), muted.end(), dial) - muted.begin());
  }

  Plan planOf(Index part, int level, const Terms& terms, const Terms* nearTerms, const Context& context) const {
    const Index available = parts[static_cast<std::size_t>(part)]->terms();
    const std::vector<Index> muted = mutedOf(terms, available);
    Plan plan;
    plan.factors = withoutMuted(part, level, muted, context);
    const Index width = plan.factors->width, count = countOf(terms, muted, available);
    plan.last = count * width;
    if (nearTerms == nullptr || plan.factors->isComplex() || mutedOf(*nearTerms, available) != muted) return plan;
    const Index nearCount = countOf(*nearTerms, muted, available);
    if (std::abs(count - nearCount) >= count) return plan;
    plan.first = std::min(count, nearCount);
    plan.last = std::max(count, nearCount);
    plan.sign = count >= nearCount ? 1.0F : -1.0F;
    plan.corrects = true;
    return plan;
  }

  // A task for each band of rows of each plane: make(plane, the band in values of the level, where it begins).
  static PicturePtr inBands(const Tile& region, int level, Index planes, Index bandRows, const Context& context,
                            const std::function<void(std::size_t, const Tile&, Index)>& make,
                            const std::shared_ptr<Picture>& picture) {
    const Index firstRow = region.row >> level, firstCol = region.col >> level;
    const Index bands = (picture->rows + bandRows - 1) / bandRows;
    parallelFor(context, bands * planes, [&](Index task) {
      const Index row = task % bands * bandRows;
      make(static_cast<std::size_t>(task / bands),
           {firstRow + row, firstCol, std::min(bandRows, picture->rows - row), picture->cols}, row * picture->cols);
    });
    return picture;
  }

  // The planes of Monarch matrices; terms for each part, or one for all.
  PicturePtr drawMonarch(const std::vector<Terms>& terms, const Tile& region, int level, const Context& context) const {
    auto picture = newPicture(region, level, channels);
    return inBands(
        region, level, channels, kThinTileRows, context,
        [&](std::size_t plane, const Tile& band, Index offset) {
          const std::size_t part = isJoint() ? 0 : plane;
          const Index dial = terms[terms.size() == 1 ? 0 : part].dial;
          const Index first = isJoint() ? static_cast<Index>(plane) * cols : 0;
          monarchs[part]->draw(std::max<Index>(0, dial), first, cols, band, level,
                               picture->planes[plane].data() + offset);
        },
        picture);
  }

  // Fills the planes by the plans, one for each; region in whole blocks.
  PicturePtr draw(const std::vector<Plan>& plans, const Tile& region, int level, const Picture* near,
                  const Context& context) const {
    auto picture = newPicture(region, level, static_cast<Index>(plans.size()));
    Index deepest = 0;
    for (const Plan& plan : plans) deepest = std::max(deepest, plan.last - plan.first);
    return inBands(
        region, level, static_cast<Index>(plans.size()), deepest < kThinDial ? kThinTileRows : kTileRows, context,
        [&](std::size_t plane, const Tile& band, Index offset) {
          const Plan& plan = plans[plane];
          drawTile(plan, band, plan.corrects ? near->planes[plane].data() + offset : nullptr,
                   picture->planes[plane].data() + offset);
        },
        picture);
  }
};

Drawing::Drawing(std::vector<ApproximationPtr> parts, Index channels, const Context& context) {
  const auto count = static_cast<Index>(parts.size());
  expects(channels == 1 || channels == 3, "Drawing: one channel or three");
  expects(count == 1 || count == channels, "Drawing: one part, or one for each channel");
  auto impl = std::make_shared<Impl>();
  impl->channels = channels;
  impl->rows = parts.front()->rows;
  impl->cols = count == 1 ? parts.front()->cols / channels : parts.front()->cols;
  if (parts.front()->monarch()) {
    for (const ApproximationPtr& part : parts) {
      expects(part->monarch() && part->rows == impl->rows && part->cols == impl->cols * (count == 1 ? channels : 1),
              "Drawing: the parts must have one form and one shape");
      impl->monarchs.push_back(std::make_shared<const MonarchPlanes>(*part->monarch()));
      impl->maxDial = std::max(impl->maxDial, impl->monarchs.back()->blockRank());
    }
    m_impl = std::move(impl);
    return;
  }
  impl->parts.resize(parts.size());
  parallelFor(context, count, [&](Index part) {
    impl->parts[static_cast<std::size_t>(part)] = pack(*parts[static_cast<std::size_t>(part)]);
  });
  for (const FactorsPtr& part : impl->parts) {
    expects(part->left.rows() == impl->rows && part->right.rows() == impl->cols * impl->segments(),
            "Drawing: the parts must have one shape");
    impl->maxDial = std::max(impl->maxDial, part->terms());
  }
  m_impl = std::move(impl);
}

Index Drawing::rows() const { return m_impl->rows; }
Index Drawing::cols() const { return m_impl->cols; }
Index Drawing::channels() const { return m_impl->channels; }
Index Drawing::maxDial() const { return m_impl->maxDial; }

PicturePtr Drawing::picture(const std::vector<Terms>& terms, const Tile& region, int level, const Context& context,
                            const Picture* near, const std::vector<Terms>* nearTerms) const {
  const Impl& impl = *m_impl;
  const Index parts = impl.count();
  const auto fits = [&](const std::vector<Terms>& some) {
    return some.size() == 1 || static_cast<Index>(some.size()) == parts;
  };
  expects(level >= 0, "Drawing: a level is not negative");
  expects(fits(terms) && (nearTerms == nullptr || fits(*nearTerms)), "Drawing: terms for each part, or one for all");
  const Tile tile = wholeBlocks(region, impl.rows, impl.cols, level);
  if (!impl.monarchs.empty()) return impl.drawMonarch(terms, tile, level, context);
  const bool corrects = near != nullptr && nearTerms != nullptr && near->region == tile && near->level == level &&
                        static_cast<Index>(near->planes.size()) == impl.channels;
  const auto of = [](const std::vector<Terms>& some, Index part) -> const Terms& {
    return some.size() == 1 ? some.front() : some[static_cast<std::size_t>(part)];
  };
  std::vector<Plan> plans;
  for (Index channel = 0; channel < impl.channels; ++channel) {
    const Index part = impl.isJoint() ? 0 : channel;
    Plan plan = impl.planOf(part, level, of(terms, part), corrects ? &of(*nearTerms, part) : nullptr, context);
    plan.rightRow = impl.isJoint() ? channel * valuesAt(impl.cols, level) : 0;
    plans.push_back(std::move(plan));
  }
  return impl.draw(plans, tile, level, near, context);
}

PicturePtr Drawing::layer(Index part, Index term, int level, const Context& context) const {
  const Impl& impl = *m_impl;
  expects(impl.monarchs.empty(), "Drawing: a Monarch matrix has no layers");
  expects(part >= 0 && part < impl.count() && level >= 0, "Drawing: no such part or level");
  const FactorsPtr factors = impl.atLevel(part, level, context);
  expects(term >= 0 && term < factors->terms(), "Drawing: no such term");
  std::vector<Plan> plans;
  for (Index channel = 0; channel < impl.segments(); ++channel) {
    Plan plan;
    plan.factors = factors;
    plan.first = term * factors->width;
    plan.last = plan.first + factors->width;
    plan.rightRow = channel * valuesAt(impl.cols, level);
    plans.push_back(std::move(plan));
  }
  return impl.draw(plans, wholeBlocks({0, 0, impl.rows, impl.cols}, impl.rows, impl.cols, level), level, nullptr,
                   context);
}

}  // namespace rankscope
