// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/plane.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <mutex>
#include <thread>

#include "core/linalg/sparse_matrix.h"

namespace rankscope {

namespace {

constexpr int kTileLevels = 8;                            // a pass reads the matrix in tiles of 2^8 entries a side
constexpr std::size_t kKeptWhole = std::size_t{1} << 24;  // values of a whole level 0 worth keeping (64 MiB)
constexpr Index kKeptLevel = Index{1} << 22;  // values of the finest level kept of a matrix that is not dense in memory

float shown(float value) { return value; }
float shown(double value) { return static_cast<float>(value); }
float shown(const Complex& value) { return static_cast<float>(std::abs(value)); }

// f(entries, place): numbers in the type they are stored in, and where among them the tile is. Dense ones are not
// copied.
template <class F>
void withTile(const AnyMatrix& matrix, const Tile& tile, F&& f) {
  const auto give = [&]<class T>() {
    if (matrix.cheapest() == Access::Entries) {
      f(*matrix.entries<T>(Context{}).value(), tile);
    } else {
      f(matrix.block<T>(tile.row, tile.col, tile.rows, tile.cols), Tile{0, 0, tile.rows, tile.cols});
    }
  };
  if (matrix.isComplex()) {
    give.template operator()<Complex>();
  } else if (matrix.isFloat()) {
    give.template operator()<float>();
  } else {
    give.template operator()<double>();
  }
}

// Column-major entries to row-major floats, in blocks whose columns stay in the first-level cache.
template <class Source>
void toRows(const Source& entries, const Tile& from, float* out, Index stride) {
  constexpr Index kRows = 64, kCols = 16;
  const Index leading = entries.outerStride();
  for (Index r0 = 0; r0 < from.rows; r0 += kRows) {
    const Index r1 = std::min(r0 + kRows, from.rows);
    for (Index c0 = 0; c0 < from.cols; c0 += kCols) {
      const Index c1 = std::min(c0 + kCols, from.cols);
      const auto* source = entries.data() + from.row + from.col * leading;
      for (Index r = r0; r < r1; ++r) {
        for (Index c = c0; c < c1; ++c) out[r * stride + c] = shown(source[c * leading + r]);
      }
    }
  }
}

// A block of a level while it is pooled, column-major: sums and how many entries are in them.
struct Block {
  Index rows = 0, cols = 0;
  std::vector<double> value, count;

  void resize(Index newRows, Index newCols) {
    rows = newRows;
    cols = newCols;
    value.assign(static_cast<std::size_t>(rows * cols), 0);
    count.assign(static_cast<std::size_t>(rows * cols), 0);
  }
};

// Halves a block. Missing neighbours at the edges add nothing.
void halve(const Block& in, Block& out) {
  out.resize((in.rows + 1) / 2, (in.cols + 1) / 2);
  for (Index c = 0; c < in.cols; ++c) {
    const double* value = in.value.data() + c * in.rows;
    const double* count = in.count.data() + c * in.rows;
    double* valueOut = out.value.data() + (c / 2) * out.rows;
    double* countOut = out.count.data() + (c / 2) * out.rows;
    const Index pairs = in.rows / 2;
    for (Index r = 0; r < pairs; ++r) {
      valueOut[r] += value[2 * r] + value[2 * r + 1];
      countOut[r] += count[2 * r] + count[2 * r + 1];
    }
    if (in.rows % 2 != 0) {
      valueOut[pairs] += value[in.rows - 1];
      countOut[pairs] += count[in.rows - 1];
    }
  }
}

template <class Source>
void loadBlock(const Source& entries, const Tile& from, Block& block) {
  block.resize(from.rows, from.cols);
  for (Index c = 0; c < from.cols; ++c) {
    const auto* source = entries.data() + from.row + (from.col + c) * entries.outerStride();
    double* value = block.value.data() + c * from.rows;
    double* count = block.count.data() + c * from.rows;
    for (Index r = 0; r < from.rows; ++r) {
      const double entry = [&] {
        if constexpr (std::is_same_v<std::decay_t<decltype(source[r])>, Complex>) {
          return std::abs(source[r]);
        } else {
          return static_cast<double>(source[r]);
        }
      }();
      const bool counts = !std::isnan(entry);
      value[r] = counts ? entry : 0;
      count[r] = counts ? 1 : 0;
    }
  }
}

// Sums over the blocks of a level from the entries that are kept alone: a sparse matrix may be too long to look at
// each.
void poolSparse(const Sparse& matrix, const Tile& from, int level, Block& block) {
  const Index side = Index{1} << level;
  block.resize(valuesAt(from.rows, level), valuesAt(from.cols, level));
  for (Index c = 0; c < block.cols; ++c) {
    const Index width = std::min(side, from.cols - c * side);
    for (Index r = 0; r < block.rows; ++r) {
      block.count[static_cast<std::size_t>(c * block.rows + r)] =
          static_cast<double>(width * std::min(side, from.rows - r * side));
    }
  }
  const int* const inner = matrix.innerIndexPtr();
  for (Index c = 0; c < from.cols; ++c) {
    const Index column = from.col + c;
    const int* const end = inner + matrix.outerIndexPtr()[column + 1];
    const int* at = std::lower_bound(inner + matrix.outerIndexPtr()[column], end, from.row);
    for (; at != end && *at < from.row + from.rows; ++at) {
      const auto i = static_cast<std::size_t>((c >> level) * block.rows + ((*at - from.row) >> level));
      const double value = matrix.valuePtr()[at - inner];
      if (std::isnan(value)) {
        block.count[i] -= 1;
      } else {
        block.value[i] += value;
      }
    }
  }
}

void storeBlock(const Block& block, float* out, Index stride) {
  for (Index r = 0; r < block.rows; ++r) {
    for (Index c = 0; c < block.cols; ++c) {
      const auto i = static_cast<std::size_t>(c * block.rows + r);
      const double mean =
          block.count[i] > 0 ? block.value[i] / block.count[i] : std::numeric_limits<double>::quiet_NaN();
      out[r * stride + c] = static_cast<float>(mean);
    }
  }
}

// Planes of pictures that are gone, for those to come; thread-safe. It outlives every picture: each holds it.
class PlanePool {
 public:
  std::vector<float> take(std::size_t size) {
    {
      const std::lock_guard lock(m_mutex);
      for (auto plane = m_planes.begin(); plane != m_planes.end(); ++plane) {
        if (plane->size() != size) continue;
        std::vector<float> found = std::move(*plane);
        m_planes.erase(plane);
        m_values -= size;
        return found;
      }
    }
    return std::vector<float>(size);
  }

