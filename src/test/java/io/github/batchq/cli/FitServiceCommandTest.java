package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code batchq fit service} as a user runs it. */
class FitServiceCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @BeforeEach
  void measure() throws IOException {
    StringBuilder csv = new StringBuilder("batchSize,length,seconds\n");
    for (int size = 1; size <= 10; size++) {
      for (int length : new int[] {40, 100, 300}) {
        csv.append(size).append(',').append(length).append(',');
        csv.append(0.5 + 0.25 * size + (0.03 + 0.001 * size) * length).append('\n');
      }
    }
    Files.writeString(folder.resolve("m.csv"), csv);
  }

  private int run(String... line) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(line);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void ranksAndPrintsABlockThatRuns() throws IOException {
    assertEquals(
        0, run("fit", "service", file("m.csv"), "--out", file("block.yaml")), err::toString);
    String model = "  model: {type: affine, alpha: 0.5, beta: 0.25, gamma: 0.03, delta: 0.001}";
    assertTrue(out.toString().contains(model), out.toString());
    String first = out.toString().lines().skip(2).findFirst().orElseThrow();
    assertTrue(first.startsWith("affine"), first);
    String block = Files.readString(folder.resolve("block.yaml"));
    assertTrue(out.toString().endsWith(block));
    String experiment =
        """
        name: fitted
        scenario:
        %s
          arrivals: {process: poisson, rate: 0.1}
          policy: {type: standard, batchSize: 8}
          requests: 100
        replications: 2
        seed: 1
        metrics: [service.mean]
        """
            .formatted(block.indent(2).stripTrailing());
    Files.writeString(folder.resolve("e.yaml"), experiment);
    assertEquals(0, run("run", file("e.yaml"), "--out", file("results")), err::toString);
  }

  @Test
  void otherFormatsHoldTheTableAlone() {
    assertEquals(0, run("fit", "service", file("m.csv"), "--model", "longest", "--format", "csv"));
    assertEquals(3, out.toString().lines().count());
    assertTrue(out.toString().startsWith("model,held-out mean error [%],"));
    assertTrue(
        err.toString()
            .startsWith(
                "# fitted to 24 of the 30 batches of "
                    + file("m.csv")
                    + ", of sizes 1 to 10 and lengths 40 to 300\n"),
        err::toString);
    String warning = err.toString().lines().skip(2).findFirst().orElseThrow();
    assertTrue(
        warning.startsWith("warning: the residuals of longest have a slope over the batch size: "),
        warning);
    assertEquals(3, err.toString().lines().count());
  }

  private void write(String name, String header, int batches, IntFunction<String> row)
      throws IOException {
    StringBuilder csv = new StringBuilder(header + "\n");
    for (int i = 0; i < batches; i++) {
      csv.append(row.apply(i)).append('\n');
    }
    Files.writeString(folder.resolve(name), csv);
  }

  /** Columns of another tool, in ms, whose prompts are of one request; two groups. */
  @Test
  void readsColumnsByNameAndUnitAndGroupsThem() throws IOException {
    write(
        "tool.csv",
        "gpu,prompt_size,batch_size,token_size,e2e_time",
        80,
        i -> {
          int size = 1 + i / 2 % 8;
          int prompt = 100 * (1 + i % 3);
          int length = 40 + 20 * (i % 5);
          double slow = i % 2 == 0 ? 1 : 2;
          double ms = 1000 * slow * (0.1 + 1e-4 * size * prompt + (0.01 + 0.001 * size) * length);
          return (i % 2 == 0 ? "a," : "b,") + prompt + "," + size + "," + length + "," + ms;
        });
    String[] line = {
      "fit",
      "service",
      file("tool.csv"),
      "--column",
      "batchSize=batch_size",
      "--column",
      "length=token_size",
      "--column",
      "seconds=e2e_time",
      "--column",
      "promptTokens=prompt_size",
      "--time-unit",
      "ms",
      "--prompts",
      "request",
      "--group",
      "gpu",
      "--model",
      "token-level",
      "--hold-out",
      "0",
      "--format",
      "csv"
    };
    assertEquals(0, run(line), err::toString);
    assertTrue(out.toString().startsWith("gpu,model,fitted mean error [%],"), out.toString());
    for (String expected :
        List.of(
            "a,prefillPerToken,1.0",
            "b,prefillPerToken,2.0",
            "a,perRequest,10",
            "b,perRequest,20")) {
      String[] cells = expected.split(",", -1);
      String row =
          out.toString()
              .lines()
              .filter(one -> one.startsWith(cells[0] + ",") && one.contains("," + cells[1] + ","))
              .findFirst()
              .orElseThrow();
      double value = Double.parseDouble(row.split(",", -1)[6]);
      assertEquals(1e-4 * Double.parseDouble(cells[2]), value, 1e-9, row);
    }
    assertTrue(err.toString().contains("tool.csv with gpu b, of sizes 1 to 8"), err::toString);
    assertTrue(err.toString().contains(" at most, on these\n"), err::toString);
    assertFalse(err.toString().contains("warning"), err::toString);
  }

  @Test
  void fitsToNamedRowsAndWarnsOfAKnee() throws IOException {
    write(
        "knee.csv",
        "batchSize,length,seconds",
        36,
        i -> {
          int size = 1 + i % 12;
          return size + "," + (50 + 10 * (i / 12)) + "," + (1 + Math.max(0, size - 6) * 0.5);
        });
    String[] line = {
      "fit", "service", file("knee.csv"), "--model", "affine", "--train", "batchSize=1,2,4,8,12"
    };
    assertEquals(0, run(line), err::toString);
    assertTrue(out.toString().contains("# fitted to 15 of the 36 batches of"), out.toString());
    assertTrue(
        out.toString().contains("on the 21 held out by --train batchSize=1,2,4,8,12\n"),
        out.toString());
    assertTrue(
        out.toString().contains("warning: the residuals of affine have a knee over the batch size"),
        out.toString());
  }

  @Test
  void saysWhatWasNotFitted() throws IOException {
    Files.writeString(
        folder.resolve("same.csv"),
        "batchSize,length,seconds,promptTokens\n1,0,2,5\n2,0,2,6\n3,0,2,7\n5,0,2,9\n8,0,2,5\n9,0,2,5\n");
    assertEquals(0, run("fit", "service", file("same.csv"), "--format", "csv"), err::toString);
    assertTrue(err.toString().contains("not fitted: the best fit of longest is no model: "));
    assertTrue(err.toString().contains("lengths 0 to 0, with prompts of 5 to 9 tokens in all"));
    // Times without variance have no R squared.
    assertTrue(out.toString().lines().skip(1).allMatch(row -> row.split(",", -1)[3].isEmpty()));
  }

  @Test
  void refusesInOneSentence() throws IOException {
    Files.writeString(folder.resolve("bad.csv"), "batchSize,length,seconds\n1,10,1\n2,10,0\n");
    refused("bad.csv, line 3: seconds must be positive, found 0", "bad.csv");
    Files.writeString(folder.resolve("few.csv"), "batchSize,length,seconds\n1,10,1\n2,10,2\n");
    refused("found 1 measurements besides 1 held out", "few.csv", "--out", file("few.yaml"));
    assertFalse(Files.exists(folder.resolve("few.yaml")));
    refused("did you mean 'affine'?", "m.csv", "--model", "afine");
    refused("must be between 0 and 1, found 1.0", "m.csv", "--hold-out", "1");
    refused("must be between 0 and 1, found -0.5", "m.csv", "--hold-out", "-0.5");
    refused("none of the 30 measurements are chosen", "m.csv", "--train", "batchSize=77");
    refused("--train takes WHAT=VALUES", "m.csv", "--train", "size=1");
    refused("--time-unit must be one of s, ms, us, ns, found 'h'", "m.csv", "--time-unit", "h");
    refused("did you mean 'length'?", "m.csv", "--column", "lenght=length");
    refused("one request or of all requests of a batch?", "m.csv", "--column", "promptTokens=p");
    refused("there is no column 'gpu'", "m.csv", "--group", "gpu");
    refused(
        "--out writes one block, and there are 10 groups",
        "m.csv",
        "--group",
        "batchSize",
        "--out",
        file("g.yaml"));
    refused("there is no column 'seconds'", "columns.csv");
    Files.createDirectory(folder.resolve("measured"));
    refused("measured is a folder, a file was expected", "measured");
  }

  private void refused(String sentence, String name, String... options) throws IOException {
    if (name.equals("columns.csv")) {
      Files.writeString(folder.resolve(name), "batchSize,length\n1,2\n");
    }
    String[] line = new String[3 + options.length];
    line[0] = "fit";
    line[1] = "service";
    line[2] = file(name);
    System.arraycopy(options, 0, line, 3, options.length);
    err.getBuffer().setLength(0);
    assertEquals(2, run(line));
    assertTrue(err.toString().contains(sentence), err.toString());
    assertEquals(1, err.toString().lines().count());
  }
}
