// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>

#include "tests/support/command.h"
#include "tests/support/support.h"

using namespace rankscope::test;

/// Inputs that are not dense in memory.
class TstStorage : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  QString m_large;  // 480 kB of numbers
  const QStringList m_little = {"--max-memory", "400K"};

 private slots:
  void initTestCase() {
    m_large = m_folder.filePath("large.npy");
    const Answer made = command({"convert", "gallery:lowrank,n=300,m=200,rank=3,noise=0.01,seed=1", m_large});
    QVERIFY2(made.code == 0, qPrintable(made.log()));
  }

  void aMethodThatNeedsAllEntriesNamesThoseThatDoNot() {
    const Answer refused = command(QStringList{"approx", m_large, "--method", "svd", "--rank", "3"} + m_little);
    QVERIFY2(refused.code == 4, qPrintable(refused.log()));
    QCOMPARE(refused.err.count('\n'), 1);
    QVERIFY2(refused.err.contains("rsvd") && refused.err.contains("--max-memory"), qPrintable(refused.log()));
    for (const QStringList& other :
         {QStringList{"spectrum", m_large}, QStringList{"pinv", m_large},
          QStringList{"product", m_large, "gallery:lowrank,n=200,m=9,rank=2", "--method", "cr", "--rank", "2"},
          QStringList{"approx", m_large, "--method", "rsvd", "--energy", "0.9"}}) {
      const Answer answer = command(other + m_little);
      QVERIFY2(answer.code == 4, qPrintable(answer.log()));
      QCOMPARE(answer.err.count('\n'), 1);
    }
  }

  // 2 TB, a hole on the disk but for its header: any pass over it would outlast the test.
  void anEnormousFileIsRefusedBeforeItIsRead() {
    const QString huge = m_folder.filePath("huge.npy");
    constexpr qint64 kSide = 500000;
    const QByteArray header = npyBytes(QByteArray::number(kSide) + ", " + QByteArray::number(kSide), {});
    QVERIFY(writeFile(huge, header) && QFile::resize(huge, header.size() + 8 * kSide * kSide));
    for (const QStringList& wish :
         {QStringList{"approx", huge, "--method", "svd", "--rank", "3"}, QStringList{"spectrum", huge},
          QStringList{"pinv", huge}, QStringList{"compare", huge, "--methods", "svd,id", "--ranks", "2"},
          QStringList{"product", huge, huge, "--method", "cr", "--rank", "2"}}) {
      const Answer answer = command(wish);
      QVERIFY2(answer.code == 4, qPrintable(answer.log()));
      QCOMPARE(answer.err.count('\n'), 1);
    }
  }

  void aMethodThatWorksByProductsGivesTheSameFromTheFile() {
    const QStringList wish = {"approx", m_large, "--method", "rsvd", "--rank", "3"};
    const Answer inFile = commandJson(wish + m_little), inMemory = commandJson(wish);
    QVERIFY2(inFile.code == 0, qPrintable(inFile.log()));
    const QJsonObject a = inFile.json()["error"].toObject(), b = inMemory.json()["error"].toObject();
    // Sums of the same products in another order: n m ε, and the two errors differ by less than their sum.
    RS_NEAR(a["fro_relative"].toDouble(), b["fro_relative"].toDouble(), 300 * 200 * 0x1p-52);
    QVERIFY(a["spectral"].isNull() && a["optimal_fro_relative"].isNull() && a["excess"].isNull());
    QVERIFY(!b["spectral"].isNull());
    QVERIFY2(inFile.err.contains("stay in the file") && inFile.err.contains("no optimum"), qPrintable(inFile.log()));
    const QJsonObject about = commandJson(QStringList{"info", m_large} + m_little).json();
    const QJsonObject whole = commandJson({"info", m_large}).json();
    QCOMPARE(about["shape"], whole["shape"]);
    RS_NEAR(about["fro"].toDouble(), whole["fro"].toDouble(), 1e-12 * whole["fro"].toDouble());
  }

  void sparseFilesAreReadEverywhere() {
    const QString graph = QString(RANKSCOPE_TEST_DATA) + "/mtx/kepner_gilbert_graph.mtx";
    const QJsonArray sigma = commandJson({"spectrum", graph}).json()["singular_values"].toArray();
    QCOMPARE(sigma.size(), 7);
    RS_NEAR(sigma[0].toDouble(), 2.164611727925078, 30 * 7 * 0x1p-52 * 2.2);
    for (const char* method : {"svd", "rsvd"}) {
      const Answer answer = commandJson({"approx", graph, "--method", method, "--rank", "2"});
      QVERIFY2(answer.code == 0 && !answer.json()["error"].toObject()["spectral"].isNull(), qPrintable(answer.log()));
    }
    const QString dense = m_folder.filePath("graph.csv");
    QCOMPARE(command({"convert", graph, dense}).code, 0);
    QCOMPARE(contentOf(dense).count('\n'), 7);
    const Answer broken = command({"info", QString(RANKSCOPE_TEST_DATA) + "/mtx_quirks/row_zero.mtx"});
    QCOMPARE(broken.code, 3);
    QVERIFY2(broken.err.contains(":3:1"), qPrintable(broken.log()));
  }
};

QTEST_GUILESS_MAIN(TstStorage)
#include "tst_storage.moc"
