// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numbers>

#include "core/gallery/gallery.h"
#include "core/linalg/lapack.h"
#include "core/methods/measure.h"
#include "core/methods/monarch.h"
#include "core/methods/monarch_form.h"
#include "core/methods/spectrum.h"
#include "tests/support/support.h"
#include "tests/support/vectors.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

constexpr double kEps = 0x1p-52;

std::vector<Index> inOrder(Index m) {
  std::vector<Index> out(static_cast<std::size_t>(m));
  for (Index c = 0; c < m; ++c) out[static_cast<std::size_t>(c)] = c;
  return out;
}

template <class T>
MonarchProjection project(const Matrix<T>& M, const MonarchShape& shape, Index rho, std::string_view order = "identity",
                          const Context& context = {}, Slices slices = Slices::Exact) {
  auto made = monarchProjection<T>(M, shape, *monarchColumns(order, shape), rho, context, slices);
  if (!made) throw std::runtime_error(made.error().message());
  return std::move(*made);
}

MonarchShape square(Index b) { return {.I = b, .J = b, .K = b, .S = b}; }

template <class T>
Matrix<T> denseOf(const Monarch& m, Index rho) {
  Matrix<T> out;
  monarchTile<T>(m, rho, {0, 0, m.I * m.J, m.K * m.S}, out);
  return out;
}

// ‖M − M̂‖/‖M‖, formed entry by entry.
template <class T>
double relativeError(const Matrix<T>& M, const MonarchShape& shape, Index rho, std::string_view order = "identity") {
  return static_cast<double>((M - denseOf<T>(project<T>(M, shape, rho, order).form, rho)).norm() / M.norm());
}

Matrix<Complex> complexGaussian(Index n, Index m, std::uint64_t seed) {
  return gaussian(n, m, seed) + Complex(0, 1) * gaussian(n, m, seed + 1);
}

template <class T>
Matrix<T> generated(const std::string& spec) {
  const auto made = generate(spec, {});
  if (!made) throw std::runtime_error(made.error().message());
  return **(*made)->entries<T>({});
}

// A Monarch matrix of its own, and what METHODS 4.1 says it is.
template <class T>
Monarch someMonarch(const MonarchShape& s, Index rho, std::vector<Index> columns) {
  const auto draw = [](Index n, Index m, std::uint64_t seed) -> Matrix<T> {
    if constexpr (std::is_same_v<T, Complex>) {
      return complexGaussian(n, m, seed);
    } else {
      return gaussian(n, m, seed).cast<T>();
    }
  };
  return {.I = s.I,
          .J = s.J,
          .K = s.K,
          .S = s.S,
          .blockRank = rho,
          .L = draw(s.I, s.J * s.K * rho, 3),
          .R = draw(s.J * rho, s.K * s.S, 7),
          .columns = std::move(columns)};
}
template <class T>
Matrix<T> byDefinition(const Monarch& m, Index rho) {
  const auto factors = monarchFactors(m, rho);
  const auto& L = std::get<Matrix<T>>(factors[0].values);
  const auto& R = std::get<Matrix<T>>(factors[1].values);
  Matrix<T> out = Matrix<T>::Zero(m.I * m.J, m.K * m.S);
  for (Index i = 0; i < m.I; ++i)
    for (Index j = 0; j < m.J; ++j)
      for (Index k = 0; k < m.K; ++k)
        for (Index l = 0; l < m.S; ++l)
          for (Index t = 0; t < rho; ++t)
            out(i * m.J + j, m.columns[static_cast<std::size_t>(k * m.S + l)]) +=
                L(((j * m.I + i) * m.K + k) * rho + t) * R(((k * m.J + j) * rho + t) * m.S + l);
  return out;
}

Result<Approximation> run(const MatrixPtr& X, Index dial, const ParamValues& given, Precision precision = {}) {
  const Method* method = findMethod("monarch");
  const auto params = resolve(method->params, given,
                              {.rows = X->rows(), .cols = X->cols(), .dial = dial, .precision = precision, .task = {}});
  if (!params) return params.error();
  return method->run({.X = X}, dial, *params, {.precision = precision});
}

}  // namespace

class TstMonarch : public QObject {
  Q_OBJECT

