// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <cmath>

#include "tests/support/command.h"
#include "tests/support/support.h"

using namespace rankscope::test;

namespace {

const QString kX = "gallery:gaussian,n=20,m=40,spread=1,seed=1";
const QString kY = "gallery:gaussian,n=40,m=15,seed=2";

QStringList line(const QStringList& rest) { return QStringList{"product", kX, kY} + rest; }

QJsonObject product(const QStringList& rest) { return commandJson(line(rest)).json(); }

QVector<double> listOf(const QJsonValue& value) {
  QVector<double> out;
  for (const auto& one : value.toArray()) out << one.toDouble();
  return out;
}

double sumOf(const QVector<double>& list) {
  double sum = 0;
  for (const double x : list) sum += x;
  return sum;
}

}  // namespace

class TstProduct : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QVERIFY(m_folder.isValid()); }

  void jsonHasTheKeysOfTheContract() {
    const QJsonObject json = product({"--method", "cr", "--rank", "10", "--trials", "500"});
    for (const char* key : {"input",  "inputs",    "form",     "method",       "rank",        "dial",    "params",
                            "shape",  "inner",     "error",    "parameters",   "compression", "seconds", "factors",
                            "seed",   "precision", "threads",  "status",       "diagnostics", "notices", "theory",
                            "trials", "weights",   "selected", "probabilities"})
      QVERIFY2(json.contains(key), key);
    QCOMPARE(json["shape"].toArray(), QJsonArray({20, 15}));
    QCOMPARE(json["inner"].toInt(), 40);
    QCOMPARE(json["rank"].toInt(), 10);
    QCOMPARE(json["dial"].toObject(), QJsonObject({{"name", "pairs"}, {"value", 10}}));
    QCOMPARE(json["params"].toObject(), QJsonObject({{"scheme", "norm"}, {"replacement", "with"}}));
    QCOMPARE(json["parameters"].toInt(), 10 * (20 + 15));
    QCOMPARE(json["factors"].toArray()[0].toObject(), QJsonObject({{"name", "C"}, {"shape", QJsonArray({20, 10})}}));
    QCOMPARE(json["factors"].toArray()[1].toObject(), QJsonObject({{"name", "R"}, {"shape", QJsonArray({10, 15})}}));
    const QVector<double> p = listOf(json["probabilities"]), w = listOf(json["weights"]);
    QCOMPARE(p.size(), 40);
    QCOMPARE(w.size(), 40);
    RS_NEAR(sumOf(p), 1, 1e-13);
    for (qsizetype i = 0; i < 40; ++i) RS_NEAR(p[i], w[i] / sumOf(w), 1e-14);
    QCOMPARE(json["selected"].toArray().size(), 10);
    const QJsonObject theory = json["theory"].toObject(), trials = json["trials"].toObject();
    // The norm product is the minimum itself.
    RS_NEAR(theory["expected_sq_error"].toDouble(), theory["minimal_sq_error"].toDouble(),
            1e-12 * theory["minimal_sq_error"].toDouble());
    QCOMPARE(trials["n"].toInt(), 500);
    RS_NEAR(trials["mean_sq_error"].toDouble(), theory["expected_sq_error"].toDouble(),
            5 * trials["std_sq_error"].toDouble() / std::sqrt(500.0));
    QVERIFY(json["error"].toObject()["fro_relative"].toDouble() >=
            json["error"].toObject()["optimal_fro_relative"].toDouble());
  }

  void theSvdIsTheFloorAndHasNoTheory() {
    const QJsonObject json = product({"--method", "svd", "--rank", "4"});
    const QJsonObject error = json["error"].toObject();
    RS_NEAR(error["fro_relative"].toDouble(), error["optimal_fro_relative"].toDouble(), 1e-13);
    for (const char* key : {"probabilities", "selected", "weights", "theory", "trials"})
      QVERIFY2(json.contains(key) && json[key].isNull(), key);
  }

  void seedsRepeatWhateverTheThreads() {
    const auto timeless = [](QJsonObject json) {
      json.remove("seconds");
      json.remove("threads");
      return json;
    };
    const QStringList rest = {"--method", "cr", "--rank", "9", "--trials", "300", "--seed", "7"};
    const QJsonObject one = product(rest + QStringList{"--threads", "1"}),
                      two = product(rest + QStringList{"--threads", "2"});
    QCOMPARE(timeless(one)["trials"], timeless(two)["trials"]);
    QCOMPARE(one["selected"], two["selected"]);
    QVERIFY(product({"--method", "cr", "--rank", "9", "--seed", "8"})["selected"] != one["selected"]);
  }

  void ownProbabilitiesComeAsAListOrAFile() {
    QVector<double> p;
    QStringList typed;
    for (int i = 0; i < 40; ++i) {
      p << (1 + i) / 820.0;
      typed << QString::number(p.back(), 'g', 17);
    }
    QVERIFY(writeFile(path("p.npy"), npyBytes("40,", p)));
    QVERIFY(writeFile(path("table.npy"), npyBytes("20, 2", p)));
    const QStringList own = {"--method", "cr", "--rank", "5", "--param", "scheme=own"};
    const QJsonObject list = product(own + QStringList{"--param", "probabilities=" + typed.join(',')}),
                      file = product(own + QStringList{"--param", "probabilities=" + path("p.npy")});
    QCOMPARE(listOf(list["probabilities"]).size(), 40);
    QCOMPARE(list["selected"], file["selected"]);
    QCOMPARE(list["probabilities"], file["probabilities"]);
    QVERIFY(list["notices"].toArray().isEmpty());
    QCOMPARE(command(line(own + QStringList{"--param", "probabilities=" + path("table.npy")})).code, 3);
    QCOMPARE(command(line(own + QStringList{"--param", "probabilities=" + path("nowhere.npy")})).code, 3);
    const Answer few = command(line(own + QStringList{"--param", "probabilities=1,2"}));
    QCOMPARE(few.code, 2);
    QVERIFY2(few.err.contains("40 numbers"), few.err);
    QCOMPARE(few.err.count('\n'), 1);
  }

  void oneMatrixIsAProductToo() {
    const QJsonObject gram = commandJson({"product", kX, "--form", "gram", "--method", "cr", "--rank", "6"}).json();
    QCOMPARE(gram["shape"].toArray(), QJsonArray({40, 40}));
    QCOMPARE(gram["inner"].toInt(), 20);
    QCOMPARE(gram["form"].toString(), QString("gram"));
    const QJsonObject columns =
        commandJson({"product", kX, "--form", "identity", "--method", "cr", "--rank", "40", "--param", "scheme=top"})
            .json();
    QCOMPARE(columns["shape"].toArray(), QJsonArray({20, 40}));
    QCOMPARE(columns["error"].toObject()["fro"].toDouble(-1), 0.0);
  }

  void factorsAreWrittenWithTheirPairs() {
    RS_DONE(command(line({"--method", "cr", "--rank", "7", "--out", path("f.npz")})));
    const QJsonObject json = product({"--method", "cr", "--rank", "7"});
    const auto entry = [&](const QString& name) {
      return commandJson({"info", path("f.npz") + "::" + name}).json()["shape"].toArray();
    };
    QCOMPARE(entry("C"), QJsonArray({20, 7}));
    QCOMPARE(entry("R"), QJsonArray({7, 15}));
    RS_DONE(command({"convert", path("f.npz") + "::columns", path("columns.csv")}));
    QByteArray expected;
    for (const auto& index : json["selected"].toArray()) expected += QByteArray::number(index.toInt()) + '\n';
    QCOMPARE(contentOf(path("columns.csv")), expected);
    // C·R is the approximation whose error was measured.
    const QJsonObject again =
        commandJson({"product", path("f.npz") + "::C", path("f.npz") + "::R", "--method", "svd", "--rank", "1"}).json();
    QCOMPARE(again["shape"].toArray(), QJsonArray({20, 15}));
  }

  void itsFiguresCanBeSaved() {
    const QStringList draw = {"--method", "cr", "--rank", "5"};
    RS_DONE(command(line(draw + QStringList{"--trials", "50", "--quiet", "--plot", "probabilities=" + path("p.svg"),
                                            "--plot", "mean=" + path("m.svg"), "--plot", "trials=" + path("t.png")})));
    QVERIFY(contentOf(path("p.svg")).contains("<svg") && contentOf(path("m.svg")).contains("<svg"));
    QVERIFY(contentOf(path("t.png")).startsWith("\x89PNG"));
    const Answer none = command(line(draw + QStringList{"--plot", "mean=" + path("n.svg")}));
    QCOMPARE(none.code, 2);
    QVERIFY2(none.err.contains("--trials"), none.err);
  }

  void wrongUseIsRefusedByName_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* name, const QStringList& arguments, int code, const char* says) {
      QTest::newRow(name) << arguments << code << QByteArray(says);
    };
    const QStringList cr = {"--method", "cr", "--rank", "3"};
    row("no Y", QStringList{"product", kX} + cr, 2, "--form");
    row("Y and a form", line(cr + QStringList{"--form", "gram"}), 2, "--form is for one matrix");
    row("another form", QStringList{"product", kX, "--form", "square"} + cr, 2, "identity, gram");
    row("three", line(QStringList{kX} + cr), 2, "one argument too many");
    row("no method", line({"--rank", "3"}), 2, "cr, svd");
    row("a method of matrices", line({"--method", "als", "--rank", "3"}), 2, "cr, svd");
    row("no size", line({"--method", "cr"}), 2, "--rank");
    row("two sizes", line(cr + QStringList{"--param", "pairs=4"}), 2, "more than once");
    row("no pairs", line({"--method", "cr", "--rank", "0"}), 2, "from 1");
    row("unknown parameter", line(cr + QStringList{"--param", "x=4"}), 2, "it has scheme, replacement, probabilities");
    row("without by norms", line(cr + QStringList{"--param", "replacement=without"}), 2, "scheme=uniform");
    row("probabilities of norms", line(cr + QStringList{"--param", "probabilities=1,2"}), 2, "scheme=own");
    row("trials of svd", line({"--method", "svd", "--rank", "3", "--trials", "4"}), 2, "--trials");
    row("shapes", QStringList{"product", kX, kX} + cr, 3, "20 x 40 times 20 x 40 does not fit");
    row("no such file", QStringList{"product", kX, "nowhere.npy"} + cr, 3, "nowhere.npy");
    row("memory",
        QStringList{"product", "gallery:gaussian,n=2000,m=2", "gallery:gaussian,n=2,m=2000"} + cr +
            QStringList{"--max-memory", "20M"},
        4, "the product");
  }
  void wrongUseIsRefusedByName() {
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    const Answer answer = command(arguments);
    QVERIFY2(answer.code == code && answer.err.contains(says) && answer.err.count('\n') == 1 && answer.out.isEmpty(),
             qPrintable(answer.log()));
  }

  void whatIsCutIsSaid() {
    const QJsonObject json = product({"--method", "cr", "--rank", "50", "--param", "scheme=top"});
    QCOMPARE(json["rank"].toInt(), 40);
    QCOMPARE(json["notices"].toArray().size(), 1);
    RS_AT_MOST(json["error"].toObject()["fro_relative"].toDouble(), 30 * 0x1p-52 * 40);
    QCOMPARE(product({"--method", "cr", "--rank", "50"})["rank"].toInt(), 50);  // with replacement there may be more
  }

 private:
  QTemporaryDir m_folder;
  QString path(const QString& name) const { return m_folder.filePath(name); }
};

QTEST_GUILESS_MAIN(TstProduct)
#include "tst_product.moc"
