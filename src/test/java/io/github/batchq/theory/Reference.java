package io.github.batchq.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.ReferenceValues;
import io.github.batchq.file.data.CsvReader;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Erlang;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Lognormal;
import io.github.batchq.random.Pareto;
import io.github.batchq.random.Truncated;
import io.github.batchq.random.Uniform;
import io.github.batchq.random.Weibull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.math3.special.Gamma;

/** Reference values that were computed elsewhere with 30 to 40 digits, and the real lengths. */
final class Reference {
  /** The laws of the reference values, by their names there. */
  private static final Map<String, Law> LAWS =
      Map.of(
          "uniform(1,20)", new Uniform(1, 20),
          "exp(0.1)", new Exponential(0.1),
          "erlang4(mean10)", new Erlang(4, 0.4),
          "lognormal(s=0.5,mean10)", new Lognormal(Math.log(10) - 0.125, 0.5),
          "lognormal(s=1,mean10)", new Lognormal(Math.log(10) - 0.5, 1),
          "weibull", new Weibull(0.7, 10 / Math.exp(Gamma.logGamma(1 + 1 / 0.7))),
          "pareto(1.5) trunc[1,1000]", new Truncated(new Pareto(1.5, 1), 1, 1000));

  private Reference() {}

  /** The law that the reference values call so. */
  static Law law(String name) {
    return Optional.ofNullable(LAWS.get(name)).orElseThrow();
  }

  /** A table of laws.json. */
  static JsonNode read(String key) {
    return ReferenceValues.values("theory/laws.json", key);
  }

  static BinBoundaries boundaries(JsonNode list) {
    return BinBoundaries.of(
        StreamSupport.stream(list.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray());
  }

  static void assertRelative(double expected, double actual, double relative) {
    assertEquals(expected, actual, relative * Math.abs(expected));
  }

  /** The call is refused in a sentence that contains the given words. */
  static void assertRefused(String words, Runnable call) {
    Throwable refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(refusal.toString().contains(words), refusal.toString());
  }

  static Empirical gsm8k() {
    return lengths(
        DataFile.of("resource:phi35-gsm8k-lengths.csv", Path.of(".")), List.of("tokens", "count"));
  }

  /** Output lengths of the Azure conversation trace, where the trace was fetched. */
  static Optional<Empirical> azure() {
    return Stream.of(
            Path.of("../shared/data"),
            Path.of(System.getenv().getOrDefault("BATCHQ_DATA", "../shared/data")))
        .map(folder -> folder.resolve("AzureLLMInferenceTrace_conv.csv"))
        .filter(Files::exists)
        .findFirst()
        .map(
            file -> lengths(DataFile.of(file.toString(), Path.of("")), List.of("GeneratedTokens")));
  }

  private static Empirical lengths(DataFile file, List<String> columns) {
    Stream.Builder<double[]> rows = Stream.builder();
    try (CsvReader reader = CsvReader.open(file, columns)) {
      while (reader.next()) {
        rows.add(new double[] {reader.number(0), columns.size() == 2 ? reader.number(1) : 1});
      }
    }
    double[][] table = rows.build().toArray(double[][]::new);
    double[] values = Stream.of(table).mapToDouble(row -> row[0]).toArray();
    long[] counts = Stream.of(table).mapToLong(row -> (long) row[1]).toArray();
    return Empirical.of(values, counts);
  }
}