 private slots:
  void referenceVectorsAgree() {
    for (const auto& reference : referenceCases("monarch")) {
      const Matrix<double> M = reference.input("M"), sigma = reference.expected("slice_sigma");
      const MonarchShape s{.I = reference.integer("I"),
                           .J = reference.integer("J"),
                           .K = reference.integer("K"),
                           .S = reference.integer("S")};
      const Index rho = reference.integer("rho"), most = s.largestBlockRank();
      const MonarchProjection made = project<double>(M, s, rho);
      const double tolerance = 1e-12 * M.norm();  // the vectors' own
      RS_NEAR(made.errors(rho - 1), std::sqrt(reference.number("err_sq")), tolerance);
      for (Index j = 0; j < s.J; ++j) {
        for (Index k = 0; k < s.K; ++k) {
          RS_NEAR(made.blocks.sigma1(j, k), sigma((j * s.K + k) * most), tolerance);
          RS_NEAR(made.blocks.sigma2(j, k), sigma((j * s.K + k) * most + 1), tolerance);
        }
      }
      const auto whole = run(makeMatrix(M), rho, {{"rows", std::vector{s.I, s.J}}, {"cols", std::vector{s.K, s.S}}});
      QCOMPARE(whole->parameters, reference.number("params_count"));
      if (!reference.has("product")) continue;
      RS_AT_MOST((denseOf<double>(made.form, rho) - reference.expected("product")).norm(), tolerance);
      const Matrix<double> x = reference.input("x"), y = reference.expected("y");
      RS_AT_MOST((monarchTimes<double>(made.form, rho, x) - y).norm(), tolerance * x.norm());
    }
  }

  void stridePermutationsAgree() {
    for (const auto& reference : referenceCases("stride_perm")) {
      const Index p = reference.integer("p"), q = reference.integer("q");
      const Matrix<double> expected = reference.expected("index");
      const auto index = stridePermutation(p, q), back = stridePermutation(q, p);
      QCOMPARE(static_cast<Index>(index.size()), expected.rows());
      for (std::size_t a = 0; a < index.size(); ++a) {
        QCOMPARE(static_cast<double>(index[a]), expected(static_cast<Index>(a)));
        QCOMPARE(index[static_cast<std::size_t>(back[a])], static_cast<Index>(a));  // P_(q,p) P_(p,q) = I
      }
    }
    QVERIFY(stridePermutation(1, 7) == inOrder(7) && stridePermutation(7, 1) == inOrder(7));
  }

  void columnOrdersAreAsDefined() {
    using Order = std::vector<Index>;
    const MonarchShape s{.I = 1, .J = 1, .K = 2, .S = 4};
    QVERIFY(*monarchColumns("identity", s) == inOrder(8));
    QVERIFY(*monarchColumns("stride", s) == (Order{0, 2, 4, 6, 1, 3, 5, 7}));
    QVERIFY(*monarchColumns("bit-reversal", s) == (Order{0, 4, 2, 6, 1, 5, 3, 7}));
    QVERIFY(*monarchColumns("makhoul", s) == (Order{0, 4, 7, 3, 2, 6, 5, 1}));  // of 0 2 4 6 7 5 3 1
    QVERIFY(*monarchColumns("makhoul", {.I = 1, .J = 1, .K = 1, .S = 5}) == (Order{0, 2, 4, 3, 1}));
    const auto refused = monarchColumns("bit-reversal", {.I = 1, .J = 1, .K = 2, .S = 3});
    QVERIFY(!refused && refused.error().kind == ErrorKind::Usage);
  }

  void productsAndTilesAreThoseOfTheDenseMatrix() {
    productsOf<double>(kEps);
    productsOf<Complex>(kEps);
    productsOf<float>(0x1p-23);
  }

