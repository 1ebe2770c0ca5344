// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/inverse.h"

#include <cmath>

#include "core/session/state.h"
#include "tests/support/support.h"

using namespace rankscope;
using namespace rankscope::test;

class TstInverse : public QObject {
  Q_OBJECT

 private slots:
  void theSameRequestIsAnsweredFromTheCache();
  void aDragShowsWhatTheAnswerWillSay();
  void aRidgeTakesThePlaceOfACutOff();
  void complexInputHasOneToo();
  void theCommandIsPinvWithItsTabInFront();

 private:
  /// diag(1, 1e-3, 1e-6) in the corner of a 5 × 3 matrix: all in closed form.
  static MatrixPtr graded() {
    Matrix<double> A = Matrix<double>::Zero(5, 3);
    A(0, 0) = 1;
    A(1, 1) = 1e-3;
    A(2, 2) = 1e-6;
    return makeMatrix(std::move(A));
  }
};

void TstInverse::theSameRequestIsAnsweredFromTheCache() {
  ResultCache cache(std::size_t{1} << 20);
  const InverseRequest request{.X = graded()};
  const auto first = inverseOf(request, cache, Context{}), again = inverseOf(request, cache, Context{});
  QVERIFY(first && again);
  QCOMPARE(first->get(), again->get());
  InverseRequest other = request;
  other.rcond = 1e-4;
  const auto cut = inverseOf(other, cache, Context{});
  QVERIFY(cut);
  QCOMPARE((*first)->about.rank, Index{3});
  QCOMPARE((*cut)->about.rank, Index{2});
  QCOMPARE((*first)->about.ridge.size(), kRidgePoints);
}

// What is shown while the line moves is what is computed when it rests, but for the residuals.
void TstInverse::aDragShowsWhatTheAnswerWillSay() {
  ResultCache cache(std::size_t{1} << 20);
  const auto start = inverseOf({.X = graded()}, cache, Context{});
  QVERIFY(start);
  for (const std::optional<double> rcond :
       {std::optional(0.0), std::optional(1e-4), std::optional(1.0), std::optional<double>()}) {
    for (const double ridge : {0.0, 1e-8}) {
      const Inverse shown = withCut(**start, rcond, ridge);
      const auto exact = inverseOf({.X = graded(), .rcond = rcond, .ridge = ridge}, cache, Context{});
      QVERIFY(exact);
      QCOMPARE(shown.cut, (*exact)->about.cut);
      QCOMPARE(shown.rank, (*exact)->about.rank);
      QCOMPARE(shown.norm, (*exact)->about.norm);
      QVERIFY(shown.inverseSigma == (*exact)->about.inverseSigma);
      QVERIFY(shown.ridgeDistance == (*exact)->about.ridgeDistance);
    }
  }
}

// σ/(σ²+λ) at λ = 1e-8 over σ = 1, 1e-3, 1e-6 is largest at 1e-3: 1e-3 / (1e-6 + 1e-8).
void TstInverse::aRidgeTakesThePlaceOfACutOff() {
  ResultCache cache(std::size_t{1} << 20);
  const auto made = inverseOf({.X = graded(), .ridge = 1e-8}, cache, Context{});
  QVERIFY(made);
  const double expected = 1e-3 / (1e-6 + 1e-8);
  RS_NEAR((*made)->about.norm, expected, 8 * 0x1p-52 * expected);  // a few roundings
}

void TstInverse::complexInputHasOneToo() {
  Matrix<Complex> A(2, 2);
  A << Complex(0, 2), 0, 0, Complex(4, 0);
  ResultCache cache(std::size_t{1} << 20);
  const auto made = inverseOf({.X = makeMatrix(A)}, cache, Context{});
  QVERIFY(made);
  const auto& X = std::get<Matrix<Complex>>((*made)->X);
  RS_NEAR(std::abs(X(0, 0) - Complex(0, -0.5)), 0, 8 * 0x1p-52);
  RS_NEAR(std::abs(X(1, 1) - Complex(0.25, 0)), 0, 8 * 0x1p-52);
}

void TstInverse::theCommandIsPinvWithItsTabInFront() {
  SessionState state;
  state.inputs = {{.location = "a.npy", .view = {}}};
  state.matrix.input = 0;
  state.matrix.seed = 7;  // draws nothing here
  state.view["tab"] = "inverse";
  using Arguments = std::vector<std::string>;
  QCOMPARE(toArguments(state), Arguments({"pinv", "a.npy"}));
  state.view["inverse-rcond"] = "0.001";
  QCOMPARE(toArguments(state), Arguments({"pinv", "a.npy", "--rcond", "0.001"}));
  const auto back = fromArguments(toArguments(state));
  QVERIFY(back);
  QCOMPARE(viewValue(*back, "inverse-rcond"), std::string("0.001"));
  QCOMPARE(viewValue(*back, "tab"), std::string("inverse"));
  state.view["inverse-ridge"] = "0.5";  // in place of the cut-off
  QCOMPARE(toArguments(state), Arguments({"pinv", "a.npy", "--ridge", "0.5"}));
  for (const Arguments& wrong :
       {Arguments{"pinv"}, Arguments{"pinv", "a.npy", "--rcond", "2"}, Arguments{"pinv", "a.npy", "--ridge", "0"},
        Arguments{"pinv", "a.npy", "--rank", "3"}, Arguments{"pinv", "a.npy", "--rcond", "0.1", "--ridge", "1"},
        Arguments{"approx", "a.npy", "--rank", "3", "--rcond", "0.1"}}) {
    QVERIFY2(!fromArguments(wrong), wrong.back().c_str());
  }
}

QTEST_GUILESS_MAIN(TstInverse)
#include "tst_inverse.moc"
