// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <vector>

#include "ui/compute/compute_service.h"
#include "ui/document/session.h"
#include "ui/plots/figures.h"

namespace rankscope::ui {

class MatrixRoomController;

/// The analyses behind the session's pins. A pin is a wish: what is not at hand is computed on the survey lane, from
/// the cache where it can be.
class PinBook : public QObject {
  Q_OBJECT

 public:
  PinBook(MatrixRoomController& controller, Session& session, ComputeService& service, QObject* parent);

  /// One for each pin, null while it is not there.
  AnalysisPtr analysis(std::size_t pin) const;
  int colour(std::size_t pin) const;
  /// The pins of the input on screen, for the plots.
  std::vector<PinnedCurve> curves() const;
  /// The same without those whose exact spectrum is the one on screen, and with those of the other inputs.
  std::vector<PinnedCurve> spectra() const;
  /// Pins what is shown now.
  void pinCurrent();
  void remove(int index);
  /// Brings a pin's wish back into the room.
  void restore(int index);

 signals:
  void changed();

 private:
  void sync();

  struct Known {
    Pin pin;
    InputSpec input;
    AnalysisPtr analysis;
    bool asked = false;
  };
  MatrixRoomController& m_controller;
  Session& m_session;
  ComputeService& m_service;
  std::vector<Known> m_known;
  std::vector<Pin> m_listed;  ///< as changed() told last
};

}  // namespace rankscope::ui