  void give(std::vector<float> plane) {
    const std::lock_guard lock(m_mutex);
    m_values += plane.size();
    m_planes.push_back(std::move(plane));
    while (m_values > kMost) {  // the oldest goes
      m_values -= m_planes.front().size();
      m_planes.erase(m_planes.begin());
    }
  }

 private:
  static constexpr std::size_t kMost = std::size_t{1} << 25;  // values: 128 MiB
  std::mutex m_mutex;
  std::vector<std::vector<float>> m_planes;
  std::size_t m_values = 0;
};

}  // namespace

std::shared_ptr<Picture> newPicture(const Tile& region, int level, Index planes) {
  static const auto pool = std::make_shared<PlanePool>();
  std::shared_ptr<Picture> picture(new Picture, [keep = pool](Picture* gone) {
    for (auto& plane : gone->planes) keep->give(std::move(plane));
    delete gone;
  });
  picture->region = region;
  picture->level = level;
  picture->rows = valuesAt(region.rows, level);
  picture->cols = valuesAt(region.cols, level);
  for (Index plane = 0; plane < planes; ++plane) {
    picture->planes.push_back(pool->take(static_cast<std::size_t>(picture->rows * picture->cols)));
  }
  return picture;
}

Tile wholeBlocks(const Tile& region, Index rows, Index cols, int level) {
  const Index side = Index{1} << level;
  const auto clip = [side](Index from, Index length, Index end) {
    const Index first = std::clamp<Index>(from, 0, end) / side * side;
    const Index last = std::clamp<Index>(from + std::max<Index>(length, 0), 0, end);
    return std::pair<Index, Index>(first, std::max<Index>(0, std::min((last + side - 1) / side * side, end) - first));
  };
  const auto [row, height] = clip(region.row, region.rows, rows);
  const auto [col, width] = clip(region.col, region.cols, cols);
  return {row, col, height, width};
}

struct Pyramid::Impl {
  MatrixPtr matrix;
  Index rows = 0, cols = 0, channels = 1;
  int first = 1;  // the finest level that is kept
  int last = 0;   // the level of one value

  std::mutex mutex;                              // guards what follows; the pass itself writes tile by tile
  PicturePtr whole;                              // level 0, when small enough to keep
  std::vector<std::shared_ptr<Picture>> levels;  // first … last
  std::vector<char> tileDone;
  std::vector<Block> tops;  // by channel: one value for each tile, as it comes out of the pass
  bool complete = false;

  Tile everything() const { return {0, 0, rows, cols}; }

  PicturePtr readMatrix(const Tile& region, const Context& context) const {
    auto picture = newPicture(region, 0, channels);
    constexpr Index kBand = 128;
    const Index bands = (region.rows + kBand - 1) / kBand;
    parallelFor(context, bands * channels, [&](Index task) {
      const Index channel = task / bands, row = task % bands * kBand;
      const Tile from{region.row + row, channel * cols + region.col, std::min(kBand, region.rows - row), region.cols};
      float* out = picture->planes[static_cast<std::size_t>(channel)].data() + row * region.cols;
      withTile(*matrix, from,
               [&](const auto& entries, const Tile& place) { toRows(entries, place, out, region.cols); });
    });
    return picture;
  }

