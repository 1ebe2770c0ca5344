// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/result_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <cmath>
#include <limits>

#include "ui/pages/matrix_controller.h"
#include "ui/theme/theme.h"
#include "ui/theme/translated.h"
#include "ui/widgets/parts.h"

namespace rankscope::ui {
namespace {

// Two errors that differ in the tenth digit are the same error to a reader; what is left is rounding.
QString showExcess(double excess) { return std::abs(excess) < 1e-10 ? showPercent(0) : showPercent(excess); }

QString dash() { return QStringLiteral("–"); }

QString about(const QString& number, bool approximate) { return approximate ? QStringLiteral("≈ ") + number : number; }

/// "24", or of channels that differ "24 · 22 · 31".
QString listOf(const std::vector<Index>& ranks) {
  if (std::adjacent_find(ranks.begin(), ranks.end(), std::not_equal_to<>()) == ranks.end())
    return showCount(ranks.front());
  QStringList each;
  for (const Index rank : ranks) each << showCount(rank);
  return each.join(QStringLiteral(" · "));
}

}  // namespace

QString showError(const ErrorNow& error, int digits, bool equals) {
  switch (error.sign) {
    case ErrorNow::Unknown:
      break;
    case ErrorNow::Equal:
      return (equals ? QStringLiteral("= %1") : QStringLiteral("%1")).arg(showPercent(error.value, digits));
    case ErrorNow::About:
      return QStringLiteral("≈ %1").arg(showPercent(error.value, digits));
    case ErrorNow::AtLeast:
      return QStringLiteral("≥ %1").arg(showPercent(error.value, digits));
  }
  return dash();
}

QString badgeText(const MatrixRoomController& controller, const Session& session) {
  switch (controller.stage()) {
    case Stage::Empty:
    case Stage::Unusable:
      return {};
    case Stage::Loading:
      return ResultCard::tr("reading…");
    case Stage::Computing:
      return ResultCard::tr("computing…");
    case Stage::Failed:
      return ResultCard::tr("failed");
    case Stage::Preview:
    case Stage::Offer: {
      if (!controller.analysis()) return ResultCard::tr("not computed");
      const std::vector<Index> drawn = controller.drawnRanks();
      if (!drawn.empty() && drawn.front() < controller.rank()) {
        return ResultCard::tr("preview, %1 of %2 terms").arg(showCount(drawn.front()), showCount(controller.rank()));
      }
      return ResultCard::tr("preview (randomized)");
    }
    case Stage::Updating:
      return ResultCard::tr("updating…");
    case Stage::Ready:
      break;
  }
  if (!session.state().matrix.muted.empty()) return ResultCard::tr("layers muted");
  if (controller.isOptimal()) return ResultCard::tr("SVD, optimal");
  const Method* method = findMethod(session.state().matrix.method);
  return method && draws(*method, session.state().matrix.params) ? ResultCard::tr("randomized")
                                                                 : ResultCard::tr("not optimal");
}

ResultCard::ResultCard(MatrixRoomController& controller, Session& session, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_session(session) {
  setObjectName(QStringLiteral("resultCard"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 2, 0, 2);
  column->setSpacing(6);
  auto* head = new QHBoxLayout;
  head->addWidget(makeSectionLabel(tr("Result"), this));
  head->addStretch(1);
  m_stage = makeNote({}, this);
  m_stage->setObjectName(QStringLiteral("stageLabel"));
  m_stage->setWordWrap(false);
  head->addWidget(m_stage);
  column->addLayout(head);
  m_big = new QLabel(this);
  m_big->setObjectName(QStringLiteral("errorLabel"));
  m_big->setFont(bigNumberFont());
  m_big->setProperty("role", "big");
  m_big->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_big->setFocusPolicy(Qt::NoFocus);
  column->addWidget(m_big);
  m_note = makeNote({}, this);
  m_note->setObjectName(QStringLiteral("errorNote"));
  column->addWidget(m_note);
  m_exact = new QPushButton(this);
  m_exact->setObjectName(QStringLiteral("exactButton"));
  connect(m_exact, &QPushButton::clicked, &controller, &MatrixRoomController::computeExactly);
  column->addSpacing(2);
  column->addWidget(m_exact);
  const auto add = [&](const QString& label, const char* name) {
    auto* row = new NumberRow(label, QString::fromLatin1(name), this);
    column->addWidget(row);
    return row;
  };
  m_spectral = add(tr("Spectral error"), "spectralRow");
  m_optimum = add(tr("Optimum for this size"), "optimumRow");
  m_excess = add(tr("Excess over the optimum"), "excessRow");
  m_psnr = add(tr("PSNR"), "psnrRow");
  m_ssim = add(tr("SSIM"), "ssimRow");
  m_kept = add(tr("Numbers kept"), "keptRow");
  m_compression = add(tr("Compression"), "compressionRow");
  m_time = add(tr("Time"), "timeRow");
  connect(&controller, &MatrixRoomController::analysisChanged, this, &ResultCard::refresh);
  connect(&controller, &MatrixRoomController::rankMoved, this, &ResultCard::refresh);
  connect(&controller, &MatrixRoomController::stageChanged, this, &ResultCard::refresh);
  connect(&controller, &MatrixRoomController::qualityChanged, this, &ResultCard::refresh);
  refresh();
}

QString ResultCard::stageText() const {
  switch (m_controller.stage()) {
    case Stage::Preview:
      return tr("computing exactly…");
    case Stage::Ready:
      return m_controller.isMeasured() ? tr("measured") : QString();
    case Stage::Computing:
    case Stage::Updating:
    case Stage::Loading:
    case Stage::Offer:
    case Stage::Failed:
      return badgeText(m_controller, m_session);
    case Stage::Empty:
    case Stage::Unusable:
      break;
  }
  return {};
}

void ResultCard::refresh() {
  m_stage->setText(stageText());
  const bool offer = m_controller.stage() == Stage::Offer;
  m_exact->setVisible(offer);
  if (offer) {
    const double seconds = m_controller.analysis() ? m_controller.analysis()->expectedSeconds : 0;
    const QString text =
        seconds > 0 ? tr("Compute exactly (about %1)").arg(showSeconds(seconds)) : tr("Compute exactly");
    m_exact->setText(text);
    m_exact->setAccessibleName(text);
  }
  const bool picture = m_controller.isPicture();
  const bool svd = m_controller.isOptimal() && m_session.state().matrix.muted.empty();
  m_psnr->setVisible(picture);
  m_ssim->setVisible(picture);
  m_optimum->setVisible(!svd);
  m_excess->setVisible(!svd);
  showErrors();
  showCosts();
}

void ResultCard::showErrors() {
  const RankCurves& curves = m_controller.curves();
  const AnalysisPtr analysis = m_controller.analysis();
  if (!analysis || (!curves.known() && !m_controller.isMeasured())) {
    m_big->setText(dash());
    m_note->setText(m_controller.stage() == Stage::Unusable ? tr("this input cannot be computed with as it is")
                                                            : tr("relative Frobenius error"));
    for (NumberRow* row : {m_spectral, m_optimum, m_excess, m_psnr, m_ssim}) row->setValue(dash());
    return;
  }
  const std::vector<Index> ranks = m_controller.ranks();
  const std::vector<Index>& muted = m_session.state().matrix.muted;
  const bool measured = m_controller.isMeasured();
  const bool svd = m_controller.isOptimal();
  const bool exact = curves.exact() && analysis->quality == Quality::Exact;
  const ErrorNow error = m_controller.error();
  const bool approximate = error.sign != ErrorNow::Equal;
  const double relative = error.value;
  m_big->setText(showError(error));
  const QString rankText = showCount(ranks.front());
  // What stands beside it: the optimum among the matrices with as many numbers, which have this rank.
  const std::vector<Index> equal = m_controller.equalRanks();
  const bool sameSize = m_controller.dial().isRank && equal == ranks;
  if (error.sign == ErrorNow::Unknown && !muted.empty()) {
    m_note->setText(tr("the error with muted layers is known only for a singular value decomposition"));
  } else if (error.sign == ErrorNow::Unknown) {
    m_note->setText(tr("relative Frobenius error, measured when the size rests"));
  } else if (error.sign == ErrorNow::AtLeast) {
    m_note->setText(
        tr("relative Frobenius error · no matrix of rank %1 has less; measured when the rank rests").arg(rankText));
  } else if (!muted.empty()) {
    m_note->setText(
        muted.size() == 1
            ? tr("relative Frobenius error with one layer muted")
            : tr("relative Frobenius error with %1 layers muted").arg(showCount(static_cast<qlonglong>(muted.size()))));
  } else if (!measured && analysis->quality == Quality::Preview) {
    m_note->setText(tr("relative Frobenius error, estimated from the preview"));
  } else if (!measured && !svd) {
    m_note->setText(tr("relative Frobenius error, estimated by the method itself"));
  } else if (!measured && !exact) {
    m_note->setText(tr("relative Frobenius error, estimated"));
  } else if (svd && ranks.size() == 1) {
    m_note->setText(tr("relative Frobenius error · the best any rank-%1 matrix can do").arg(rankText));
  } else if (svd) {
    m_note->setText(tr("relative Frobenius error · the best these ranks can do in each channel"));
  } else if (measured && analysis->errors.optimalFroRelative && !sameSize && !equal.empty()) {
    m_note->setText(tr("relative Frobenius error · with as many numbers the optimum, of rank %1, has %2")
                        .arg(listOf(equal), showPercent(*analysis->errors.optimalFroRelative)));
  } else if (measured && analysis->errors.optimalFroRelative) {
    m_note->setText(tr("relative Frobenius error · the optimum at rank %1 is %2")
                        .arg(listOf(ranks), showPercent(*analysis->errors.optimalFroRelative)));
  } else {
    m_note->setText(tr("relative Frobenius error, measured when the rank rests"));
  }
  const bool joint = ranks.size() == 1;
  if (measured && analysis->errors.spectral) {
    m_spectral->setValue(showNumber(*analysis->errors.spectral), tr("‖M − M̂‖₂, measured on the residual"));
  } else if (joint && error.sign != ErrorNow::Unknown && error.sign != ErrorNow::AtLeast) {
    m_spectral->setValue(about(showNumber(curves.spectral(ranks, muted)), approximate), tr("‖M − M̂‖₂"));
  } else {
    m_spectral->setValue(dash(), tr("measured when the rank rests"));
  }
  const double optimum = sameSize || equal.empty() ? curves.froRelative(ranks) : curves.froRelative(equal);
  const bool known = curves.exact() && (m_controller.dial().isRank || !equal.empty());
  m_optimum->setValue(known ? showPercent(optimum) : dash(),
                      sameSize || equal.empty()
                          ? tr("Eckart–Young: no matrix of this rank is nearer")
                          : tr("Eckart–Young, of the rank with as many numbers: %1").arg(showCount(equal.front())));
  if (measured && analysis->errors.excess) {
    m_excess->setValue(showExcess(*analysis->errors.excess));
  } else if (!muted.empty() && curves.exact() && error.sign == ErrorNow::Equal && optimum > 0) {
    m_excess->setValue(showExcess(relative / optimum - 1));
  } else {
    m_excess->setValue(dash());
  }
  const PictureQuality* quality = m_controller.quality();
  if (m_controller.isPicture()) {
    const AnyMatrix& X = *analysis->request.problem.X;
    const double count = static_cast<double>(X.rows()) * static_cast<double>(X.cols());
    const bool near = error.sign == ErrorNow::Equal || error.sign == ErrorNow::About;
    const double estimate = near ? psnrOf(relative * X.summary().fro, count) : std::numeric_limits<double>::quiet_NaN();
    const QString decibel = tr("%1 dB");
    if (quality && quality->psnr) {
      m_psnr->setValue(decibel.arg(showNumber(*quality->psnr, 3)));
    } else {
      m_psnr->setValue(std::isfinite(estimate) ? about(decibel.arg(showNumber(estimate, 3)), approximate) : dash());
    }
    m_ssim->setValue(quality && quality->ssim ? showNumber(*quality->ssim) : dash(),
                     quality ? QString() : tr("measured when the rank rests"));
  }
}

void ResultCard::showCosts() {
  const AnalysisPtr analysis = m_controller.analysis();
  if (!analysis || analysis->parts.empty()) {
    for (NumberRow* row : {m_kept, m_compression, m_time}) row->setValue(dash());
    return;
  }
  const AnyMatrix& X = *analysis->request.problem.X;
  const double all = static_cast<double>(X.rows()) * static_cast<double>(X.cols());
  const std::vector<Index> ranks = m_controller.ranks();
  double kept = 0;
  for (std::size_t i = 0; i < analysis->parts.size(); ++i) {
    kept += costOf(*analysis->parts[i], ranks[std::min(i, ranks.size() - 1)]).parameters;
  }
  m_kept->setValue(tr("%1 of %2").arg(showCount(std::llround(kept)), showCount(std::llround(all))),
                   tr("numbers stored to apply the approximation, scalings absorbed"));
  m_compression->setValue(kept > 0 ? tr("%1 ×").arg(showNumber(all / kept, 3)) : dash(),
                          tr("entries of the input for each number kept"));
  m_time->setValue(showSeconds(analysis->seconds()), tr("of the factorisation alone"));
}

}  // namespace rankscope::ui
