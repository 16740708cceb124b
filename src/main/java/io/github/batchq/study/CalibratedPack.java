package io.github.batchq.study;

import io.github.batchq.model.Numerals;
import io.github.batchq.service.TokenCosts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The step costs of a twin as a coefficient pack: YAML with its provenance and range. */
public final class CalibratedPack {
  private static final int DIGITS = 7;

  private CalibratedPack() {}

  /** Whether the costs of a twin are those of token steps, which a pack can hold. */
  public static boolean isPossible(TwinRun twin) {
    return costs(twin) != null;
  }

  private static @Nullable TokenCosts costs(TwinRun twin) {
    return twin.calibration().model().create().tokenCosts();
  }

  /**
   * The pack. Its range are the numbers of requests that ran at once in the replay, and the answers
   * of the run.
   *
   * @param date when it was made, such as 2026-12-01
   */
  public static String yaml(TwinRun twin, String date) {
    TokenCosts costs = Objects.requireNonNull(costs(twin), "costs of steps");
    double[] tokens = twin.replayed().tokens();
    double most = Arrays.stream(twin.replayed().running(twin.replayed().firsts())).max().orElse(1);
    Calibration calibration = twin.calibration();
    return String.join(
        "\n",
        "name: calibrated",
        "gpu: not told by the run",
        "llm: not told by the run",
        "software: not told by the run",
        "batchSizes: [1, " + Math.max(1, (int) most) + "]",
        "lengths: ["
            + Numerals.plain(Arrays.stream(tokens).min().orElse(1))
            + ", "
            + Numerals.plain(Arrays.stream(tokens).max().orElse(1))
            + "]",
        "model: " + model(costs),
        "contains: "
            + quoted(
                "passes of the server as its requests saw them, with what was between"
                    + " them; the first tokens with what the client saw before and after"),
        "reference: " + quoted(twin.run().trace().name() + ", batchq twin, " + date),
        "fit: " + quoted(fit(twin, calibration)),
        "");
  }

  private static String fit(TwinRun twin, Calibration calibration) {
    String server = TwinServerText.of(calibration.server());
    return calibration.fitted() == 0
        ? "none: the costs were given, and compared with the run; " + server
        : "to arrivals, prompts, answers, first and last tokens of the first "
            + calibration.fitted()
            + " of "
            + twin.run().size()
            + " requests, by replays under "
            + server
            + "; "
            + String.join("; ", errors(twin));
  }

  private static List<String> errors(TwinRun twin) {
    double[] measured = TwinMetric.values(twin.measured(), twin.requests());
    double[] replayed = TwinMetric.values(twin.replayed(), twin.requests());
    return IntStream.range(0, measured.length)
        .filter(m -> TwinMetric.ALL.get(m).percent() == 0 && !Double.isNaN(measured[m]))
        .mapToObj(
            m ->
                String.format(
                    Locale.ROOT,
                    "%s of the others off by %+.1f %%",
                    TwinMetric.ALL.get(m).id(),
                    100 * (replayed[m] / measured[m] - 1)))
        .toList();
  }

  /** The model as an experiment file has it. */
  public static String model(TokenCosts costs) {
    return "{type: token-level, prefill: "
        + digits(costs.joinSeconds())
        + ", prefillPerToken: "
        + digits(costs.prefillSecondsPerToken())
        + (costs.freePromptTokens() == 0 ? "" : ", freePromptTokens: " + costs.freePromptTokens())
        + ", step: "
        + digits(costs.stepSeconds())
        + ", perRequest: "
        + digits(costs.stepSecondsPerRequest())
        + ", freeRequests: "
        + costs.freeRequests()
        + ", perContextToken: "
        + digits(costs.stepSecondsPerContextToken())
        + "}";
  }

  private static String digits(double value) {
    return Numerals.digits(value, DIGITS);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