  // METHODS 4.1: M = P_(J,I) L̂ P_(K,J) R̂ with block diagonals L̂ and R̂.
  void theFactorFormIsTheDefinition() {
    const Index I = 2, J = 3, K = 4, S = 5;
    const Monarch m = someMonarch<double>({I, J, K, S}, 1, inOrder(K * S));
    const auto& L = std::get<Matrix<double>>(m.L);
    const auto& R = std::get<Matrix<double>>(m.R);
    Matrix<double> left = Matrix<double>::Zero(J * I, J * K), right = Matrix<double>::Zero(K * J, K * S);
    for (Index j = 0; j < J; ++j) left.block(j * I, j * K, I, K) = L.middleCols(j * K, K);
    for (Index k = 0; k < K; ++k) right.block(k * J, k * S, J, S) = R.middleCols(k * S, S);
    const Matrix<double> inner = left * right(stridePermutation(K, J), Eigen::all);
    const Matrix<double> product = inner(stridePermutation(J, I), Eigen::all);
    RS_AT_MOST(ratio(product - byDefinition<double>(m, 1), product), 30);
  }

  void theProjectionHasItsConsequences() {
    const MonarchShape s{.I = 4, .J = 3, .K = 5, .S = 6};
    const Matrix<double> M = gaussian(12, 30, 5);
    const Vector<double> best = errorCurves(linalg::exactSvd<double>(M, linalg::Job::Values, {})->s).fro;
    const MonarchProjection all = project<double>(M, s, 4);
    for (Index rho = 1; rho <= 4; ++rho) {
      const MonarchProjection made = project<double>(M, s, rho);
      const Matrix<double> P = denseOf<double>(made.form, rho);
      const double error = (M - P).norm(), rounding = 30 * 30 * kEps * M.norm();
      RS_NEAR(made.errors(rho - 1), error, rounding);
      RS_AT_MOST(error, best(rho) + rounding);  // every matrix of rank ρ is one of block rank ρ
      RS_NEAR(P.squaredNorm() + error * error, M.squaredNorm(), rounding * M.norm());
      RS_AT_MOST(ratio(denseOf<double>(project<double>(P, s, rho).form, rho) - P, M), 30);           // idempotent
      RS_AT_MOST(ratio(denseOf<double>(project<double>(-3 * M, s, rho).form, rho) + 3 * P, M), 90);  // homogeneous
      RS_AT_MOST(ratio(denseOf<double>(all.form, rho) - P, M), 30);                                  // nested
      RS_NEAR(all.errors(rho - 1), made.errors(rho - 1), rounding);
    }
    RS_AT_MOST(all.errors(3), 0);  // ρ = min(I, S): nothing is left out
  }

  void whatIsMonarchIsFoundExactly() {
    for (const Index b : {2, 4, 8}) {
      const Index n = b * b;
      const auto exact = [&](const Matrix<double>& M, Index rho = 1) {
        return relativeError<double>(M, square(b), rho);
      };
      const double rounding = 30 * static_cast<double>(n) * kEps;
      const Matrix<double> identity = Matrix<double>::Identity(n, n);
      RS_AT_MOST(exact(identity), rounding);
      RS_AT_MOST(exact(Matrix<double>(gaussian(n, 1, 2).col(0).asDiagonal())), rounding);
      RS_AT_MOST(exact(identity.rowwise().reverse()), rounding);
      for (Index shift = 1; shift < n; ++shift) {
        const Matrix<double> cyclic =
            Matrix<double>::NullaryExpr(n, n, [&](Index r, Index c) { return r == (c + shift) % n ? 1.0 : 0.0; });
        RS_AT_MOST(exact(cyclic), rounding);
      }
      RS_AT_MOST(exact(generated<double>("hadamard,n=" + std::to_string(n))), rounding);
      for (const Index r : {Index{1}, Index{2}, b})
        RS_AT_MOST(exact(gaussian(n, r, 3) * gaussian(r, n, 4), r), rounding);
    }
    const Matrix<double> A = gaussian(3, 2, 1), B = gaussian(4, 5, 2);
    Matrix<double> kronecker(12, 10);
    for (Index i = 0; i < 3; ++i)
      for (Index k = 0; k < 2; ++k) kronecker.block(i * 4, k * 5, 4, 5) = A(i, k) * B;
    RS_AT_MOST(relativeError<double>(kronecker, {.I = 3, .J = 4, .K = 2, .S = 5}, 1), 30 * 12 * kEps);
  }

