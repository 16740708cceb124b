package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.Catalogue;
import io.github.batchq.file.ExperimentFile;
import io.github.batchq.file.PlanFile;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.Key;
import io.github.batchq.random.LawSpec;
import io.github.batchq.scenario.Scenario;
import io.github.batchq.scenario.ServiceSpec;
import io.github.batchq.workload.Verify;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The reference is what the code says of itself, every key has its words, and every example is
 * read: those of experiment files by the reader of experiments, those of commands by the commands.
 */
class ReferenceTest {
  private static final Path PAGES = Path.of("docs", "reference");

  private static final Map<String, String> MADE = ReferencePages.all();

  private static final String MAKE = "; make them again: ./batchq reference --out " + PAGES;

  private static final String PLAN_FILE = "plan-file.md";
  private static final String EXPERIMENT_FILE = "experiment-file.md";

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

  /** Types whose values are numbers with a unit, alone or in lists. */
  private static final Set<Type> WITH_UNIT =
      Set.of(
          int.class,
          Integer.class,
          long.class,
          Long.class,
          double.class,
          Double.class,
          BigDecimal.class,
          LawSpec.class);

  /** Records that are not bound by the names of their components. */
  private static final Set<Class<?>> READ_BY_HAND = Set.of(ServiceSpec.class, Verify.Scorers.class);

  /** What the maps of the pages are put into; in place of what it has there itself. */
  private static final String AROUND =
      """
      name: example
      replications: 4
      scenario:
        arrivals: {process: poisson, rate: 0.5}
        service: {tokens: {law: uniform, min: 30, max: 600}, secondsPerToken: 0.01}
        policy: {type: multi-bin, bins: 4, boundaries: equal-mass, batchSize: 8}
        servers: 2
        requests: 2000
      """;

  /** Continuous batching takes token steps, which no other model of a service has. */
  private static final String AROUND_STEPS =
      """
      scenario:
        service:
          tokens: {law: uniform, min: 30, max: 600}
          model: {type: token-level, step: 0.01}
      """;

  /** A predictor that has learnt from prompts, or tells what was recorded, needs such requests. */
  private static final String AROUND_PREDICTORS =
      """
      scenario:
        service:
          tokens:
            sample: {format: vidur, file: 'resource:sample-vidur.csv', predicted: num_decode_tokens}
          secondsPerToken: 0.01
      """;

  /** Sobol points are for short runs. */
  private static final String AROUND_VARIANCE =
      """
      scenario:
        requests: 100
      """;

  private static final String AROUND_CHARTS =
      """
      sweep:
        arrivals.rate: [0.3, 0.4]
        policy.bins: [1, 4]
        policy.batchSize: [4, 8]
        servers: [1, 2]
      charts:
        - {file: latency, x: arrivals.rate, y: latency.mean, series: policy.bins, panel: servers,
           where: {policy.batchSize: 8}}
      """;

  @TempDir private Path folder;

