package io.github.batchq.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.Metric;
import io.github.batchq.metric.PairedComparison;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.results.ResultFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BestValuesTest {
  @TempDir Path folder;

  /** At rate 1: a and b cannot be told apart, c is worse, d is overloaded; at rate 2 all are. */
  @BeforeEach
  void results() {
    ResultFolder.write(
        folder,
        Map.of(
            "summary.csv",
            bytes(
                """
                arrivals.rate,policy,latency.mean,latency.mean.ci95,throughput,throughput.ci95
                1,"c, wide",12,1,1,0.1
                1,a,10,1,1,0.1
                1,b,10.1,1,1.5,0.1
                1,d,Infinity,,0.5,0.1
                2,a,Infinity,,1,0.1
                2,d,Infinity,,1.1,0.1
                """),
            "replications.csv",
            bytes(
                """
                arrivals.rate,policy,replication,latency.mean,throughput
                1,"c, wide",0,11.5,1
                1,"c, wide",1,12.4,1.1
                1,"c, wide",2,12.1,0.9
                1,a,0,9.5,1
                1,a,1,10.5,1.1
                1,a,2,10,0.9
                1,b,0,9.9,1.5
                1,b,1,10.3,1.6
                1,b,2,10.1,1.4
                1,d,0,99,0.5
                1,d,1,98,0.6
                1,d,2,97,0.4
                2,a,0,99,1
                2,a,1,99,1
                2,a,2,99,1
                2,d,0,99,1.1
                2,d,1,99,1.1
                2,d,2,99,1.1
                """)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private ResultTable find(String metric, String... without) {
    return new BestValues("policy", Metric.named(metric), 0.95, List.of(without)).find(folder);
  }

  @Test
  void namesTheBestThoseLikeItAndTheNext() {
    ResultTable found = find("latency.mean");
    PairedComparison pair =
        PairedComparison.of(
            new double[] {9.5, 10.5, 10},
            new double[] {11.5, 12.4, 12.1},
            0.95,
            2,
            Metric.named("latency.mean").direction());
    assertEquals(
        List.of(
            "1",
            "a",
            "10.0",
            "b",
            "c, wide",
            ResultTable.cell(1.2),
            ResultTable.cell(pair.ratioLow()),
            ResultTable.cell(pair.ratioHigh()),
            "1"),
        found.rows().get(0));
    assertTrue(pair.ratioLow() > 1.1 && pair.ratioHigh() < 1.3);
    assertEquals(List.of("2", "", "", "", "", "", "", "", "2"), found.rows().get(1));
    assertEquals(
        List.of(
            "arrivals.rate",
            "best",
            "latency.mean",
            "not told from it",
            "next",
            "ratio",
            "at.least",
            "at.most",
            "overloaded"),
        found.columns());
  }

  /** More throughput is better, and an overloaded point has one. */
  @Test
  void knowsWhatIsBetter() {
    ResultTable found = find("throughput");
    assertEquals("b", found.text(0, "best"));
    assertEquals("0", found.text(0, "overloaded"));
    assertEquals("d", found.text(1, "best"));
    assertEquals("a", found.text(1, "next"));
  }

  @Test
  void leavesOutWhatTakesNoPart() {
    ResultTable found = find("latency.mean", "a", "c, wide");
    assertEquals("b", found.text(0, "best"));
    assertEquals("", found.text(0, "next"));
    assertEquals(1, find("latency.mean", "a", "d").rows().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bins | latency.mean | a | 'bins' is no swept path",
        "policy | latency.p99 | a | 'latency.p99' is no metric",
        "policy | latency.mean | e | 'e' is no value of policy",
        "policy | utilization | a | of which less or more is better, found utilization"
      })
  void refusesWhatIsNotThere(String path, String metric, String without, String words) {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> new BestValues(path, Metric.named(metric), 0.95, List.of(without)).find(folder));
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }

  @Test
  void refusesASingleRun() throws IOException {
    Files.writeString(
        folder.resolve("replications.csv"),
        "arrivals.rate,policy,replication,latency.mean\n1,a,0,10\n");
    BadInputException e =
        assertThrows(BadInputException.class, () -> find("latency.mean", "b", "c, wide", "d"));
    assertTrue(
        e.getMessage().contains("1 runs of the point 1, a, where comparing needs two"),
        e.getMessage());
  }

  @Test
  void whatDoesNotHaveTheMetricIsNotOverloaded() {
    ResultFolder.write(
        folder,
        Map.of(
            "summary.csv",
            bytes(
                """
                arrivals.rate,policy,ttft.mean
                1,standard,
                1,continuous,2
                1,overloaded,Infinity
                """),
            "replications.csv",
            bytes(
                """
                arrivals.rate,policy,replication,ttft.mean
                1,standard,0,
                1,standard,1,
                1,continuous,0,1.9
                1,continuous,1,2.1
                1,overloaded,0,90
                1,overloaded,1,91
                """)));
    ResultTable found = find("ttft.mean");
    assertEquals("continuous", found.text(0, "best"));
    assertEquals("1", found.text(0, "overloaded"));
  }

  @Test
  void refusesATableThatIsNoResult() {
    ResultFolder.write(
        folder, Map.of("summary.csv", bytes("a\n1\n"), "replications.csv", bytes("a\n1\n")));
    String message = assertThrows(BadInputException.class, () -> find("latency.mean")).getMessage();
    assertTrue(message.contains("the column 'replication' is missing"), message);
  }

  @Test
  void aNoisyValueBehindTheNextIsNotToldFromTheBestEither() {
    ResultFolder.write(
        folder,
        Map.of(
            "summary.csv",
            bytes("policy,latency.mean\na,10\nclose,11\nnoisy,30\n"),
            "replications.csv",
            bytes(
                """
                policy,replication,latency.mean
                a,0,9.9
                a,1,10.1
                a,2,10
                close,0,10.9
                close,1,11.1
                close,2,11
                noisy,0,5
                noisy,1,30
                noisy,2,55
                """)));
    ResultTable found = find("latency.mean");
    assertEquals("a", found.text(0, "best"));
    assertEquals("noisy", found.text(0, "not told from it"));
    assertEquals("close", found.text(0, "next"));
  }
}
