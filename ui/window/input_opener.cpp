// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/input_opener.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QInputDialog>
#include <QMimeData>
#include <QStandardPaths>
#include <QTimer>
#include <QUrl>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/document/recent.h"
#include "ui/document/session_file.h"
#include "ui/theme/theme.h"
#include "ui/theme/translated.h"
#include "ui/widgets/banner.h"

namespace rankscope::ui {
namespace {

const QString kTopicOpen = QStringLiteral("open");
const QString kTopicUsable = QStringLiteral("usable");
const QString kTopicChanged = QStringLiteral("changed");

QString lineOf(Error error) {
  error.hint = {};
  return translated(error);
}

/// What pictures, which are single precision, cannot show of these numbers; empty when they can.
QString drawingLimit(const Summary& summary) {
  constexpr double kMost = std::numeric_limits<float>::max(), kLeast = std::numeric_limits<float>::min();
  const double largest = std::max(std::abs(summary.min), std::abs(summary.max));
  if (!std::isfinite(largest)) return {};
  if (largest > kMost) {
    return InputOpener::tr("Entries beyond %1 are drawn as infinite; all numbers beside the pictures are right")
        .arg(showNumber(kMost, 2));
  }
  if (largest > 0 && largest < kLeast) {
    return InputOpener::tr("Entries below %1 are drawn as zero; all numbers beside the pictures are right")
        .arg(showNumber(kLeast, 2));
  }
  return {};
}

/// Whether a text is a table of numbers: more than one field, or more than one line, most of them starting as numbers
/// do.
bool looksLikeNumbers(const QString& text) {
  const QString trimmed = text.trimmed();
  if (trimmed.isEmpty()) return false;
  const QChar first = trimmed.at(0);
  return first.isDigit() || QStringLiteral("-+.").contains(first) || trimmed.contains(QLatin1Char('\t')) ||
         trimmed.contains(QLatin1Char(','));
}

}  // namespace

InputOpener::InputOpener(Session& session, ComputeService& service, RecentFiles& recent, Banner& banner,
                         QObject* parent)
    : QObject(parent), m_session(session), m_service(service), m_recent(recent), m_banner(banner) {
  m_pasteFolder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/pasted");
  connect(&service, &ComputeService::loaded, this, &InputOpener::accept);
  connect(&service, &ComputeService::loadFailed, this, [this](const InputSpec& spec, const Error& error) {
    if (m_opening.erase(spec) > 0) explain(spec, error);
  });
  connect(&service, &ComputeService::loadsCancelled, this, [this] { m_opening.clear(); });
  connect(&session, &Session::stateChanged, this, [this] {
    watch();
    checkUsable();
  });
  connect(&session, &Session::inputLoaded, this, &InputOpener::checkUsable);
  connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this](const QString& path) {
    // Programs that write a new file and rename it leave the watch behind.
    QTimer::singleShot(200, this, [this, path] {
      watch();
      for (const InputSpec& spec : m_session.state().inputs) {
        if (spec.location != path.toStdString() || !QFileInfo::exists(path)) continue;
        m_banner.post(Banner::Tone::Notice, tr("%1 has changed on disk").arg(QFileInfo(path).fileName()), {},
                      {{tr("Reload"), [this, spec] { reload(spec); }}}, kTopicChanged);
        return;
      }
    });
  });
  watch();
  checkUsable();
}

void InputOpener::watch() {
  QStringList wanted;
  for (const InputSpec& spec : m_session.state().inputs) {
    const QString path = QString::fromStdString(spec.location);
    if (QFileInfo(path).isFile()) wanted << path;
  }
  for (const QString& path : m_watcher.files()) {
    if (!wanted.contains(path)) m_watcher.removePath(path);
  }
  for (const QString& path : wanted) {
    if (!m_watcher.files().contains(path)) m_watcher.addPath(path);
  }
}

void InputOpener::open(const QStringList& locations) {
  for (const QString& location : locations) {
    if (isSessionFile(location)) {
      emit sessionWanted(location);
    } else {
      open(InputSpec{.location = location.toStdString(), .view = {}});
    }
  }
}

