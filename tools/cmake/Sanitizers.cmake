# SPDX-License-Identifier: GPL-3.0-or-later
add_library(rankscope_sanitizers INTERFACE)
if(RANKSCOPE_SANITIZE)
  target_compile_options(rankscope_sanitizers INTERFACE -fsanitize=${RANKSCOPE_SANITIZE} -fno-omit-frame-pointer
                                                        -fno-sanitize-recover=all -g1)
  target_link_options(rankscope_sanitizers INTERFACE -fsanitize=${RANKSCOPE_SANITIZE})
endif()
