package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.ReferenceValues;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TheoryErrorsCommandTest {
  private record Result(int status, String out, String err) {
    String[] line(int number) {
      return out.lines().skip(number).findFirst().orElse("").split(",", -1);
    }
  }

  private static Result run(String options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> arguments = new ArrayList<>(List.of("theory", "errors"));
    arguments.addAll(List.of(options.split(" ")));
    int status = line.execute(arguments.toArray(String[]::new));
    return new Result(status, out.toString(), err.toString());
  }

  @Test
  void figure8() {
    Result result = run("--law uniform(1,20) --batch-size 128 --format csv");
    assertEquals(0, result.status(), result.err());
    assertEquals(1 + 33, result.out().lines().count());
    assertEquals(
        "bins,errors,accuracy,service.mean,throughput,regret.oracle,regret.none,boundaries,kind,source",
        result.out().lines().findFirst().orElse(""));
    String[] row = result.line(3);
    JsonNode known = ReferenceValues.values("theory/laws.json", "fig8_B128_uniform_1_20").get("k2");
    double errors = known.get("0.10").asDouble();
    assertEquals("2", row[0]);
    assertEquals("0.1", row[1]);
    assertEquals(0.9, Double.parseDouble(row[2]), 1e-12);
    assertEquals(errors, Double.parseDouble(row[4]), 1e-12);
    assertEquals(known.get("0.00").asDouble() - errors, Double.parseDouble(row[5]), 1e-12);
    assertEquals(known.get("0.50").asDouble() - errors, Double.parseDouble(row[6]), 1e-12);
    assertEquals("10.5", row[7]);
    assertEquals("exact", row[8]);
    assertEquals("0.5", result.line(33)[1]);
  }

  @Test
  void matricesAndListedBoundaries() {
    Result result =
        run(
            "--law uniform(1,20) --batch-size 8 --format csv --matrix resource:confusion-lmsys-k2.csv"
                + " --matrix resource:confusion-lmsys-k8.csv");
    assertEquals(3, result.out().lines().count());
    assertEquals(16.3355465505, Double.parseDouble(result.line(1)[3]), 5.1e-11);
    assertEquals("8", result.line(2)[0]);
    Result listed =
        run(
            "--law exponential(1) --batch-size 8 --boundaries 0.5,2 --error-rates 0..0.3 --step 0.1 --format csv");
    assertEquals(1 + 4, listed.out().lines().count());
    assertEquals("0.3", listed.line(4)[1]);
    assertEquals("3", listed.line(4)[0]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--error-rates x|--error-rates takes numbers such as",
        "--error-rates 0.5..0|--error-rates takes numbers such as",
        "--error-rates 1e999999999|--error-rates takes numbers such as",
        "--error-rates 0..1 --step 0|--step takes a positive number",
        "--error-rates 0..1 --step x|--step takes a positive number",
        "--error-rates 0..0.5 --step 1e-9|at most 10000 numbers",
        "--error-rates -0.1|errorRate must be in [0, 1], found -0.1",
        "--error-rates 0.6|errorRate must be in [0, 0.5]",
        "--bins 0|--bins takes whole numbers",
        "--boundaries fair|there is no boundary rule 'fair'",
        "--boundaries 5,x|--boundaries takes a rule or increasing numbers",
        "--boundaries 5,10 --bins 2|--boundaries 5,10 makes 3 bins, found --bins 2",
        "--matrix none.csv|none.csv does not exist",
        "--matrix resource:confusion-lmsys-k3.csv|does not exist",
        "--matrix resource:phi35-gsm8k-lengths.csv|a confusion matrix has as many columns as rows",
        "--bins 2 --matrix resource:confusion-lmsys-k4.csv|is of 4 bins, found --bins 2",
        "--boundaries 5,10 --matrix resource:confusion-lmsys-k4.csv|is of 4 bins, found --boundaries 5,10"
      })
  void refuses(String options, String sentence) {
    Result result = run("--law uniform(1,20) --batch-size 8 " + options);
    assertEquals(2, result.status(), result.out());
    assertTrue(result.err().contains(sentence), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
  }
}