void InputOpener::open(const InputSpec& spec) {
  m_banner.clear(kTopicOpen);
  if (m_opening.contains(spec)) return;
  m_opening[spec] = Why::Open;
  m_service.load(spec);
}

void InputOpener::reload(const InputSpec& spec) {
  if (m_opening.contains(spec)) return;
  m_opening[spec] = Why::Reload;
  m_service.load(spec);
}

void InputOpener::accept(const InputSpec& spec, const Loaded& loaded, const QStringList& notices) {
  const auto found = m_opening.find(spec);
  if (found == m_opening.end()) return;
  const Why why = found->second;
  m_opening.erase(found);
  m_session.setLoaded(spec, loaded);
  if (why == Why::Open) {
    m_session.edit(tr("Open %1").arg(inputTitle(spec)), 0, [&](SessionState& state) {
      const auto place = std::find(state.inputs.begin(), state.inputs.end(), spec);
      const auto index = static_cast<int>(place - state.inputs.begin());
      if (state.room == "product") {
        ProductRoom& room = state.product;
        int& side = room.x < 0 || room.form != "product" ? room.x : room.y;  // the free side, else the right one
        if (side != index) dropOwn(room);
        side = index;
        if (state.matrix.input < 0) state.matrix.input = index;
      } else {
        state.matrix.input = index;
        state.matrix.muted.clear();
        for (const char* key : {"zoom", "centre-x", "centre-y"}) state.view.erase(key);
      }
      if (place == state.inputs.end()) state.inputs.push_back(spec);
    });
    m_recent.add(QString::fromStdString(spec.location));
  }
  QStringList said = notices;
  if (const QString limit = drawingLimit(loaded.matrix->summary()); !limit.isEmpty()) said << limit;
  if (!said.isEmpty() && m_banner.line().isEmpty()) {
    m_banner.post(Banner::Tone::Notice, said.join(QStringLiteral(" · ")), {}, {}, kTopicOpen);
  }
  emit opened(spec);
}

void InputOpener::changeView(const InputSpec& spec, const std::function<void(ViewOptions&)>& change) {
  InputSpec other = spec;
  change(other.view);
  const auto& inputs = m_session.state().inputs;
  const auto place = std::find(inputs.begin(), inputs.end(), spec);
  if (place == inputs.end()) {
    open(other);
    return;
  }
  const auto index = static_cast<std::size_t>(place - inputs.begin());
  m_session.edit(tr("Read differently"), 0, [&](SessionState& state) { state.inputs[index] = other; });
}

void InputOpener::explain(const InputSpec& spec, const Error& error) {
  std::vector<Banner::Choice> choices;
  QString hint = translated(error.hint);
  Banner::Tone tone = Banner::Tone::Question;
  if (error.hint.str().find("--reshape") != std::string::npos) {
    hint = tr("How should it become a matrix?");
    choices.push_back({tr("Keep the first axis"),
                       [this, spec] { changeView(spec, [](ViewOptions& view) { view.reshape = "keep-first"; }); }});
    choices.push_back({tr("Keep the last axis"),
                       [this, spec] { changeView(spec, [](ViewOptions& view) { view.reshape = "keep-last"; }); }});
  } else if (error.hint.str().find("::ENTRY") != std::string::npos) {
    hint.clear();
    choices.push_back({tr("Choose an array…"), [this, spec] { chooseEntry(spec); }});
  } else {
    tone = Banner::Tone::Error;
    choices.push_back({tr("Choose another file…"), [this] { emit chooseAnother(); }});
  }
  m_banner.post(tone, lineOf(error), hint, std::move(choices), kTopicOpen);
  emit openFailed(error);
}

