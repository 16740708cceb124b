package io.github.batchq.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Remembers what was computed of keys, the most recently used ones of them, for one thread at a
 * time.
 *
 * @param <K> the keys
 * @param <V> what is computed of them
 */
public final class RecentlyUsed<K, V> {
  private final Map<K, V> values;

  /**
   * @param most how many are remembered, at least 1
   */
  public RecentlyUsed(int most) {
    this.values =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  /** How many are remembered. */
  public int size() {
    return values.size();
  }

  /** The value of a key, which is computed unless it is remembered. */
  public V get(K key, Function<? super K, ? extends V> compute) {
    V value = values.get(key);
    if (value == null) {
      value = compute.apply(key);
      values.put(key, value);
    }
    return value;
  }
}
