package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LawCallTest {
  /** A law prints as the call that denotes it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "deterministic(3)",
        "uniform(1,20)",
        "exponential(0.1)",
        "gamma(2,3)",
        "erlang(4,0.4)",
        "lognormal(0,0.5)",
        "weibull(0.7,2)",
        "pareto(1.5,1)",
        "truncated(lognormal(0,1),0.1,30)",
        "empirical(resource:phi35-gsm8k-lengths.csv,tokens,count)",
        "empirical(resource:phi35-gsm8k-lengths.csv,tokens)",
        "mixture(0.3,exponential(1),0.7,truncated(pareto(1.5,1),1,1000))"
      })
  void readsWhatALawPrints(String call) {
    assertEquals(call, LawCall.parse(call, Path.of("")).create().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uniform | is not a law",
        "unifrom(1,2) | did you mean 'uniform'",
        "uniform(1) | 'max' is missing",
        "uniform(1,2,3) | found 3 arguments where uniform(min,max) is allowed",
        "uniform(1,x) | expected a number, found 'x'",
        "uniform(2,1) | max must be",
        "uniform(1,,2) | an argument is empty",
        "truncated(uniform(1,2),1 | is not a law",
        "truncated((uniform(1,2),1,2) | parentheses do not match",
        "mixture(1) | weights and laws in turn",
        "gamma(-1,1) | shape must be",
        "empirical(none.csv,x) | does not exist"
      })
  void refusesInOneSentence(String call, String sentence) {
    String message =
        String.valueOf(
            assertThrows(BadInputException.class, () -> LawCall.parse(call, Path.of("")).create())
                .getMessage());
    assertTrue(message.contains(sentence), message);
    assertEquals(1, message.lines().count());
  }
}
