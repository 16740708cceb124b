package io.github.batchq.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunJournal;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.scenario.RunMeasurement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sweep that is interrupted at any place goes on and ends as if nothing had happened. */
class JournalFileTest {
  @TempDir Path folder;

  private Experiment experiment() {
    return ExperimentFiles.read(folder, ExperimentFiles.SMALL);
  }

  private static RunResults run(Experiment experiment, RunJournal journal)
      throws InterruptedException {
    return Runner.run(experiment, 2, (runs, allRuns, requests) -> {}, journal);
  }

  /** Cuts the file at every hundredth byte, as if the process had died there. */
  @Test
  void goesOnFromAnyPlaceWhereItWasCutOff() throws IOException, InterruptedException {
    Experiment experiment = experiment();
    RunResults whole = run(experiment, RunJournal.NONE);
    Path results = folder.resolve("results");
    JournalFile complete = JournalFile.open(results, experiment, false);
    run(experiment, complete);
    complete.close();
    byte[] bytes = Files.readAllBytes(results.resolve(JournalFile.NAME));
    assertEquals(27, JournalFile.left(results, experiment));
    for (int size = 0; size < bytes.length; size += 97) {
      Files.write(results.resolve(JournalFile.NAME), Arrays.copyOf(bytes, size));
      int left = JournalFile.left(results, experiment);
      AtomicInteger runs = new AtomicInteger();
      JournalFile journal = JournalFile.open(results, experiment, true);
      RunResults resumed =
          run(
              experiment,
              new RunJournal() {
                @Override
                public @org.jspecify.annotations.Nullable RunMeasurement find(
                    int point, int replication) {
                  return journal.find(point, replication);
                }

                @Override
                public void finished(int point, int replication, RunMeasurement measurement) {
                  runs.incrementAndGet();
                  journal.finished(point, replication, measurement);
                }
              });
      assertEquals(27 - left, runs.get());
      assertEquals(whole.summary().toCsv(), resumed.summary().toCsv());
      assertEquals(whole.replications().toCsv(), resumed.replications().toCsv());
      assertEquals(27, JournalFile.left(results, experiment));
      journal.remove();
      assertFalse(Files.exists(results.resolve(JournalFile.NAME)));
    }
  }

  @Test
  void takesNoRunsOfAnotherExperiment() throws InterruptedException {
    Path results = folder.resolve("results");
    JournalFile journal = JournalFile.open(results, experiment(), false);
    run(experiment(), journal);
    journal.close();
    Experiment other = experiment().withSeed(2);
    assertEquals(0, JournalFile.left(results, other));
    String message =
        String.valueOf(
            assertThrows(BadInputException.class, () -> JournalFile.open(results, other, true))
                .getMessage());
    assertEquals(
        "--resume: the runs in "
            + results.resolve(JournalFile.NAME)
            + " are of another experiment, other metrics, another seed or version of batchq;"
            + " --restart begins anew",
        message);
    assertEquals(27, JournalFile.left(results, experiment()));
  }

  /** More replications of the same experiment find the first ones. */
  @Test
  void takesTheRunsOfTheSameExperimentWithFewerReplications() throws InterruptedException {
    Path results = folder.resolve("results");
    JournalFile journal = JournalFile.open(results, experiment(), false);
    run(experiment(), journal);
    journal.close();
    assertEquals(27, JournalFile.left(results, experiment().withReplications(5)));
    assertEquals(0, JournalFile.left(results, experiment().withReplications(1)));
  }

  @Test
  void aSweepWithoutFinishedRunsLeavesNothing() {
    Path results = folder.resolve("results");
    JournalFile.open(results, experiment(), false).close();
    assertFalse(Files.exists(results));
  }

