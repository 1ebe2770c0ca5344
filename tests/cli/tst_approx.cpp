// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRegularExpression>
#include <QTemporaryDir>
#include <cmath>

#include "tests/support/command.h"
#include "tests/support/support.h"

using namespace rankscope::test;

namespace {

constexpr double kEpsilon = 0x1p-52;
const char* const kLowRank = "gallery:lowrank,n=60,m=40,rank=5,noise=0.01,seed=3";

QJsonObject approx(const QStringList& arguments) { return commandJson(QStringList{"approx"} + arguments).json(); }

QStringList keysOf(const QJsonObject& object) {
  QStringList keys = object.keys();
  keys.sort();
  return keys;
}

QStringList sorted(QStringList list) {
  list.sort();
  return list;
}

/// Without what a clock gave.
QJsonObject timeless(QJsonObject object) {
  object.remove("seconds");
  return object;
}

}  // namespace

class TstApprox : public QObject {
  Q_OBJECT

 private slots:
  void jsonHasTheKeysOfTheContract();
  void jsonIsOneDocumentWithoutNaN_data();
  void jsonIsOneDocumentWithoutNaN();
  void svdIsTheOptimum();
  void rsvdStandsAboveTheOptimumBySeed();
  void qbMeetsItsTolerance();
  void krylovSpacesTellHowTheyConverge();
  void sameSeedSameBits();
  void rankAboveTheSmallerSideIsCutWithANotice();
  void energyAndToleranceChooseTheLeastRank();
  void rulesChooseARank();
  void zeroMatrixHasRankZero();
  void jointColourCountsAsOneMatrix();
  void perChannelSumsItsParts();
  void unmeasuredErrorsAreNull();
  void complexInputIsDecomposed();
  void monarchStandsBesideTheOptimumOfAsManyNumbers();
  void floatStaysCloseToDouble();
  void factorsMultiplyToTheApproximation();
  void whatWasChosenIsStoredBesideTheFactors();
  void pictureOfAnApproximationIsClippedOnlyThere();
  void figuresNeedNoDisplay();
  void spectrumKnowsWhatTheLeadingValuesLeaveOpen();
  void registryAndGalleryDescribeThemselves();
};

void TstApprox::jsonHasTheKeysOfTheContract() {
  const QJsonObject plain = approx({kLowRank, "--method", "rsvd", "--rank", "5"});
  QCOMPARE(keysOf(plain),
           sorted({"input", "method", "rank", "dial", "params", "shape", "error", "parameters", "compression",
                   "seconds", "factors", "diagnostics", "seed", "precision", "threads", "status", "notices"}));
  QCOMPARE(keysOf(plain["error"].toObject()),
           sorted({"fro", "fro_relative", "spectral", "optimal_fro_relative", "excess"}));
  QCOMPARE(plain["params"].toObject(), QJsonObject({{"oversampling", 10}, {"power", 2}}));  // as documented
  QCOMPARE(plain["dial"].toObject(), QJsonObject({{"name", "rank"}, {"value", 5}}));
  QCOMPARE(plain["shape"].toArray(), QJsonArray({60, 40}));
  QCOMPARE(plain["parameters"].toInt(), 5 * (60 + 40));
  QCOMPARE(plain["compression"].toDouble(), 60.0 * 40 / 500);
  QStringList factors;
  for (const auto& factor : plain["factors"].toArray()) factors << factor.toObject()["name"].toString();
  QCOMPARE(factors, QStringList({"U", "s", "Vt"}));
  QCOMPARE(plain["factors"].toArray()[0].toObject()["shape"].toArray(), QJsonArray({60, 5}));
  QCOMPARE(plain["factors"].toArray()[1].toObject()["shape"].toArray(), QJsonArray({5}));
  QCOMPARE(plain["factors"].toArray()[2].toObject()["shape"].toArray(), QJsonArray({5, 40}));

  const QJsonObject picture = approx({"sample:chelsea", "--method", "svd", "--rank", "5", "--channel", "luma"});
  QCOMPARE(keysOf(picture["picture"].toObject()), QStringList({"psnr", "ssim"}));
  QVERIFY(picture["picture"].toObject()["psnr"].toDouble() > 10);
  const double ssim = picture["picture"].toObject()["ssim"].toDouble();
  QVERIFY(ssim > 0.1 && ssim < 1);
}