  // Exact iff the rows of a block's columns differ mod J; else √(1 − occupied tiles/n).
  void permutationsHaveTheErrorOfTheirTiles() {
    const Index b = 8, n = 64;
    Random draw(3, "test");
    std::vector<Index> to = inOrder(n);
    for (Index i = n - 1; i > 0; --i)
      std::swap(to[static_cast<std::size_t>(i)],
                to[static_cast<std::size_t>(draw.below(static_cast<std::uint64_t>(i) + 1))]);
    for (const auto& pi : {to, stridePermutation(b, b)}) {
      Matrix<double> M = Matrix<double>::Zero(n, n), occupied = Matrix<double>::Zero(b, b);
      for (Index c = 0; c < n; ++c) {
        const Index row = pi[static_cast<std::size_t>(c)];
        M(row, c) = 1;
        occupied(row % b, c / b) = 1;
      }
      RS_NEAR(relativeError<double>(M, square(b), 1), std::sqrt(1 - occupied.sum() / static_cast<double>(n)), 1e-14);
    }
    RS_NEAR(relativeError<double>(generated<double>("gaussian,n=64,m=64,seed=1"), square(b), 1), 0.785, 0.02);
  }

  void theFourierMatrixIsMonarchInStrideOrder() {
    for (const Index b : {4, 8}) {
      const Index n = b * b;
      const double rounding = 30 * static_cast<double>(n) * kEps;
      const Matrix<Complex> F = generated<Complex>("dft,part=complex,n=" + std::to_string(n));
      RS_NEAR(relativeError<Complex>(F, square(b), 1), std::sqrt(1 - 1 / static_cast<double>(b)), 1e-12);
      RS_AT_MOST(relativeError<Complex>(F, square(b), 1, "stride"), rounding);
      // The factors are the smaller transforms and the twiddles between them, up to their scale.
      const MonarchProjection made = project<Complex>(F, square(b), 1, "stride");
      const Matrix<Complex> product = denseOf<Complex>(made.form, 1);
      RS_AT_MOST(ratio(product - F, F), 30);

      const Matrix<double> re = F.real(), im = F.imag(), hartley = re - im;
      for (const auto& part : {re, im, hartley}) {
        RS_AT_MOST(relativeError<double>(part, square(b), 2, "stride"), rounding);
      }
      RS_NEAR(relativeError<double>(re, square(b), 1, "stride"), b == 4 ? 0.33 : 0.52, 0.01);
      RS_NEAR(relativeError<double>(re, square(b), 2), b == 4 ? 0.53 : 0.77, 0.01);

      // [[Re, −Im], [Im, Re]], the pair index joined to i and to l: tiles of 2b × 2b.
      Matrix<double> real(2 * n, 2 * n);
      for (Index r = 0; r < n; ++r) {
        for (Index k = 0; k < b; ++k) {
          for (Index l = 0; l < b; ++l) {
            const Complex f = F(r, l * b + k);
            const Index c = k * 2 * b + l;
            real(r, c) = real(n + r, c + b) = f.real();
            real(n + r, c) = f.imag();
            real(r, c + b) = -f.imag();
          }
        }
      }
      const MonarchShape doubled{.I = 2 * b, .J = b, .K = b, .S = 2 * b};
      RS_AT_MOST(relativeError<double>(real, doubled, 2), 2 * rounding);
      RS_NEAR(relativeError<double>(real, doubled, 1), std::sqrt(0.5), 1e-12);
    }
    // n = 2^(2q): bit-reversed columns do as well.
    const Matrix<Complex> F = generated<Complex>("dft,part=complex,n=64");
    RS_AT_MOST(relativeError<Complex>(F, square(8), 1, "bit-reversal"), 30 * 64 * kEps);
  }

  void theCosineTransformNeedsTwoTermsInItsOrder() {
    for (const Index b : {4, 8}) {
      const Index n = b * b;
      const Matrix<double> C = generated<double>("dct,n=" + std::to_string(n));
      const double rounding = 30 * static_cast<double>(n) * kEps;
      RS_AT_MOST(relativeError<double>(C, square(b), 2, "makhoul"), rounding);
      RS_AT_MOST(relativeError<double>(C, square(b), 4, "stride"), rounding);
      QVERIFY(relativeError<double>(C, square(b), 1, "makhoul") > 0.1);
      QVERIFY(relativeError<double>(C, square(b), 3, "stride") > 1e-6);
      QVERIFY(relativeError<double>(C, square(b), 2) > 0.1);
    }
  }

