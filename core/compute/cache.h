// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <any>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "core/base/fingerprint.h"

namespace rankscope {

/// Results by the fingerprint of everything they depend on; least recently used go first when `capacity` bytes are
/// passed. Thread-safe; values are immutable and shared, so dropping one never hurts who holds it.
class ResultCache {
 public:
  explicit ResultCache(std::size_t capacity) : m_capacity(capacity) {}

  template <class T>
  std::shared_ptr<const T> find(const Fingerprint& key) {
    const std::any hit = findAny(key);
    const auto* typed = std::any_cast<std::shared_ptr<const T>>(&hit);
    return typed ? *typed : nullptr;
  }

  template <class T>
  void store(const Fingerprint& key, std::shared_ptr<const T> value, std::size_t bytes) {
    storeAny(key, std::any(std::move(value)), bytes);
  }

  void clear();
  std::size_t bytes() const;

 private:
  struct Entry {
    Fingerprint key;
    std::any value;
    std::size_t bytes = 0;
  };
  std::any findAny(const Fingerprint& key);
  void storeAny(const Fingerprint& key, std::any value, std::size_t bytes);

  mutable std::mutex m_mutex;  // guards all below
  std::list<Entry> m_entries;  // most recently used first
  std::map<Fingerprint, std::list<Entry>::iterator> m_places;
  std::size_t m_bytes = 0;
  const std::size_t m_capacity;
};

}  // namespace rankscope
