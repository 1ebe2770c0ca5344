// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <QFileInfo>
#include <QTemporaryDir>

#include "core/compute/analysis.h"
#include "core/io/input.h"
#include "core/linalg/file_matrix.h"
#include "core/linalg/sparse_matrix.h"
#include "core/methods/access.h"
#include "core/methods/measure.h"
#include "core/methods/rsvd.h"
#include "core/methods/spectrum.h"
#include "tests/support/support.h"

using namespace rankscope;

namespace {

constexpr std::size_t kTight = std::size_t{1} << 14;  // less than any of the files here has numbers

Sparse sparseRandom(Index rows, Index cols, std::uint64_t seed) {
  Random draw(seed, "sparse");
  std::vector<Eigen::Triplet<double>> entries;
  for (int c = 0; c < cols; ++c) {
    for (int r = 0; r < rows; ++r) {
      if (draw.uniform() < 0.1) entries.emplace_back(r, c, draw.normal());
    }
  }
  Sparse out(rows, cols);
  out.setFromTriplets(entries.begin(), entries.end());
  return out;
}

template <class T>
Matrix<T> valuesFor(Index rows, Index cols, std::uint64_t seed) {
  if constexpr (std::is_same_v<T, Complex>) {
    Matrix<Complex> out(rows, cols);
    out.real() = test::gaussian(rows, cols, seed);
    out.imag() = test::gaussian(rows, cols, seed + 1);
    return out;
  } else {
    return test::gaussian(rows, cols, seed).cast<T>();
  }
}

}  // namespace

