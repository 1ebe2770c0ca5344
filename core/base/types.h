// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <memory>
#include <variant>

#include <Eigen/Core>

namespace rankscope {

using Index = std::ptrdiff_t;
using Complex = std::complex<double>;

/// Column-major, always: LAPACK's order and the order of every factor we publish.
template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
template <class T>
using Vector = Eigen::Matrix<T, Eigen::Dynamic, 1>;
template <class T>
using ConstRef = Eigen::Ref<const Matrix<T>>;
template <class T>
using RealOf = typename Eigen::NumTraits<T>::Real;

/// The three scalar kinds a computed array can have.
using Values = std::variant<Matrix<float>, Matrix<double>, Matrix<Complex>>;

/// A dense matrix that belongs to someone else: the map and what keeps its memory alive.
template <class T>
struct Dense {
  std::shared_ptr<const void> owner;
  Eigen::Map<const Matrix<T>> map{nullptr, 0, 0};

  const Eigen::Map<const Matrix<T>>& operator*() const { return map; }
  const Eigen::Map<const Matrix<T>>* operator->() const { return &map; }
};

}  // namespace rankscope