  // 32 × 32 tiles of 1024²: 65 536 numbers, as many as rank 32.
  void theExhibitsNumbersHold() {
    const Matrix<Complex> F = generated<Complex>("dft,part=complex,n=1024");
    RS_AT_MOST(relativeError<Complex>(F, square(32), 1, "stride"), 1e-15);
    RS_NEAR(relativeError<Complex>(F, square(32), 1), std::sqrt(1 - 32.0 / 1024), 1e-10);
    const Matrix<double> noise = gaussian(1024, 1024, 1);
    RS_NEAR(relativeError<double>(noise, square(32), 1), 0.941, 0.001);
    RS_NEAR(relativeError<double>(gaussian(1024, 32, 2) * gaussian(32, 1024, 3), square(32), 1), 0.907, 0.002);
  }

  void shapesAreDividedNearTheRoot() {
    QVERIFY((defaultMonarchShape(64, 64) == square(8)));
    QVERIFY((defaultMonarchShape(6, 20) == MonarchShape{.I = 3, .J = 2, .K = 4, .S = 5}));
    // √7 = 2.65 is nearer 1 than 7.
    QVERIFY((defaultMonarchShape(7, 1) == MonarchShape{.I = 7, .J = 1, .K = 1, .S = 1}));
    QVERIFY((*monarchShape(12, 20, {{"blocks", Index{4}}}) == MonarchShape{.I = 3, .J = 4, .K = 5, .S = 4}));
    const auto message = [](Index n, Index m, const ParamValues& params) {
      const auto shape = monarchShape(n, m, params);
      return shape ? QString() : QString::fromStdString(shape.error().message());
    };
    QVERIFY(message(12, 20, {{"blocks", Index{3}}}).contains("2, 4"));
    QVERIFY(message(12, 20, {{"blocks", Index{9}}}).contains("nearest it: 4"));
    QVERIFY(message(12, 20, {{"rows", std::vector<Index>{2, 5}}}).contains("4, 6"));
    QVERIFY(message(12, 20, {{"cols", std::vector<Index>{3, 7}}}).contains("2, 4"));
    QVERIFY(message(12, 20, {{"rows", std::vector<Index>{12}}}).contains("two are wanted"));
    QVERIFY(message(12, 20, {{"blocks", Index{4}}, {"rows", std::vector<Index>{2, 6}}}).contains("rows=3,4"));
    const auto refused = run(makeMatrix(gaussian(12, 20, 1)), 1, {{"blocks", Index{5}}});
    QVERIFY(!refused && refused.error().kind == ErrorKind::Usage);
    QVERIFY(run(makeMatrix(gaussian(12, 20, 1)), 1, {{"blocks", Index{4}}}).has_value());
  }

  void edgesAreDefined_data() {
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("m");
    QTest::addColumn<double>("scale");
    const auto row = [](int n, int m, double scale) {
      QTest::addRow("%dx%d, scale %g", n, m, scale) << n << m << scale;
    };
    row(1, 1, 1);
    row(1, 6, 1);
    row(6, 1, 1);
    row(7, 11, 1);
    row(12, 12, 1e300);
    row(12, 12, 1e-300);
    row(6, 8, 0);
  }
  void edgesAreDefined() {
    QFETCH(int, n);
    QFETCH(int, m);
    QFETCH(double, scale);
    const Matrix<double> M = gaussian(n, m, 9) * scale, unit = gaussian(n, m, 9);
    const MonarchShape s = defaultMonarchShape(n, m);
    const double unscale = scale == 0 ? 1 : scale;
    for (Index rho = 1; rho <= s.largestBlockRank(); ++rho) {
      const auto made = run(makeMatrix(M), rho, {});
      QVERIFY(made.has_value() && made->maxDial == rho && made->nested);
      Matrix<double> P;
      reconstruct<double>(*made, {.dial = rho, .muted = {}}, {0, 0, n, m}, P);
      const double error = ((M - P) / unscale).norm(), norm = (M / unscale).norm();
      const double rounding = 30 * std::max(n, m) * kEps * norm;
      RS_NEAR(*made->errorEstimate * norm, error, rounding);
      if (scale != 0)
        RS_NEAR(error, (unit - denseOf<double>(project<double>(unit, s, rho).form, rho)).norm(), rounding);
      if (rho == s.largestBlockRank()) RS_AT_MOST(error, rounding);
      if (scale == 0) QVERIFY(P.isZero(0));
    }
    QCOMPARE(findMethod("monarch")->dial.max(n, m, {}), s.largestBlockRank());
  }

