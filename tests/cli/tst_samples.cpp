// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <cmath>

#include "tests/support/command.h"
#include "tests/support/support.h"

using namespace rankscope::test;

namespace {

constexpr double kEpsilon = 0x1p-52;

/// One matrix that another program read: where it is for us, how we scale it, how exact the comparison can be.
struct Case {
  QStringList input;    ///< INPUT and the flags that choose the view
  QJsonObject numbers;  ///< shape, min, max, mean, frobenius, sv10, rank
  double scale = 1;     ///< ours = theirs · scale
  double rounding = 0;  ///< how far each entry of theirs may be from the exact one, in their units
};

QJsonObject expectedFiles() { return QJsonDocument::fromJson(contentOf(sampleFile("expected.json"))).object(); }

/// A picture in photos/ is a bundled sample; the other files stand in the test's data.
QString locationOf(const QString& name) {
  if (!name.startsWith("photos/")) return sampleFile(name);
  return "sample:" + QFileInfo(name).baseName();
}

std::vector<Case> casesOf(const QString& name, const QJsonObject& file) {
  const QString location = locationOf(name);
  if (file.contains("members")) {
    std::vector<Case> out;
    const QJsonObject members = file["members"].toObject();
    for (const QString& member : members.keys())
      out.push_back({{location + "::" + member}, members[member].toObject()});
    return out;
  }
  if (file.contains("numeric_matrix")) return {{{location}, file["numeric_matrix"].toObject()}};
  // 1-bit pictures were read as 0 and 1, 16-bit ones as 0 … 65535.
  const bool one = file["png_bit_depth"].toInt() == 1;
  const bool sixteen = file["decoded"].toObject()["dtype"] != "uint8";
  if (file.contains("matrix"))
    return {{{location}, file["matrix"].toObject(), one ? 1.0 : sixteen ? 1.0 / 65535 : 1.0 / 255}};
  if (file.contains("luma_rec601_8bit")) {
    // Theirs is luma rounded to a whole number; Pillow's weights are in 1/65536.
    return {{{location, "--channel", "luma"}, file["luma_rec601_8bit"].toObject(), 1.0 / 255, 0.5 + 255 * 3 * 0x1p-16}};
  }
  return {{{location}, file}};
}

}  // namespace

/// Every sample file through the real program, against what numpy, SciPy and Pillow found.
class TstSamples : public QObject {
  Q_OBJECT

 private slots:
  void filesBehaveAsOthersReadThem_data();
  void filesBehaveAsOthersReadThem();
  void colourPicturesAreThreeChannels();
  void containersListTheirEntries();
  void convertedCopiesHoldTheSameNumbers();
};

void TstSamples::filesBehaveAsOthersReadThem_data() {
  QTest::addColumn<QString>("name");
  const QJsonObject files = expectedFiles();
  QVERIFY(files.size() > 20);
  for (const QString& name : files.keys()) QTest::newRow(qPrintable(name)) << name;
}

void TstSamples::filesBehaveAsOthersReadThem() {
  QFETCH(QString, name);
  const QJsonObject file = expectedFiles()[name].toObject();
  const QString status = file["status"].toString();
  const Answer first = command({"info", locationOf(name)});
  if (status != "valid" && first.code != 0) {
    QVERIFY2(first.code == 3 && first.err.count('\n') == 1 && first.out.isEmpty(), qPrintable(first.log()));
    const Answer computing = command({"approx", locationOf(name), "--method", "svd", "--rank", "1"});
    QVERIFY2(computing.code == 3 && computing.err.count('\n') == 1, qPrintable(computing.log()));
    return;
  }
  QVERIFY2(status != "error", "it must be refused");
  for (const Case& one : casesOf(name, file)) {
    const Answer answer = commandJson(QStringList{"info"} + one.input);
    RS_DONE(answer);
    const QJsonObject info = answer.json();
    const QJsonArray shape = one.numbers["shape"].toArray();
    QCOMPARE(info["shape"].toArray(), shape);
    QCOMPARE(info["nonfinite"].toInt(-1), 0);
    const double rows = shape[0].toDouble(), cols = shape[1].toDouble();
    const double least = one.numbers["min"].toDouble(), most = one.numbers["max"].toDouble();
    const double largest = std::max(std::abs(least), std::abs(most));
    // A mean or a norm over up to 4e5 entries summed in any sensible order, and their rounding of each entry.
    const double near = one.scale * (30 * kEpsilon * largest + one.rounding);
    RS_NEAR(info["min"].toDouble(), one.scale * least, near);
    RS_NEAR(info["max"].toDouble(), one.scale * most, near);
    RS_NEAR(info["mean"].toDouble(), one.scale * one.numbers["mean"].toDouble(), near);
    const double fro = one.numbers["frobenius"].toDouble();
    const double perturbation = one.rounding * std::sqrt(rows * cols);  // ‖E‖_F, and so ‖E‖₂, at most
    RS_NEAR(info["fro"].toDouble(), one.scale * fro,
            one.scale * (30 * kEpsilon * fro * std::sqrt(rows * cols) + perturbation));

    const Answer spectrum = commandJson(QStringList{"spectrum"} + one.input);
    RS_DONE(spectrum);
    const QJsonArray ours = spectrum.json()["singular_values"].toArray();
    const QJsonArray theirs = one.numbers["sv10"].toArray();
    QCOMPARE(static_cast<double>(ours.size()), std::min(rows, cols));
    const double backward = 30 * kEpsilon * std::max(rows, cols) * theirs[0].toDouble();
    for (qsizetype i = 0; i < theirs.size(); ++i) {
      RS_NEAR(ours[i].toDouble(), one.scale * theirs[i].toDouble(), one.scale * (backward + perturbation));
    }
    if (one.rounding <= 0) QCOMPARE(spectrum.json()["numerical_rank"].toInt(), one.numbers["rank"].toInt());

    const Answer approx =
        commandJson(QStringList{"approx"} + one.input + QStringList{"--method", "svd", "--rank", "1"});
    RS_DONE(approx);
    const QJsonObject error = approx.json()["error"].toObject();
    double tail = 0;
    for (qsizetype i = ours.size() - 1; i > 0; --i) tail = std::hypot(tail, ours[i].toDouble());
    // E_F(1) against the measured residual: they are equal, in units of ‖M‖_F.
    RS_NEAR(error["fro_relative"].toDouble(), tail / info["fro"].toDouble(), 30 * kEpsilon * std::max(rows, cols));
  }
}