void TstApprox::jsonIsOneDocumentWithoutNaN_data() {
  QTest::addColumn<QStringList>("arguments");
  const auto row = [](const QStringList& arguments) { QTest::newRow(qPrintable(arguments.join(' '))) << arguments; };
  row({"approx", "gallery:identity,n=1", "--method", "svd", "--rank", "1"});
  row({"approx", "gallery:identity,n=20", "--method", "svd", "--rank", "20"});
  row({"approx", "sample:camera", "--method", "svd", "--rank", "512"});
  row({"spectrum", "gallery:hilbert,n=30"});
  row({"methods"});
  row({"gallery"});
  row({"gallery", "hilbert"});
  row({"info", "gallery:hilbert,n=3"});
}

void TstApprox::jsonIsOneDocumentWithoutNaN() {
  QFETCH(QStringList, arguments);
  const Answer answer = commandJson(arguments);
  RS_DONE(answer);
  QJsonParseError problem;
  const QJsonDocument document = QJsonDocument::fromJson(answer.out, &problem);
  QVERIFY2(problem.error == QJsonParseError::NoError && document.isObject(), qPrintable(answer.log()));
  // As words of their own: a reference may name Kannan.
  const QRegularExpression noNumber(QStringLiteral("\\b(nan|inf|infinity)\\b"),
                                    QRegularExpression::CaseInsensitiveOption);
  QVERIFY2(!QString::fromUtf8(answer.out).contains(noNumber), qPrintable(answer.log()));
}

void TstApprox::svdIsTheOptimum() {
  const Answer spectrum = commandJson({"spectrum", kLowRank});
  RS_DONE(spectrum);
  const QJsonArray sigma = spectrum.json()["singular_values"].toArray();
  double whole = 0;
  for (qsizetype i = sigma.size() - 1; i >= 0; --i) whole = std::hypot(whole, sigma[i].toDouble());
  for (const int rank : {1, 4, 5, 6, 39}) {
    const QJsonObject answer = approx({kLowRank, "--method", "svd", "--rank", QString::number(rank)});
    const QJsonObject error = answer["error"].toObject();
    double tail = 0;
    for (qsizetype i = sigma.size() - 1; i >= rank; --i) tail = std::hypot(tail, sigma[i].toDouble());
    const double tolerance = 30 * kEpsilon * 60;  // E_F(r) is ‖M − M_r‖_F within 30 ε max(n,m) ‖M‖_F
    RS_NEAR(error["fro_relative"].toDouble(), tail / whole, tolerance);
    RS_NEAR(error["optimal_fro_relative"].toDouble(), tail / whole, tolerance);
    RS_NEAR(error["spectral"].toDouble(), sigma[rank].toDouble(), tolerance * whole);
    RS_NEAR(error["excess"].toDouble(), 0, tolerance * whole / tail * 2);
  }
}

void TstApprox::rsvdStandsAboveTheOptimumBySeed() {
  const QString input = "gallery:gaussian,n=80,m=60,seed=1";
  const QStringList request = {input,     "--method",       "rsvd",    "--rank", "5",
                               "--param", "oversampling=2", "--param", "power=0"};
  const QJsonObject first = approx(QStringList(request) << "--seed"
                                                        << "1");
  const QJsonObject second = approx(QStringList(request) << "--seed"
                                                         << "2");
  for (const QJsonObject& answer : {first, second}) {
    QVERIFY(answer["error"].toObject()["excess"].toDouble() > 1e-6);
    QCOMPARE(answer["params"].toObject()["oversampling"].toInt(), 2);
  }
  QVERIFY(first["error"].toObject()["fro"] != second["error"].toObject()["fro"]);
  QCOMPARE(second["seed"].toInt(), 2);
  // The largest seed is a seed, exactly.
  const Answer largest = commandJson(QStringList{"approx"} + request + QStringList{"--seed", "18446744073709551615"});
  QVERIFY2(largest.out.contains("\"seed\": 18446744073709551615"), qPrintable(largest.log()));
}

