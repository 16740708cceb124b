package io.github.batchq.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.Gain;
import io.github.batchq.random.AntitheticStreams;
import io.github.batchq.random.RandomStreams;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class VarianceReductionStudyTest {
  private static List<MeasuredGain> gains = List.of();

  @BeforeAll
  static void study() {
    gains = new VarianceReductionStudy(3, 150, 2000).run();
  }

  private static Gain gain(String part, String system, String quantity, String method) {
    return gains.stream()
        .filter(
            gain ->
                gain.part().startsWith(part)
                    && gain.system().equals(system)
                    && gain.quantity().equals(quantity)
                    && gain.method().equals(method))
        .findFirst()
        .orElseThrow()
        .gain();
  }

  @Test
  void everyMethodIsMeasuredOnEverySystem() {
    // 18 systems of 3 quantities and 6 methods, 9 differences, 8 integrals, 4 short runs.
    assertEquals(18 * 3 * 6 + 9 * 3 + 8 + 4 * 3, gains.size());
    for (MeasuredGain one : gains) {
      Gain gain = one.gain();
      assertTrue(0 < gain.low() && gain.low() <= gain.value(), one::toString);
      assertTrue(gain.value() <= gain.high(), one::toString);
    }
  }

  @Test
  void gainsAreWhatTheSystemsMakeThem() {
    String light = "B = 8, k = 1, load 0.3";
    // Without queueing the control is the latency itself, but for the flush at the end.
    assertTrue(gain("Runs", light, "latency.mean", "control: infinite servers").low() > 100);
    assertTrue(gain("Runs", light, "throughput", "control: gap").low() > 100);
    assertEquals(1, gain("Runs", light, "throughput", "control: length").value(), 0.05);
    assertEquals("helps", gain("Runs", light, "latency.mean", "antithetic pairs").verdict());
    // An independent program measured 1.44 and, with longer runs, 0.84.
    Gain common = gain("Difference", light, "latency.mean", "common random numbers");
    assertTrue(common.low() < 1.44 && 1.44 < common.high(), common::toString);
    Gain busy =
        gain("Difference", "B = 8, k = 1, load 0.9", "latency.mean", "common random numbers");
    assertTrue(busy.low() < 1, busy::toString);
    assertEquals(
        "helps",
        gain("Integrals", "uniform(1,20), B = 8, k = 4", "mean longest length", "Sobol points")
            .verdict());
    assertEquals(
        "helps",
        gain("Short", "B = 8, k = 1, load 0.8, 32 requests", "throughput", "Sobol points")
            .verdict());
  }

  @Test
  void aStudyIsRepeatableWhateverTheThreads() {
    PaperScenario scenario = new PaperScenario(8, 4, 1);
    AntitheticStreams streams = new AntitheticStreams(new RandomStreams(1, 10));
    assertEquals(
        scenario.runs(0.3, 500, 20, streams),
        scenario.runs(0.3, 500, 20, new AntitheticStreams(new RandomStreams(1, 10))));
  }

  @Test
  void tablesHaveARowForEachSystemAndAColumnForEachMethod() {
    Gain helps = new Gain(2.5, 2, 3.125);
    Gain huge = new Gain(1234.4, 900, 1e26);
    Gain harms = new Gain(0.8, 0.7, 0.9);
    String markdown =
        new GainTables(
                List.of(
                    new MeasuredGain("Long runs", "A", "latency", "pairs", helps),
                    new MeasuredGain("Long runs", "A", "latency", "control", huge),
                    new MeasuredGain("Long runs", "B", "latency", "pairs", harms),
                    new MeasuredGain("Integrals", "A", "length", "points", helps)))
            .markdown();
    assertEquals(
        """
        | part | method | quantity | helps | harms | cases | median | from | to |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        | Long runs | pairs | latency | 1 | 1 | 2 | 1.65 | 0.80 | 2.50 |
        | Long runs | control | latency | 1 | 0 | 1 | 1234 | 1234 | 1234 |
        | Integrals | points | length | 1 | 0 | 1 | 2.50 | 2.50 | 2.50 |

        ## Long runs

        | quantity | system | pairs | control |
        | --- | --- | --- | --- |
        | latency | A | 2.50 (2.00 to 3.13) | 1234 (900 to > 1e6) |
        | latency | B | 0.80 (0.70 to 0.90) |  |

        ## Integrals

        | quantity | system | points |
        | --- | --- | --- |
        | length | A | 2.50 (2.00 to 3.13) |
        """,
        markdown);
  }

  @Test
  void tooSmallStudiesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new VarianceReductionStudy(1, 59, 1000));
    assertThrows(IllegalArgumentException.class, () -> new VarianceReductionStudy(1, 60, 127));
  }
}