  @Test
  void pagesAreWhatTheCodeSays() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      assertEquals(
          MADE.keySet(),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()),
          "the pages of " + PAGES + MAKE);
    }
    for (Map.Entry<String, String> page : MADE.entrySet()) {
      Path file = PAGES.resolve(page.getKey());
      String there = Files.readString(file);
      assertTrue(
          there.equals(page.getValue()),
          () -> file + " differs at: " + firstOther(there, page.getValue()) + MAKE);
    }
  }

  /** The first line of a page that another page has not; a page is too long for a message. */
  private static String firstOther(String page, String other) {
    List<String> lines = other.lines().toList();
    return page.lines()
        .filter(line -> !lines.contains(line))
        .findFirst()
        .orElse("its lines' order");
  }

  @Test
  void theCommandWritesThePages() throws IOException {
    Shell shell = Shell.run("reference", "--out", folder);
    assertEquals("", shell.err());
    for (Map.Entry<String, String> page : MADE.entrySet()) {
      assertEquals(page.getValue(), Files.readString(folder.resolve(page.getKey())));
    }
    assertTrue(shell.out().startsWith("Wrote 11 pages to "), shell.out());
  }

  @Test
  void everyKeyOfEveryMapIsDescribed() {
    Set<Class<?>> described = new HashSet<>();
    Catalogue.SECTIONS.forEach(section -> described.add(section.type()));
    for (Catalogue<?> catalogue : Catalogue.ALL) {
      for (Catalogue.Kind<?> kind : catalogue.kinds()) {
        described.add(kind.type());
        describes(kind.type(), kind.defaults().keySet());
      }
    }
    assertTrue(described.contains(Scenario.class));
    Catalogue.PLAN_SECTIONS.forEach(section -> described.add(section.type()));
    for (Catalogue.Section section :
        Stream.concat(Catalogue.SECTIONS.stream(), Catalogue.PLAN_SECTIONS.stream()).toList()) {
      describes(section.type(), Set.of());
      for (RecordComponent component : section.type().getRecordComponents()) {
        Type type = element(component.getGenericType());
        if (type instanceof Class<?> map && map.isRecord() && !READ_BY_HAND.contains(map)) {
          assertTrue(described.contains(map), component + " leads to keys without a section");
        }
      }
    }
  }

  private static void describes(Class<?> record, Set<String> defaults) {
    for (RecordComponent component : record.getRecordComponents()) {
      String where = record.getSimpleName() + "." + component.getName();
      Key key = component.getAnnotation(Key.class);
      assertTrue(key != null, where + " has no @Key");
      assertFalse(key.about().isBlank(), where + " has no description");
      assertFalse(key.example().isBlank(), where + " has no example");
      if (WITH_UNIT.contains(element(component.getGenericType()))) {
        assertFalse(key.unit().isBlank(), where + " has no unit");
      }
      boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      assertEquals(
          optional, !key.absent().isBlank(), where + " says wrongly what holds without it");
      assertFalse(optional && defaults.contains(component.getName()), where + " has two defaults");
    }
  }

  private static Type element(Type type) {
    if (type instanceof ParameterizedType list) {
      Type[] arguments = list.getActualTypeArguments();
      return element(arguments[arguments.length - 1]);
    }
    return type;
  }

  @Test
  void everyMapOfThePagesIsRead() {
    int read = 0;
    for (Map.Entry<String, String> page : MADE.entrySet()) {
      if (page.getKey().equals(PLAN_FILE)) {
        continue;
      }
      for (String block : blocks(page.getValue(), "yaml")) {
        assertDoesNotThrow(() -> read(around(page.getKey(), block)), page.getKey() + "\n" + block);
        read++;
      }
    }
    int kinds = Catalogue.ALL.stream().mapToInt(catalogue -> catalogue.kinds().size()).sum();
    assertEquals(kinds + Catalogue.SECTIONS.size(), read);
  }

  @Test
  void everyMapOfAPlanIsRead() {
    String around =
        "name: a\ntraffic: {arrivals: {process: poisson, rate: 1}, service: {law: exponential, rate:"
            + " 1}}\nrequire: {latency.p99: 60}\n";
    List<String> blocks = blocks(MADE.getOrDefault(PLAN_FILE, ""), "yaml");
    assertEquals(Catalogue.PLAN_SECTIONS.size(), blocks.size());
    for (String block : blocks) {
      String key = block.substring(0, block.indexOf(':')).strip();
      String file =
          block.startsWith("name:")
              ? block
              : around.replaceAll("(?m)^" + key + ": .*\n", "") + block;
      assertDoesNotThrow(
          () ->
              PlanFile.read(
                  Shell.write(folder.resolve("plan.yaml"), file), Map.of(), BadRows.none()),
          file);
    }
  }

  @Test
  void aKeyInPlaceOfAnotherIsReadThere() {
    int instead = 0;
    for (Described described : described()) {
      for (DescribedKey key : described.keys()) {
        if (!key.text().insteadOf().isEmpty()) {
          Map<String, Object> file = described.file();
          Map<String, Object> map = described.map(file);
          map.remove(key.text().insteadOf());
          map.remove("offset");
          map.put(key.name(), new Yaml().load(key.example()));
          assertDoesNotThrow(() -> read(file), () -> described.name() + ": " + key.line());
          instead++;
        }
      }
    }
    assertTrue(instead >= 9, "found " + instead);
  }

  /** What a page says must be there is asked for, and what has a default is not. */
  @Test
  void onlyAKeyWithADefaultMayBeMissing() {
    for (Described described : described()) {
      Set<String> replaced = new HashSet<>();
      described.keys().forEach(key -> replaced.add(key.text().insteadOf()));
      for (DescribedKey key : described.keys()) {
        Map<String, Object> file = described.file();
        Map<String, Object> map = described.map(file);
        if (!map.containsKey(key.name()) || map.size() == 1) {
          continue;
        }
        map.remove(key.name());
        removeWhatNeeds(key, map, file);
        if (key.absent().isEmpty() || key.absent().contains("must be there")) {
          String message =
              assertThrows(
                      BadInputException.class,
                      () -> read(file),
                      described.name() + " without " + key.name())
                  .getMessage();
          assertTrue(
              message.contains(key.name()) || message.contains("expected a map with the key"),
              message);
        } else if (!replaced.contains(key.name()) && !key.absent().endsWith(" is given")) {
          assertDoesNotThrow(() -> read(file), () -> described.name() + " without " + key.name());
        }
      }
    }
  }

  /** Without a key some other part of its example has no meaning. */
  private static void removeWhatNeeds(
      DescribedKey key, Map<String, Object> map, Map<String, Object> file) {
    switch (key.name()) {
      case "boundaries" -> map.put("bins", 1);
      case "sweep" -> map.remove("charts");
      case "servers" -> map.remove("model");
      case "model" -> map.remove("servers");
      case "patience" -> map.remove("retry");
      case "theory" -> map.remove("joined");
      case "series", "panel", "where" -> {
        map.remove("only");
        map(at(file, "sweep")).keySet().removeIf(path -> key.example().contains(path));
      }
      default -> {}
    }
  }

  /** A run without a key is the run with its default; with most examples it is another one. */
  @Test
  void aDefaultIsWhatHoldsWithoutTheKey() throws Exception {
    Set<String> others = new HashSet<>();
    int same = 0;
    for (Described described : described()) {
      for (DescribedKey key : described.keys()) {
        Map<String, Object> without = described.file();
        Map<String, Object> map = described.map(without);
        if (!isValue(key) || !map.containsKey(key.name()) || described.name().contains("charts")) {
          continue;
        }
        Object example = map.remove(key.name());
        String results = run(without);
        map.put(key.name(), new Yaml().load(key.absent()));
        assertEquals(results, run(without), described.name() + ": default of " + key.name());
        same++;
        map.put(key.name(), example);
        if (!results.equals(run(without))) {
          others.add(described.name() + " " + key.name());
        }
      }
    }
    assertTrue(same > 30 && others.size() > 15, same + " defaults, and others than " + others);
  }

  /** Whether a default is a value as a file may have it, and no words. */
  private static boolean isValue(DescribedKey key) {
    return key.absent().matches("[0-9.]+|true|false|equal-mass|lfsr258")
        || key.type().contains("`" + key.absent() + "`");
  }

  private String run(Map<String, Object> file) throws IOException, InterruptedException {
    map(at(file, "scenario")).remove("warmUp");
    Path path = folder.resolve("example.yaml");
    Files.writeString(path, new Yaml().dump(new LinkedHashMap<>(file)));
    Experiment experiment = ExperimentFile.read(path, Map.of("scenario.requests", "100"));
    return Runner.run(experiment, 1, (runs, allRuns, requests) -> {}).summary().toCsv();
  }

  /** What a page allows of a number is what the reader allows, at its ends. */
  @Test
  void aNumberBeyondItsRangeIsRefused() {
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    for (Described described : described()) {
      for (DescribedKey key : described.keys()) {
        Map<String, Object> map = described.map(described.file());
        if (!key.type().endsWith("number") || !map.containsKey(key.name())) {
          continue;
        }
        for (Map.Entry<Object, Boolean> tries : ends(key).entrySet()) {
          Map<String, Object> file = described.file();
          described.map(file).put(key.name(), tries.getKey());
          if (isRead(file) != tries.getValue()) {
            wrong.add(described.name() + ": " + key.name() + " of " + tries.getKey());
          }
          tried++;
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(tried > 130, "tried " + tried);
  }

  /** Numbers at the ends of what a key allows, and whether it allows them. */
  private static Map<Object, Boolean> ends(DescribedKey key) {
    String range = key.text().range();
    Map<Object, Boolean> ends = new LinkedHashMap<>();
    Matcher least = Pattern.compile("(?:at least )?(\\d+)(?: to .*|, .*)?").matcher(range);
    if (least.matches()) {
      ends.put(Integer.parseInt(least.group(1)) - 1, false);
    } else if (range.startsWith("positive") || range.startsWith("between 0")) {
      ends.put(0, false);
    }
    if (key.type().equals("number")) {
      boolean bounded = range.contains("finite") || range.matches("(between )?\\d.*|less .*");
      ends.put(Double.POSITIVE_INFINITY, !bounded);
    }
    return ends;
  }

  private boolean isRead(Map<String, Object> file) {
    try {
      read(file);
      return true;
    } catch (BadInputException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyCommandHasWordsAndAnExampleThatItTakes() {
    List<CommandSpec> commands = ReferencePages.reachable(Main.commandLine()).toList();
    assertTrue(commands.size() > 25, "found " + commands.size());
    for (CommandSpec command : commands) {
      String name = command.qualifiedName();
      assertTrue(command.usageMessage().description().length > 0, name);
      for (ArgSpec argument : command.args()) {
        assertTrue(argument.description().length > 0, name + " " + argument);
      }
      boolean group = command.subcommands().size() > 0;
      assertEquals(group ? 0 : 1, command.usageMessage().footer().length, name + ": examples");
      for (String example : command.usageMessage().footer()) {
        assertTrue(example.startsWith("  " + name + " ") && example.length() < 80, example);
        if (name.startsWith("batchq theory") || name.equals("batchq describe")) {
          Shell shell = Shell.run((Object[]) words(example));
          assertEquals(0, shell.status(), example + "\n" + shell.err());
        } else {
          assertDoesNotThrow(() -> Main.commandLine().parseArgs(words(example)), example);
        }
      }
    }
  }

  /** The words behind {@code batchq}, as a shell makes them. */
  private static String[] words(String example) {
    return Arrays.stream(example.strip().split(" "))
        .skip(1)
        .map(word -> word.replace("'", ""))
        .toArray(String[]::new);
  }

  /**
   * A map of the reference.
   *
   * @param name what it is, for messages
   * @param page the page that has it
   * @param block its example there
   * @param keys its keys
   * @param place finds it in an experiment with its example
   */
  private record Described(
      String name,
      String page,
      String block,
      List<DescribedKey> keys,
      UnaryOperator<Object> place) {
    Map<String, Object> file() {
      return around(page, block);
    }

    Map<String, Object> map(Map<String, Object> file) {
      return ReferenceTest.map(place.apply(file));
    }
  }

  /** All maps that have keys; the examples stand in the order of kinds and sections. */
  private static List<Described> described() {
    List<Described> all = new ArrayList<>();
    for (Catalogue<?> catalogue : Catalogue.ALL) {
      String page = ReferencePages.pageOf(catalogue);
      List<String> blocks = blocks(MADE.getOrDefault(page, ""), "yaml");
      for (int i = 0; i < catalogue.kinds().size(); i++) {
        Catalogue.Kind<?> kind = catalogue.kinds().get(i);
        List<DescribedKey> keys = DescribedKey.of(kind);
        all.add(
            new Described(
                catalogue.what() + " " + kind.name(),
                page,
                blocks.get(i),
                keys,
                file -> named(file, catalogue.key(), kind.name()).orElseThrow()));
      }
    }
    List<String> blocks = blocks(MADE.getOrDefault(EXPERIMENT_FILE, ""), "yaml");
    for (int i = 0; i < Catalogue.SECTIONS.size(); i++) {
      Catalogue.Section section = Catalogue.SECTIONS.get(i);
      all.add(
          new Described(
              "section '" + section.path() + "'",
              EXPERIMENT_FILE,
              blocks.get(i),
              DescribedKey.of(section.type(), Map.of()),
              file -> at(file, section.path())));
    }
    return all;
  }

  /** The first map within a node whose key has a value. */
  private static Optional<Object> named(Object node, String key, String value) {
    if (node instanceof Map<?, ?> map && value.equals(map.get(key))) {
      return Optional.of(node);
    }
    Collection<?> below =
        node instanceof Map<?, ?> map
            ? map.values()
            : node instanceof Collection<?> list ? list : List.of();
    return below.stream().flatMap(child -> named(child, key, value).stream()).findFirst();
  }

  /** What stands at a path; of a list its first element. */
  private static Object at(Object node, String path) {
    Object found = node;
    for (String key : path.isEmpty() ? new String[0] : path.split("\\.")) {
      String name = key.replace("[]", "").replace("PATH", "arrivals.rate");
      Object value = Objects.requireNonNull(map(found).get(name), path);
      found = value instanceof List<?> list ? list.get(0) : value;
    }
    return found;
  }

  private static List<String> blocks(String page, String language) {
    List<String> blocks = new ArrayList<>();
    for (Matcher block = BLOCK.matcher(page); block.find(); ) {
      if (block.group(1).equals(language)) {
        blocks.add(block.group(2));
      }
    }
    return blocks;
  }

  /** An experiment with a block of a page in it. */
  private static Map<String, Object> around(String page, String block) {
    Map<String, Object> part = new Yaml().load(block);
    if (part.containsKey("name")) {
      return part;
    }
    Map<String, Object> file = new Yaml().load(AROUND);
    if (page.equals("policies.md")) {
      merge(file, new Yaml().load(AROUND_STEPS));
    }
    if (page.equals("predictors.md")) {
      merge(file, new Yaml().load(AROUND_PREDICTORS));
    }
    if (part.containsKey("varianceReduction")) {
      merge(file, new Yaml().load(AROUND_VARIANCE));
    }
    if (part.containsKey("charts")) {
      merge(file, new Yaml().load(AROUND_CHARTS));
    }
    merge(file, page.equals(EXPERIMENT_FILE) ? part : Map.of("scenario", part));
    if (block.contains("process: trace\n")) {
      map(at(file, "scenario")).remove("requests");
    }
    return file;
  }

  /** Puts what a block has into a file; a kind takes the place of another whole. */
  private static void merge(Map<String, Object> file, Map<String, Object> part) {
    part.forEach(
        (key, value) -> {
          boolean only = value instanceof Map<?, ?> map && map.keySet().equals(Set.of("tokens"));
          if (key.equals("scenario") || only) {
            merge(map(file.computeIfAbsent(key, absent -> new LinkedHashMap<>())), map(value));
          } else if (key.equals("charts") && file.get(key) instanceof List<?> charts) {
            map(charts.get(0)).putAll(map(((List<?>) value).get(0)));
          } else {
            file.put(key, value);
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }

  private void read(Map<String, Object> file) throws IOException {
    Path path = folder.resolve("example.yaml");
    Files.writeString(path, new Yaml().dump(new LinkedHashMap<>(file)));
    ExperimentFile.read(path, Map.of());
  }
}