void TstSamples::colourPicturesAreThreeChannels() {
  const QJsonObject files = expectedFiles();
  for (const QString& name : files.keys()) {
    const QJsonObject file = files[name].toObject();
    const QJsonArray means = file["decoded"].toObject()["channel_means"].toArray();
    if (means.isEmpty()) continue;
    const QJsonArray size = file["decoded"].toObject()["shape"].toArray();
    const Answer joint = commandJson({"info", locationOf(name)});
    RS_DONE(joint);
    QCOMPARE(joint.json()["kind"].toString(), "image");
    QCOMPARE(joint.json()["shape"].toArray(), QJsonArray({size[0], size[1]}));
    QCOMPARE(joint.json()["channels"].toInt(), 3);
    const char* const channels[] = {"red", "green", "blue"};
    for (int c = 0; c < 3; ++c) {
      const Answer answer = commandJson({"info", locationOf(name), "--channel", channels[c]});
      RS_DONE(answer);
      RS_NEAR(answer.json()["mean"].toDouble(), means[c].toDouble() / 255, 1e-12);
    }
    const Answer spectrum = commandJson({"spectrum", locationOf(name), "-k", "3"});
    RS_DONE(spectrum);
    QCOMPARE(spectrum.json()["shape"].toArray(), QJsonArray({size[0].toInt(), 3 * size[1].toInt()}));
  }
}

void TstSamples::containersListTheirEntries() {
  const QString file = sampleFile("npz/carex_15_data.npz");
  const Answer answer = commandJson({"info", file});
  RS_DONE(answer);
  QCOMPARE(answer.json()["kind"].toString(), "container");
  QVERIFY(answer.json()["shape"].isNull() && answer.json()["fro"].isNull());
  QStringList names;
  for (const auto& entry : answer.json()["entries"].toArray()) names << entry.toObject()["name"].toString();
  names.sort();
  QCOMPARE(names, QStringList({"A", "B", "Q", "R"}));
  // Several matrices: one must be named, and the message lists them.
  const Answer several = command({"approx", file, "--method", "svd", "--rank", "1"});
  QVERIFY2(several.code == 3, qPrintable(several.log()));
  for (const QString& name : names) QVERIFY2(several.err.contains(name.toUtf8()), qPrintable(several.log()));
  QVERIFY(command({"info", file + "::nosuch"}).code == 3);
}

void TstSamples::convertedCopiesHoldTheSameNumbers() {
  QTemporaryDir folder;
  const QString source = sampleFile("npy/iris_big_endian_f8.npy");
  const Answer before = commandJson({"spectrum", source});
  RS_DONE(before);
  QString last = source;
  for (const char* name : {"a.csv", "b.npz", "c.npy", "d.csv", "e.npy"}) {
    const QString next = folder.filePath(name);
    RS_DONE(command({"convert", last, next}));
    const Answer after = commandJson({"spectrum", next});
    RS_DONE(after);
    QCOMPARE(after.json()["singular_values"], before.json()["singular_values"]);
    last = next;
  }
  // A picture survives the way through numbers and back, pixel for pixel.
  const QString picture = sampleFile("images/basn6a08.png");
  for (const char* channel : {"red", "alpha"}) {
    const QString numbers = folder.filePath("pixels.npy"), copy = folder.filePath("copy.png");
    RS_DONE(command({"convert", picture, copy, "--channel", channel}));
    RS_DONE(command({"convert", copy, numbers}));
    const Answer first = commandJson({"info", picture, "--channel", channel});
    const Answer second = commandJson({"info", numbers});
    RS_DONE(second);
    for (const char* key : {"shape", "min", "max", "mean", "fro"}) QCOMPARE(second.json()[key], first.json()[key]);
  }
  // Onto itself: read first, replaced at the end.
  RS_DONE(command({"convert", last, last}));
  const Answer same = commandJson({"spectrum", last});
  QCOMPARE(same.json()["singular_values"], before.json()["singular_values"]);
}

QTEST_GUILESS_MAIN(TstSamples)
#include "tst_samples.moc"