  // A budget that the factors and their published copy are beyond is refused before any of it is taken.
  void allThatIsHeldIsCounted() {
    const MatrixPtr X = makeMatrix(gaussian(256, 256, 11));
    const auto made = run(X, 2, {});
    std::size_t held = 0;
    const auto count = [&held](const Values& values) {
      held += std::visit([](const auto& m) { return static_cast<std::size_t>(m.size()) * sizeof(*m.data()); }, values);
    };
    count(made->monarch()->L);
    count(made->monarch()->R);
    for (const Factor& each : made->factors) count(each.values);
    const ParamValues params = *resolve(findMethod("monarch")->params, {}, {.rows = 256, .cols = 256, .dial = 2});
    const auto within = [&](std::size_t memory) {
      return findMethod("monarch")->run({.X = X}, 2, params, {.memory = memory});
    };
    const auto refused = within(held - 1);
    QVERIFY(!refused && refused.error().kind == ErrorKind::Compute);
    QVERIFY(within(held + held / 4).has_value());  // beside them one tile and a few numbers of each
  }

  void factorsAreMovedIntoTheirList() {
    Matrix<double> numbers = gaussian(5, 4, 1);
    const double* at = numbers.data();
    const auto list = factorList(Factor{.name = "A", .shape = {5, 4}, .values = std::move(numbers)});
    QCOMPARE(list.size(), std::size_t{1});
    QVERIFY(std::get<Matrix<double>>(list.front().values).data() == at);
  }

  void floatAndThreadsAgree() {
    const Matrix<double> M = gaussian(36, 48, 4);
    const MonarchShape s = defaultMonarchShape(36, 48);
    const MonarchProjection one = project<double>(M, s, 2), two = project<double>(M, s, 2, "stride", {.threads = 2});
    QVERIFY(std::get<Matrix<double>>(project<double>(M, s, 2, "stride").form.L) ==
            std::get<Matrix<double>>(two.form.L));
    const MonarchProjection single = project<float>(M.cast<float>(), s, 2);
    // A projection onto leading singular vectors moves by the perturbation over the gaps, some tens here.
    RS_AT_MOST((denseOf<double>(single.form, 2) - denseOf<double>(one.form, 2)).norm(), 1000 * 0x1p-23 * M.norm());
    RS_NEAR(single.errors(1), one.errors(1), 30 * 48 * 0x1p-23 * M.norm());
  }

  void fastSlicesAreNearlyTheBest_data() {
    QTest::addColumn<int>("I");
    QTest::addColumn<int>("J");
    QTest::addColumn<int>("K");
    QTest::addColumn<int>("S");
    const auto row = [](int I, int J, int K, int S) { QTest::addRow("%d,%d x %d,%d", I, J, K, S) << I << J << K << S; };
    row(16, 16, 16, 16);
    row(24, 20, 3, 13);  // lanes that span two blocks of columns, rows that are no whole group
    row(5, 7, 9, 31);
    row(1, 40, 3, 6);  // tiles of one row
    row(3, 2, 2, 4);   // fewer tiles than lanes: exact
  }
  void fastSlicesAreNearlyTheBest() {
    QFETCH(int, I);
    QFETCH(int, J);
    QFETCH(int, K);
    QFETCH(int, S);
    const MonarchShape s{.I = I, .J = J, .K = K, .S = S};
    const Matrix<double> M = gaussian(I * J, K * S, 8);
    const Matrix<float> single = M.cast<float>();
    for (Index rho = 1; rho <= std::min<Index>(3, s.largestBlockRank()); ++rho) {
      const MonarchProjection best = project<double>(M, s, rho, "stride");
      const auto check = [&](const MonarchProjection& fast, const Matrix<double>& P, double epsilon) {
        const double error = (M - P).norm(),
                     rounding = 30 * static_cast<double>(std::max(I * J, K * S)) * epsilon * M.norm();
        RS_NEAR(fast.errors(rho - 1), error, rounding);
        RS_AT_MOST(best.errors(rho - 1), error + rounding);
        // The energy found: at least 0.999 of the most there is.
        const double found = M.squaredNorm() - error * error;
        RS_AT_MOST(0.999 * (M.squaredNorm() - best.errors(rho - 1) * best.errors(rho - 1)), found);
        RS_AT_MOST((fast.blocks.sigma1 - best.blocks.sigma1).maxCoeff(), rounding);  // a Ritz value is from below
        RS_AT_MOST(0.9, (fast.blocks.sigma1.array() / best.blocks.sigma1.array()).minCoeff());
      };
      const MonarchProjection fast = project<double>(M, s, rho, "stride", {}, Slices::Fast);
      check(fast, denseOf<double>(fast.form, rho), kEps);
      const MonarchProjection ofSingle = project<float>(single, s, rho, "stride", {}, Slices::Fast);
      check(ofSingle, denseOf<float>(ofSingle.form, rho).cast<double>(), 0x1p-23);
      const MonarchProjection threaded = project<double>(M, s, rho, "stride", {.threads = 2}, Slices::Fast);
      QVERIFY(std::get<Matrix<double>>(fast.form.L) == std::get<Matrix<double>>(threaded.form.L));
      const MonarchProjection more = project<double>(M, s, s.largestBlockRank(), "stride", {}, Slices::Fast);
      RS_AT_MOST((denseOf<double>(more.form, rho) - denseOf<double>(fast.form, rho)).norm(), 0);  // nested
    }
  }

