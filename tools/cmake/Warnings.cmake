# SPDX-License-Identifier: GPL-3.0-or-later
# Warnings and machine flags, carried by targets so that nothing is set for a whole directory.
add_library(rankscope_warnings INTERFACE)
target_compile_options(rankscope_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
                                                    -Woverloaded-virtual -Wnull-dereference -Wdouble-promotion
                                                    -Wno-missing-field-initializers) # designated initialisers name what differs
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 sees null dereferences and uninitialised values inside inlined Eigen, std and AVX-512 intrinsics that are not
  # there; Clang is left to find the real ones.
  target_compile_options(rankscope_warnings INTERFACE -Wno-null-dereference -Wno-maybe-uninitialized -Wno-uninitialized -Wno-array-bounds
                                                      -Wno-stringop-overflow)
endif()

add_library(rankscope_machine INTERFACE)
target_compile_definitions(rankscope_machine INTERFACE EIGEN_DONT_PARALLELIZE)
if(RANKSCOPE_NATIVE)
  target_compile_options(rankscope_machine INTERFACE -march=native)
endif()