void TstApprox::qbMeetsItsTolerance() {
  const char* const decaying = "gallery:lowrank,n=60,m=40,rank=40,noise=0,seed=3";
  const QJsonObject plain = approx({decaying, "--method", "qb"});
  QCOMPARE(plain["params"].toObject(), QJsonObject({{"tol", 0.01}, {"block", 10}, {"power", 1}}));  // as documented
  const auto check = [](const QJsonObject& made, double tolerance) {
    const double error = made["error"].toObject()["fro_relative"].toDouble();
    RS_AT_MOST(error, tolerance);
    QVERIFY(error >= made["error"].toObject()["optimal_fro_relative"].toDouble() * (1 - 1e-12));
    QCOMPARE(made["params"].toObject()["tol"].toDouble(), tolerance);
    const QJsonArray path = made["diagnostics"].toObject()["convergence"].toObject()["values"].toArray();
    RS_NEAR(path.last().toDouble(), error, 1e-8 * error);
    QCOMPARE(made["factors"].toArray()[0].toObject()["name"].toString(), QString("Q"));
    QCOMPARE(made["parameters"].toInt(), made["rank"].toInt() * (60 + 40));
  };
  check(plain, 0.01);
  const QJsonObject loose = approx({decaying, "--method", "qb", "--tol", "0.3"});
  check(loose, 0.3);
  QVERIFY(loose["rank"].toInt() < plain["rank"].toInt());
  check(approx({decaying, "--method", "qb", "--param", "tol=0.3"}), 0.3);
  const QJsonObject ranked = approx({decaying, "--method", "qb", "--rank", "39"});  // more than 1 % would need
  QCOMPARE(ranked["rank"].toInt(), 39);
  QCOMPARE(ranked["params"].toObject()["tol"].toDouble(), 0.0);
}

void TstApprox::krylovSpacesTellHowTheyConverge() {
  for (const QString method : {"krylov", "lanczos"}) {
    const Answer made = commandJson({"approx", kLowRank, "--method", method, "--rank", "5", "--seed", "3"});
    RS_DONE(made);
    const QJsonObject answer = made.json(), error = answer["error"].toObject();
    QCOMPARE(answer["params"].toObject(),
             method == "krylov" ? QJsonObject({{"power", 3}}) : QJsonObject({{"steps", 20}}));
    QCOMPARE(answer["status"].toString(), "converged");
    QCOMPARE(answer["parameters"].toInt(), 5 * (60 + 40));
    QStringList factors;
    for (const auto& factor : answer["factors"].toArray()) factors << factor.toObject()["name"].toString();
    QCOMPARE(factors, QStringList({"U", "s", "Vt"}));
    QVERIFY(error["excess"].toDouble() >= -1e-9);
    RS_AT_MOST(error["excess"].toDouble(), 0.001);
    const QJsonArray path = answer["diagnostics"].toObject()["convergence"].toObject()["values"].toArray();
    QCOMPARE(path.size(), method == "krylov" ? 4 : 20);
    RS_NEAR(path.last().toDouble(), error["fro_relative"].toDouble(), 1e-10);
    QCOMPARE(answer["diagnostics"].toObject().contains("bounds"), method == "lanczos");
  }
}

void TstApprox::sameSeedSameBits() {
  QTemporaryDir folder;
  QStringList contents;
  for (const QString name : {"a.npz", "b.npz"}) {
    QStringList request = {kLowRank, "--method", "rsvd", "--rank", "4", "--seed", "9", "--threads", "2"};
    const Answer answer = commandJson(QStringList{"approx"} + request + QStringList{"--out", folder.filePath(name)});
    RS_DONE(answer);
    contents << QJsonDocument(timeless(answer.json())).toJson();
  }
  QCOMPARE(contents[0], contents[1]);
  for (const QString entry : {"::U", "::s", "::Vt"}) {
    const QString a = folder.filePath("a.npy"), b = folder.filePath("b.npy");
    RS_DONE(command({"convert", folder.filePath("a.npz") + entry, a}));
    RS_DONE(command({"convert", folder.filePath("b.npz") + entry, b}));
    QCOMPARE(contentOf(a), contentOf(b));
    QVERIFY(!contentOf(a).isEmpty());
  }
}