  void fastSlicesFindWhatIsExact() {
    // Two equal singular values in a tile: one Krylov space has only one of them, the second term the other.
    const Matrix<double> re = generated<double>("dft,n=256,part=real");
    const auto left = [](const Matrix<double>& M, Index b, Index rho, std::string_view order) {
      const MonarchProjection made = project<double>(M, square(b), rho, order, {}, Slices::Fast);
      return (M - denseOf<double>(made.form, rho)).norm() / M.norm();
    };
    RS_AT_MOST(left(re, 16, 2, "stride"), 30 * 256 * kEps);
    RS_AT_MOST(left(generated<double>("dct,n=256"), 16, 2, "makhoul"), 30 * 256 * kEps);
    RS_AT_MOST(left(generated<double>("hadamard,n=256"), 16, 1, "identity"), 30 * 256 * kEps);
    RS_AT_MOST(left(Matrix<double>::Identity(256, 256), 16, 1, "identity"), 30 * 256 * kEps);
    const Matrix<double> M = gaussian(64, 64, 3);
    for (const double scale : {1e300, 1e-300, 0.0}) {
      const MonarchProjection made = project<double>(M * scale, square(8), 1, "identity", {}, Slices::Fast);
      const MonarchProjection unit = project<double>(M, square(8), 1, "identity", {}, Slices::Fast);
      const Matrix<double> P = denseOf<double>(made.form, 1);
      QVERIFY(P.allFinite());
      if (scale == 0) {
        QVERIFY(P.isZero(0));
      } else {
        RS_AT_MOST(ratio(P / scale - denseOf<double>(unit.form, 1), M), 30);
        RS_NEAR(made.errors(0) / scale, unit.errors(0), 30 * 64 * kEps * M.norm());
      }
    }
    // Zero tiles beside others, also where a tile is one column.
    Matrix<double> few = Matrix<double>::Zero(16, 64);
    for (Index c = 0; c < 64; c += 3) few(c % 16, c) = static_cast<double>(c + 1);
    for (const MonarchShape& s :
         {MonarchShape{.I = 4, .J = 4, .K = 64, .S = 1}, MonarchShape{.I = 1, .J = 16, .K = 16, .S = 4}}) {
      const MonarchProjection made = project<double>(few, s, 1, "identity", {}, Slices::Fast);
      RS_AT_MOST(ratio(denseOf<double>(made.form, 1) - few, few), 30);
    }
    // Tiles of very different sizes stand side by side in one vector.
    Matrix<double> mixed = M;
    for (Index c = 0; c < 64; ++c)
      for (Index r = 0; r < 64; ++r) mixed(r, c) *= std::pow(1e-40, static_cast<double>(r % 8));
    const MonarchProjection made = project<double>(mixed, square(8), 8, "identity", {}, Slices::Fast);
    const Matrix<double> P = denseOf<double>(made.form, 8);
    for (Index r = 0; r < 64; ++r)
      RS_AT_MOST((P.row(r) - mixed.row(r)).norm(), 30 * 64 * kEps * mixed(Eigen::seqN(r % 8, 8, 8), Eigen::all).norm());
  }

