// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/gallery.h"

#include <cmath>
#include <numbers>
#include <set>

#include "core/methods/spectrum.h"
#include "tests/support/support.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

constexpr double kEpsilon = 0x1p-52;

Context onThreads(int threads) {
  Context context;
  context.threads = threads;
  return context;
}

/// The matrix of a spec that must exist; throws what went wrong.
template <class T = double>
Matrix<T> make(const std::string& spec, int threads = 2) {
  const auto made = generate(spec, onThreads(threads));
  if (!made) throw std::runtime_error(made.error().message());
  const auto entries = (*made)->entries<T>(Context{});
  if (!entries) throw std::runtime_error(entries.error().message());
  return **entries;
}

Vector<double> sigmaOf(const Matrix<double>& M) { return spectrum(*makeMatrix(M), Context{})->sigma; }

std::string refusal(const std::string& spec) {
  const auto made = generate(spec, Context{});
  return made ? std::string() : made.error().message();
}

/// The params that make a generator small and the parameters of every choice.
std::vector<std::string> smallSpecs() {
  return {"lowrank,n=9,m=7,rank=3",
          "spectrum,n=9,m=7",
          "spectrum,n=7,m=9,kind=exponential",
          "spectrum,n=9,kind=step,rank=2",
          "gaussian,n=9,m=7",
          "uniform,n=9,m=7",
          "sparse,n=9,m=7,density=0.4",
          "orthogonal,n=9",
          "hilbert,n=9,m=7",
          "cauchy,n=9,m=7",
          "vandermonde,n=9,m=7",
          "vandermonde,n=9,m=7,points=chebyshev",
          "toeplitz,n=9,m=7",
          "toeplitz,n=9,m=7,kind=band",
          "toeplitz,n=9,m=7,kind=difference",
          "circulant,n=9",
          "circulant,n=9,kind=random",
          "kahan,n=9,m=7",
          "graded,n=9,m=7",
          "dft,n=9",
          "dft,n=9,part=imag",
          "dct,n=9",
          "hadamard,n=8",
          "haar,n=8",
          "identity,n=9,m=7",
          "permutation,n=9",
          "block,n=9,m=7",
          "kronecker,outer=3,inner=4",
          "kernel,n=9",
          "kernel,n=9,kind=laplacian",
          "kernel,n=9,kind=inverse-multiquadric"};
}

}  // namespace

class TstGallery : public QObject {
  Q_OBJECT