void TstApprox::rankAboveTheSmallerSideIsCutWithANotice() {
  for (const QString rank : {"41", "99999999999999999999999"}) {
    const Answer answer = commandJson({"approx", kLowRank, "--method", "svd", "--rank", rank});
    RS_DONE(answer);
    QCOMPARE(answer.json()["rank"].toInt(), 40);
    QVERIFY2(answer.err.count('\n') == 1 && answer.err.startsWith("rankscope-cli: note: "), qPrintable(answer.log()));
    QCOMPARE(answer.json()["notices"].toArray().size(), 1);
    QVERIFY(answer.json()["error"].toObject()["excess"].isNull());  // the optimum is 0
  }
  const Answer whole = commandJson({"approx", kLowRank, "--method", "svd", "--rank", "40"});
  QVERIFY2(whole.err.isEmpty(), qPrintable(whole.log()));
}

void TstApprox::energyAndToleranceChooseTheLeastRank() {
  const Answer spectrum = commandJson({"spectrum", "gallery:hilbert,n=30"});
  const QJsonObject energies = spectrum.json()["energy_rank"].toObject();
  QCOMPARE(keysOf(energies), sorted({"0.9", "0.95", "0.99", "0.999"}));
  for (const QString& share : energies.keys()) {
    const QJsonObject answer = approx({"gallery:hilbert,n=30", "--method", "svd", "--energy", share});
    QCOMPARE(answer["rank"].toInt(), energies[share].toInt());
    const double error = answer["error"].toObject()["fro_relative"].toDouble();
    QVERIFY(error * error <= 1 - share.toDouble());
  }
  const QJsonObject close = approx({"gallery:hilbert,n=30", "--method", "svd", "--tol", "1e-3"});
  const int rank = close["rank"].toInt();
  QVERIFY(close["error"].toObject()["fro_relative"].toDouble() <= 1e-3);
  const QJsonObject below = approx({"gallery:hilbert,n=30", "--method", "svd", "--rank", QString::number(rank - 1)});
  QVERIFY(below["error"].toObject()["fro_relative"].toDouble() > 1e-3);
  QCOMPARE(approx({"gallery:hilbert,n=30", "--method", "svd", "--tol", "1"})["rank"].toInt(), 1);
  // A method that is no svd gets its rank from the exact spectrum too.
  QCOMPARE(approx({"gallery:hilbert,n=30", "--method", "rsvd", "--tol", "1e-3"})["rank"].toInt(), rank);
}

void TstApprox::rulesChooseARank() {
  for (const QString rule : {"gavish-donoho", "elbow"}) {
    QCOMPARE(approx({kLowRank, "--method", "svd", "--rule", rule})["rank"].toInt(), 5);
  }
  QCOMPARE(approx({kLowRank, "--method", "svd", "--rule", "numerical"})["rank"].toInt(), 40);
}

void TstApprox::zeroMatrixHasRankZero() {
  QTemporaryDir folder;
  const QString zero = folder.filePath("zero.npy");
  QVERIFY(writeFile(zero, npyBytes("3, 4", QVector<double>(12, 0.0))));
  for (const QString method : {"svd", "rsvd"}) {
    const Answer answer = commandJson({"approx", zero, "--method", method, "--energy", "0.9"});
    RS_DONE(answer);
    QCOMPARE(answer.json()["rank"].toInt(-1), 0);
    QCOMPARE(answer.json()["parameters"].toInt(-1), 0);
    QVERIFY(answer.json()["compression"].isNull());
    QCOMPARE(answer.json()["factors"].toArray()[0].toObject()["shape"].toArray(), QJsonArray({3, 0}));
    QCOMPARE(answer.json()["error"].toObject()["fro"].toDouble(-1), 0.0);
  }
  // Its norm says all, so a sketch of one value leaves nothing open.
  const QJsonObject sketch = commandJson({"spectrum", zero, "-k", "1", "--randomized"}).json();
  for (const char* key : {"numerical_rank", "stable_rank", "effective_rank"}) QCOMPARE(sketch[key].toDouble(-1), 0.0);
  QCOMPARE(sketch["energy_rank"].toObject()["0.9"].toInt(-1), 0);
}

