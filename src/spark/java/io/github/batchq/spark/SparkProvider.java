package io.github.batchq.spark;

import io.github.batchq.engine.EngineProvider;
import io.github.batchq.engine.RunEngine;
import org.jspecify.annotations.Nullable;

/** Opens engines on Spark. */
public final class SparkProvider implements EngineProvider {
  @Override
  public String kind() {
    return SparkEngine.NAME;
  }

  @Override
  public RunEngine open(@Nullable String address, @Nullable Integer runsInTask) {
    return SparkEngine.open(address, runsInTask);
  }
}
