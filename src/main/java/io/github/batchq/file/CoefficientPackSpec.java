package io.github.batchq.file;

import io.github.batchq.model.Key;
import io.github.batchq.model.NearestName;
import io.github.batchq.service.ServiceModelSpec;
import io.github.batchq.service.ServiceTimeModel;

/**
 * A coefficient pack as files name it.
 *
 * @param name its name, see {@link CoefficientPack#all}
 */
public record CoefficientPackSpec(
    @Key(about = "name of the pack", example = "phi35-a100-hf") String name)
    implements ServiceModelSpec {
  public CoefficientPackSpec {
    if (!CoefficientPack.NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "unknown coefficient pack '"
              + name
              + "'; "
              + NearestName.hint(name, CoefficientPack.NAMES));
    }
  }

  @Override
  public ServiceTimeModel create() {
    return CoefficientPack.named(name).service();
  }
}
