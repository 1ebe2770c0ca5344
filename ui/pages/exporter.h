// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include "core/compute/inverse.h"
#include "ui/compute/compute_service.h"
#include "ui/document/session.h"
#include "ui/plots/figure.h"

namespace rankscope::ui {

class MatrixRoomController;

/// Everything that leaves the rooms; without a product given, what the Matrix room shows. Writing happens on the save
/// lane; saved() and saveFailed() of the service tell.
class Exporter : public QObject {
  Q_OBJECT

 public:
  Exporter(MatrixRoomController& controller, Session& session, ComputeService& service, QObject* parent);

  bool hasResult() const;
  /// The factors for the rank shown, by the writer of the path's ending (.npz all in one file; .npy and .csv one file a
  /// factor: NAME-U.npy …), with method, parameters, error, seed and version where the format has room.
  void saveFactors(const QString& path);
  /// The files beside `path` that saveFactors would replace because a factor gets a file of its own: a file dialog asks
  /// about `path` alone.
  QStringList replacedBySaveFactors(const QString& path) const;
  /// Those of a product: its drawn pairs as C and R, which ones they were, the probabilities and the weights of all, as
  /// the command line writes them. `title`: titleOfProduct().
  void saveFactors(const QString& path, const AnalysisPtr& product, const std::string& title);
  QStringList replacedBySaveFactors(const QString& path, const Analysis& product) const;
  /// The estimate C·R of a product as one array.
  void saveEstimate(const QString& path, const AnalysisPtr& product, const std::string& title);
  /// The approximation as a picture: the values themselves of a picture (8 bit, clipped), else as the canvas shows it.
  void savePicture(const QString& path, const QImage& shown);
  /// The pseudo-inverse as one array, with its cut-off and ridge where the format has room.
  void saveInverse(const QString& path, const InverseAnswerPtr& inverse);
  /// .svg .pdf .png, with a caption of method, rank, error, seed and version. Written on the UI thread, where the plot
  /// is.
  Result<Done> savePlot(const QString& path, Figure figure) const;
  void saveTable(const QString& path, const FigureTable& table);

  /// The command line that computes what is shown.
  QString command() const;
  QString comparisonCommand() const;  ///< empty without a comparison
  /// The part of original, approximation or residual (0, 1, 2) that is in view as tab-separated numbers with all
  /// digits; an Error when that would be more than a clipboard should carry.
  Result<QString> values(int which, const Tile& part) const;
  QString suggestedName(const QString& ending) const;
  /// A name for a file out of what it is of: "photo.png", "rank24" and "svg" give "photo-rank24.svg".
  static QString fileName(const QString& title, const QString& size, const QString& ending);
  QString caption() const;

 private:
  void save(const QString& path, std::function<std::vector<Factor>()> factorsOf,
            std::map<std::string, std::string> about);
  QStringList replaced(const QString& path, const std::vector<Factor>& factors) const;

  MatrixRoomController& m_controller;
  Session& m_session;
  ComputeService& m_service;
};

}  // namespace rankscope::ui
