// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/methods/method.h"

namespace rankscope {

/// What the probabilities are: pᵢ ∝ ‖xᵢ‖‖yᵢ‖, 1/k, leverage scores of X's columns, given, or none (the r largest).
enum class CrScheme { Norm, Uniform, Leverage, Own, Top };
/// How the pairs are drawn by them.
enum class CrReplacement { With, Without, Poisson, Wta };

/// A square that was worked out over 2^−exponent, at its own size: NaN where double has no such number, as the square
/// of 1e-200, which would otherwise be an error of zero.
double squareAtSize(double square, int exponent);

/// X (n×k) and Y (k×m) of a product, over powers of two near their norms so that no square leaves the range of double,
/// with what every scheme needs to know of the pairs (xᵢ = column i of X, yᵢ = row i of Y). Squared errors of the
/// functions below are of these: those of the product itself are 4^exponent times as large.
struct Pairs {
  Matrix<double> X, Y, T;  ///< T = XY
  int exponentX = 0, exponentY = 0;
  Vector<double> weights;       ///< wᵢ = ‖xᵢ‖‖yᵢ‖
  double total = 0;             ///< Z = Σwᵢ
  double weightSquares = 0;     ///< Σwᵢ²
  double productSquare = 0;     ///< ‖T‖²_F
  double normX = 0, normY = 0;  ///< ‖X‖_F, ‖Y‖_F

  Index count() const { return weights.size(); }
  int exponent() const { return exponentX + exponentY; }
  Index positive() const { return (weights.array() > 0).count(); }
};

/// Errors: those of multiplied(). Cost 2nkm flops where the product is not known yet, and copies of all three.
Result<Pairs> pairsOf(const Problem& problem, const Context& context);

/// All that is settled before anything is drawn.
struct CrPlan {
  CrScheme scheme = CrScheme::Norm;
  CrReplacement replacement = CrReplacement::With;
  Index pairs = 0;            ///< r as asked for
  Vector<double> p;           ///< of a draw, summing to 1; Poisson and top: of being in
  std::vector<Index> kept;    ///< in every estimate with factor 1, largest weight first (top, WTA)
  Index draws = 0;            ///< how many are drawn beside (Poisson: a random number)
  std::vector<Index> drawn;   ///< what they are drawn from, ascending
  Vector<double> cumulative;  ///< of p over `drawn`
  Vector<double> multiplier;  ///< over `drawn`: what a draw is multiplied by
  std::vector<Text> notices;
};

/// The plan for r pairs (METHODS 3.1; Drineas, Kannan & Mahoney 2006; winner-take-all: Liu et al. 2023). `own`: k
/// numbers for CrScheme::Own, divided by their sum. Errors (Usage): `without` with other than uniform probabilities,
/// own ones that are too few, negative or zero where a weight is not. r ≥ 1; all but `with` take at most k. Cost: a
/// sort, for leverage an SVD of X.
Result<CrPlan> planOf(const Pairs& pairs, CrScheme scheme, CrReplacement replacement, Index r,
                      const Vector<double>& own, const Context& context);

/// E‖estimate − T‖²_F of the plan, exactly; for top the squared error itself. Cost O(k), for top and WTA a product of
/// what is not kept.
double expectedSquaredError(const Pairs& pairs, const CrPlan& plan, const Context& context);
/// [Z² − ‖T‖²]/r, the least that drawing with replacement can have.
double minimalSquaredError(const Pairs& pairs, Index r);

/// One estimate: Σ factorsₜ x_{iₜ} y_{iₜ}ᵀ.
struct CrDraw {
  std::vector<Index> pairs;  ///< 0-based, in the order drawn; with replacement one may come again
  Vector<double> factors;
};
CrDraw draw(const CrPlan& plan, Random random);

/// ‖Σ eᵢ xᵢyᵢᵀ‖²_F from the sum itself. Cost 2nm for each eᵢ ≠ 0.
double squaredNormOfSum(const Pairs& pairs, const Vector<double>& e, const Context& context);

/// qᵢ = min(1, c wᵢ) with Σqᵢ = r, all 1 where no more than r weights are positive (wᵢ = 0: qᵢ = 0).
Vector<double> waterFilling(const Vector<double>& weights, Index r);
/// How many of the largest weights winner-take-all keeps: the least c < r that minimises (1 − P_c)/(r − c).
Index winners(const Vector<double>& weights, Index r);

/// n independent estimates, trial t on the stream ("trial", t), the same for any number of threads. From H = XᵀX ∘ YYᵀ
/// an error is (d − 1)ᵀH(d − 1) for the weights d of an estimate; where that cancels, the sum itself is formed. Squared
/// errors and norms are those of the product as it is. Cost once 2k²(n + m), then k·r a trial. Throws Cancelled.
Result<Trials> crTrials(const Pairs& pairs, const CrPlan& plan, Index n, const Context& context,
                        const std::function<void(const Trials&)>& soFar = {});

/// The best weights for given pairs S: λ = H⁺g with H = (X_SᵀX_S) ∘ (Y_SY_Sᵀ), gᵢ = xᵢᵀTyᵢ. Never worse than weights 1.
struct PairWeights {
  Vector<double> lambda;
  double squaredError = 0;  ///< from the residual itself
};
Result<PairWeights> leastSquaresWeights(const Pairs& pairs, std::span<const Index> S, const Context& context);
/// The best r×r core between given columns and rows: Λ = C⁺TR⁺. Never worse than any diagonal one.
struct PairCore {
  Matrix<double> core;
  double squaredError = 0;
};
Result<PairCore> denseCore(const Pairs& pairs, std::span<const Index> S, const Context& context);

/// The expected squared error (of the product as it is) for each number of pairs in `sizes`, with the parameters of the
/// method `cr`: for error against r. Numbers of pairs beyond the largest are taken as that one.
Result<Vector<double>> crErrorCurve(const Problem& problem, const ParamValues& params, std::span<const Index> sizes,
                                    const Context& context);

/// The method `cr`. Its dial `pairs` goes to k; drawing with replacement may take more, here up to 100 k.
Method crMethod();

}  // namespace rankscope
