package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.model.BadInputException;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.StandardBatching;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Swept values with labels, and the charts that choose among them. */
class SweptLabelsTest {
  private static final String LABELLED =
      """
      name: labels
      scenario:
        arrivals: {process: poisson, rate: 0.2}
        service: {law: uniform, min: 1, max: 20}
        policy: {type: standard, batchSize: 8}
        requests: 800
      sweep:
        policy:
          - {label: full batches, type: standard, batchSize: 8}
          - {label: what waits, type: dynamic, batchSize: 8}
          - {type: dynamic, batchSize: 4}
        arrivals.rate: [0.1, 0.2]
      metrics: [latency.mean]
      charts:
        - {file: c, x: arrivals.rate, y: latency.mean, series: policy, theory: false, joined: true, only: [what waits]}
      """;

  @TempDir Path folder;

  @Test
  void aLabelNamesTheValueAndIsNoPartOfIt() {
    Experiment experiment = ExperimentFiles.read(folder, LABELLED);
    assertEquals(List.of("full batches", "0.1"), experiment.points().get(0).values());
    assertEquals(new StandardBatching(8), experiment.points().get(0).scenario().policy());
    assertEquals(List.of("what waits", "0.2"), experiment.points().get(3).values());
    assertEquals(
        new DynamicBatching(8, null, null), experiment.points().get(3).scenario().policy());
    assertEquals("dynamic(batchSize=4)", experiment.points().get(4).values().get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "label: what waits | label: full batches | line 8: a label names a value of policy by a line of text that no other value has, found 'full batches'",
        "label: what waits | label: \"two\\nlines\" | by a line of text that no other value has",
        "label: what waits | label: dynamic(batchSize=4) | by a line of text that no other value has, found 'dynamic(batchSize=4)'",
        "only: [what waits] | only: [] | line 15: only is empty; leave the key out for all values",
        "label: what waits | label: 3 | by a line of text that no other value has, found 3",
        "label: what waits | label: '' | by a line of text that no other value has, found ''",
        "only: [what waits] | only: [what wait] | line 15: 'what wait' is no value of policy; did you mean 'what waits'?",
        "series: policy, | where: {policy: what waits}, | only lists values of the series, which is missing",
        "theory: false, | '' | join points with theory: false"
      })
  void refusesWhatCannotBeMeant(String replaced, String replacement, String words) {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> ExperimentFiles.read(folder, LABELLED.replace(replaced, replacement)));
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }
}
