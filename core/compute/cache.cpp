// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/cache.h"

namespace rankscope {

std::any ResultCache::findAny(const Fingerprint& key) {
  const std::lock_guard lock(m_mutex);
  const auto place = m_places.find(key);
  if (place == m_places.end()) return {};
  m_entries.splice(m_entries.begin(), m_entries, place->second);
  return place->second->value;
}

void ResultCache::storeAny(const Fingerprint& key, std::any value, std::size_t bytes) {
  const std::lock_guard lock(m_mutex);
  if (const auto place = m_places.find(key); place != m_places.end()) {
    m_bytes -= place->second->bytes;
    m_entries.erase(place->second);
    m_places.erase(place);
  }
  if (bytes > m_capacity) return;
  m_entries.push_front({key, std::move(value), bytes});
  m_places[key] = m_entries.begin();
  m_bytes += bytes;
  while (m_bytes > m_capacity) {
    m_bytes -= m_entries.back().bytes;
    m_places.erase(m_entries.back().key);
    m_entries.pop_back();
  }
}

void ResultCache::clear() {
  const std::lock_guard lock(m_mutex);
  m_entries.clear();
  m_places.clear();
  m_bytes = 0;
}

std::size_t ResultCache::bytes() const {
  const std::lock_guard lock(m_mutex);
  return m_bytes;
}

}  // namespace rankscope