  @Test
  void aFullDiskIsOneSentence() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int letter) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    JournalFile journal = new JournalFile(folder.resolve(JournalFile.NAME), full);
    assertNull(journal.find(0, 0));
    assertEquals(
        "a finished run cannot be written to "
            + folder.resolve(JournalFile.NAME)
            + ": No space left on device; the 0 runs before it are kept there for --resume",
        String.valueOf(
            assertThrows(BadInputException.class, () -> run(experiment(), journal)).getMessage()));
  }

  /** Every bit of a number comes back, also of those that are no numbers. */
  @Test
  void keepsEveryDigit() {
    Path results = folder.resolve("results");
    double[] values = {Math.PI, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE};
    List<Metric> metrics = experiment().measured();
    double[] numbers = new double[4 * metrics.size()];
    Arrays.setAll(numbers, i -> values[i % values.length]);
    RunMeasurement measurement = new RunMeasurement(metrics, numbers);
    JournalFile journal = JournalFile.open(results, experiment(), false);
    journal.finished(3, 2, measurement);
    journal.close();
    assertEquals(measurement, JournalFile.open(results, experiment(), true).find(3, 2));
  }

  private static byte[] changed(byte[] bytes, int at, int to) {
    byte[] other = bytes.clone();
    other[at] = (byte) to;
    return other;
  }

  /** Whatever letter of a run is changed, no run has another number: it is made again. */
  @Test
  void aLineThatWasChangedIsLeftOut() throws IOException, InterruptedException {
    Experiment experiment = experiment();
    Path results = folder.resolve("results");
    JournalFile complete = JournalFile.open(results, experiment, false);
    run(experiment, complete);
    complete.close();
    Path file = results.resolve(JournalFile.NAME);
    byte[] bytes = Files.readAllBytes(file);
    JournalFile whole = JournalFile.open(results, experiment, true);
    int header = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\n');
    for (int at = header + 1; at < bytes.length; at += 101) {
      for (int to : new int[] {'7', '-', ',', 'x', 0, 0xff, '\n', '\r'}) {
        if (bytes[at] == (byte) to || bytes[at] == '\n') {
          continue;
        }
        Files.write(file, changed(bytes, at, to));
        assertEquals(26, JournalFile.left(results, experiment), at + " " + to);
      }
    }
    Files.write(file, changed(bytes, header + 40, 'x'));
    JournalFile resumed = JournalFile.open(results, experiment, true);
    int lost = 0;
    for (int point = 0; point < experiment.points().size(); point++) {
      for (int replication = 0; replication < experiment.replications(); replication++) {
        RunMeasurement found = resumed.find(point, replication);
        lost += found == null ? 1 : 0;
        assertTrue(found == null || found.equals(whole.find(point, replication)));
      }
    }
    assertEquals(1, lost);
    assertEquals(
        run(experiment, RunJournal.NONE).summary().toCsv(),
        run(experiment, resumed).summary().toCsv());
    resumed.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n\n",
        "garbage\n",
        "HEADER\n",
        "HEADER\n\n\n",
        "HEADER\n,,,\n",
        "HEADER\n0,0,1.0\n",
        "HEADER\n0,0,much,,,\n",
        "HEADER\nshort\n",
        "HEADER\n12345678\n",
        "HEADER\n123456789e3069283\n",
        "HEADER\n\u00ff\u00fe\u0000\u0001\n",
      })
  void whatIsNoRunIsNone(String text) throws IOException {
    Experiment experiment = experiment();
    Path results = folder.resolve("results");
    JournalFile.open(results, experiment, false);
    Path file = results.resolve(JournalFile.NAME);
    String header = Files.readString(file).strip();
    Files.write(file, text.replace("HEADER", header).getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(0, JournalFile.left(results, experiment));
    if (text.startsWith("HEADER") || text.isEmpty()) {
      JournalFile.open(results, experiment, true).close();
      assertFalse(Files.exists(file));
    } else {
      assertThrows(BadInputException.class, () -> JournalFile.open(results, experiment, true));
    }
  }

  /** The runs of a version without checksums are those of another version. */
  @Test
  void aJournalWithoutChecksumsIsOfAnotherVersion() throws IOException {
    Experiment experiment = experiment();
    Path results = folder.resolve("results");
    JournalFile.open(results, experiment, false);
    Path file = results.resolve(JournalFile.NAME);
    String header = Files.readString(file).replace(" with checksums", "");
    Files.writeString(file, header + "0,0,1.0,NaN,0,NaN\n");
    assertEquals(0, JournalFile.left(results, experiment));
    String message =
        String.valueOf(
            assertThrows(BadInputException.class, () -> JournalFile.open(results, experiment, true))
                .getMessage());
    assertTrue(message.endsWith("seed or version of batchq; --restart begins anew"), message);
  }

  /** CRC-32C of "123456789" is e3069283, the check value of the catalogue of CRC algorithms. */
  @Test
  void theChecksumIsThatOfCastagnoli() {
    assertEquals("e3069283", RunLines.checksum("123456789"));
  }
}
