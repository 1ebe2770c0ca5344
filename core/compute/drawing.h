// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/methods/approximation.h"
#include "core/picture/plane.h"

namespace rankscope {

/// The float factors of an approximation, packed for drawing once when it arrives: pictures of any rank, region and
/// level from then on cost only their product. parts: one (cut into `channels` column blocks when it is a joint colour
/// picture) or one a channel.
class Drawing {
 public:
  Drawing(std::vector<ApproximationPtr> parts, Index channels, const Context& context);
  Index rows() const;
  Index cols() const;  ///< of one channel
  Index channels() const;
  Index maxDial() const;

  /// The approximation with these terms (one for each part, or one for all) as a picture. At level > 0 the factors are
  /// pooled by mean first, which is exact. `near`: a picture of the same region and level made by this Drawing with
  /// `nearTerms`; when fewer ranks differ than are asked for, it is corrected instead of made anew.
  /// Of a Monarch matrix the dial is the block rank, nothing is muted and nothing corrected.
  /// Cost 2·rows·cols·channels·dial flops over context.threads; one pass, conversion-ready. Of a Monarch matrix at
  /// level > 0 every entry underneath is worked out and then pooled: rows and cols are those of level 0.
  PicturePtr picture(const std::vector<Terms>& terms, const Tile& region, int level, const Context& context,
                     const Picture* near = nullptr, const std::vector<Terms>* nearTerms = nullptr) const;
  /// One rank-one term σᵢ uᵢ vᵢᵀ as a picture (thumbnails); a Monarch matrix has none.
  PicturePtr layer(Index part, Index term, int level, const Context& context) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> m_impl;
};

/// original − approximation, both of the same region and level; for colour one plane: of the three channel residuals
/// the one of largest modulus, with its sign, so that chroma errors show. Reduced to `level` above theirs it keeps of
/// each block the one of largest modulus as well: a mean would hide single large entries. NaN always stays.
PicturePtr residualOf(const Picture& original, const Picture& approximation, const Context& context);
PicturePtr residualOf(const Picture& original, const Picture& approximation, int level, const Context& context);

}  // namespace rankscope
