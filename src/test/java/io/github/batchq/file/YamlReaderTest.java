package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a YAML text means, and what is refused because it could mean another thing. */
class YamlReaderTest {
  @TempDir Path folder;

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("yes", "\"yes\""),
        Arguments.of("No", "\"No\""),
        Arguments.of("on", "\"on\""),
        Arguments.of("true", "true"),
        Arguments.of("FALSE", "false"),
        Arguments.of("'true'", "\"true\""),
        Arguments.of("", "null"),
        Arguments.of("~", "null"),
        Arguments.of("Null", "null"),
        Arguments.of("''", "\"\""),
        Arguments.of("'010'", "\"010\""),
        Arguments.of("\"1.10\"", "\"1.10\""),
        Arguments.of("10", "10"),
        Arguments.of("-0", "0"),
        Arguments.of("+5", "5"),
        Arguments.of("2147483648", "2147483648"),
        Arguments.of("9223372036854775808", "9223372036854775808"),
        Arguments.of("1.10", "1.1"),
        Arguments.of("1000.0", "1000.0"),
        Arguments.of("007.5", "7.5"),
        Arguments.of(".5", "0.5"),
        Arguments.of("5.", "5.0"),
        Arguments.of("1e3", "1000"),
        Arguments.of("1.5E+3", "1500"),
        Arguments.of("25e-1", "2.5"),
        Arguments.of("0e99999", "0"),
        Arguments.of("1e300", "1.0E300"),
        Arguments.of("9007199254740993e0", "9007199254740993"),
        Arguments.of(".inf", "\"Infinity\""),
        Arguments.of("-.INF", "\"-Infinity\""),
        Arguments.of("1:30", "\"1:30\""),
        Arguments.of("18:15:46", "\"18:15:46\""),
        Arguments.of("2026-11-30", "\"2026-11-30\""),
        Arguments.of("1.2.3", "\"1.2.3\""),
        Arguments.of("[1e1, 2]", "[10,2]"),
        Arguments.of("{a: &x [1], b: *x}", "{\"a\":[1],\"b\":[1]}"),
        Arguments.of(
            "{a: &x {p: 1, q: 2}, b: {<<: *x, q: 3}}",
            "{\"a\":{\"p\":1,\"q\":2},\"b\":{\"q\":3,\"p\":1}}"),
        Arguments.of("{<<: [{a: 1}, {a: 2, b: 3}]}", "{\"a\":1,\"b\":3}"),
        Arguments.of("{'<<': 1}", "{\"<<\":1}"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void means(String text, String json) {
    assertEquals(json, YamlReader.value(text).toString());
  }

  static Stream<Arguments> doubts() {
    return Stream.of(
        Arguments.of("a: 010", "line 1: '010' is not the same number in every version of YAML"),
        Arguments.of("a: -007", "'-007' is not the same number"),
        Arguments.of("a: 0x10", "'0x10' is not the same number"),
        Arguments.of("a: 0o17", "'0o17' is not the same number"),
        Arguments.of("a: 0b11", "'0b11' is not the same number"),
        Arguments.of("a: 1_000", "'1_000' is not the same number"),
        Arguments.of("a: 1_0.5", "'1_0.5' is not the same number"),
        Arguments.of("a: 1e400", "'1e400' is beyond the numbers that a double holds"),
        Arguments.of("a: -1e309", "'-1e309' is beyond the numbers"),
        Arguments.of("a: 1e-400", "'1e-400' is beyond the numbers"),
        Arguments.of("a: 1" + "0".repeat(400), "is beyond the numbers"),
        Arguments.of("a: .nan", "a number was expected, found .nan"),
        Arguments.of("a: 1\n---\nb: 2", "line 2: a second document begins here"),
        Arguments.of("a: 1\n---\n", "a second document begins here"),
        Arguments.of("a: *x", "line 1: no value before *x has the anchor &x"),
        Arguments.of("a: &x [*x]", "no value before *x has the anchor &x"),
        Arguments.of("a: 1\nb: !!str 5", "line 2: tags such as !!str have no meaning here"),
        Arguments.of("a: !env HOME", "tags such as !env have"),
        Arguments.of("a: !!binary aGk=", "tags such as !!binary"),
        Arguments.of("!!map {a: 1}", "tags such as !!map"),
        Arguments.of("a: 1\na: 2", "line 2: key 'a' stands on line 1 already"),
        Arguments.of("b: {a: 1, 'a': 2}", "key 'b.a' stands on line 1 already"),
        Arguments.of("<<: {a: 1, a: 2}", "stands on line 1 already"),
        Arguments.of("<<: {a: 1}\n<<: {a: 2}", "line 2: << stands in this map already"),
        Arguments.of("<<: 5", "<< takes a map or a list of maps, found 5"),
        Arguments.of("? [a, b]\n: 1", "line 1: a key must be a text"),
        Arguments.of("a: [1", "line 1: not YAML"),
        Arguments.of("a:\n\tb: 1", "line 2: not YAML"),
        Arguments.of("a: 'x\u0007'", "not YAML: special characters are not allowed"),
        Arguments.of("a: @x", "not YAML"),
        Arguments.of("a: " + "[".repeat(3000) + "]".repeat(3000), "more than 100 deep"),
        Arguments.of("a: " + "{a: ".repeat(3000) + "1" + "}".repeat(3000), "more than 100 deep"),
        Arguments.of(blocks(3000), "line 102: maps and lists stand within one another more than"),
        Arguments.of(laughs(), "line 7: the file has more than 2000000 values"));
  }

  /** A map within a map, each on a line of its own. */
  private static String blocks(int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      text.append(" ".repeat(i)).append("a:\n");
    }
    return text.toString();
  }

