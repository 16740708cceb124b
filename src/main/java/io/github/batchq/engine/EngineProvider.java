package io.github.batchq.engine;

import io.github.batchq.model.BadInputException;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Opens engines of a kind that stands in a jar of its own, because it brings more with it than all
 * of batchq. {@link ServiceLoader} finds it by {@code
 * META-INF/services/io.github.batchq.engine.EngineProvider} on the class path.
 */
public interface EngineProvider {
  /** What the user calls the kind, such as {@code spark}. */
  String kind();

  /**
   * Opens an engine.
   *
   * @param address where it finds its machines; null if it knows by itself
   * @param runsInTask how many runs are sent to a machine at once, at least 1; null if it may
   *     choose
   * @throws BadInputException if no engine can be had there
   */
  RunEngine open(@Nullable String address, @Nullable Integer runsInTask);

  /** The provider of a kind, if it is on the class path. */
  static Optional<EngineProvider> of(String kind) {
    return ServiceLoader.load(EngineProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.kind().equals(kind))
        .findFirst();
  }
}
