package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.theory.EnoughBins;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands of {@code theory} that print a table, as a user runs them. */
class TheoryTableCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String line) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(line.split(" ", -1));
  }

  private void assertRow(String start) {
    assertTrue(out.toString().lines().anyMatch(row -> row.startsWith(start)), out.toString());
  }

  @Test
  void bounds() {
    assertEquals(0, run("theory bounds --law uniform(1,20) --batch-size 8 --bins 4 --format csv"));
    assertRow("loss of any bins,1.847222222222");
    assertRow("\"loss, equal mass, itself\",1.847222222222");
    assertRow("density constant S,19.0,exact,");
  }

  @Test
  void throughputShowsBoundsAndLimitBesideTheExactValue() {
    assertEquals(
        0,
        run(
            "theory throughput --law uniform(1,20) --batch-size 8 --bins 4 --boundaries"
                + " sqrt-density --format csv"));
    assertRow(
        "bins,service.mean,throughput,at.least,at.most,asymptotic,efficiency,boundaries,kind,source");
    // Theorem 4.2: for the uniform law bound and limit are the value; T2 has alpha_8 = 0.65012.
    double own = 8 / (10.5 + 19 * EnoughBins.alpha(8) / 4);
    assertRow("4,12.3472222222222");
    String[] cells = out.toString().lines().skip(1).findFirst().orElseThrow().split(",", -1);
    assertEquals(8 / (10.5 + 19 * 7 / 18.0 / 4), Double.parseDouble(cells[2]), 1e-13);
    assertEquals(own, Double.parseDouble(cells[3]), 1e-12);
    assertEquals(8 / (10.5 + 19 * 7 / 18.0 / 4), Double.parseDouble(cells[4]), 1e-12);
    assertEquals(8 / (10.5 + 19 * 7 / 18.0 / 4), Double.parseDouble(cells[5]), 1e-12);
  }

  @Test
  void binsOfAnExponentialLaw() {
    assertEquals(
        0,
        run(
            "theory bins --law exponential(0.1) --batch-size 200 --epsilon 5 --boundaries optimal"
                + " --format csv"));
    assertRow("5.0,20.0,,undefined,");
    assertRow("5.0,20.0,12,upper-bound,");
    assertRow("5.0,20.0,6,approximation,");
    // T9: 200 / 13.51 = 14.80 with 7 bins, 15.38 with 8.
    assertRow("5.0,20.0,8,exact,");
  }

  @Test
  void boundaries(@TempDir Path folder) throws IOException {
    assertEquals(
        0,
        run(
            "theory boundaries --law exponential(0.1) --batch-size 200 --bins 4 --format csv --out "
                + folder.resolve("chart")));
    assertRow("equal-mass,24.0559027676");
    assertRow("optimal,16.938422405");
    try (Stream<Path> files = Files.list(folder.resolve("chart"))) {
      assertEquals(
          List.of("boundaries.pdf", "boundaries.png", "boundaries.svg"),
          files.map(file -> String.valueOf(file.getFileName())).sorted().toList());
    }
  }

  @Test
  void boundariesRefuseBadInput() {
    assertEquals(2, run("theory boundaries --law pareto(0.9,1) --batch-size 8 --bins 2"));
    assertEquals(2, run("theory boundaries --law uniform(1,2) --batch-size 8 --bins 0"));
    assertEquals(
        2, run("theory boundaries --law uniform(1,2) --batch-size 8 --bins 2 --boundaries best"));
  }

  @Test
  void boundsOfAnUnboundedLaw() {
    assertEquals(
        0, run("theory bounds --law exponential(0.1) --batch-size 8 --bins 4 --format csv"));
    assertRow("density constant S,40.0,exact,");
    assertRow("\"loss, equal mass\",,undefined,");
    assertRow("gain c_max / c_1,8.0,upper-bound,");
  }

  @Test
  void latencyOfTheUniformLaw() {
    assertEquals(
        0,
        run(
            "theory latency --law uniform(1,20) --batch-size 128 --bins 1,2 --rate 7 --quantiles"
                + " 0.5 --format csv"));
    assertRow(
        "bins,rate,load,formation.mean,service.mean,infinite.mean,infinite.q0.5,queueing.mean,"
            + "queueing.low.load,queueing.high.load,latency.mean,kind,source");
    // Above capacity, 6.447, there is no steady state.
    String[] one = cells(1);
    assertEquals("", one[10]);
    assertEquals("undefined", one[11]);
    String[] two = cells(2);
    assertEquals(33.3192, Double.parseDouble(two[5]), 5.1e-5);
    assertEquals(36.7927, Double.parseDouble(two[10]), 5.1e-5);
    assertEquals("approximation", two[11]);
  }

  @Test
  void latencyAtALoad() {
    assertEquals(
        0,
        run(
            "theory latency --law uniform(1,20) --batch-size 8 --bins 1 --load 0.5..0.9 --step 0.2"
                + " --servers 2 --format csv"));
    for (int row = 1; row <= 3; row++) {
      assertEquals(0.3 + 0.2 * row, Double.parseDouble(cells(row)[2]), 1e-12);
      assertTrue(out.toString().contains("lower-bound"));
    }
  }

  private String[] cells(int row) {
    return out.toString().lines().skip(row).findFirst().orElseThrow().split(",", -1);
  }

  @Test
  void bestBins() {
    assertEquals(
        0,
        run(
            "theory best-bins --law uniform(1,20) --batch-size 128 --rate 13.5,13.6,1000"
                + " --servers infinite --boundaries equal-mass --format csv"));
    assertRow("13.5,1,");
    assertRow("13.6,2,");
    assertRow("1000.0,12,");
    assertEquals(Math.sqrt(1000 * 19 / 129.0), Double.parseDouble(cells(3)[4]), 1e-9);
  }

  /** On one server, the default, one bin carries 0.447 per second and nothing more than 0.762. */
  @Test
  void bestBinsOnOneServer() {
    assertEquals(
        0,
        run(
            "theory best-bins --law uniform(1,20) --batch-size 8 --rate 0.7238,0.8"
                + " --boundaries equal-mass --format csv"));
    assertRow("0.7238,20,");
    assertEquals("", cells(1)[3], "one bin is unstable");
    assertEquals("approximation", cells(1)[5]);
    assertEquals(21.2, Double.parseDouble(cells(1)[4]), 0.1, "T37");
    assertRow("0.8,,,,");
    assertEquals("undefined", cells(2)[5]);
  }

  /** A rule of thumb that the servers would not keep up with is not shown. */
  @Test
  void bestBinsNeverNamesAnOverloadedNumber() {
    assertEquals(
        0,
        run(
            "theory best-bins --law uniform(1,20) --batch-size 8 --rate 0.45..0.74 --step 0.01"
                + " --boundaries equal-mass --format csv"));
    for (int row = 1; row <= 30; row++) {
      for (int column : new int[] {1, 4}) {
        if (!cells(row)[column].isEmpty()) {
          long bins = Math.max(1, Math.round(Double.parseDouble(cells(row)[column])));
          double capacity = 8 / (10.5 + 19 * 7 / 18.0 / bins);
          assertTrue(Double.parseDouble(cells(row)[0]) < capacity, out.toString());
        }
      }
    }
  }

  /** Infinitely many servers are never overloaded; the source says how many it takes. */
  @Test
  void bestBinsOfInfinitelyManyServersSayHowManyItTakes() {
    assertEquals(
        0,
        run(
            "theory best-bins --law uniform(1,20) --batch-size 8 --rate 10 --servers infinite"
                + " --boundaries equal-mass --format csv"));
    double bins = Double.parseDouble(cells(1)[1]);
    double busy = 10 * (10.5 + 19 * 7 / 18.0 / bins) / 8;
    assertTrue(out.toString().contains("needs more than " + busy + " servers"), out.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "theory latency --law uniform(1,20) --batch-size 8",
        "theory latency --law uniform(1,20) --batch-size 8 --rate 1 --load 0.5",
        "theory latency --law uniform(1,20) --batch-size 8 --rate 0",
        "theory latency --law uniform(1,20) --batch-size 8 --rate x",
        "theory latency --law uniform(1,20) --batch-size 8 --rate 1 --quantiles 1",
        "theory latency --law pareto(1,1) --batch-size 8 --load 0.5 --boundaries equal-mass",
        "theory latency --law uniform(1,20) --batch-size 8 --rate 1 --boundaries 5 --bins 3",
        "theory best-bins --law uniform(1,20) --batch-size 8 --rate -1",
        "theory best-bins --law uniform(1,20) --batch-size 8 --rate 1 --servers 0",
        "theory best-bins --law uniform(1,20) --batch-size 8 --rate 1 --servers many",
        "theory latency --law uniform(1,20) --batch-size 8 --rate 1 --servers infinite",
        "theory best-bins --law uniform(1,20) --batch-size 8 --rate 1 --most-bins 0",
        "theory best-bins --law pareto(1,1) --batch-size 8 --rate 1 --boundaries equal-width"
      })
  void latencyCommandsRefuseBadInput(String line) {
    assertEquals(2, run(line), out.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
  }

  @Test
  void bulk() {
    assertEquals(0, run("theory bulk --law uniform(1,20) --rate 0.35 --batch-size 8 --format csv"));
    assertRow("quantity,value,kind,source");
    assertRow("wait.mean,10.9925029463");
    assertRow("latency.mean,28.3092916494");
    assertRow("batch.size.mean,5.89194154");
    assertRow("capacity,0.4472049689");
  }

  @Test
  void bulkOfGroups() {
    assertEquals(
        0,
        run(
            "theory bulk --law uniform(1,3) --rate 2 --batch-size 8 --group deterministic(4)"
                + " --format csv"));
    assertRow("latency.mean,5.056875");
    assertRow("batch.size.mean,6.136198");
    assertRow("capacity,2.88");
    assertTrue(out.toString().contains("\"T18, "), out.toString());
  }

  @Test
  void bulkOfGroupsWithoutBounds() {
    assertEquals(
        0,
        run(
            "theory bulk --law uniform(1,3) --rate 2 --batch-size 8 --group pareto(1.5,1)"
                + " --format csv"));
    assertRow("wait.mean,,undefined,");
    assertTrue(out.toString().contains("infinite variance"), out.toString());
  }

  @Test
  void bulkWithAllOptions() {
    assertEquals(
        0,
        run(
            "theory bulk --law uniform(1,20) --rate 1.8 --batch-size 32 --least 32 --alpha 2"
                + " --beta 0.1 --gamma 0.5 --elastic --format csv"));
    assertRow("wait.mean,9.0250890336");
    assertRow("latency.mean,19.4750890336");
  }

  @Test
  void anUnstableQueueSaysSo() {
    assertEquals(0, run("theory bulk --law uniform(1,20) --rate 1 --batch-size 8 --format csv"));
    assertRow("wait.mean,,undefined,");
    assertTrue(out.toString().contains("unstable: 17.8"), out.toString());
  }

  @Test
  void timeout() {
    assertEquals(
        0,
        run("theory timeout --law uniform(1,20) --rate 1 --batch-size 8 --timeout 2 --format csv"));
    assertRow("formation.mean,1.33012");
    assertRow("batch.size.mean,2.99860");
    assertRow("service.mean,15.46227");
    assertRow("load,4.8712");
    assertRow("latency.infinite.servers,16.79239");
  }

  @Test
  void continuous() {
    assertEquals(
        0,
        run(
            "theory continuous --law exponential(0.1) --rate 0.45 --tau0 1 --alpha 0.05 --slots 8"
                + " --format csv"));
    assertRow("latency.with.slots,16.49666");
    assertRow("capacity.with.slots,0.57142857");
    assertRow("latency.without.limit,13.5483");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "theory bulk --law uniform(1,20) --rate 1 --batch-size 0",
        "theory bulk --law uniform(1,20) --rate -1 --batch-size 8",
        "theory bulk --law uniform(1,20) --rate 1 --batch-size 8 --least 9",
        "theory bulk --law uniform(1,20) --rate 1 --batch-size 8 --gamma -1",
        "theory bulk --law uniform(1,20) --batch-size 8",
        "theory bulk --law nothing(1) --rate 1 --batch-size 8",
        "theory bulk --law uniform(1,20) --rate 1 --batch-size 8 --group 4",
        "theory bulk --law uniform(1,20) --rate 1 --batch-size 8 --group nothing(4)",
        "theory timeout --law uniform(1,20) --rate 1 --batch-size 8 --timeout -1",
        "theory timeout --law uniform(1,20) --rate 1 --batch-size 8 --timeout 1 --bins 0",
        "theory timeout --law uniform(1,20) --rate 1 --batch-size 8 --timeout 1 --boundaries none",
        "theory continuous --law exponential(0.1) --rate 1 --tau0 -1",
        "theory continuous --law exponential(0.1) --rate 1 --tau0 1 --slots 0"
      })
  void refusesBadInputInOneSentence(String line) {
    assertEquals(2, run(line), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().startsWith("batchq: "), err.toString());
    assertEquals("", out.toString());
  }
}