void TstApprox::jointColourCountsAsOneMatrix() {
  const QJsonObject answer = approx({"sample:chelsea", "--method", "svd", "--rank", "20"});
  QCOMPARE(answer["shape"].toArray(), QJsonArray({300, 3 * 451}));
  QCOMPARE(answer["parameters"].toInt(), 20 * (300 + 3 * 451));
  QVERIFY(!answer.contains("channel_ranks"));
  // PSNR follows from the error: MSE = ‖E‖_F² / (pixels · channels).
  const double fro = answer["error"].toObject()["fro"].toDouble();
  RS_NEAR(answer["picture"].toObject()["psnr"].toDouble(), -10 * std::log10(fro * fro / (300.0 * 3 * 451)), 1e-9);
}

void TstApprox::perChannelSumsItsParts() {
  const QStringList input = {"sample:chelsea", "--per-channel", "--method", "svd"};
  const QJsonObject whole = approx(QStringList(input) << "--rank"
                                                      << "20");
  QCOMPARE(whole["parameters"].toInt(), 3 * 20 * (300 + 451));
  QCOMPARE(whole["channel_ranks"].toArray(), QJsonArray({20, 20, 20}));
  QCOMPARE(whole["rank"].toInt(), 20);
  QCOMPARE(whole["factors"].toArray().size(), 9);
  QCOMPARE(whole["factors"].toArray()[3].toObject()["name"].toString(), "U_green");
  double squares = 0, optimum = 0, norm = 0;
  for (const QString channel : {"red", "green", "blue"}) {
    const QJsonObject part = approx({"sample:chelsea", "--channel", channel, "--method", "svd", "--rank", "20"});
    const QJsonObject error = part["error"].toObject();
    const double fro = error["fro"].toDouble(), all = fro / error["fro_relative"].toDouble();
    squares += fro * fro;
    norm += all * all;
    optimum += std::pow(error["optimal_fro_relative"].toDouble() * all, 2);
  }
  const QJsonObject error = whole["error"].toObject();
  RS_NEAR(error["fro"].toDouble(), std::sqrt(squares), 1e-10 * std::sqrt(norm));
  RS_NEAR(error["optimal_fro_relative"].toDouble(), std::sqrt(optimum / norm), 1e-10);

  // A rank of its own for each channel, each as if it stood alone.
  const QJsonObject own = approx(QStringList(input) << "--energy"
                                                    << "0.99");
  QJsonArray ranks;
  for (const QString channel : {"red", "green", "blue"}) {
    ranks << approx({"sample:chelsea", "--channel", channel, "--method", "svd", "--energy", "0.99"})["rank"];
  }
  QCOMPARE(own["channel_ranks"].toArray(), ranks);
}

void TstApprox::unmeasuredErrorsAreNull() {
  const QJsonObject answer = approx({kLowRank, "--method", "rsvd", "--rank", "5", "--no-measure"});
  for (const char* key : {"fro", "fro_relative", "spectral", "excess"}) {
    QVERIFY2(answer["error"].toObject()[key].isNull(), key);
  }
  QCOMPARE(answer["rank"].toInt(), 5);
  const QJsonObject leading = answer["diagnostics"].toObject()["spectrum"].toObject();
  QVERIFY(leading["numerical_rank"].isNull() && leading["effective_rank"].isNull());  // 5 values of 40 do not tell
  QVERIFY(leading["stable_rank"].toDouble() >= 1);
  const QJsonObject measured = approx({kLowRank, "--method", "rsvd", "--rank", "5"})["error"].toObject();
  RS_NEAR(answer["error"]["estimate"].toDouble(), measured["fro_relative"].toDouble(), 1e-9);
  QVERIFY(!measured.contains("estimate"));
}