void InputOpener::chooseEntry(const InputSpec& spec) {
  auto entries = std::make_shared<std::vector<EntryInfo>>();
  ++m_preparing;
  m_service.survey(
      this,
      [spec, entries, &formats = m_service.formats()](const Context& context) {
        if (const auto dataset = openDataset(spec.location, formats, context)) {
          const auto held = (*dataset)->entries();
          entries->assign(held.begin(), held.end());
        }
      },
      [this, spec, entries] {
        --m_preparing;
        if (entries->empty()) {  // gone since: opening it says so
          open(spec);
          return;
        }
        QStringList names;
        for (const EntryInfo& entry : *entries) {
          QStringList sizes;
          for (const Index size : entry.shape) sizes << showCount(size);
          names << tr("%1 (%2)").arg(QString::fromStdString(entry.name), sizes.join(QStringLiteral(" × ")));
        }
        bool ok = false;
        const QString chosen = QInputDialog::getItem(qobject_cast<QWidget*>(parent()), tr("Choose an array"),
                                                     tr("Array of %1").arg(inputTitle(spec)), names, 0, false, &ok);
        const auto place = names.indexOf(chosen);
        if (!ok || place < 0) return;
        InputSpec entry = spec;
        entry.location += "::" + (*entries)[static_cast<std::size_t>(place)].name;
        open(entry);
      });
}

void InputOpener::checkUsable() {
  const SessionState& state = m_session.state();
  const int index = state.matrix.input;
  if (state.room != "matrix" || index < 0 || index >= static_cast<int>(state.inputs.size())) {
    m_banner.clear(kTopicUsable);
    return;
  }
  const InputSpec spec = state.inputs[static_cast<std::size_t>(index)];
  const Loaded* loaded = m_session.loaded(spec);
  if (!loaded) return;
  const auto refused = refuseUnusable(*loaded->matrix, loaded->title);
  if (!refused) {
    m_banner.clear(kTopicUsable);
    return;
  }
  if (m_banner.topic() == kTopicUsable) return;
  std::vector<Banner::Choice> choices;
  if (loaded->matrix->summary().nonFinite > 0) {
    choices.push_back(
        {tr("Replace by zero"), [this, spec] { changeView(spec, [](ViewOptions& view) { view.nan = "zero"; }); }});
    choices.push_back(
        {tr("Replace by the mean"), [this, spec] { changeView(spec, [](ViewOptions& view) { view.nan = "mean"; }); }});
  }
  m_banner.post(Banner::Tone::Question, lineOf(*refused), tr("It is shown as it is, and cannot be computed with."),
                std::move(choices), kTopicUsable);
}

bool InputOpener::canOpen(const QMimeData* mime) {
  return mime->hasUrls() || mime->hasImage() || (mime->hasText() && looksLikeNumbers(mime->text()));
}

void InputOpener::open(const QMimeData* mime) {
  if (mime->hasUrls()) {
    QStringList paths;
    for (const QUrl& url : mime->urls()) {
      if (url.isLocalFile()) paths << url.toLocalFile();
    }
    if (!paths.isEmpty()) {
      open(paths);
      return;
    }
  }
  if (mime->hasImage()) {
    paste(qvariant_cast<QImage>(mime->imageData()));
  } else if (mime->hasText() && looksLikeNumbers(mime->text())) {
    paste(mime->text());
  } else {
    m_banner.post(Banner::Tone::Notice, tr("There is no picture and no table of numbers to paste"), {}, {}, kTopicOpen);
  }
}

void InputOpener::paste(const QImage& image) {
  auto path = std::make_shared<QString>();
  ++m_preparing;
  m_service.survey(
      this,
      [image, path, folder = m_pasteFolder](const Context&) {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        const QString name =
            QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex().left(8));
        const QString target = QStringLiteral("%1/pasted-%2.png").arg(folder, name);
        if (writeFileAtomically(target, bytes)) *path = target;
      },
      [this, path] {
        --m_preparing;
        if (!path->isEmpty()) open(QStringList{*path});
      });
}

void InputOpener::paste(const QString& text) {
  const QByteArray bytes = text.toUtf8();
  const QString name = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex().left(8));
  const QString target =
      QStringLiteral("%1/pasted-%2.%3").arg(m_pasteFolder, name, text.contains(QLatin1Char('\t')) ? "tsv" : "csv");
  const auto written = writeFileAtomically(target, bytes);
  if (!written) {
    m_banner.post(Banner::Tone::Error, lineOf(written.error()), translated(written.error().hint), {}, kTopicOpen);
    return;
  }
  open(QStringList{target});
}

}  // namespace rankscope::ui
