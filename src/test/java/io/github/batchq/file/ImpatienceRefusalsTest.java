package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.batchq.model.BadInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad words about clients who give up are refused in one sentence that names the place. */
class ImpatienceRefusalsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "patience: {law: {law: exponential, rate: 1}, in: sometimes} | line 7, key"
            + " 'scenario.patience.in': expected one of queue, all, found 'sometimes'",
        "patience: {law: {law: deterministic, value: -1}} | line 7, key 'scenario.patience.law':"
            + " value must be finite and at least 0, found -1.0",
        "patience: {law: {law: uniform, min: -1, max: 2}} | line 7, key 'scenario.patience.law': min"
            + " must be at least 0, found -1.0",
        "patience: {in: all} | line 7, key 'scenario.patience': the key 'law' is missing",
        "patience: 5 | line 7, key 'scenario.patience': expected a map of keys, found 5",
        "retry: {after: {law: exponential, rate: 1}, most: 2} | line 2, key 'scenario': 'retry' is"
            + " for clients who give up, and nothing says that they do: give their 'patience', such"
            + " as {law: {law: exponential, rate: 0.05}}. What becomes of the batch of a server that"
            + " fails is said by 'batch' in 'servers.failures'",
      })
  void patience(String more, String sentence) {
    refused(more, sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{after: {law: exponential, rate: 1}, most: 0} | line 8, key 'scenario.retry': most must be"
            + " at least 1, found 0",
        "{after: {law: exponential, rate: 1}, most: 101} | line 8, key 'scenario.retry': most must"
            + " be at most 100, found 101",
        "{most: 2} | line 8, key 'scenario.retry': the key 'after' is missing",
        "{after: {law: pareto, shape: 1, scale: 1}, most: 2} | line 2: retry.after must have a finite"
            + " mean, or more and more requests would be away: found pareto(1,1)",
      })
  void retry(String retry, String sentence) {
    refused("patience: {law: {law: exponential, rate: 1}}\n  retry: " + retry, sentence);
  }

  private void refused(String more, String sentence) {
    String text =
        """
        name: impatient
        scenario:
          arrivals: {process: poisson, rate: 1}
          service: {law: uniform, min: 1, max: 20}
          policy: {type: dynamic, batchSize: 4}
          requests: 100
          %s
        """
            .formatted(more);
    String message =
        assertThrows(BadInputException.class, () -> ExperimentFiles.read(folder, text))
            .getMessage();
    assertEquals(sentence, String.valueOf(message).replaceFirst("^.*?\\.yaml, ", ""));
  }
}
