// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "ui/compute/compute_service.h"

namespace rankscope::ui {

/// Makes the frames of the picture lane and remembers the last one: what did not change is shared, and a small step of
/// the rank corrects the picture before. A reduced residual is made from all entries and keeps the largest of each
/// block; only that of a preview, or of a base behind a detail, is the
/// difference of means. Belongs to one thread.
class FrameMaker {
 public:
  /// The frame of a request. A frame that takes longer than a display interval is preceded by one at half size through
  /// `preview`, and is left out when a newer request waits. Throws Cancelled.
  FramePtr make(const FrameRequest& request, const Context& context, const std::function<void(FramePtr)>& preview);

 private:
  /// All entries of a reduced picture's place, for its residual; kept for the next step of a drag.
  struct Entries {
    std::shared_ptr<const Pyramid> of;
    std::shared_ptr<const Drawing> drawing;
    std::vector<Terms> terms;
    PicturePtr original, approximation;
    int corrections = 0;
  };

  static PicturePtr reducedResidual(const FrameRequest& request, const Picture& place, Entries& entries,
                                    const Context& context);
  FramePtr frameAt(const FrameRequest& request, int coarser, const Context& context);
  double flopsOf(const FrameRequest& request) const;

  FramePtr m_last;
  Entries m_base, m_detail;
  int m_corrections = 0;  // since the approximation was last drawn from nothing
};

}  // namespace rankscope::ui