  // A level finer than those kept, made for this region alone; it is of one channel.
  PicturePtr readReduced(const Tile& region, int level, const Context& context) const {
    auto picture = newPicture(region, level, 1);
    float* const out = picture->planes.front().data();
    if (const Sparse* sparse = sparseOf(*matrix)) {
      Block block;
      poolSparse(*sparse, region, level, block);
      storeBlock(block, out, picture->cols);
      return picture;
    }
    const Index side = Index{1} << std::max(level, kTileLevels);
    const Index tileRows = (region.rows + side - 1) / side, tileCols = (region.cols + side - 1) / side;
    parallelFor(context, tileRows * tileCols, [&](Index task) {
      const Index row = task / tileCols * side, col = task % tileCols * side;
      const Tile from{region.row + row, region.col + col, std::min(side, region.rows - row),
                      std::min(side, region.cols - col)};
      Block block, half;
      withTile(*matrix, from, [&](const auto& entries, const Tile& place) { loadBlock(entries, place, block); });
      for (int up = 1; up <= level; ++up) {
        halve(block, half);
        std::swap(block, half);
      }
      storeBlock(block, out + (row >> level) * picture->cols + (col >> level), picture->cols);
    });
    return picture;
  }

  // Called with the mutex held. All levels from one reading of the matrix: a tile is pooled level after level in cache.
  void build(const Context& context) {
    const int perTile = std::min(last, kTileLevels);
    const Index side = Index{1} << perTile;
    const Index tileRows = valuesAt(rows, perTile), tileCols = valuesAt(cols, perTile), tiles = tileRows * tileCols;
    if (levels.empty()) {
      for (int level = first; level <= last; ++level) levels.push_back(newPicture(everything(), level, channels));
    }
    const auto store = [&](const Block& block, int level, Index channel, Index row, Index col) {
      if (level < first) return;
      Picture& picture = *levels[static_cast<std::size_t>(level - first)];
      storeBlock(block, picture.planes[static_cast<std::size_t>(channel)].data() + row * picture.cols + col,
                 picture.cols);
    };
    if (const Sparse* sparse = sparseOf(*matrix)) {
      Block block, half;
      poolSparse(*sparse, everything(), first, block);
      for (int level = first; level <= last; ++level) {
        context.checkpoint();
        store(block, level, 0, 0, 0);
        halve(block, half);
        std::swap(block, half);
      }
      complete = true;
      return;
    }
    if (tileDone.empty()) {
      tileDone.assign(static_cast<std::size_t>(tiles * channels), 0);
      tops.resize(static_cast<std::size_t>(channels));
      for (Block& top : tops) top.resize(tileRows, tileCols);
    }
    parallelFor(context, tiles * channels, [&](Index task) {
      char& done = tileDone[static_cast<std::size_t>(task)];
      if (done != 0) return;
      const Index channel = task / tiles, row = task % tiles / tileCols, col = task % tileCols;
      const Tile from{row * side, channel * cols + col * side, std::min(side, rows - row * side),
                      std::min(side, cols - col * side)};
      thread_local Block block, half;
      withTile(*matrix, from, [&](const auto& entries, const Tile& place) { loadBlock(entries, place, block); });
      for (int level = 1; level <= perTile; ++level) {
        halve(block, half);
        std::swap(block, half);
        store(block, level, channel, (row * side) >> level, (col * side) >> level);
      }
      Block& top = tops[static_cast<std::size_t>(channel)];
      top.value[static_cast<std::size_t>(col * tileRows + row)] = block.value[0];
      top.count[static_cast<std::size_t>(col * tileRows + row)] = block.count[0];
      done = 1;
    });
    for (Index channel = 0; channel < channels; ++channel) {
      Block block = tops[static_cast<std::size_t>(channel)], half;
      for (int level = perTile + 1; level <= last; ++level) {
        halve(block, half);
        std::swap(block, half);
        store(block, level, channel, 0, 0);
      }
    }
    complete = true;
    tops.clear();
    tileDone.clear();
  }

