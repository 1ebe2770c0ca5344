# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of CONTRIBUTING.md that a machine can check, as a test: cmake -DROOT=<project> -P CheckProject.cmake
cmake_minimum_required(VERSION 3.25)
set(broken 0)

macro(complain file rule)
  message("${file}: ${rule}")
  math(EXPR broken "${broken} + 1")
endmacro()

# What may stand at the top; build, out and the like are never committed.
set(top .ci .clang-format .clang-tidy .editorconfig .gitignore CHANGELOG.md CMakeLists.txt CMakePresets.json CONTRIBUTING.md
        LICENSE README.md app core docs resources tests tools ui)
set(local .git .cache build out rankscope-demo compile_commands.json)
file(GLOB found RELATIVE ${ROOT} ${ROOT}/* ${ROOT}/.*)
foreach(name IN LISTS found)
  if(NOT name IN_LIST top AND NOT name IN_LIST local AND NOT name MATCHES "^\\.\\.?$|\\.user$")
    complain(${name} "only the agreed folders and files stand at the top")
  endif()
endforeach()

file(GLOB_RECURSE sources RELATIVE ${ROOT} ${ROOT}/app/*.h ${ROOT}/app/*.cpp ${ROOT}/core/*.h ${ROOT}/core/*.cpp
     ${ROOT}/ui/*.h ${ROOT}/ui/*.cpp ${ROOT}/tests/*.h ${ROOT}/tests/*.cpp)
file(GLOB_RECURSE scripts RELATIVE ${ROOT} ${ROOT}/*/CMakeLists.txt ${ROOT}/tools/* ${ROOT}/.ci/*)
list(APPEND scripts CMakeLists.txt)
list(FILTER scripts EXCLUDE REGEX "^(build|out|\\.)/")

foreach(file IN LISTS sources scripts)
  if(NOT EXISTS ${ROOT}/${file})
    continue()
  endif()
  file(STRINGS ${ROOT}/${file} lines LIMIT_COUNT 3)
  if(NOT lines MATCHES "SPDX-License-Identifier: GPL-3\\.0-or-later")
    complain(${file} "the first line names the licence: SPDX-License-Identifier: GPL-3.0-or-later")
  endif()
endforeach()

foreach(file IN LISTS sources)
  get_filename_component(name ${file} NAME)
  if(NOT name MATCHES "^[a-z0-9_]+\\.(h|cpp)$")
    complain(${file} "file names are snake_case")
  endif()
  file(STRINGS ${ROOT}/${file} hits REGEX "^#pragma once$")
  if(file MATCHES "\\.h$" AND NOT hits)
    complain(${file} "a header begins with #pragma once")
  endif()

  # Own header first: then every header is known to stand alone.
  string(REGEX REPLACE "\\.cpp$" ".h" header ${file})
  if(file MATCHES "\\.cpp$" AND EXISTS ${ROOT}/${header})
    file(STRINGS ${ROOT}/${file} first REGEX "^#include" LIMIT_COUNT 1)
    if(NOT first STREQUAL "#include \"${header}\"")
      complain(${file} "its own header is included first")
    endif()
  endif()

  file(STRINGS ${ROOT}/${file} hits REGEX "^#include \"")
  foreach(hit IN LISTS hits)
    if(NOT hit MATCHES "^#include \"(app|core|tests|ui)/|^#include \"[a-z0-9_]+\\.moc\"")
      complain(${file} "include paths start with the layer: ${hit}")
    endif()
  endforeach()

  foreach(pattern "using namespace std[^:]" "[^a-z]/(work|root)/" "TODO|FIXME|XXX" "Q(SKIP|EXPECT_FAIL) *\\("
                  "^ *#include <(format|expected|source_location)>")
    file(STRINGS ${ROOT}/${file} hits REGEX "${pattern}" LIMIT_COUNT 1)
    if(hits)
      complain(${file} "not allowed: ${hits}")
    endif()
  endforeach()
endforeach()

# The name of a test's class follows from its file, so that a failure in the log leads to it.
file(GLOB_RECURSE tests RELATIVE ${ROOT} ${ROOT}/tests/*/tst_*.cpp)
foreach(file IN LISTS tests)
  get_filename_component(stem ${file} NAME_WE)
  file(STRINGS ${ROOT}/${file} hits REGEX "#include \"${stem}\\.moc\"")
  if(NOT hits)
    complain(${file} "a test ends with #include \"${stem}.moc\"")
  endif()
endforeach()

if(broken)
  message(FATAL_ERROR "${broken} project rules broken")
endif()
message("project rules hold")