void TstApprox::complexInputIsDecomposed() {
  QTemporaryDir folder;
  QByteArray bytes = npyBytes("2, 2", {3, 4, 0, 0, 0, 0, 0, 2});  // diag(3+4i, 2i)
  bytes.replace("<f8", "<c16");
  bytes.remove(bytes.indexOf(" \n"), 1);
  const QString file = folder.filePath("complex.npy");
  QVERIFY(writeFile(file, bytes));
  const Answer spectrum = commandJson({"spectrum", file});
  RS_DONE(spectrum);
  RS_NEAR(spectrum.json()["singular_values"].toArray()[0].toDouble(), 5, 1e-14);
  RS_NEAR(spectrum.json()["singular_values"].toArray()[1].toDouble(), 2, 1e-14);
  const Answer svd = commandJson({"approx", file, "--method", "svd", "--rank", "1"});
  RS_DONE(svd);
  RS_NEAR(svd.json()["error"].toObject()["fro"].toDouble(), 2, 1e-14);
  RS_DONE(command({"approx", file, "--method", "rsvd", "--rank", "1", "--complex", "abs"}));
}

void TstApprox::monarchStandsBesideTheOptimumOfAsManyNumbers() {
  const QStringList fourier = {"gallery:dft,n=64,part=complex", "--method", "monarch"};
  const QJsonObject exact = approx(fourier + QStringList{"--param", "columns=stride"});
  RS_AT_MOST(exact["error"].toObject()["fro_relative"].toDouble(1), 30 * 64 * kEpsilon);
  QCOMPARE(exact["dial"].toObject()["name"].toString(), "block-rank");
  QCOMPARE(exact["dial"].toObject()["value"].toInt(), 1);
  QCOMPARE(exact["parameters"].toInt(), 1024);  // J K (I + S)
  QCOMPARE(exact["rank"].toInt(), 8);           // 1024/(64 + 64)
  QCOMPARE(exact["params"].toObject()["rows"].toArray(), (QJsonArray{8, 8}));
  QCOMPARE(exact["factors"].toArray()[0].toObject()["shape"].toArray(), (QJsonArray{8, 8, 8, 1}));
  QCOMPARE(exact["diagnostics"].toObject()["blocks"].toObject()["sigma2"].toArray().size(), 8);
  // Unitary: every singular value is 1.
  RS_NEAR(exact["error"].toObject()["optimal_fro_relative"].toDouble(), std::sqrt(1 - 8.0 / 64), 1e-12);
  RS_NEAR(approx(fourier)["error"].toObject()["fro_relative"].toDouble(), std::sqrt(1 - 1.0 / 8), 1e-12);

  QTemporaryDir folder;
  const QString file = folder.filePath("factors.npz");
  const Answer wide = commandJson({"approx", "gallery:gaussian,n=12,m=20,seed=1", "--method", "monarch", "--param",
                                   "blocks=4", "--param", "block-rank=9", "--out", file});
  RS_DONE(wide);  // cut to min(I, S) = 3, where nothing is left out
  QCOMPARE(wide.json()["dial"].toObject()["value"].toInt(), 3);
  QVERIFY(!wide.json()["notices"].toArray().isEmpty());
  RS_AT_MOST(wide.json()["error"].toObject()["fro_relative"].toDouble(1), 30 * 20 * kEpsilon);
  const Answer info = commandJson({"info", file});
  RS_DONE(info);
  QCOMPARE(info.json()["entries"].toArray().size(), 3);
}

void TstApprox::floatStaysCloseToDouble() {
  const QJsonObject one = approx({kLowRank, "--method", "svd", "--rank", "3", "--precision", "float"});
  const QJsonObject two = approx({kLowRank, "--method", "svd", "--rank", "3"});
  QCOMPARE(one["precision"].toString(), "float");
  // The residual of factors rounded to float, measured in double: off by at most 30 ε_float max(n,m) ‖M‖_F.
  RS_NEAR(one["error"].toObject()["fro_relative"].toDouble(), two["error"].toObject()["fro_relative"].toDouble(),
          30 * 0x1p-23 * 60);
}

