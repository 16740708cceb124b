package io.github.batchq.file;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.service.RangedService;
import io.github.batchq.service.ServiceModelSpec;
import io.github.batchq.service.ServiceRange;
import io.github.batchq.service.ServiceTimeModel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Published coefficients of a service-time model. A pack is a YAML file that batchq carries, with
 * these keys; its model is used within its range only.
 *
 * @param name how files name it
 * @param gpu what was measured
 * @param llm the language model that ran on it
 * @param software what ran it, or that the source does not say
 * @param batchSizes smallest and largest batch
 * @param lengths generated tokens of the shortest and the longest request; null where the source
 *     does not say
 * @param model the service-time model
 * @param contains what its seconds contain, and what they leave out
 * @param reference where the numbers are published
 * @param fit how they were fitted, how well they fit, and what the source does not say
 */
public record CoefficientPack(
    String name,
    String gpu,
    String llm,
    String software,
    List<Integer> batchSizes,
    @Nullable List<Double> lengths,
    ServiceModelSpec model,
    String contains,
    String reference,
    String fit) {
  /** The names of all packs. */
  public static final List<String> NAMES =
      List.of(
          "phi35-a100-hf", "phi35-gsm8k-longest", "llama31-8b-h100-vllm", "llama31-8b-a100-vllm");

  public CoefficientPack {
    if (batchSizes.size() != 2 || (lengths != null && lengths.size() != 2)) {
      throw new IllegalArgumentException(
          "a range is a list of two numbers, found batch sizes "
              + batchSizes
              + ", lengths "
              + lengths);
    }
    range(name, batchSizes, lengths);
  }

  /** All packs. */
  public static List<CoefficientPack> all() {
    return NAMES.stream().map(CoefficientPack::named).toList();
  }

  /**
   * The pack of a name.
   *
   * @param name one of {@link #NAMES}
   * @throws io.github.batchq.model.BadInputException if there is none
   */
  public static CoefficientPack named(String name) {
    return of(YamlTree.read(DataFile.resource("pack-" + name + ".yaml")));
  }

  /** The pack that a file holds. */
  static CoefficientPack of(YamlTree tree) {
    return new Binder(Path.of("")).bind(tree.root(), CoefficientPack.class, "", tree);
  }

  /** The model, which refuses what lies outside the range. */
  public ServiceTimeModel service() {
    return new RangedService(model.create(), range(name, batchSizes, lengths));
  }

  /** Its range as a line of text. */
  public String range() {
    return "batch sizes "
        + batchSizes.get(0)
        + " to "
        + batchSizes.get(1)
        + ", lengths "
        + (lengths == null ? "not stated" : lengths.get(0) + " to " + lengths.get(1));
  }

  private static ServiceRange range(
      String name, List<Integer> batchSizes, @Nullable List<Double> lengths) {
    return new ServiceRange(
        "the coefficient pack " + name,
        batchSizes.get(0),
        batchSizes.get(1),
        lengths == null ? null : new ServiceRange.Lengths(lengths.get(0), lengths.get(1)));
  }
}