  // Waits for the mutex without losing the ability to be cancelled.
  std::unique_lock<std::mutex> lock(const Context& context) {
    std::unique_lock<std::mutex> guard(mutex, std::try_to_lock);
    while (!guard.owns_lock()) {
      context.checkpoint();
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      guard.try_lock();
    }
    return guard;
  }
};

Pyramid::Pyramid(MatrixPtr matrix) : m_impl(std::make_shared<Impl>()) {
  expects(matrix != nullptr, "Pyramid: a matrix is needed");
  const Index channels = matrix->channels().size() == 3 ? 3 : 1;
  m_impl->rows = matrix->rows();
  m_impl->cols = matrix->cols() / channels;
  m_impl->channels = channels;
  m_impl->matrix = std::move(matrix);
  while (valuesAt(std::max(m_impl->rows, m_impl->cols), m_impl->last) > 1) ++m_impl->last;
  if (m_impl->matrix->cheapest() == Access::Entries) return;
  while (m_impl->first < m_impl->last &&
         valuesAt(m_impl->rows, m_impl->first) * valuesAt(m_impl->cols, m_impl->first) > kKeptLevel)
    ++m_impl->first;
}

Index Pyramid::rows() const { return m_impl->rows; }
Index Pyramid::cols() const { return m_impl->cols; }
Index Pyramid::channels() const { return m_impl->channels; }

int Pyramid::topLevel() const {
  int level = 0;
  while (valuesAt(std::max(rows(), cols()), level) > 1024) ++level;
  return level;
}

PicturePtr Pyramid::picture(const Tile& region, int level, const Context& context) const {
  Impl& impl = *m_impl;
  level = std::clamp(level, 0, impl.last);
  const Tile tile = wholeBlocks(region, impl.rows, impl.cols, level);
  const bool isWhole = tile == impl.everything();
  if (level == 0) {
    const bool keep = isWhole && static_cast<std::size_t>(impl.rows * impl.cols * impl.channels) <= kKeptWhole;
    if (!keep) return impl.readMatrix(tile, context);
    const auto guard = impl.lock(context);
    if (!impl.whole) impl.whole = impl.readMatrix(tile, context);
    return impl.whole;
  }
  if (level < impl.first) return impl.readReduced(tile, level, context);
  std::shared_ptr<const Picture> source;
  {
    const auto guard = impl.lock(context);
    if (!impl.complete) impl.build(context);
    source = impl.levels[static_cast<std::size_t>(level - impl.first)];
  }
  if (isWhole) return source;
  auto picture = newPicture(tile, level, impl.channels);
  const Index row = tile.row >> level, col = tile.col >> level;
  for (std::size_t plane = 0; plane < picture->planes.size(); ++plane) {
    for (Index r = 0; r < picture->rows; ++r) {
      std::copy_n(source->planes[plane].data() + (row + r) * source->cols + col, picture->cols,
                  picture->planes[plane].data() + r * picture->cols);
    }
  }
  return picture;
}

Histogram histogramOf(const Picture& picture, int bins) {
  expects(bins >= 1, "histogramOf: at least one bin is needed");
  Histogram histogram;
  histogram.counts.assign(static_cast<std::size_t>(bins), 0);
  float lo = std::numeric_limits<float>::max(), hi = std::numeric_limits<float>::lowest();
  Index finite = 0;
  for (const auto& plane : picture.planes) {
    for (const float value : plane) {
      if (!std::isfinite(value)) continue;
      ++finite;
      lo = std::min(lo, value);
      hi = std::max(hi, value);
    }
    histogram.nonFinite += static_cast<Index>(plane.size());
  }
  histogram.nonFinite -= finite;
  if (finite == 0) return histogram;
  histogram.lo = static_cast<double>(lo);
  histogram.hi = static_cast<double>(hi);
  const double scale = hi > lo ? bins / (histogram.hi - histogram.lo) : 0;
  for (const auto& plane : picture.planes) {
    for (const float value : plane) {
      if (!std::isfinite(value)) continue;
      const int bin = static_cast<int>((static_cast<double>(value) - histogram.lo) * scale);
      ++histogram.counts[static_cast<std::size_t>(std::min(bin, bins - 1))];
    }
  }
  return histogram;
}

double percentileOf(const Picture& picture, double share) {
  constexpr double kSample = 1 << 16;
  constexpr double kGolden = 0.6180339887498949;  // i·golden mod 1 spreads evenly and meets no period of the columns
  std::vector<float> sample;
  double total = 0;
  for (const auto& plane : picture.planes) total += static_cast<double>(plane.size());
  for (const auto& plane : picture.planes) {
    const auto size = static_cast<double>(plane.size());
    const double wanted = total > kSample ? std::floor(kSample * size / total) : size;
    for (double i = 0; i < wanted; ++i) {
      const double place = total > kSample ? std::floor((i * kGolden - std::floor(i * kGolden)) * size) : i;
      const float value = plane[static_cast<std::size_t>(place)];
      if (std::isfinite(value)) sample.push_back(value);
    }
  }
  if (sample.empty()) return 0;
  const double at = std::clamp(share, 0.0, 1.0) * static_cast<double>(sample.size() - 1);
  const auto nth = sample.begin() + static_cast<std::ptrdiff_t>(std::lround(at));
  std::nth_element(sample.begin(), nth, sample.end());
  return static_cast<double>(*nth);
}

}  // namespace rankscope