void TstApprox::factorsMultiplyToTheApproximation() {
  QTemporaryDir folder;
  const QString file = folder.filePath("factors.npz");
  const Answer answer = commandJson({"approx", "gallery:hilbert,n=6", "--method", "svd", "--rank", "6", "--out", file});
  RS_DONE(answer);
  // Read back as text: U diag(s) Vt of full rank is the Hilbert matrix 1/(i+j+1).
  const auto table = [&](const QString& entry) {
    const QString text = folder.filePath("factor.csv");
    if (command({"convert", file + "::" + entry, text}).code != 0) return QVector<QVector<double>>();
    QVector<QVector<double>> rows;
    for (const QByteArray& line : contentOf(text).split('\n')) {
      QVector<double> row;
      for (const QByteArray& cell : line.split(',')) {
        if (!cell.trimmed().isEmpty()) row << cell.toDouble();
      }
      if (!row.isEmpty()) rows << row;
    }
    return rows;
  };
  const auto U = table("U"), s = table("s"), Vt = table("Vt");
  QCOMPARE(U.size(), 6);
  QCOMPARE(s.size(), 6);
  QCOMPARE(Vt.size(), 6);
  for (int i = 0; i < 6; ++i) {
    for (int j = 0; j < 6; ++j) {
      double sum = 0;
      for (int k = 0; k < 6; ++k) sum += U[i][k] * s[k][0] * Vt[k][j];
      RS_NEAR(sum, 1.0 / (i + j + 1), 30 * kEpsilon * 6 * 2);  // ‖H‖_F < 2
    }
  }
}

void TstApprox::whatWasChosenIsStoredBesideTheFactors() {
  QTemporaryDir folder;
  const QString file = folder.filePath("cur.npz");
  const Answer answer = commandJson({"approx", kLowRank, "--method", "cur", "--rank", "3", "--out", file});
  RS_DONE(answer);
  QCOMPARE(answer.json()["factors"].toArray().size(), 3);  // C, U, R: indices are no factors
  const QJsonObject selection = answer.json()["diagnostics"].toObject()["selection"].toObject();
  for (const QString name : {"columns", "rows"}) {
    const QString csv = folder.filePath(name + ".csv");
    RS_DONE(command({"convert", file + "::" + name, csv}));
    QStringList expected;
    for (const auto& index : selection[name].toArray()) expected << QString::number(index.toInt());
    QCOMPARE(QString(contentOf(csv)).split('\n', Qt::SkipEmptyParts), expected);
  }
}

void TstApprox::pictureOfAnApproximationIsClippedOnlyThere() {
  QTemporaryDir folder;
  const QString colour = folder.filePath("colour.png"), grey = folder.filePath("grey.png");
  const Answer photo = commandJson({"approx", "sample:chelsea", "--method", "svd", "--rank", "30", "--image", colour});
  RS_DONE(photo);
  const Answer info = commandJson({"info", colour});
  RS_DONE(info);
  QCOMPARE(info.json()["shape"].toArray(), QJsonArray({300, 451}));
  QCOMPARE(info.json()["channels"].toInt(), 3);
  QVERIFY(info.json()["min"].toDouble() >= 0 && info.json()["max"].toDouble() <= 1);
  // A matrix is drawn grey, with the range in a notice.
  const Answer numbers = commandJson({"approx", kLowRank, "--method", "svd", "--rank", "2", "--image", grey});
  RS_DONE(numbers);
  QCOMPARE(numbers.json()["notices"].toArray().size(), 1);
  QVERIFY(!numbers.json().contains("picture"));
  const Answer read = commandJson({"info", grey});
  RS_DONE(read);
  QCOMPARE(read.json()["shape"].toArray(), QJsonArray({60, 40}));
}