/// Each kind of storage answers as the dense one does.
class TstAnyMatrixStorage : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  static Context tight() {
    Context context;
    context.memory = kTight;
    return context;
  }

  // Writes an .npy file with this header and data and opens it under a budget that its numbers pass.
  Result<MatrixPtr> fileOf(const std::string& descr, bool fortran, const std::string& shape, const std::string& data,
                           const ViewOptions& view = {}, const QString& name = "array.npy") {
    std::string header = "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") +
                         ", 'shape': (" + shape + "), }\n";
    std::string bytes = "\x93NUMPY\x01";
    bytes += '\0';
    bytes += static_cast<char>(header.size() & 0xff);
    bytes += static_cast<char>(header.size() >> 8);
    bytes += header + data;
    m_path = m_folder.filePath(name);
    QFile file(m_path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0)
      return inputError("test", "cannot write");
    file.close();
    m_notices.clear();
    const auto loaded = load({.location = m_path.toStdString(), .view = view}, coreFormats(), tight(), m_notices);
    if (!loaded) return loaded.error();
    return loaded->matrix;
  }

  template <class T>
  Result<MatrixPtr> fileOf(const Matrix<T>& values, bool fortran, const ViewOptions& view = {}) {
    using RowMajor = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const RowMajor byRows = values;
    const T* data = fortran ? values.data() : byRows.data();
    const std::string descr = std::is_same_v<T, Complex> ? "<c16" : std::is_same_v<T, float> ? "<f4" : "<f8";
    return fileOf(descr, fortran, show(values.rows()) + ", " + show(values.cols()),
                  std::string(reinterpret_cast<const char*>(data), sizeof(T) * static_cast<std::size_t>(values.size())),
                  view);
  }

  // Everything AnyMatrix can be asked, in T, against `dense`. `epsilon` is that of the type computed in.
  template <class T>
  void compare(const AnyMatrix& other, const Matrix<T>& dense, double epsilon) {
    const Index n = dense.rows(), m = dense.cols();
    QCOMPARE(other.rows(), n);
    QCOMPARE(other.cols(), m);
    for (const Index row : {Index{0}, n / 2, n - 1}) {
      for (const Index col : {Index{0}, m / 3, m - 1})
        QCOMPARE(static_cast<RealOf<T>>(other.at(row, col)), RealOf<T>(Eigen::numext::real(dense(row, col))));
    }
    QVERIFY(other.block<T>(0, 0, n, m) == dense);
    QVERIFY(other.block<T>(n / 3, m / 2, n / 2, m / 4) == dense.block(n / 3, m / 2, n / 2, m / 4));
    QCOMPARE(other.block<T>(0, 0, 0, m).size(), Index{0});
    Matrix<T> seen = Matrix<T>::Constant(n, m, T(-77));
    Index covered = 0;
    other.forEachBlock<T>(tight(), [&](Index row, Index col, const ConstRef<T>& block) {
      seen.block(row, col, block.rows(), block.cols()) = block;
      covered += block.size();
    });
    QCOMPARE(covered, n * m);  // each entry once
    QVERIFY(seen == dense);
    // |fl(x·y) − x·y| ≤ k ε |x|·|y| for sums of k terms in any order, so ‖·‖_F by the product of the norms.
    const Matrix<T> X = valuesFor<T>(m, 5, 8), Y = valuesFor<T>(n, 3, 9);
    const double bound = static_cast<double>(n + m) * epsilon * static_cast<double>(dense.norm());
    for (const int threads : {1, 3}) {
      Context context = tight();
      context.threads = threads;
      RS_AT_MOST((other.times<T>(X, context) - dense * X).norm(), bound * static_cast<double>(X.norm()));
      RS_AT_MOST((other.transposeTimes<T>(Y, context) - dense.adjoint() * Y).norm(),
                 bound * static_cast<double>(Y.norm()));
      QVERIFY(other.times<T>(X, context) == other.times<T>(X, tight()));  // the same bits
      QVERIFY(other.transposeTimes<T>(Y, context) == other.transposeTimes<T>(Y, tight()));
    }
  }

  void compareSummaries(const Summary& a, const Summary& b, double count) {
    QCOMPARE(a.min, b.min);
    QCOMPARE(a.max, b.max);
    // Compensated sums are right to a few ε of the moduli; √count ‖M‖_F bounds their sum.
    RS_NEAR(a.mean, b.mean, 4 * 0x1p-52 * b.fro / std::sqrt(count));
    RS_NEAR(a.fro, b.fro, count * 0x1p-52 * b.fro);
    QCOMPARE(a.nonFinite, b.nonFinite);
    QCOMPARE(a.firstRow, b.firstRow);
    QCOMPARE(a.firstCol, b.firstCol);
  }

  QString m_path;
  std::vector<Text> m_notices;

 private slots:
  void sparseAnswersAsDense() {
    const Sparse sparse = sparseRandom(70, 90, 1);
    const Matrix<double> dense(sparse);
    const MatrixPtr a = makeMatrix(sparse), b = makeMatrix(dense);
    QCOMPARE(a->cheapest(), Access::Products);
    QVERIFY(!a->isComplex() && !a->isFloat() && a->channels().empty());
    compare<double>(*a, dense, 0x1p-52);
    compare<float>(*a, dense.cast<float>(), 0x1p-23);
    compare<Complex>(*a, dense.cast<Complex>(), 0x1p-52);
    compareSummaries(a->summary(), b->summary(), 6300);
    QVERIFY(a->bytes() < b->bytes() / 2);
    QVERIFY(**a->entries<double>({}) == dense);
    QVERIFY(**a->entries<float>({}) == dense.cast<float>());
    QVERIFY(**a->entries<Complex>({}) == dense.cast<Complex>());
    const auto refused = a->entries<double>(tight());
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Compute);
  }

  void sparseKeepsWhatItsEdgesAre() {
    Sparse sparse(4, 3);  // an empty matrix is the zero matrix
    const MatrixPtr zero = makeMatrix(sparse);
    QCOMPARE(zero->summary().fro, 0.0);
    QCOMPARE(zero->summary().min, 0.0);
    QVERIFY(zero->times<double>(Matrix<double>::Ones(3, 2), {}) == Matrix<double>::Zero(4, 2));
    sparse.insert(3, 0) = std::nan("");
    sparse.insert(1, 2) = std::numeric_limits<double>::infinity();
    sparse.insert(0, 1) = -2;
    sparse.insert(2, 2) = 0;  // stored, and no number worth keeping
    const MatrixPtr broken = makeMatrix(sparse);
    QCOMPARE(sparseOf(*broken)->nonZeros(), 3);
    compareSummaries(broken->summary(), makeMatrix(Matrix<double>(sparse))->summary(), 12);
    QCOMPARE(broken->summary().firstRow, Index{1});
    QVERIFY(refuseUnusable(*broken, "it").has_value());
    Sparse huge(2, 2);
    huge.insert(0, 0) = 1e300;
    huge.insert(1, 1) = 1e-300;
    RS_NEAR(makeMatrix(huge)->summary().fro, 1e300, 1e285);
  }

  void equalContentHasEqualFingerprints() {
    const Sparse sparse = sparseRandom(20, 30, 2);
    Sparse other = sparse;
    QCOMPARE(makeMatrix(sparse)->fingerprint(), makeMatrix(other)->fingerprint());
    other.coeffRef(0, 0) += 1;
    QVERIFY(makeMatrix(sparse)->fingerprint() != makeMatrix(other)->fingerprint());
    QVERIFY(makeMatrix(sparse)->fingerprint() != makeMatrix(Matrix<double>(sparse))->fingerprint());
    const auto a = fileOf(test::gaussian(60, 50, 1), false);
    const auto b = load({.location = m_path.toStdString(), .view = {}}, coreFormats(), tight(), m_notices);
    QVERIFY(bool(a) && bool(b));
    QCOMPARE((*a)->fingerprint(), b->matrix->fingerprint());
    const Fingerprint before = (*a)->fingerprint();
    const auto c = fileOf(test::gaussian(60, 50, 2), false);
    QVERIFY(bool(c) && (*c)->fingerprint() != before);
  }

  void filesAnswerAsDense_data() {
    QTest::addColumn<bool>("fortran");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("cols");
    for (const bool fortran : {false, true}) {
      const char* order = fortran ? "Fortran" : "C";
      QTest::addRow("%s square", order) << fortran << 90 << 80;
      QTest::addRow("%s tall", order) << fortran << 5000 << 3;
      QTest::addRow("%s wide", order) << fortran << 3 << 5000;
      QTest::addRow("%s a row longer than a panel", order) << fortran << 2 << 40000;
      QTest::addRow("%s one column", order) << fortran << 9000 << 1;
    }
  }
  void filesAnswerAsDense() {
    QFETCH(bool, fortran);
    QFETCH(int, rows);
    QFETCH(int, cols);
    const double count = static_cast<double>(rows) * cols;
    const Matrix<double> real = test::gaussian(rows, cols, 3);
    const auto a = fileOf(real, fortran);
    QVERIFY2(bool(a), a ? "" : a.error().message().c_str());
    QCOMPARE((*a)->cheapest(), Access::OnePass);
    QCOMPARE((*a)->bytes(), static_cast<std::size_t>(count * 8));
    compare<double>(**a, real, 0x1p-52);
    compare<float>(**a, real.cast<float>(), 0x1p-23);
    compare<Complex>(**a, real.cast<Complex>(), 0x1p-52);
    compareSummaries((*a)->summary(), makeMatrix(real)->summary(), count);
    const auto refused = (*a)->entries<double>({});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Compute);

    const Matrix<float> narrow = real.cast<float>();
    const auto b = fileOf(narrow, fortran);
    QVERIFY(bool(b) && (*b)->isFloat());
    compare<float>(**b, narrow, 0x1p-23);
    compareSummaries((*b)->summary(), makeMatrix(narrow)->summary(), count);

    const Matrix<Complex> complex = valuesFor<Complex>(rows, cols, 4);
    const auto c = fileOf(complex, fortran);
    QVERIFY(bool(c) && (*c)->isComplex());
    compare<Complex>(**c, complex, 0x1p-52);
    compareSummaries((*c)->summary(), makeMatrix(complex)->summary(), count);
    QVERIFY_EXCEPTION_THROWN((*c)->block<double>(0, 0, 1, 1), std::invalid_argument);
    const auto stacked = fileOf(complex, fortran, {.complex = "stack"});
    QVERIFY(bool(stacked));
    Matrix<double> both(2 * rows, cols);
    both << complex.real(), complex.imag();
    compare<double>(**stacked, both, 0x1p-52);
    const auto modulus = fileOf(complex, fortran, {.complex = "abs"});
    QVERIFY(bool(modulus));
    QVERIFY((*modulus)->block<double>(0, 0, rows, cols) == complex.cwiseAbs());
    const auto imaginary = fileOf(complex, fortran, {.complex = "imag"});
    QVERIFY(bool(imaginary));
    QVERIFY((*imaginary)->block<double>(0, 0, rows, cols) == complex.imag());
  }

  void integersStayInTheirFileToo() {
    std::string data;
    for (int i = 0; i < 6000; ++i) data += std::string({static_cast<char>(i >> 8), static_cast<char>(i & 0xff)});
    const auto big = fileOf(">i2", false, "60, 100", data);  // 24 kB as float
    QVERIFY2(bool(big), big ? "" : big.error().message().c_str());
    QCOMPARE((*big)->cheapest(), Access::OnePass);
    QVERIFY((*big)->isFloat());
    QCOMPARE((*big)->at(59, 99), 5999.0);
    QCOMPARE((*big)->at(1, 2), 102.0);

    std::string wide(8 * 3000, '\0');
    wide[0] = 1;
    wide[6] = 0x40;  // 2^54 + 1, which no double is
    const auto rounded = fileOf("<i8", false, "3000", wide);
    QVERIFY(bool(rounded));
    QCOMPARE((*rounded)->at(0, 0), 0x1p54);
    QVERIFY(QString::fromStdString(m_notices.front().str()).contains("1 integer beyond 2⁵³"));
  }

  void shapesFollowTheOrderOfTheFile() {
    const Matrix<double> values = test::gaussian(4000, 1, 5);
    const std::string data(reinterpret_cast<const char*>(values.data()), 32000);
    const auto cube = fileOf("<f8", false, "10, 20, 20", data, {.reshape = "keep-first"});
    QVERIFY(bool(cube));
    QCOMPARE((*cube)->rows(), Index{10});
    QCOMPARE((*cube)->at(3, 7), values(3 * 400 + 7));
    const auto refused = fileOf("<f8", true, "10, 20, 20", data, {.reshape = "keep-first"});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Compute);
  }

  void whatIsNotFiniteIsCountedOrReplaced() {
    Matrix<double> values = test::gaussian(70, 60, 6);
    values(5, 7) = std::nan("");
    values(4, 50) = -std::numeric_limits<double>::infinity();
    const auto asIs = fileOf(values, true);
    QVERIFY(bool(asIs));
    QCOMPARE((*asIs)->summary().nonFinite, Index{2});
    QCOMPARE((*asIs)->summary().firstRow, Index{4});
    QCOMPARE((*asIs)->summary().firstCol, Index{50});
    const auto zero = fileOf(values, false, {.nan = "zero"});
    QVERIFY(bool(zero));
    QCOMPARE((*zero)->summary().nonFinite, Index{0});
    QCOMPARE((*zero)->at(5, 7), 0.0);
    QVERIFY(QString::fromStdString(m_notices.front().str()).contains("2 entries"));
    const auto mean = fileOf(values, false, {.nan = "mean"});
    QVERIFY(bool(mean));
    RS_NEAR((*mean)->at(4, 50), (*asIs)->summary().mean, 1e-15);
  }

  void aFileThatChangesIsAnErrorAndNoSignal() {
    const Matrix<double> values = test::gaussian(100, 100, 7);
    const auto cut = fileOf(values, false);
    QVERIFY(bool(cut));
    QCOMPARE(::truncate(m_path.toStdString().c_str(), 4096), 0);
    QVERIFY_EXCEPTION_THROWN((*cut)->block<double>(0, 0, 100, 100), ReadFailure);
    QVERIFY_EXCEPTION_THROWN((*cut)->times<double>(Matrix<double>::Ones(100, 1), {}), ReadFailure);
    AnalysisRequest request;
    request.problem.X = *cut;
    request.method = "rsvd";
    request.budget = ByDial{3};
    request.preview = false;
    ResultCache cache(1 << 20);
    const auto answer = analyse(request, cache, {}, {});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Input);

    const auto written = fileOf(values, false);
    QVERIFY(bool(written));
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Append));
    file.write("x");
    file.close();
    try {
      (*written)->at(0, 0);
      QFAIL("it was read");
    } catch (const ReadFailure& failure) {
      QVERIFY(QString::fromStdString(failure.error().message()).contains("changed while it was open"));
    }
  }

  void methodsThatNeedAllEntriesAreRefusedAndOthersNamed() {
    const Matrix<double> values = test::gaussian(80, 60, 8);
    const auto file = fileOf(values, false);
    QVERIFY(bool(file));
    const MatrixPtr sparse = makeMatrix(sparseRandom(80, 60, 9));
    for (const MatrixPtr& X : {*file, sparse}) {
      const auto refused = refuseEntries(*X, "svd", tight());
      QVERIFY(refused.has_value());
      QCOMPARE(refused->kind, ErrorKind::Compute);
      QVERIFY(QString::fromStdString(refused->message()).contains("rsvd"));
      QVERIFY(!QString::fromStdString(refused->message()).contains(" als"));
      ResultCache cache(1 << 20);
      AnalysisRequest request;
      request.problem.X = X;
      request.preview = false;
      request.budget = ByDial{3};
      QVERIFY(!analyse(request, cache, tight(), {}));  // svd
      request.method = "rsvd";
      request.budget = ByTolerance{0.5};
      const auto byTolerance = analyse(request, cache, tight(), {});
      QVERIFY(!byTolerance);
      QCOMPARE(byTolerance.error().kind, ErrorKind::Compute);
      const auto exact = spectrum(*X, tight());
      QVERIFY(!exact && exact.error().kind == ErrorKind::Compute);
      QVERIFY(QString::fromStdString(exact.error().message()).contains("--randomized"));
    }
    QVERIFY(!refuseEntries(*sparse, "svd", {}).has_value());
    QVERIFY(!refuseEntries(*makeMatrix(values), "svd", tight()).has_value());
  }

  void randomizedSvdWorksOnEachStorage() {
    const Matrix<double> values = Matrix<double>(sparseRandom(90, 70, 10));
    const auto file = fileOf(values, false);
    QVERIFY(bool(file));
    const auto answerOf = [](const MatrixPtr& X) {
      AnalysisRequest request;
      request.problem.X = X;
      request.method = "rsvd";
      request.budget = ByDial{5};
      request.preview = false;
      request.seed = 4;
      ResultCache cache(1 << 20);
      return analyse(request, cache, {}, {});
    };
    const auto dense = answerOf(makeMatrix(values)), sparse = answerOf(makeMatrix(Sparse(values.sparseView()))),
               mapped = answerOf(*file);
    QVERIFY(bool(dense) && bool(sparse) && bool(mapped));
    // The same sketch of the same numbers, summed in another order.
    const ErrorReport &d = (*dense)->errors, &s = (*sparse)->errors, &f = (*mapped)->errors;
    const double rounding = 30 * 90 * 0x1p-52 * values.norm();
    RS_NEAR(*s.fro, *d.fro, 100 * rounding);
    RS_NEAR(*f.fro, *d.fro, 100 * rounding);
    RS_NEAR(*s.spectral, *d.spectral, 100 * rounding);
    QVERIFY(s.optimalFroRelative.has_value() && !f.optimalFroRelative.has_value());
    QVERIFY(!f.spectral.has_value() && !f.excess.has_value());
    QVERIFY((*mapped)->floors.empty() && (*sparse)->notices.empty());
    QCOMPARE((*mapped)->notices.size(), std::size_t{1});  // why two numbers are missing
    QVERIFY(QString::fromStdString((*mapped)->notices.front().str()).contains("stays in its file"));
    QVERIFY(bool(spectrumRandomized(**file, 5, {})));
  }
};

QTEST_GUILESS_MAIN(TstAnyMatrixStorage)
#include "tst_any_matrix_storage.moc"