  /** Nine lists, each of ten times the one before. */
  private static String laughs() {
    StringBuilder text = new StringBuilder("a0: &a0 [1]\n");
    for (int i = 1; i < 10; i++) {
      text.append("a" + i + ": &a" + i + " [")
          .append(("*a" + (i - 1) + ", ").repeat(9))
          .append("*a" + (i - 1) + "]\n");
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("doubts")
  void isRefused(String text, String sentence) {
    BadInputException refused =
        assertThrows(
            BadInputException.class, () -> YamlReader.file("f.yaml", text, new HashMap<>()));
    assertTrue(refused.getMessage().startsWith("f.yaml"), refused.getMessage());
    assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count());
    assertTrue(refused.getMessage().length() < 300, refused.getMessage());
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        Arguments.of("name: small", "name: 1.10", "expected a text, found 1.1, which is a text in"),
        Arguments.of("name: small", "name: 12e03", "expected a text, found 12000, which is"),
        Arguments.of("name: small", "name: true", "expected a text, found true, which is a text"),
        Arguments.of("name: small", "name:", "line 1, key 'name': the key has no value"),
        Arguments.of("name: small", "name: ~", "the key has no value"),
        Arguments.of("type: oracle", "type:", "line 5, key 'scenario.predictor': expected a map"),
        Arguments.of("{law: uniform, min: 1, max: 20}", "", "key 'scenario.service'"),
        Arguments.of(
            "{law: uniform, min: 1, max: 20}",
            "{tokens: , secondsPerToken: 1}",
            "the key 'tokens' has no value"),
        Arguments.of("requests: 2000", "requests: 2e3", ""),
        Arguments.of("requests: 2000", "requests: 25e-1", "expected a whole number, found 2.5"),
        Arguments.of(
            "batchSize: 8",
            "batchSize: 99999999999",
            "whole number of at most 2147483647, found 99999999999"),
        Arguments.of(
            "seed: 1", "seed: 99999999999999999999", "at most 9223372036854775807, found 99"),
        Arguments.of("from: 0.4", "from: .inf", "must be a finite number, found Infinity"),
        Arguments.of("[1, 2, 4]", "[1, ]", ""),
        Arguments.of("[1, 2, 4]", "[1, ~]", "sweep"));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyTakesWhatIsWritten(String from, String to, String sentence) {
    String text = ExperimentFiles.SMALL.replace(from, to);
    if (sentence.isEmpty()) {
      ExperimentFiles.read(folder, text);
      return;
    }
    BadInputException refused =
        assertThrows(BadInputException.class, () -> ExperimentFiles.read(folder, text));
    assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
  }

  @Test
  void aTextThatLooksLikeAnotherValueIsThatText() {
    assertEquals("yes", ExperimentFiles.read(folder, small("name: yes")).name());
    assertEquals("1.10", ExperimentFiles.read(folder, small("name: '1.10'")).name());
  }

  private static String small(String name) {
    return ExperimentFiles.SMALL.replace("name: small", name);
  }

  @Test
  void aliasesStandForWhatTheirAnchorHolds() {
    Path file =
        ExperimentFiles.write(folder, small("name: &n foo").replace("seed: 1", "title: *n"));
    assertEquals("foo", ExperimentFile.read(file, Map.of()).resolved().path("title").asText());
  }

  @Test
  void lawsWithinLawsHaveABound() {
    String call = "truncated(".repeat(3000) + "uniform(1,2)" + ",0,5)".repeat(3000);
    BadInputException refused =
        assertThrows(BadInputException.class, () -> LawCall.law(call, Path.of("")));
    assertTrue(refused.getMessage().contains("more than 100 deep"), refused.getMessage());
    String window = "truncated(uniform(1,2),5,6)";
    refused = assertThrows(BadInputException.class, () -> LawCall.law(window, Path.of("")));
    assertTrue(
        refused.getMessage().startsWith("law '" + window + "': min and max must enclose"),
        refused.getMessage());
  }
}
