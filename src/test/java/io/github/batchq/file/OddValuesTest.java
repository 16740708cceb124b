package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Sampling;
import io.github.batchq.experiment.VarianceReduction;
import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every key of shipped experiments, one after the other, without a value and with odd ones: the
 * file is refused in one sentence, or it is valid and runs.
 */
@Tag("long")
class OddValuesTest {
  private static final int REQUESTS = 4000;

  private static final String PLACE = "\"@\"";

  private static final List<String> ODD =
      List.of(
          "null",
          "-1",
          "0",
          "0.5",
          "1e308",
          "4.9e-324",
          ".inf",
          "2147483648",
          "''",
          "abc",
          "true",
          "[]",
          "{}",
          "[null]",
          "{a: {b: 1}}");

  @TempDir Path folder;

  /** Where a value stands in a tree. */
  private record Place(JsonNode parent, String key, int index) {
    JsonNode get() {
      return parent instanceof ObjectNode map ? map.path(key) : parent.path(index);
    }

    @Override
    public String toString() {
      return parent instanceof ObjectNode ? key : "[" + index + "]";
    }

    void set(JsonNode value) {
      if (parent instanceof ObjectNode map) {
        map.set(key, value);
      } else {
        ((ArrayNode) parent).set(index, value);
      }
    }
  }

  private static void places(JsonNode node, List<Place> places) {
    if (node instanceof ObjectNode map) {
      map.fieldNames().forEachRemaining(key -> places.add(new Place(map, key, 0)));
    } else {
      for (int i = 0; i < node.size(); i++) {
        places.add(new Place(node, "", i));
      }
    }
    node.forEach(child -> places(child, places));
  }

  /** The same keys in a file of few and short runs, whose boundaries are soon computed. */
  private static ObjectNode small(Path file) throws IOException {
    ObjectNode root =
        (ObjectNode)
            YamlReader.value(
                Files.readString(file).replace("boundaries: optimal", "boundaries: equal-mass"));
    ObjectNode scenario = (ObjectNode) root.path("scenario");
    scenario.set("requests", IntNode.valueOf(REQUESTS));
    if (scenario.has("warmUp")) {
      ((ObjectNode) scenario.path("warmUp")).set("requests", IntNode.valueOf(REQUESTS / 10));
    }
    root.set("replications", IntNode.valueOf(2));
    for (JsonNode axis : root.path("sweep")) {
      while (axis instanceof ArrayNode values && values.size() > 1 && values.path(0).isNumber()) {
        values.remove(1);
      }
      if (axis instanceof ObjectNode range && range.has("from")) {
        range.set("step", range.path("to"));
      }
    }
    return root;
  }

  private static Optional<Experiment> read(Path file, String what) {
    try {
      return Optional.of(ExperimentFile.read(file, Map.of()));
    } catch (BadInputException e) {
      assertTrue(e.getMessage().startsWith(file + ", line 1"), what + ": " + e.getMessage());
      assertEquals(1, e.getMessage().lines().count(), what + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** A run may end because times leave the range of numbers; what is too long is left out. */
  private static void run(Experiment experiment) throws InterruptedException {
    if (experiment.points().get(0).scenario().requests() <= REQUESTS) {
      try {
        Runner.run(first(experiment), 1, (runs, allRuns, requests) -> {});
      } catch (BadInputException e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      }
    }
  }

  /** One run of the first point. */
  private static Experiment first(Experiment all) {
    return new Experiment(
        all.name(),
        all.paths(),
        all.points().subList(0, 1),
        new Sampling(1, null, VarianceReduction.NONE, all.seed(), all.generator()),
        all.metrics(),
        all.metrics(),
        List.of(),
        all.resolved(),
        List.of(),
        all.folder());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quickstart.yaml",
        "compare-policies.yaml",
        "failures.yaml",
        "rivals/uniform-steps.yaml",
        "paper/fig9b.yaml"
      })
  void areRefusedInOneSentenceOrRun(String name) throws Exception {
    ObjectNode root = small(Path.of("experiments").resolve(name));
    List<Place> places = new ArrayList<>();
    places(root, places);
    Path file = folder.resolve("odd.yaml");
    int refused = 0;
    int valid = 0;
    for (Place place : places) {
      JsonNode before = place.get();
      place.set(TextNode.valueOf("@"));
      String text = root.toString();
      place.set(before);
      for (String odd : ODD) {
        Files.writeString(file, text.replace(PLACE, odd));
        Optional<Experiment> experiment = read(file, place + ": " + odd);
        if (experiment.isPresent()) {
          valid++;
          run(experiment.get());
        } else {
          refused++;
        }
      }
    }
    assertTrue(valid > 0 && refused > 9 * places.size(), valid + " valid, " + refused + " refused");
  }
}