void TstApprox::figuresNeedNoDisplay() {
  QTemporaryDir folder;
  const Answer list = commandJson({"approx", "--plot", "list"});
  RS_DONE(list);
  QStringList arguments = {"approx", kLowRank, "--method", "svd", "--rank", "5"};
  QStringList files;
  const QStringList endings = {".svg", ".pdf", ".png"};
  for (const auto& plot : list.json()["plots"].toArray()) {
    for (const QString& ending : endings) {
      files << folder.filePath(plot.toObject()["name"].toString() + ending);
      arguments << "--plot" << plot.toObject()["name"].toString() + "=" + files.back();
    }
  }
  const Answer answer = command(arguments);
  RS_DONE(answer);
  QVERIFY2(answer.err.isEmpty(), qPrintable(answer.log()));
  for (const QString& file : files) {
    const QByteArray content = contentOf(file);
    const QByteArray begin = file.endsWith(".svg") ? "<?xml" : file.endsWith(".pdf") ? "%PDF" : "\x89PNG";
    QVERIFY2(content.startsWith(begin) && content.size() > 2000, qPrintable(file));
  }
  const QString blue = folder.filePath("blue.pdf");  // the third channel's
  RS_DONE(command(
      {"approx", "sample:chelsea", "--per-channel", "--method", "svd", "--rank", "2", "--plot", "layer-3=" + blue}));
  QVERIFY(contentOf(blue).startsWith("%PDF"));
  const QString spectrum = folder.filePath("only.svg");
  RS_DONE(command({"spectrum", kLowRank, "--plot", "spectrum=" + spectrum}));
  QVERIFY(contentOf(spectrum).contains("<svg"));
}

void TstApprox::spectrumKnowsWhatTheLeadingValuesLeaveOpen() {
  const QString input = "gallery:gaussian,n=100,m=80,seed=2";
  const QJsonObject full = commandJson({"spectrum", input}).json();
  QCOMPARE(keysOf(full),
           sorted({"input", "shape", "method", "singular_values", "numerical_rank", "stable_rank", "effective_rank",
                   "energy_rank", "seconds", "seed", "precision", "threads", "notices"}));
  QCOMPARE(full["method"].toString(), "full");
  QCOMPARE(full["singular_values"].toArray().size(), 80);
  const QJsonObject leading = commandJson({"spectrum", input, "-k", "7"}).json();
  QCOMPARE(leading["singular_values"].toArray().size(), 7);
  QCOMPARE(leading["effective_rank"], full["effective_rank"]);  // exact all the same
  const QJsonObject sketch = commandJson({"spectrum", input, "-k", "7", "--randomized"}).json();
  QCOMPARE(sketch["method"].toString(), "randomized");
  QCOMPARE(sketch["singular_values"].toArray().size(), 7);
  QVERIFY(sketch["effective_rank"].isNull() && sketch["numerical_rank"].isNull());
  QVERIFY(sketch["energy_rank"].toObject()["0.9"].isNull());  // 7 of 80 Gaussian values do not hold 90 %
  for (int i = 0; i < 7; ++i) {                               // never above the true ones (interlacing)
    RS_AT_MOST(sketch["singular_values"].toArray()[i].toDouble(),
               full["singular_values"].toArray()[i].toDouble() * (1 + 30 * kEpsilon * 80));
  }
  const Answer cut = commandJson({"spectrum", input, "-k", "500"});
  QCOMPARE(cut.json()["notices"].toArray().size(), 1);
  const QJsonObject colour = commandJson({"spectrum", "sample:chelsea", "--per-channel", "-k", "2"}).json();
  QCOMPARE(colour["channels"].toArray().size(), 3);
}

void TstApprox::registryAndGalleryDescribeThemselves() {
  const QJsonArray methods = commandJson({"methods"}).json()["methods"].toArray();
  QStringList ids;
  for (const auto& method : methods) {
    const QJsonObject one = method.toObject();
    ids << one["id"].toString();
    for (const char* key : {"title", "kind", "dial", "params", "reference"}) QVERIFY2(one.contains(key), key);
    for (const auto& param : one["params"].toArray()) {
      for (const char* key : {"name", "type", "default", "min", "max", "choices", "only_if", "help"}) {
        QVERIFY2(param.toObject().contains(key), key);
      }
    }
  }
  QVERIFY(ids.contains("svd") && ids.contains("rsvd"));
  const QJsonArray generators = commandJson({"gallery"}).json()["generators"].toArray();
  QVERIFY(generators.size() >= 20);
  for (const auto& generator : generators) {
    const QString id = generator.toObject()["id"].toString();
    const Answer info = commandJson({"info", "gallery:" + id});
    QVERIFY2(info.code == 0, qPrintable(id + "\n" + info.log()));
    QCOMPARE(commandJson({"gallery", id}).json()["generators"].toArray().size(), 1);
  }
}

QTEST_GUILESS_MAIN(TstApprox)
#include "tst_approx.moc"