 private slots:
  void everyGeneratorIsTestedAndDocumented() {
    std::set<std::string> tested;
    for (const std::string& spec : smallSpecs()) tested.insert(spec.substr(0, spec.find(',')));
    QFile manual(QString::fromStdString(dataPath("../../docs/gallery.md")));
    QVERIFY(manual.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(manual.readAll());
    for (const Generator& generator : generators()) {
      QVERIFY2(tested.contains(generator.id), generator.id.c_str());
      QVERIFY2(text.contains(QString("| `%1` |").arg(generator.id.c_str())), generator.id.c_str());
      for (const ParamSpec& param : generator.params) {
        QVERIFY2(text.contains(QString("`%1`").arg(param.name.c_str())), param.name.c_str());
        QVERIFY(!param.title.empty() && !param.help.empty());
      }
      QVERIFY(!generator.title.empty() && !generator.help.empty());
      QCOMPARE(findGenerator(generator.id), &generator);
    }
    QCOMPARE(tested.size(), generators().size());
  }

  void defaultsMakeAFiniteMatrixOfTheStatedSize() {
    for (const Generator& generator : generators()) {
      const auto params = resolve(generator.params, {}, {});
      QVERIFY(params);
      const auto made = generator.make(*params, onThreads(2));
      QVERIFY2(made, generator.id.c_str());
      QVERIFY(!refuseUnusable(**made, generator.id));
      RS_AT_MOST(static_cast<double>((*made)->bytes()), generator.bytes(*params));
      if (!params->contains("n")) continue;
      const Index n = std::get<Index>(params->at("n"));
      QCOMPARE((*made)->rows(), n);
      QCOMPARE((*made)->cols(), params->contains("m") ? std::get<Index>(params->at("m")) : n);
    }
  }

  void bitsDependOnTheSeedAlone() {
    for (const std::string& spec : smallSpecs()) {
      const Matrix<double> one = make(spec, 1), two = make(spec, 2), five = make(spec, 5);
      QVERIFY2(one == two && one == five, spec.c_str());
      const Generator& generator = *findGenerator(spec.substr(0, spec.find(',')));
      const ParamValues values = *resolve(generator.params, parseGallerySpec(spec)->values, {});
      if (values.contains("seed")) QVERIFY2(make(spec + ",seed=1") != one, spec.c_str());
    }
    // Wider matrices begin with the narrower ones: columns have streams of their own.
    QVERIFY(make("gaussian,n=5,m=9").leftCols(4) == make("gaussian,n=5,m=4"));
  }

  void oneByOneWorksEverywhere() {
    for (const Generator& generator : generators()) {
      std::string spec = generator.id + (generator.id == "kronecker" ? ",outer=1,inner=1" : ",n=1");
      for (const ParamSpec& param : generator.params) {
        if (param.name == "blocks" || (param.name == "rank" && !param.onlyIf)) spec += "," + param.name + "=1";
      }
      const Matrix<double> M = make(spec);
      QVERIFY2(M.size() == 1 && std::isfinite(M(0, 0)), spec.c_str());
    }
    QCOMPARE(make("spectrum,n=1,m=6").size(), Index{6});
    QCOMPARE(make("spectrum,n=6,m=1,kind=exponential").rows(), Index{6});
    RS_NEAR(make("spectrum,n=1,m=6").norm(), 1, 10 * kEpsilon);
  }

  void spreadScalesWholeColumns() {
    const Matrix<double> plain = make("gaussian,n=6,m=400,seed=3"), spread = make("gaussian,n=6,m=400,seed=3,spread=2");
    Vector<double> logs(400);
    for (Index j = 0; j < 400; ++j) {
      const double factor = spread(0, j) / plain(0, j);
      QVERIFY(factor > 0);
      // One rounding in the product and one in the quotient.
      RS_NEAR((spread.col(j) - factor * plain.col(j)).norm(), 0, 3 * kEpsilon * spread.col(j).norm());
      logs(j) = std::log(factor);
    }
    // Normal with mean 0 and sd 2: both within six of their own standard deviations, p(fail) < 1e-8.
    RS_NEAR(logs.mean(), 0, 6 * 2 / std::sqrt(400.0));
    RS_NEAR(logs.squaredNorm() / 400, 4, 6 * 4 * std::sqrt(2 / 400.0));
    QVERIFY(make("gaussian,n=6,m=7,seed=3,spread=2") == spread.leftCols(7));
  }

  void lowRankHasItsRankAndItsNoise() {
    const Matrix<double> clean = make("lowrank,n=40,m=30,rank=5,noise=0,seed=3");
    QCOMPARE(rankStatistics(sigmaOf(clean), 40, 30).numerical, 5.0);
    const Matrix<double> noisy = make("lowrank,n=40,m=30,rank=5,noise=0.5,seed=3");
    // The noise alone: 1200 entries of sd 0.5; the mean square is within 6 standard deviations, p(fail) < 2e-9.
    RS_NEAR((noisy - clean).squaredNorm() / 1200, 0.25, 6 * 0.25 * std::sqrt(2.0 / 1200));
    // Wider than one block of columns, and each block from its own factor columns.
    QCOMPARE(rankStatistics(sigmaOf(make("lowrank,n=20,m=150,rank=2,noise=0")), 20, 150).numerical, 2.0);
  }

  void prescribedSpectrumIsTheSpectrum_data() {
    QTest::addColumn<QString>("shape");
    QTest::addColumn<int>("smaller");
    for (const auto& [shape, smaller] : std::vector<std::pair<const char*, int>>{
             {"n=64,m=64", 64}, {"n=50,m=37", 37}, {"n=37,m=50", 37}, {"n=3,m=2", 2}, {"n=129,m=65", 65}}) {
      QTest::newRow(shape) << QString(shape) << smaller;
    }
  }
  void prescribedSpectrumIsTheSpectrum() {
    QFETCH(QString, shape);
    QFETCH(int, smaller);
    const std::string head = "spectrum," + shape.toStdString();
    const auto check = [&](const std::string& rest, auto value) {
      const Matrix<double> M = make(head + rest);
      const Vector<double> truth =
          Vector<double>::NullaryExpr(smaller, [&](Index i) { return value(static_cast<double>(i)); });
      RS_AT_MOST((sigmaOf(M) - truth).norm(),
                 30 * kEpsilon * static_cast<double>(std::max(M.rows(), M.cols())) * truth.norm());
    };
    check("", [](double i) { return 1 / (i + 1); });
    check(",kind=power,exponent=2.5,seed=9", [](double i) { return std::pow(i + 1, -2.5); });
    check(",kind=exponential,rate=0.5", [](double i) { return std::exp(-0.5 * i); });
    check(",kind=step,rank=2,floor=0.25", [](double i) { return i < 2 ? 1.0 : 0.25; });
  }

  void prescribedSpectrumHasSpreadSingularVectors() {
    // A rank-one spectrum shows u vᵀ. Flat vectors have entries near 1/√n; 6/√n would be a coordinate that stands out.
    for (const char* spec : {"spectrum,n=256,kind=step,rank=1,floor=0", "spectrum,n=200,kind=step,rank=1,floor=0"}) {
      const Matrix<double> M = make(spec);
      RS_AT_MOST(M.cwiseAbs().maxCoeff(), 36 / static_cast<double>(M.rows()));
      RS_AT_MOST(0.5 * static_cast<double>(M.size()), (M.array().abs() > 1e-12).cast<double>().sum());
    }
  }

  void randomEntriesFollowTheirLaws() {
    // 90 000 entries; bounds of 6 standard deviations, p(fail) < 2e-9 each.
    const double count = 90000;
    const Matrix<double> normal = make("gaussian,n=300,seed=4");
    RS_NEAR(normal.mean(), 0, 6 / std::sqrt(count));
    RS_NEAR(normal.squaredNorm() / count, 1, 6 * std::sqrt(2 / count));
    const Matrix<double> flat = make("uniform,n=300,low=-2,high=4");
    QVERIFY(flat.minCoeff() >= -2 && flat.maxCoeff() < 4);
    RS_NEAR(flat.mean(), 1, 6 * std::sqrt(3 / count));
    const Matrix<double> few = make("sparse,n=300,density=0.1");
    RS_NEAR((few.array() != 0).cast<double>().sum() / count, 0.1, 6 * std::sqrt(0.09 / count));
    QVERIFY(make("sparse,n=20,density=0").isZero(0));
  }

  void orthogonalMatricesAreOrthogonal() {
    for (const char* spec :
         {"orthogonal,n=60", "dct,n=60", "dct,n=1", "haar,n=64", "identity,n=12", "permutation,n=60"}) {
      const Matrix<double> Q = make(spec);
      const auto n = static_cast<double>(Q.rows());
      RS_AT_MOST((Q.transpose() * Q - Matrix<double>::Identity(Q.rows(), Q.rows())).norm(), 30 * kEpsilon * n);
    }
    const Matrix<double> H = make("hadamard,n=64");
    QVERIFY((H.array().abs() == 1).all());
    QVERIFY(H.transpose() * H == 64 * Matrix<double>::Identity(64, 64));  // integers: exact
  }

  void discreteFourierTransformIsUnitary() {
    for (const char* n : {"1", "2", "15", "64"}) {
      const std::string size = std::string("dft,n=") + n;
      const Matrix<Complex> F = make<Complex>(size + ",part=complex");
      const Index k = F.rows();
      RS_AT_MOST((F.adjoint() * F - Matrix<Complex>::Identity(k, k)).norm(), 30 * kEpsilon * static_cast<double>(k));
      QVERIFY(make(size + ",part=real") == F.real() && make(size + ",part=imag") == F.imag());
      QVERIFY(make(size) == F.real());
    }
    const Matrix<Complex> F = make<Complex>("dft,n=15,part=complex");
    const double angle = -2 * std::numbers::pi * 2 * 3 / 15;
    RS_AT_MOST(std::abs(F(2, 3) - std::polar(1 / std::sqrt(15.0), angle)), 4 * kEpsilon);
    // cos(2πjk/n) is even in j: rows j and n − j are equal, so ⌊n/2⌋ + 1 different ones are left.
    QCOMPARE(rankStatistics(sigmaOf(make("dft,n=15")), 15, 15).numerical, 8.0);
    QCOMPARE(rankStatistics(sigmaOf(make("dft,n=15,part=imag")), 15, 15).numerical, 7.0);
  }

  void cosinesAreThoseOfTheSecondKind() {
    const Matrix<double> C = make("dct,n=10");
    for (const auto& [k, j] : std::vector<std::pair<Index, Index>>{{0, 4}, {1, 0}, {3, 7}, {9, 9}}) {
      const double scale = k == 0 ? std::sqrt(0.1) : std::sqrt(0.2);
      RS_NEAR(C(k, j), scale * std::cos(std::numbers::pi * static_cast<double>((2 * j + 1) * k) / 20), 8 * kEpsilon);
    }
  }

  void haarRowsAreWaveletsOfOneScaleAndPlace() {
    const Matrix<double> W = make("haar,n=8");
    const double r = std::sqrt(2.0) / 2;
    QVERIFY(W.row(5).isApprox((Eigen::RowVectorXd(8) << 0, 0, r, -r, 0, 0, 0, 0).finished()));
    QVERIFY(W.row(3).isApprox((Eigen::RowVectorXd(8) << 0, 0, 0, 0, .5, .5, -.5, -.5).finished()));
    QVERIFY((W.row(0).array() == W(0, 0)).all());
  }

  void classicalMatricesHaveTheirEntries() {
    const Matrix<double> H = make("hilbert,n=4,m=6");
    RS_NEAR(H(0, 0), 1, 0);
    RS_NEAR(H(3, 5), 1.0 / 9, kEpsilon);
    // det of the 3×3 Hilbert matrix is 1/2160.
    RS_NEAR(sigmaOf(make("hilbert,n=3")).prod(), 1.0 / 2160, 100 * kEpsilon);
    const Matrix<double> C = make("cauchy,n=5,m=3,gap=0.5");
    RS_NEAR(C(0, 0), 2, 4 * kEpsilon);
    RS_NEAR(C(4, 2), 1 / 2.5, 4 * kEpsilon);
    RS_NEAR(C(2, 1), 1 / 1.5, 4 * kEpsilon);
    const Matrix<double> V = make("vandermonde,n=5,m=4");
    QVERIFY(V.col(1).isApprox((Vector<double>(5) << -1, -.5, 0, .5, 1).finished()));
    QVERIFY((V.col(0).array() == 1).all());
    QVERIFY(V.col(3).isApprox(V.col(1).array().cube().matrix()));
    // At Chebyshev points the Chebyshev polynomials are orthogonal: 4 x³ − 3 x has squared norm n/2.
    const Matrix<double> T = make("vandermonde,n=9,m=4,points=chebyshev");
    RS_NEAR((4 * T.col(3) - 3 * T.col(1)).squaredNorm(), 4.5, 100 * kEpsilon);
  }

  void cauchyGapLowersTheRank() {
    const auto rank = [](const std::string& gap) {
      return rankStatistics(sigmaOf(make("cauchy,n=80,gap=" + gap)), 80, 80).numerical;
    };
    QVERIFY(rank("10") < rank("1") && rank("1") < rank("0.1") && rank("0.1") < 20);
  }

  void toeplitzIsConstantAlongDiagonals() {
    for (const char* spec : {"toeplitz,n=12,m=9", "toeplitz,n=9,m=12,kind=band", "toeplitz,n=12,kind=difference"}) {
      const Matrix<double> T = make(spec);
      for (Index i = 1; i < T.rows(); ++i) {
        for (Index j = 1; j < T.cols(); ++j) QCOMPARE(T(i, j), T(i - 1, j - 1));
      }
    }
    RS_NEAR(make("toeplitz,n=4,rho=0.5")(0, 3), 0.125, kEpsilon);
    // The second difference has the eigenvalues 4 sin²(kπ/(2(n+1))), k = n … 1.
    const Vector<double> sigma = sigmaOf(make("toeplitz,n=20,kind=difference"));
    for (Index i = 0; i < 20; ++i) {
      const double s = std::sin(static_cast<double>(20 - i) * std::numbers::pi / 42);
      RS_NEAR(sigma(i), 4 * s * s, 30 * 20 * kEpsilon * 4);
    }
    // A band of width 2W keeps about 2 n W directions (Slepian), at both sides of which values are near 1 and near 0.
    const Vector<double> band = sigmaOf(make("toeplitz,n=100,kind=band,bandwidth=0.1"));
    QVERIFY(band(14) > 0.9 && band(25) < 0.1 && band(0) <= 1 + 1e-12);
  }

  void circulantIsDiagonalInTheFourierBasis() {
    for (const char* spec : {"circulant,n=15", "circulant,n=16,kind=random,seed=5", "circulant,n=15,width=0.5"}) {
      const Matrix<double> C = make(spec);
      const Index n = C.rows();
      const Matrix<Complex> F = make<Complex>("dft,n=" + std::to_string(n) + ",part=complex");
      Matrix<Complex> D = F * C.cast<Complex>() * F.adjoint();
      const Vector<Complex> eigenvalues = std::sqrt(static_cast<double>(n)) * (F * C.col(0).cast<Complex>());
      D.diagonal() -= eigenvalues;
      RS_AT_MOST(D.norm(), 30 * kEpsilon * static_cast<double>(n) * C.norm());
    }
    RS_NEAR(make("circulant,n=15").rowwise().sum().maxCoeff(), 1, 30 * kEpsilon);
  }

  void kahanHidesItsSmallestSingularValue() {
    const Matrix<double> K = make("kahan,n=50,theta=1.2");
    for (Index j = 0; j < 50; ++j) RS_NEAR(K.col(j).norm(), 1, 50 * kEpsilon);
    QVERIFY(K.triangularView<Eigen::StrictlyLower>().toDenseMatrix().isZero(0));
    // All columns left have equal norms at every step, so pivoting changes nothing and shows the diagonal.
    const Vector<double> sigma = sigmaOf(K);
    RS_NEAR(K(49, 49), std::pow(std::sin(1.2), 49), 100 * kEpsilon);
    QVERIFY(sigma(49) < 1e-2 * K(49, 49));
  }

  void gradedRowsFallByTheDecades() {
    const Matrix<double> G = make("graded,n=5,m=2000,decades=8");
    for (Index i = 1; i < 5; ++i) {
      // The norm of 2000 normals has relative sd 1/√4000; the ratio of two: 6 of them are 0.14.
      RS_NEAR(G.row(i).norm() / G.row(i - 1).norm(), 0.01, 0.01 * 0.14);
    }
    QVERIFY(make("graded,n=4,m=3,decades=0") == make("graded,n=4,m=3,decades=0,sides=both"));
    QVERIFY(std::abs(make("graded,n=3,decades=30,sides=both")(2, 2)) < 1e-58);
    RS_NEAR(make("graded,n=4,m=3,sides=columns")(1, 2), make("graded,n=4,m=3,decades=0")(1, 2) * 1e-8, 1e-20);
  }

  void structuredMatricesHaveTheirStructure() {
    QVERIFY(make("identity,n=3,m=5") == (Matrix<double>::Identity(3, 5)));
    const Matrix<double> P = make("permutation,n=40");
    QVERIFY((P.rowwise().sum().array() == 1).all() && (P.colwise().sum().array() == 1).all());
    QVERIFY(P != (Matrix<double>::Identity(40, 40)));
    const Matrix<double> B = make("block,n=10,m=7,blocks=3,noise=0");
    QCOMPARE(rankStatistics(sigmaOf(B), 10, 7).numerical, 3.0);
    QVERIFY(((B.array() == 0) || (B.array() == 1)).all() && (B.rowwise().sum().array() > 0).all());
    QVERIFY((make("block,n=10,m=7,blocks=3") - B).norm() > 0.1);
  }

  void kroneckerProductRearrangesToRankOne() {
    const Matrix<double> K = make("kronecker,outer=5,inner=4");
    Matrix<double> R(25, 16);  // Van Loan & Pitsianis: block (a, b) becomes row a + 5 b
    for (Index a = 0; a < 5; ++a) {
      for (Index b = 0; b < 5; ++b) R.row(a + 5 * b) = K.block(4 * a, 4 * b, 4, 4).reshaped().transpose();
    }
    QCOMPARE(rankStatistics(sigmaOf(R), 25, 16).numerical, 1.0);
    QCOMPARE(rankStatistics(sigmaOf(K), 20, 20).numerical, 20.0);
  }

  void kernelMatricesAreLikenesses() {
    for (const char* kind : {"rbf", "laplacian", "inverse-multiquadric"}) {
      const Matrix<double> K = make(std::string("kernel,n=60,kind=") + kind);
      QVERIFY(K == K.transpose());
      QVERIFY((K.diagonal().array() == 1).all() && K.minCoeff() > 0 && K.maxCoeff() <= 1);
      // Positive definite: singular values are eigenvalues, so they add up to the trace.
      RS_NEAR(sigmaOf(K).sum(), 60, 30 * 60 * 60 * kEpsilon);
    }
    // The same points under every kernel: rbf = exp(−d²/2), laplacian = exp(−d).
    const Matrix<double> rbf = make("kernel,n=20"), laplacian = make("kernel,n=20,kind=laplacian");
    for (Index i = 1; i < 20; ++i) {
      const double d = -std::log(laplacian(i, 0));
      RS_NEAR(-2 * std::log(rbf(i, 0)), d * d, 1e-12 * (1 + d * d));
    }
    const auto effective = [](const std::string& spec) {
      return rankStatistics(sigmaOf(make(spec)), 60, 60).effective;
    };
    QVERIFY(effective("kernel,n=60") < effective("kernel,n=60,kind=laplacian"));
    QVERIFY(effective("kernel,n=60") < effective("kernel,n=60,dimension=6"));
  }

  void unknownGeneratorListsWhatThereIs() {
    const std::string message = refusal("hilbrt,n=4");
    QVERIFY(message.find("hilbrt") != std::string::npos);
    for (const Generator& generator : generators()) {
      QVERIFY2(message.find(generator.id) != std::string::npos, message.c_str());
    }
    QVERIFY(!refusal("").empty());
    const auto parsed = parseGallerySpec("nothing");
    QVERIFY(!parsed && parsed.error().kind == ErrorKind::Usage);
  }

  void badParametersAreRefusedByName_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("named");
    const std::vector<std::pair<const char*, const char*>> cases = {
        {"hilbert,n=0", "parameter n"},
        {"hilbert,n=20000", "16384"},
        {"hilbert,n=3.5", "parameter n"},
        {"hilbert,n=", "parameter n"},
        {"hilbert,n", "name=value"},
        {"hilbert,=3", "name=value"},
        {"hilbert,", "name=value"},
        {"hilbert,n=4,n=5", "twice"},
        {"hilbert,seed=1", "parameter seed"},
        {"hilbert,size=1", "there are: n or m"},
        {"gaussian,seed=-1", "parameter seed"},
        {"gaussian,seed=x", "parameter seed"},
        {"lowrank,n=8,m=5,rank=6", "parameter rank"},
        {"lowrank,noise=nan", "parameter noise"},
        {"lowrank,noise=-1", "parameter noise"},
        {"spectrum,kind=linear", "power, exponential or step"},
        {"spectrum,rate=1", "kind=exponential"},
        {"spectrum,n=4,kind=step,rank=5", "parameter rank"},
        {"uniform,low=2,high=1", "parameter high"},
        {"sparse,density=1.5", "parameter density"},
        {"hadamard,n=12", "power of two"},
        {"haar,n=6", "power of two"},
        {"dft,part=phase", "real, imag or complex"},
        {"circulant,seed=1", "kind=random"},
        {"block,n=3,blocks=4", "parameter blocks"},
        {"kronecker,outer=129", "parameter outer"}};
    for (const auto& [spec, named] : cases) QTest::newRow(spec) << QString(spec) << QString(named);
  }
  void badParametersAreRefusedByName() {
    QFETCH(QString, spec);
    QFETCH(QString, named);
    const std::string message = refusal(spec.toStdString());
    QVERIFY2(QString::fromStdString(message).contains(named), message.c_str());
    const auto made = generate(spec.toStdString(), Context{});
    QVERIFY(!made && made.error().kind == ErrorKind::Usage);
  }

