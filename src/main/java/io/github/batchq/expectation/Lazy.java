package io.github.batchq.expectation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is computed when it is first asked for, and kept. For use by one thread. */
final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> computation;
  private @Nullable T value;

  /**
   * @param computation what computes it
   */
  Lazy(Supplier<T> computation) {
    this.computation = computation;
  }

  @Override
  public T get() {
    T known = value;
    if (known == null) {
      known = computation.get();
      value = known;
    }
    return known;
  }
}
