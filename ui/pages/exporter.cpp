// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/exporter.h"

#include <QFileInfo>
#include <algorithm>

#include "core/compute/stored.h"
#include "core/linalg/file_matrix.h"
#include "ui/media/media.h"
#include "ui/pages/matrix_controller.h"
#include "ui/pages/picture_quality.h"
#include "ui/plots/figures.h"
#include "ui/plots/plot_view.h"

namespace rankscope::ui {
namespace {

constexpr Index kMostCopied = 1000000;  // numbers

std::string textOf(double value) { return exact(value); }
/// "1.5-2j", as numpy and spreadsheets with complex numbers read it.
std::string textOf(const Complex& value) {
  const std::string imaginary = exact(value.imag());
  const bool bare = imaginary.front() != '-' && imaginary.front() != '+';
  return exact(value.real()) + (bare ? "+" : "") + imaginary + "j";
}

template <class T>
QString tabbed(const Matrix<T>& all) {
  QString text;
  for (Index i = 0; i < all.rows(); ++i) {
    for (Index j = 0; j < all.cols(); ++j) {
      if (j > 0) text += QLatin1Char('\t');
      text += QString::fromStdString(textOf(all(i, j)));
    }
    text += QLatin1Char('\n');
  }
  return text;
}

/// The parameters of a product's method, also those that were left at their defaults.
ParamValues resolvedParams(const Analysis& analysis) {
  const Approximation& part = *analysis.parts.front();
  const Method* method = findMethod(analysis.request.method, Kind::Product);
  expects(method != nullptr, "an analysis is by a method that there is");
  const auto resolved = resolve(method->params, analysis.request.params,
                                {.rows = part.rows,
                                 .cols = part.cols,
                                 .inner = analysis.request.problem.X->cols(),
                                 .dial = part.dial,
                                 .precision = analysis.request.precision});
  return resolved ? *resolved : analysis.request.params;
}

std::vector<Factor> namedFactors(const Analysis& analysis, const std::vector<Index>& ranks) {
  std::vector<Factor> factors;
  for (std::size_t p = 0; p < analysis.parts.size(); ++p) {
    for (Factor& factor : storedAt(*analysis.parts[p], ranks[p])) {
      if (analysis.parts.size() > 1) factor.name = analysis.request.problem.X->channels()[p].name + "-" + factor.name;
      factors.push_back(std::move(factor));
    }
  }
  return factors;
}

/// base.ending → base-NAME.ending
std::string besides(const QString& path, const std::string& name) {
  const QFileInfo file(path);
  return (file.path() + QLatin1Char('/') + file.completeBaseName() + QLatin1Char('-') + QString::fromStdString(name) +
          QLatin1Char('.') + file.suffix())
      .toStdString();
}

}  // namespace

Exporter::Exporter(MatrixRoomController& controller, Session& session, ComputeService& service, QObject* parent)
    : QObject(parent), m_controller(controller), m_session(session), m_service(service) {}

bool Exporter::hasResult() const { return m_controller.analysis() && !m_controller.analysis()->parts.empty(); }

QString Exporter::suggestedName(const QString& ending) const {
  return fileName(m_controller.input() ? QString::fromStdString(m_controller.input()->title) : tr("matrix"),
                  QStringLiteral("rank%1").arg(m_controller.rank()), ending);
}

QString Exporter::fileName(const QString& title, const QString& size, const QString& ending) {
  QString name = QFileInfo(title).completeBaseName().isEmpty() ? title : QFileInfo(title).completeBaseName();
  for (QChar& c : name) {
    if (!c.isLetterOrNumber() && c != QLatin1Char('-') && c != QLatin1Char('_')) c = QLatin1Char('-');
  }
  return QStringLiteral("%1-%2.%3").arg(name, size, ending);
}

QString Exporter::caption() const {
  const QString input = m_controller.input() ? QString::fromStdString(m_controller.input()->title) : QString();
  return hasResult() ? captionOf(*m_controller.analysis(), input) : QString();
}

QStringList Exporter::replaced(const QString& path, const std::vector<Factor>& factors) const {
  const auto writer = writerFor(path.toStdString(), m_service.formats());
  if (!writer || (*writer)->several) return {};
  QStringList existing;
  for (const Factor& factor : factors) {
    const QFileInfo file(QString::fromStdString(besides(path, factor.name)));
    if (file.exists()) existing << file.fileName();
  }
  return existing;
}

QStringList Exporter::replacedBySaveFactors(const QString& path) const {
  return hasResult() ? replaced(path, namedFactors(*m_controller.analysis(), m_controller.drawnRanks()))
                     : QStringList();
}

QStringList Exporter::replacedBySaveFactors(const QString& path, const Analysis& product) const {
  return replaced(path, storedFactors(product));
}

void Exporter::save(const QString& path, std::function<std::vector<Factor>()> factorsOf,
                    std::map<std::string, std::string> about) {
  const Formats* formats = &m_service.formats();
  const auto chosen = writerFor(path.toStdString(), *formats);
  const bool apart = chosen && !(*chosen)->several;  // then each factor gets a file of its own
  const QString name = QFileInfo(apart ? QString::fromStdString(besides(path, "*")) : path).fileName();
  m_service.save(
      name,
      [factorsOf = std::move(factorsOf), about = std::move(about), path, formats](const Context&) -> Result<Done> {
        const auto writer = writerFor(path.toStdString(), *formats);
        if (!writer) return writer.error();
        const std::vector<Factor> factors = factorsOf();
        const std::vector<NamedArray> arrays = arraysOf(factors);
        if ((*writer)->several) return (*writer)->write(path.toStdString(), arrays, about);
        for (const NamedArray& array : arrays) {
          const auto done = (*writer)->write(besides(path, array.name), std::span(&array, 1), about);
          if (!done) return done.error();
        }
        return Done{};
      });
}

void Exporter::saveFactors(const QString& path) {
  const AnalysisPtr analysis = m_controller.analysis();
  if (!hasResult()) return;
  const std::string input = m_controller.spec() ? m_controller.spec()->location : std::string();
  save(
      path, [analysis, ranks = m_controller.drawnRanks()] { return namedFactors(*analysis, ranks); },
      aboutOf(*analysis, analysis->request.params, input));
}

void Exporter::saveFactors(const QString& path, const AnalysisPtr& product, const std::string& title) {
  save(
      path, [product] { return storedFactors(*product); }, aboutOf(*product, resolvedParams(*product), title));
}

void Exporter::saveEstimate(const QString& path, const AnalysisPtr& product, const std::string& title) {
  const Formats* formats = &m_service.formats();
  auto about = aboutOf(*product, resolvedParams(*product), title);
  m_service.save(
      QFileInfo(path).fileName(),
      [product, about = std::move(about), path, formats](const Context& context) -> Result<Done> {
        const auto writer = writerFor(path.toStdString(), *formats);
        if (!writer) return writer.error();
        auto whole = wholeApproximation(*product, {Terms{product->dials.front(), {}}}, context);
        if (!whole) return whole.error();
        const Values values = std::move(*whole);
        const std::vector<NamedArray> arrays = {
            {.name = "estimate", .shape = {product->product->rows(), product->product->cols()}, .values = &values}};
        return (*writer)->write(path.toStdString(), arrays, about);
      });
}

void Exporter::saveInverse(const QString& path, const InverseAnswerPtr& inverse) {
  if (!inverse) return;
  const std::string input = m_controller.spec() ? m_controller.spec()->location : std::string();
  const Formats* formats = &m_service.formats();
  m_service.save(QFileInfo(path).fileName(), [inverse, input, path, formats](const Context&) -> Result<Done> {
    const auto writer = writerFor(path.toStdString(), *formats);
    if (!writer) return writer.error();
    const std::vector<NamedArray> arrays = {
        {.name = "pinv", .shape = {inverse->request.X->cols(), inverse->request.X->rows()}, .values = &inverse->X}};
    return (*writer)->write(path.toStdString(), arrays,
                            {{"program", "Rankscope " RANKSCOPE_VERSION},
                             {"input", input},
                             {"cut", exact(inverse->about.cut)},
                             {"ridge", exact(inverse->request.ridge)}});
  });
}

void Exporter::savePicture(const QString& path, const QImage& shown) {
  const AnalysisPtr analysis = m_controller.analysis();
  if (!hasResult()) return;
  if (!m_controller.isPicture()) {
    m_service.save(QFileInfo(path).fileName(),
                   [path, shown](const Context&) { return media::savePicture(shown, path); });
    return;
  }
  std::vector<Terms> terms;
  for (const Index dial : m_controller.drawnRanks()) terms.push_back({dial, m_session.state().matrix.muted});
  const Index channels = m_controller.channelCount();
  m_service.save(QFileInfo(path).fileName(), [analysis, terms, channels, path](const Context& context) -> Result<Done> {
    const auto whole = wholeApproximation(*analysis, terms, context);
    if (!whole) return whole.error();
    return media::savePicture(media::toImage(*whole, channels), path);
  });
}

Result<Done> Exporter::savePlot(const QString& path, Figure figure) const {
  // The pseudo-inverse is of the input, whatever method approximates it.
  if (viewValue(m_session.state(), "tab") != "inverse") figure.caption = caption();
  return saveFigure(figure, path);
}

void Exporter::saveTable(const QString& path, const FigureTable& table) {
  const QChar separator = path.endsWith(QStringLiteral(".tsv"), Qt::CaseInsensitive) ? u'\t' : u',';
  m_service.save(QFileInfo(path).fileName(), [path, text = textOf(table, separator)](const Context&) {
    return writeTextAtomically(path.toStdString(), text.toStdString());
  });
}

QString Exporter::command() const {
  if (!m_controller.spec()) return {};
  return QStringLiteral("rankscope-cli ") + QString::fromStdString(shellQuoted(toArguments(m_session.state())));
}

QString Exporter::comparisonCommand() const {
  const std::vector<std::string> arguments = toCompareArguments(m_session.state());
  if (arguments.empty()) return {};
  return QStringLiteral("rankscope-cli ") + QString::fromStdString(shellQuoted(arguments));
}

Result<QString> Exporter::values(int which, const Tile& part) const {
  const Loaded* input = m_controller.input();
  expects(input != nullptr, "copying needs an input");
  const AnyMatrix& X = *input->matrix;
  const Index channels = m_controller.channelCount(), width = X.cols() / channels;
  const Tile tile = part.rows > 0 && part.cols > 0 ? part : Tile{0, 0, X.rows(), width};
  if (tile.rows * tile.cols * channels > kMostCopied) {
    return computeError("Copying", text("{1} numbers are too many for the clipboard", tile.rows * tile.cols * channels),
                        "zoom in, or export instead");
  }
  const AnalysisPtr analysis = m_controller.analysis();
  if (which > 0 && !hasResult()) return computeError("Copying", "there is no approximation yet");
  const auto made = [&]<class T>() {
    Matrix<T> all(tile.rows, tile.cols * channels);
    for (Index c = 0; c < channels; ++c) {
      auto block = all.middleCols(c * tile.cols, tile.cols);
      block = X.block<T>(tile.row, c * width + tile.col, tile.rows, tile.cols);
      if (which == 0) continue;
      const bool apart = analysis->parts.size() > 1;
      const auto p = static_cast<std::size_t>(apart ? c : 0);
      Matrix<T> values;
      reconstruct<T>(*analysis->parts[p], {m_controller.drawnRanks()[p], m_session.state().matrix.muted},
                     Tile{tile.row, (apart ? 0 : c * width) + tile.col, tile.rows, tile.cols}, values);
      if (which == 1) {
        block = values;
      } else {
        block -= values;
      }
    }
    return tabbed(all);
  };
  try {
    return X.isComplex() ? made.template operator()<Complex>() : made.template operator()<double>();
  } catch (const ReadFailure& failure) {
    return failure.error();
  }
}

}  // namespace rankscope::ui