  void columnsFollowRows() {
    QCOMPARE(make("hilbert,n=5").cols(), Index{5});
    QCOMPARE(make("hilbert,m=3").cols(), Index{3});
    QCOMPARE(make("hilbert,m=3").rows(), Index{64});
    QCOMPARE(make("gaussian,n=7,m=2").cols(), Index{2});
  }

  void specsReadBackAsTheyAreWritten() {
    for (const std::string& spec : smallSpecs()) {
      const auto parsed = parseGallerySpec(spec);
      QVERIFY(parsed);
      QCOMPARE(formatGallerySpec(*parsed), spec);
    }
    QCOMPARE(formatGallerySpec(*parseGallerySpec("lowrank,seed=1,noise=0.010,n=20")),
             std::string("lowrank,n=20,noise=0.01,seed=1"));
    QCOMPARE(formatGallerySpec(*parseGallerySpec("hilbert")), std::string("hilbert"));
  }

  void memoryIsRefusedBeforeItIsTaken() {
    Context poor;
    poor.memory = 1 << 20;
    for (const char* spec : {"gaussian,n=16384", "lowrank,n=16384,rank=16384", "kronecker,outer=128,inner=128"}) {
      const auto made = generate(spec, poor);
      QVERIFY(!made && made.error().kind == ErrorKind::Compute);
      QVERIFY(made.error().message().find("--max-memory") != std::string::npos);
    }
    QVERIFY(generate("gaussian,n=300", poor));
  }

  void cancelStopsTheWork() {
    CancelSource source;
    source.stop();
    Context context = onThreads(2);
    context.cancel = source.token();
    for (const char* spec : {"gaussian", "lowrank", "spectrum", "kernel", "dft"}) {
      QVERIFY_THROWS_EXCEPTION(Cancelled, (void)generate(spec, context));
    }
  }

  void jsonListsGeneratorsWithTheirParameters() {
    const Json json = galleryJson();
    QCOMPARE(json.at("generators").size(), generators().size());
    for (const Json& entry : json.at("generators")) {
      QVERIFY(entry.contains("id") && entry.contains("title") && entry.contains("help"));
      for (const Json& param : entry.at("params")) {
        for (const char* key : {"name", "type", "default", "min", "max", "choices", "only_if", "help"}) {
          QVERIFY2(param.contains(key), key);
        }
      }
    }
  }
};

QTEST_GUILESS_MAIN(TstGallery)
#include "tst_gallery.moc"