  void slicesFollowThePrecision() {
    const MatrixPtr X = makeMatrix(gaussian(64, 64, 6));
    const auto value = [&](Precision precision) {
      const Method* method = findMethod("monarch");
      return std::get<std::string>(
          resolve(method->params, {}, {.rows = 64, .cols = 64, .dial = 1, .precision = precision, .task = {}})
              ->at("slices"));
    };
    QCOMPARE(value(Precision::Double), std::string("exact"));
    QCOMPARE(value(Precision::Float), std::string("fast"));
    const auto fast = run(X, 2, {{"slices", std::string("fast")}}), exact = run(X, 2, {});
    QVERIFY(*fast->errorEstimate >= *exact->errorEstimate * (1 - 1e-12) &&
            *fast->errorEstimate < 1.01 * *exact->errorEstimate);
    const auto noted = run(makeMatrix(complexGaussian(16, 16, 1)), 1, {{"slices", std::string("fast")}});
    QCOMPARE(noted->notices.size(), std::size_t{1});
  }

  // Equal budget: the optimum beside a Monarch matrix is that of rank ⌊parameters/(n + m)⌋.
  void theOptimumIsThatOfAsManyNumbers() {
    const MatrixPtr X = makeMatrix(gaussian(64, 64, 6));
    const auto made = run(X, 1, {});
    const auto floor = spectrum(*X, {});
    const auto report = measure(*X, *made, 1, &*floor, {});
    QCOMPARE(made->parameters, 1024.0);
    QCOMPARE(costOf(*made, 1).applyFlops, 2048.0);
    RS_NEAR(*report->optimalFro, errorCurves(floor->sigma).fro(8), 1e-12 * X->summary().fro);
    RS_NEAR(*report->froRelative, *made->errorEstimate, 1e-13);
    RS_NEAR(*report->excess, *report->froRelative / *report->optimalFroRelative - 1, 1e-12);
  }

 private:
  template <class T>
  void productsOf(double epsilon) {
    const MonarchShape s{.I = 3, .J = 4, .K = 5, .S = 2};
    const auto columns = stridePermutation(2, 5);
    const Monarch m = someMonarch<T>(s, 3, columns);
    for (Index rho = 1; rho <= 3; ++rho) {
      const Matrix<T> dense = byDefinition<T>(m, rho);
      RS_AT_MOST(ratio(denseOf<T>(m, rho) - dense, dense, epsilon), 30);
      Matrix<T> tile;
      for (const Tile& at :
           {Tile{0, 0, 12, 10}, Tile{3, 2, 5, 6}, Tile{11, 9, 1, 1}, Tile{5, 0, 1, 10}, Tile{2, 3, 0, 0}}) {
        monarchTile<T>(m, rho, at, tile);
        QCOMPARE(tile.rows(), at.rows);
        if (at.rows == 0) continue;
        const Matrix<T> expected = dense.block(at.row, at.col, at.rows, at.cols);
        RS_AT_MOST(ratio(tile - expected, dense, epsilon), 30);
      }
      for (const Index N : {1, 3, 4, 9}) {
        const Monarch operands = someMonarch<T>({.I = 10, .J = N, .K = 1, .S = 12}, 1, inOrder(12));
        const Matrix<T> x = std::get<Matrix<T>>(operands.L), y = std::get<Matrix<T>>(operands.R).adjoint();
        const double forward = static_cast<double>(dense.norm() * x.norm()),
                     back = static_cast<double>(dense.norm() * y.norm());
        RS_AT_MOST((monarchTimes<T>(m, rho, x) - dense * x).norm(), 30 * 12 * epsilon * forward);
        RS_AT_MOST((monarchAdjointTimes<T>(m, rho, y) - dense.adjoint() * y).norm(), 30 * 12 * epsilon * back);
      }
    }
  }
};

QTEST_GUILESS_MAIN(TstMonarch)
#include "tst_monarch.moc"
