// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/linalg/lapack.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <mutex>

// lapacke.h would bring C's complex type; std::complex has the same layout.
#define lapack_complex_float std::complex<float>
#define lapack_complex_double std::complex<double>
#include <cblas.h>
#include <lapacke.h>

namespace rankscope::linalg {

namespace {

std::mutex wideBlasMutex;

// One thread from the first moment, in every program that links core: our own parallelism stands outside of BLAS.
const bool blasInitialised = [] {
  openblas_set_num_threads(1);
  return true;
}();

std::atomic<int> callsInFlight{0};

struct WaitAtExit {
  ~WaitAtExit() {
    for (int i = 0; i < 12000 && callsInFlight > 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
};
const WaitAtExit waitAtExit;

lapack_int toInt(Index value) {
  expects(value >= 0 && value <= std::numeric_limits<lapack_int>::max(), "dimension beyond LAPACK's 32-bit integers");
  return static_cast<lapack_int>(value);
}

constexpr auto kColumns = LAPACK_COL_MAJOR;

lapack_int gesdd(char job, Matrix<float>& A, Svd<float>& out) {
  return LAPACKE_sgesdd(kColumns, job, toInt(A.rows()), toInt(A.cols()), A.data(), toInt(A.rows()), out.s.data(),
                        out.U.data(), std::max<lapack_int>(1, toInt(A.rows())), out.Vt.data(),
                        std::max<lapack_int>(1, toInt(std::max<Index>(1, out.Vt.rows()))));
}
lapack_int gesdd(char job, Matrix<double>& A, Svd<double>& out) {
  return LAPACKE_dgesdd(kColumns, job, toInt(A.rows()), toInt(A.cols()), A.data(), toInt(A.rows()), out.s.data(),
                        out.U.data(), std::max<lapack_int>(1, toInt(A.rows())), out.Vt.data(),
                        std::max<lapack_int>(1, toInt(std::max<Index>(1, out.Vt.rows()))));
}
// OpenBLAS 0.3.21's zgemv for Haswell reads past the end of short arrays, which crashes where the heap ends there. So
// all that zgesdd touches lies in arrays with room behind them, its workspace too (sizes as LAPACK's documentation
// gives them).
lapack_int gesdd(char job, Matrix<Complex>& A, Svd<Complex>& out) {
  static constexpr Index kRoom = 1024;
  const Index n = A.rows(), m = A.cols(), small = std::min(n, m), large = std::max(n, m);
  const auto padded = [](const Matrix<Complex>& values) {
    std::vector<Complex> copy(static_cast<std::size_t>(values.size() + kRoom));
    std::copy_n(values.data(), values.size(), copy.begin());
    return copy;
  };
  std::vector<Complex> a = padded(A), u = padded(out.U), vt = padded(out.Vt);
  std::vector<double> sigma(static_cast<std::size_t>(small + kRoom));
  const Index real =
      job == 'N' ? 7 * small : std::max(5 * small * small + 5 * small, 2 * large * small + 2 * small * small + small);
  std::vector<double> rwork(static_cast<std::size_t>(real + kRoom));
  std::vector<lapack_int> iwork(static_cast<std::size_t>(8 * small + kRoom));
  const lapack_int rows = toInt(n), cols = toInt(m), ldvt = toInt(std::max<Index>(1, out.Vt.rows()));
  const auto call = [&](Complex* work, lapack_int length) {
    return LAPACKE_zgesdd_work(kColumns, job, rows, cols, a.data(), rows, sigma.data(), u.data(), rows, vt.data(), ldvt,
                               work, length, rwork.data(), iwork.data());
  };
  Complex best;
  if (const lapack_int info = call(&best, -1); info != 0) return info;
  const auto length = static_cast<lapack_int>(best.real());
  std::vector<Complex> work(static_cast<std::size_t>(length + kRoom));
  const lapack_int info = call(work.data(), length);
  std::copy_n(a.begin(), A.size(), A.data());
  std::copy_n(u.begin(), out.U.size(), out.U.data());
  std::copy_n(vt.begin(), out.Vt.size(), out.Vt.data());
  std::copy_n(sigma.begin(), small, out.s.data());
  return info;
}

lapack_int gesvd(char job, Matrix<float>& A, Svd<float>& out) {
  Vector<float> superdiagonal(std::max<Index>(1, out.s.size()));
  return LAPACKE_sgesvd(kColumns, job, job, toInt(A.rows()), toInt(A.cols()), A.data(), toInt(A.rows()), out.s.data(),
                        out.U.data(), toInt(A.rows()), out.Vt.data(), toInt(std::max<Index>(1, out.Vt.rows())),
                        superdiagonal.data());
}
lapack_int gesvd(char job, Matrix<double>& A, Svd<double>& out) {
  Vector<double> superdiagonal(std::max<Index>(1, out.s.size()));
  return LAPACKE_dgesvd(kColumns, job, job, toInt(A.rows()), toInt(A.cols()), A.data(), toInt(A.rows()), out.s.data(),
                        out.U.data(), toInt(A.rows()), out.Vt.data(), toInt(std::max<Index>(1, out.Vt.rows())),
                        superdiagonal.data());
}
lapack_int gesvd(char job, Matrix<Complex>& A, Svd<Complex>& out) {
  Vector<double> superdiagonal(std::max<Index>(1, out.s.size()));
  return LAPACKE_zgesvd(kColumns, job, job, toInt(A.rows()), toInt(A.cols()), A.data(), toInt(A.rows()), out.s.data(),
                        out.U.data(), toInt(A.rows()), out.Vt.data(), toInt(std::max<Index>(1, out.Vt.rows())),
                        superdiagonal.data());
}

lapack_int geqrf(Matrix<float>& A, Vector<float>& tau) {
  return LAPACKE_sgeqrf(kColumns, toInt(A.rows()), toInt(A.cols()), A.data(), toInt(A.rows()), tau.data());
}
lapack_int geqrf(Matrix<double>& A, Vector<double>& tau) {
  return LAPACKE_dgeqrf(kColumns, toInt(A.rows()), toInt(A.cols()), A.data(), toInt(A.rows()), tau.data());
}
lapack_int geqrf(Matrix<Complex>& A, Vector<Complex>& tau) {
  return LAPACKE_zgeqrf(kColumns, toInt(A.rows()), toInt(A.cols()), A.data(), toInt(A.rows()), tau.data());
}
lapack_int orgqr(Matrix<float>& A, const Vector<float>& tau) {
  return LAPACKE_sorgqr(kColumns, toInt(A.rows()), toInt(A.cols()), toInt(A.cols()), A.data(), toInt(A.rows()),
                        tau.data());
}
lapack_int orgqr(Matrix<double>& A, const Vector<double>& tau) {
  return LAPACKE_dorgqr(kColumns, toInt(A.rows()), toInt(A.cols()), toInt(A.cols()), A.data(), toInt(A.rows()),
                        tau.data());
}
lapack_int orgqr(Matrix<Complex>& A, const Vector<Complex>& tau) {
  return LAPACKE_zungqr(kColumns, toInt(A.rows()), toInt(A.cols()), toInt(A.cols()), A.data(), toInt(A.rows()),
                        tau.data());
}
lapack_int getrf(Matrix<float>& A, lapack_int* pivots) {
  return LAPACKE_sgetrf(kColumns, toInt(A.rows()), toInt(A.cols()), A.data(), toInt(A.rows()), pivots);
}
lapack_int getrf(Matrix<double>& A, lapack_int* pivots) {
  return LAPACKE_dgetrf(kColumns, toInt(A.rows()), toInt(A.cols()), A.data(), toInt(A.rows()), pivots);
}
lapack_int getrf(Matrix<Complex>& A, lapack_int* pivots) {
  return LAPACKE_zgetrf(kColumns, toInt(A.rows()), toInt(A.cols()), A.data(), toInt(A.rows()), pivots);
}

template <class T>
void blasGemm(CBLAS_TRANSPOSE a, CBLAS_TRANSPOSE b, int m, int n, int k, T alpha, const T* A, int lda, const T* B,
              int ldb, T beta, T* C, int ldc) {
  if constexpr (std::is_same_v<T, float>) {
    cblas_sgemm(CblasColMajor, a, b, m, n, k, alpha, A, lda, B, ldb, beta, C, ldc);
  } else if constexpr (std::is_same_v<T, double>) {
    cblas_dgemm(CblasColMajor, a, b, m, n, k, alpha, A, lda, B, ldb, beta, C, ldc);
  } else {
    cblas_zgemm(CblasColMajor, a, b, m, n, k, &alpha, A, lda, B, ldb, &beta, C, ldc);
  }
}

// What the abandoned thread owns: it may outlive everybody else.
template <class T>
struct SvdJob {
  Matrix<T> A;
  Job job = Job::Thin;
  int threads = 1;
  CancelToken cancel;  // heeded only while another decomposition has the threads
};

template <class T>
struct SvdAnswer {
  Svd<T> svd;
  lapack_int info = 0;
};

template <class T>
Svd<T> roomFor(Index n, Index m, Job job) {
  const Index k = std::min(n, m);
  Svd<T> out;
  out.s.resize(k);
  if (job == Job::Thin) {
    out.U.resize(n, k);
    out.Vt.resize(k, m);
  }
  return out;
}

template <class T>
bool usable(const Svd<T>& svd, lapack_int info) {
  return info == 0 && svd.s.allFinite() && svd.U.allFinite() && svd.Vt.allFinite();
}

// gesdd; if it does not converge, gesdd of the matrix scaled to 1; then gesvd (QR iteration: 13 times slower, surer).
template <class T>
SvdAnswer<T> decompose(SvdJob<T>& work) {
  using Real = RealOf<T>;
  const WideBlas wide(std::min(work.A.rows(), work.A.cols()) >= 1024 ? work.threads : 1, work.cancel);
  const char job = work.job == Job::Thin ? 'S' : 'N';
  const Index n = work.A.rows(), m = work.A.cols();
  const Matrix<T> original = work.A;
  SvdAnswer<T> answer{roomFor<T>(n, m, work.job), 0};
  answer.info = gesdd(job, work.A, answer.svd);
  if (usable(answer.svd, answer.info)) return answer;

  const Real largest = original.cwiseAbs().maxCoeff();
  const int exponent = std::ilogb(largest);  // dividing by a power of two rounds nothing
  const Matrix<T> scaled = original.unaryExpr([&](const T& x) {
    if constexpr (Eigen::NumTraits<T>::IsComplex) {
      return T(std::ldexp(x.real(), -exponent), std::ldexp(x.imag(), -exponent));
    } else {
      return std::ldexp(x, -exponent);
    }
  });
  work.A = scaled;
  answer.svd = roomFor<T>(n, m, work.job);
  answer.info = gesdd(job, work.A, answer.svd);
  if (!usable(answer.svd, answer.info)) {
    work.A = scaled;
    answer.svd = roomFor<T>(n, m, work.job);
    answer.info = gesvd(job, work.A, answer.svd);
  }
  if (usable(answer.svd, answer.info)) {
    answer.svd.s = answer.svd.s.unaryExpr([&](const Real& x) { return std::ldexp(x, exponent); });
  } else if (answer.info == 0) {
    answer.info = 1;  // "converged" to NaN
  }
  return answer;
}

}  // namespace

CallInFlight::CallInFlight() { ++callsInFlight; }
CallInFlight::~CallInFlight() { --callsInFlight; }

void initialiseBlas() { openblas_set_num_threads(1); }

std::string blasName() {
  const std::string config = openblas_get_config();
  const std::string version = config.substr(0, config.find(' ', config.find(' ') + 1));
  const int parallel = openblas_get_parallel();
  return version + (parallel == 0 ? ", serial" : parallel == 1 ? ", pthread" : ", openmp");
}

WideBlas::WideBlas(int threads, const CancelToken& cancel) : m_wide(threads > 1) {
  if (!m_wide) return;
  // Asked again and again, not try_lock_for: the thread sanitizer of GCC 12 does not know that call.
  while (!wideBlasMutex.try_lock()) {
    if (cancel.cancelled()) throw Cancelled{};
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  openblas_set_num_threads(threads);
}

WideBlas::~WideBlas() {
  if (!m_wide) return;
  openblas_set_num_threads(1);
  wideBlasMutex.unlock();
}

bool WideBlas::taken() {
  if (!wideBlasMutex.try_lock()) return true;
  wideBlasMutex.unlock();
  return false;
}

template <class T>
void gemm(Op opA, Op opB, T alpha, const ConstRef<T>& A, const ConstRef<T>& B, T beta, Eigen::Ref<Matrix<T>> C) {
  const bool adjointA = opA == Op::Adjoint, adjointB = opB == Op::Adjoint;
  const Index rows = adjointA ? A.cols() : A.rows(), inner = adjointA ? A.rows() : A.cols();
  const Index innerB = adjointB ? B.cols() : B.rows(), cols = adjointB ? B.rows() : B.cols();
  expects(inner == innerB && C.rows() == rows && C.cols() == cols, "gemm: shapes do not agree");
  if (rows == 0 || cols == 0) return;
  if (inner == 0) {
    if (beta == T(0)) {
      C.setZero();  // C may hold anything, NaN too
    } else {
      C *= beta;
    }
    return;
  }
  const CBLAS_TRANSPOSE adjoint = Eigen::NumTraits<T>::IsComplex ? CblasConjTrans : CblasTrans;
  blasGemm<T>(adjointA ? adjoint : CblasNoTrans, adjointB ? adjoint : CblasNoTrans, toInt(rows), toInt(cols),
              toInt(inner), alpha, A.data(), toInt(A.outerStride()), B.data(), toInt(B.outerStride()), beta, C.data(),
              toInt(C.outerStride()));
}

template <class T>
Matrix<T> multiply(const ConstRef<T>& A, const ConstRef<T>& B, Op opA, Op opB) {
  Matrix<T> C(opA == Op::None ? A.rows() : A.cols(), opB == Op::None ? B.cols() : B.rows());
  gemm<T>(opA, opB, T(1), A, B, T(0), C);
  return C;
}

template <class T>
void gemv(const ConstRef<T>& A, const T* x, T* y) {
  const int rows = toInt(A.rows()), cols = toInt(A.cols()), ld = toInt(A.outerStride());
  if constexpr (std::is_same_v<T, float>) {
    cblas_sgemv(CblasColMajor, CblasNoTrans, rows, cols, 1, A.data(), ld, x, 1, 0, y, 1);
  } else if constexpr (std::is_same_v<T, double>) {
    cblas_dgemv(CblasColMajor, CblasNoTrans, rows, cols, 1, A.data(), ld, x, 1, 0, y, 1);
  } else {
    // Not zgemv, which reads past the end of short arrays (above).
    Eigen::Map<Vector<T>>(y, A.rows()).noalias() = A * Eigen::Map<const Vector<T>>(x, A.cols());
  }
}

double svdFlops(Index n, Index m, Job job) {
  const double tall = static_cast<double>(std::max(n, m)), flat = static_cast<double>(std::min(n, m));
  return job == Job::Thin ? 6 * tall * flat * flat + 20 * flat * flat * flat
                          : 4 * tall * flat * flat - 4.0 / 3 * flat * flat * flat;
}

double svdBytes(Index n, Index m, Job job, std::size_t scalarBytes) {
  const double k = static_cast<double>(std::min(n, m)), size = static_cast<double>(n) * static_cast<double>(m);
  const double factors = job == Job::Thin ? k * static_cast<double>(n + m) : 0;
  const double workspace = job == Job::Thin ? 4 * k * k + 7 * k : 10 * k;
  const double padded = scalarBytes == sizeof(Complex) ? size + factors : 0;  // the copies with room behind them
  // the matrix twice: to destroy, to retry
  return (2 * size + factors + workspace + padded) * static_cast<double>(scalarBytes);
}

template <class T>
Result<Svd<T>> exactSvd(const ConstRef<T>& A, Job job, const Context& context) {
  const Index n = A.rows(), m = A.cols(), k = std::min(n, m);
  if (k == 0) return inputError("the matrix", text("it is empty ({1} x {2})", n, m), "an SVD needs at least one entry");
  // The workspace query overflows LAPACK's 32-bit integers at k = 26 753 and then answers a small number with info 0.
  static constexpr Index kLargest = 26000;
  static constexpr Index kMostEntries = std::numeric_limits<lapack_int>::max();
  if (k > kLargest || std::max(n, m) > kMostEntries / k) {
    return computeError("svd",
                        text("{1} x {2} is beyond LAPACK's 32-bit sizes (at most {3} on the smaller side, 2³¹ entries)",
                             n, m, kLargest),
                        "use the method rsvd");
  }
  if (auto refused = context.refuseMemory("svd", svdBytes(n, m, job, sizeof(T)),
                                          "raise --max-memory, use --precision float, or the method rsvd")) {
    return *refused;
  }
  if (!A.allFinite())
    return inputError("the matrix", "it holds NaN or infinity", "replace them with --nan zero or --nan mean");
  auto work = std::make_shared<SvdJob<T>>(SvdJob<T>{A, job, context.threads, context.cancel});
  auto answer = abandonable<std::shared_ptr<SvdAnswer<T>>>(
      context, [work] { return std::make_shared<SvdAnswer<T>>(decompose(*work)); });
  if (answer->info != 0) {
    return computeError("svd",
                        text("LAPACK did not converge (info {1}), also after scaling and with gesvd", answer->info),
                        "try the method rsvd");
  }
  return std::move(answer->svd);
}

template <class T>
Result<Svd<T>> sliceSvd(const ConstRef<T>& A, const Context& context) {
  static constexpr Index kSmall = 256;
  if (std::min(A.rows(), A.cols()) > kSmall) return exactSvd<T>(A, Job::Thin, context);
  SvdJob<T> work{A, Job::Thin, 1, context.cancel};
  auto answer = decompose(work);
  if (answer.info != 0) {
    return computeError("svd",
                        text("LAPACK did not converge (info {1}), also after scaling and with gesvd", answer.info),
                        "try the method rsvd");
  }
  return std::move(answer.svd);
}

template <class T>
void householderQ(Matrix<T>& A, Matrix<T>* R) {
  expects(A.cols() <= A.rows(), "householderQ: more columns than rows");
  if (A.cols() == 0) {
    if (R) R->resize(0, 0);
    return;
  }
  Vector<T> tau(A.cols());
  expects(geqrf(A, tau) == 0, "geqrf refused its arguments");
  if (R) {
    *R = Matrix<T>::Zero(A.cols(), A.cols());
    for (Index c = 0; c < A.cols(); ++c) R->col(c).head(c + 1) = A.col(c).head(c + 1);
  }
  expects(orgqr(A, tau) == 0, "orgqr refused its arguments");
}

template <class T>
void luBasis(Matrix<T>& A) {
  expects(A.cols() <= A.rows(), "luBasis: more columns than rows");
  const Index l = A.cols();
  if (l == 0) return;
  // Columns to size 1 (the range stays): OpenBLAS divides by a pivot's reciprocal, which is infinite for a denormal.
  for (Index c = 0; c < l; ++c) {
    const auto largest = A.col(c).cwiseAbs().maxCoeff();
    if (largest > 0) A.col(c) /= T(largest);
  }
  std::vector<lapack_int> pivots(static_cast<std::size_t>(l));
  expects(getrf(A, pivots.data()) >= 0, "getrf refused its arguments");  // a zero pivot (> 0) still leaves a unit L
  for (Index c = 0; c < l; ++c) {
    A.col(c).head(c).setZero();
    A(c, c) = T(1);
  }
  // Undo the row exchanges, so that L spans the range of the input.
  for (Index c = l - 1; c >= 0; --c) {
    const Index other = pivots[static_cast<std::size_t>(c)] - 1;
    if (other != c) A.row(c).swap(A.row(other));
  }
}

#define RANKSCOPE_INSTANTIATE(T)                                                                      \
  template void gemm<T>(Op, Op, T, const ConstRef<T>&, const ConstRef<T>&, T, Eigen::Ref<Matrix<T>>); \
  template Matrix<T> multiply<T>(const ConstRef<T>&, const ConstRef<T>&, Op, Op);                     \
  template void gemv<T>(const ConstRef<T>&, const T*, T*);                                            \
  template Result<Svd<T>> exactSvd<T>(const ConstRef<T>&, Job, const Context&);                       \
  template Result<Svd<T>> sliceSvd<T>(const ConstRef<T>&, const Context&);                            \
  template void householderQ<T>(Matrix<T>&, Matrix<T>*);                                              \
  template void luBasis<T>(Matrix<T>&);
RANKSCOPE_INSTANTIATE(float)
RANKSCOPE_INSTANTIATE(double)
RANKSCOPE_INSTANTIATE(Complex)
#undef RANKSCOPE_INSTANTIATE

}  // namespace rankscope::linalg
