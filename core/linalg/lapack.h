// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/context.h"

/// The one place that calls BLAS and LAPACK and sets their thread count. T is float, double or Complex throughout.
/// Matrices are column-major; 32-bit limits of LAPACK are checked here.
namespace rankscope::linalg {

/// OpenBLAS on one thread. Done at load time by this file itself; a program may say it again.
void initialiseBlas();
/// "OpenBLAS 0.3.21, pthread"
std::string blasName();

/// Raises BLAS to `threads` while it lives. One at a time: the next waits, so that bits never depend on timing. An
/// abandoned decomposition keeps its turn until it ends, so who waits can be cancelled (throws Cancelled).
class WideBlas {
 public:
  WideBlas(int threads, const CancelToken& cancel);
  ~WideBlas();
  WideBlas(const WideBlas&) = delete;
  WideBlas& operator=(const WideBlas&) = delete;

  /// Whether another one lives: who cannot wait works on one thread.
  static bool taken();

 private:
  bool m_wide = false;
};

enum class Op { None, Adjoint };

/// C = alpha op(A) op(B) + beta C. Shapes must agree.
template <class T>
void gemm(Op opA, Op opB, T alpha, const ConstRef<T>& A, const ConstRef<T>& B, T beta, Eigen::Ref<Matrix<T>> C);
template <class T>
Matrix<T> multiply(const ConstRef<T>& A, const ConstRef<T>& B, Op opA = Op::None, Op opB = Op::None);
/// y (rows of A, no stride between its entries) = A x.
template <class T>
void gemv(const ConstRef<T>& A, const T* x, T* y);

enum class Job { Values, Thin };

/// A = U diag(s) Vt. U n×k, s k descending, Vt k×m; U and Vt empty for Job::Values.
template <class T>
struct Svd {
  Matrix<T> U;
  Vector<RealOf<T>> s;
  Matrix<T> Vt;
};

/// Exact SVD: ?gesdd on a copy of A. Contract (beyond LAPACK's own): A must be finite (checked, Error kind Input); not
/// converging falls back to a scaled retry, then ?gesvd, then Error kind Compute; working memory and LAPACK's 32-bit
/// integers are checked before anything is allocated. n < m is done as it is, nothing is transposed. A cancel returns
/// at once (throws Cancelled); the LAPACK call ends into nowhere. One thread below min(n, m) = 1024, context.threads
/// above. Cost about 6 n m² + 20 m³ flops (n ≥ m), 4 n m² for values.
template <class T>
Result<Svd<T>> exactSvd(const ConstRef<T>& A, Job job, const Context& context);
/// The same of one of very many small matrices, at once on the calling thread, so that it can stand in a parallelFor; a
/// matrix with more than 256 on its smaller side goes to exactSvd. A must be finite.
template <class T>
Result<Svd<T>> sliceSvd(const ConstRef<T>& A, const Context& context);
/// The flops and the working bytes of exactSvd, for estimates.
double svdFlops(Index n, Index m, Job job);
double svdBytes(Index n, Index m, Job job, std::size_t scalarBytes);

/// Orthonormal basis of the columns of A (n×l, l ≤ n) by Householder QR, Q explicit n×l. R (l×l) when wanted.
template <class T>
void householderQ(Matrix<T>& A, Matrix<T>* R = nullptr);
/// The L of a row-pivoted LU of A (n×l, n ≥ l), rows back in place: a well-scaled basis of its range, cheaper than QR;
/// between passes of a subspace iteration only.
template <class T>
void luBasis(Matrix<T>& A);

/// Lives as long as a call that may be left behind. A program that returns from main waits for those (a minute at
/// most): LAPACK must not run on while BLAS is taken down. quick_exit does not wait.
class CallInFlight {
 public:
  CallInFlight();
  ~CallInFlight();
  CallInFlight(const CallInFlight&) = delete;
  CallInFlight& operator=(const CallInFlight&) = delete;
};

/// Runs an uninterruptible call on a thread of its own with data it owns. Returns its value, or throws Cancelled as
/// soon as the context is cancelled, leaving the call to end by itself. `call` must own everything it touches.
template <class R>
R abandonable(const Context& context, std::function<R()> call) {
  context.checkpoint();
  auto promise = std::make_shared<std::promise<R>>();
  std::future<R> future = promise->get_future();
  std::thread([promise, call = std::move(call), alive = std::make_shared<CallInFlight>()] {
    try {
      promise->set_value(call());
    } catch (...) {
      promise->set_exception(std::current_exception());
    }
  }).detach();
  while (future.wait_for(std::chrono::milliseconds(5)) != std::future_status::ready) context.checkpoint();
  return future.get();
}

}  // namespace rankscope::linalg
