package io.github.batchq.cli;

import io.github.batchq.file.Catalogue;
import io.github.batchq.file.CoefficientPack;
import io.github.batchq.file.LawCall;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.trace.TraceFile;
import io.github.batchq.file.trace.TraceFormat;
import io.github.batchq.file.trace.TraceFormats;
import io.github.batchq.metric.Direction;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.model.MarkdownTable;
import io.github.batchq.random.Generator;
import io.github.batchq.theory.BoundaryRule;
import io.github.batchq.theory.BoundaryRules;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes the pages of docs/reference in Markdown. All that they say is a description in the code,
 * at the command, the kind, the key or the metric itself.
 */
final class ReferencePages {
  private static final String MADE =
      "<!-- Made by ./batchq reference from the descriptions in the code: change those. -->\n\n";

  private static final String REQUIRED = "A key without a default must be there.";

  private static final int SAMPLE_LINES = 4;

  private static final Pattern DEFAULT = Pattern.compile("(.*?) ?\\(default: (.*)\\)");

  private static final String EXPERIMENT_FILE = "experiment-file.md";
  private static final String PLAN_FILE = "plan-file.md";

  /**
   * What a page of kinds has beside its kinds.
   *
   * @param page name of its file
   * @param title its heading
   * @param intro what it is about
   * @param before lines of an example above the kind
   */
  private record Shelf(String page, String title, String intro, List<String> before) {}

  private static final Map<Catalogue<?>, Shelf> SHELVES = shelves();

  private ReferencePages() {}

  private static Map<Catalogue<?>, Shelf> shelves() {
    Map<Catalogue<?>, Shelf> shelves = new LinkedHashMap<>();
    shelves.put(
        Catalogue.POLICIES,
        new Shelf(
            "policies.md",
            "Policies",
            "How requests are batched: `scenario.policy`.",
            List.of("policy:")));
    shelves.put(
        Catalogue.ARRIVALS,
        new Shelf(
            "arrivals.md",
            "Arrival processes",
            "When requests arrive: `scenario.arrivals`.",
            List.of("arrivals:")));
    shelves.put(
        Catalogue.LAWS,
        new Shelf(
            "laws.md",
            "Laws",
            "Laws of service times in s, of numbers of tokens, of gaps and of times between failures."
                + " On the command line a law is a call, such as `--law 'uniform(1,20)'`.",
            List.of("service:")));
    shelves.put(
        Catalogue.SERVICES,
        new Shelf(
            "service-models.md",
            "Service models",
            "How long a batch takes whose lengths are tokens: `scenario.service.model`.",
            List.of("service:", "  tokens: {law: uniform, min: 30, max: 600}", "  model:")));
    shelves.put(
        Catalogue.PREDICTORS,
        new Shelf(
            "predictors.md",
            "Predictors",
            "What the policy is told of the length of a request: `scenario.predictor`.",
            List.of("predictor:")));
    shelves.put(
        Catalogue.TRACES,
        new Shelf(
            "formats.md",
            "Formats",
            "Formats of recorded traces, for replay, for resampling, for lengths and for predictors"
                + " that learn. On the command line `--trace-format FORMAT`. Which encodings, numbers and"
                + " dates are read, and what is refused, is in [files](../files.md).",
            List.of("arrivals:", "  process: trace", "  trace:")));
    return shelves;
  }

  /** All pages by the names of their files. */
  static Map<String, String> all() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("commands.md", commands());
    pages.put(EXPERIMENT_FILE, experimentFile());
    pages.put(PLAN_FILE, planFile());
    SHELVES.forEach((catalogue, shelf) -> pages.put(shelf.page(), kinds(catalogue, shelf)));
    pages.put("metrics.md", metrics());
    pages.replaceAll((name, page) -> MADE + page);
    pages.put("README.md", index(pages));
    return pages;
  }

  /** The page that describes the kinds of a catalogue. */
  static String pageOf(Catalogue<?> catalogue) {
    Shelf shelf = SHELVES.get(catalogue);
    if (shelf == null) {
      throw new IllegalStateException("no page of the reference has: " + catalogue.what());
    }
    return shelf.page();
  }

  /** Where requests stand that have no arrival times. */
  private static final List<String> SAMPLED = List.of("service:", "  tokens:", "    sample:");

  private static String index(Map<String, String> pages) {
    StringBuilder page = new StringBuilder(MADE).append("# Reference\n\n");
    pages.forEach(
        (name, text) ->
            page.append("- [")
                .append(text.lines().filter(line -> line.startsWith("# ")).findFirst().orElse(name))
                .append("](")
                .append(name)
                .append(")\n"));
    return page.toString().replace("[# ", "[");
  }

  private static String kinds(Catalogue<?> catalogue, Shelf shelf) {
    StringBuilder page =
        new StringBuilder("# " + shelf.title() + "\n\n" + shelf.intro() + " " + REQUIRED + "\n\n");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(catalogue.what(), "what it is"));
    for (Catalogue.Kind<?> kind : catalogue.kinds()) {
      rows.add(List.of("[" + kind.name() + "](#" + anchor(kind.name()) + ")", kind.description()));
    }
    page.append(table(rows));
    for (Catalogue.Kind<?> kind : catalogue.kinds()) {
      List<DescribedKey> keys = DescribedKey.of(kind);
      page.append("\n## ").append(kind.name()).append("\n\n");
      page.append(sentence(kind.description())).append("\n\n");
      if (catalogue.equals(Catalogue.LAWS)) {
        page.append("As a call: `").append(LawCall.form(kind)).append("`.\n\n");
      }
      boolean isTrace = catalogue.equals(Catalogue.TRACES);
      if (isTrace) {
        page.append(columns(kind.name()));
      }
      page.append(keys.isEmpty() ? "It has no keys.\n\n" : table(keyRows(keys)) + "\n");
      List<String> before =
          isTrace && !format(kind.name()).hasArrivalTimes() ? SAMPLED : shelf.before();
      String indent = below(before.get(before.size() - 1));
      List<String> lines = new ArrayList<>(before);
      lines.add(indent + catalogue.key() + ": " + kind.name());
      example(keys).forEach(line -> lines.add(indent + line));
      page.append(block("yaml", lines));
      if (isTrace) {
        page.append("\nThe file begins:\n\n").append(block("text", sample(keys)));
      }
    }
    if (catalogue.equals(Catalogue.POLICIES)) {
      page.append(boundaryRules());
    } else if (catalogue.equals(Catalogue.SERVICES)) {
      page.append(packs());
    } else if (catalogue.equals(Catalogue.TRACES)) {
      page.append(formatKeys()).append(tables());
    }
    return page.toString();
  }

  private static TraceFormat format(String name) {
    return TraceFormats.named(name).orElseThrow();
  }

  /** What a format's columns are called, and where it comes from. */
  private static String columns(String name) {
    TraceFormat format = format(name);
    StringBuilder words = new StringBuilder();
    if (!format.byColumn()) {
      words.append("Columns: ").append(format.columnWords()).append(".");
      words.append(format.rows().isEmpty() ? "" : " Rows: " + code(format.rows()) + ".");
      words.append(format.remark().isEmpty() ? "" : " Note: " + format.remark() + ".");
      words.append("\n\n");
    }
    return words.append("Source: ").append(format.reference()).append(".\n\n").toString();
  }

  /** The keys that the files of all formats take. */
  private static String formatKeys() {
    List<DescribedKey> keys =
        DescribedKey.of(TraceFile.class, Map.of()).stream()
            .filter(key -> !key.name().equals(Catalogue.TRACES.key()))
            .toList();
    return "\n## Keys of all formats\n\n"
        + "What a key names takes the place of what the format has. On the command line columns are"
        + " `--column WHAT=NAME`, and the others options such as `--time-unit`.\n\n"
        + table(keyRows(keys));
  }

  /** The indentation of the lines below a line. */
  private static String below(String line) {
    return " ".repeat(line.length() - line.stripLeading().length() + 2);
  }

  private static String boundaryRules() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("rule", "what it is"));
    for (BoundaryRule rule : BoundaryRules.all()) {
      rows.add(List.of(code(rule.name()), rule.description()));
    }
    return "\n## Boundary rules\n\nWhat `boundaries` may name in place of a list of numbers.\n\n"
        + table(rows);
  }

  private static String packs() {
    StringBuilder packs =
        new StringBuilder("\n## Coefficient packs\n\nWhat the model `pack` may name.\n");
    for (CoefficientPack pack : CoefficientPack.all()) {
      packs.append("\n### ").append(pack.name()).append("\n\n");
      packs.append(
          table(
              List.of(
                  List.of("what", "value"),
                  List.of("measured", pack.llm() + " on " + pack.gpu() + ", " + pack.software()),
                  List.of("range", pack.range()),
                  List.of("contains", pack.contains()),
                  List.of("reference", pack.reference()),
                  List.of("fit", pack.fit()))));
    }
    return packs.toString();
  }

  /** Describes the files that are not traces, which keys of other kinds name. */
  private static String tables() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("for", "key", "what it is", "example"));
    for (Catalogue<?> catalogue : Catalogue.ALL) {
      for (Catalogue.Kind<?> kind : catalogue.kinds()) {
        for (RecordComponent component : kind.type().getRecordComponents()) {
          boolean file =
              component.getType() == DataFile.class || component.getType() == ConfusionMatrix.class;
          if (file && !catalogue.equals(Catalogue.TRACES)) {
            DescribedKey key = DescribedKey.of(component, null);
            rows.add(
                List.of(
                    catalogue.what() + " " + code(kind.name()),
                    code(key.name()),
                    key.text().about(),
                    code(key.example())));
          }
        }
      }
    }
    return "\n## Other files\n\n" + table(rows);
  }

  private static List<String> sample(List<DescribedKey> keys) {
    String example = keys.get(0).example().replace("'", "");
    try (BufferedReader reader = DataFile.resource(example.replace("resource:", "")).open()) {
      return reader.lines().limit(SAMPLE_LINES).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the file of an example cannot be read", e);
    }
  }

  private static String experimentFile() {
    StringBuilder page =
        new StringBuilder(
                """
            # The experiment file

            One YAML document. `--set PATH=VALUE` sets a value from the command line, such as
            `--set scenario.policy.bins=4`. What YAML is read, and what is refused, is in [files](../files.md).
            """)
            .append(REQUIRED)
            .append("\n\n");
    sections(Catalogue.SECTIONS, page);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("generator", "what it is"));
    for (Generator generator : Generator.values()) {
      rows.add(List.of(code(generator.id()), generator.description()));
    }
    return page.append("\n## Generators\n\n").append(table(rows)).toString();
  }

  private static String planFile() {
    StringBuilder page =
        new StringBuilder(
                """
            # The file of a plan

            What `batchq plan` reads: one YAML document. `--set PATH=VALUE` sets a value from the command line.
            Arrivals, service, predictor and limits are those of [an experiment file](experiment-file.md).
            """)
            .append(REQUIRED)
            .append("\n\n");
    sections(Catalogue.PLAN_SECTIONS, page);
    return page.toString();
  }

  /** Maps with their keys and an example each. */
  private static void sections(List<Catalogue.Section> sections, StringBuilder page) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("map", "what it is"));
    for (Catalogue.Section section : sections) {
      rows.add(
          List.of(
              "[" + heading(section) + "](#" + anchor(heading(section)) + ")",
              section.description()));
    }
    page.append(table(rows));
    for (Catalogue.Section section : sections) {
      List<DescribedKey> keys =
          DescribedKey.of(section.type(), Map.of()).stream()
              .map(key -> linked(key, section, sections))
              .toList();
      page.append("\n## ").append(heading(section)).append("\n\n");
      page.append(sentence(section.description())).append("\n\n");
      page.append(table(keyRows(keys))).append('\n');
      page.append(block("yaml", at(section.path(), example(keys), section.beside())));
    }
  }

  /** A key with a link to the section of the map that stands behind it, where there is one. */
  private static DescribedKey linked(
      DescribedKey key, Catalogue.Section section, List<Catalogue.Section> sections) {
    String path = section.path().isEmpty() ? key.name() : section.path() + "." + key.name();
    return sections.stream()
        .filter(below -> below.path().replaceFirst("(\\[]|\\.PATH)$", "").equals(path))
        .findFirst()
        .map(below -> key.linkedTo("#" + anchor(heading(below))))
        .orElse(key);
  }

  /** Its path; where several maps may stand there, with the key that tells it from the others. */
  private static String heading(Catalogue.Section section) {
    if (section.path().isEmpty()) {
      return "top of the file";
    }
    long there =
        Catalogue.SECTIONS.stream().filter(other -> other.path().equals(section.path())).count();
    return there <= 1
        ? section.path()
        : section.path() + " with " + DescribedKey.of(section.type(), Map.of()).get(0).name();
  }

  /** Lines of a map where it stands in a file; a path that ends in [] is an element of a list. */
  private static List<String> at(String path, List<String> lines, List<String> beside) {
    if (path.isEmpty()) {
      return lines;
    }
    int dot = path.lastIndexOf('.');
    String key = path.substring(dot + 1).replace("PATH", "arrivals.rate");
    boolean element = key.endsWith("[]");
    List<String> indented = new ArrayList<>(beside);
    indented.add(key.replace("[]", "") + ":");
    for (int i = 0; i < lines.size(); i++) {
      indented.add((element ? i == 0 ? "  - " : "    " : "  ") + lines.get(i));
    }
    return at(path.substring(0, Math.max(0, dot)), indented, List.of());
  }

  /** The keys with their examples, but for those that stand in place of another. */
  private static List<String> example(List<DescribedKey> keys) {
    return keys.stream()
        .filter(key -> key.text().insteadOf().isEmpty())
        .map(DescribedKey::line)
        .toList();
  }

  private static List<List<String>> keyRows(List<DescribedKey> keys) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("key", "what it is", "type", "unit", "allowed", "default", "example"));
    for (DescribedKey key : keys) {
      String instead = key.text().insteadOf();
      rows.add(
          List.of(
              code(key.name()),
              key.text().about() + (instead.isEmpty() ? "" : "; in place of " + code(instead)),
              key.type(),
              key.text().unit(),
              key.text().range(),
              key.absent(),
              code(key.example())));
    }
    return rows;
  }

  private static String metrics(List<Metric> metrics) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("metric", "what it is", "unit", "better", "in overload"));
    for (Metric metric : metrics) {
      rows.add(
          List.of(
              code(metric.id()),
              metric.description(),
              metric.unit(),
              metric.direction() == Direction.NEITHER
                  ? ""
                  : metric.direction() == Direction.LOWER_IS_BETTER ? "lower" : "higher",
              metric.isUnbounded() ? "grows with the run" : ""));
    }
    return table(rows);
  }

  private static String metrics() {
    return """
        # Metrics

        What the key `metrics` of an experiment file, `--show`, `--metric` and the columns of `summary.csv` and `replications.csv` name. A ratio has
        the unit 1. Where more requests arrive than the servers can carry, some metrics grow with the length of the run: they say nothing of the
        long run.

        """
        + metrics(Metric.ALL)
        + """

        These are measured where a file has no key `metrics`. By name there are also:

        """
        + metrics(Metric.BY_NAME)
        + """

        and of each time of a request any quantile, such as `latency.p90` and `ttft.p99.9`, its least and largest value and its standard
        deviation over the requests of a run:

        """
        + table(families());
  }

  private static List<List<String>> families() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("metrics", "what they are", "unit"));
    for (List<String> family : Metric.families()) {
      rows.add(List.of(code(family.get(0)), family.get(2), family.get(1)));
    }
    return rows;
  }

  private static String commands() {
    StringBuilder page = new StringBuilder("# Commands\n\n");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("command", "what it does"));
    StringBuilder chapters = new StringBuilder();
    for (CommandSpec command : reachable(Main.commandLine()).toList()) {
      String name = command.qualifiedName();
      String about = String.join(" ", command.usageMessage().description());
      rows.add(List.of("[" + name + "](#" + anchor(name) + ")", firstSentence(about)));
      chapters.append("\n## ").append(name).append("\n\n").append(sentence(about)).append("\n\n");
      chapters.append(block("text", synopsis(command)));
      List<List<String>> options = arguments(command);
      if (options.size() > 1) {
        chapters.append('\n').append(table(options));
      }
      List<String> examples =
          Arrays.stream(command.usageMessage().footer()).map(String::strip).toList();
      if (!examples.isEmpty()) {
        chapters.append('\n').append(block("sh", examples));
      }
    }
    page.append(NumberRange.GRAMMAR).append("\n\n");
    return page.append(table(rows)).append(chapters).toString();
  }

  /** A command and those below it; the help of a command is no command of its own. */
  static Stream<CommandSpec> reachable(CommandLine command) {
    return Stream.concat(
        Stream.of(command.getCommandSpec()),
        command.getSubcommands().values().stream()
            .filter(below -> !(below.getCommand() instanceof HelpCommand))
            .flatMap(ReferencePages::reachable));
  }

  private static List<String> synopsis(CommandSpec command) {
    return new CommandLine.Help(command, CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .synopsis(0)
        .lines()
        .toList();
  }

  private static List<List<String>> arguments(CommandSpec command) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("argument", "what it is", "default"));
    List<ArgSpec> arguments = new ArrayList<>(command.positionalParameters());
    arguments.addAll(command.options());
    for (ArgSpec argument : arguments) {
      boolean standard =
          argument instanceof OptionSpec option && (option.usageHelp() || option.versionHelp());
      if (!standard && !argument.hidden()) {
        String about = String.join(" ", argument.description());
        Matcher stated = DEFAULT.matcher(about);
        rows.add(
            stated.matches()
                ? List.of(code(name(argument)), stated.group(1), stated.group(2))
                : List.of(
                    code(name(argument)), about, argument.required() ? "*must be given*" : ""));
      }
    }
    return rows;
  }

  private static String name(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return argument.paramLabel();
    }
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
  }

  private static String firstSentence(String text) {
    return text.split("(?<=\\.) (?=[A-Z])", 2)[0];
  }

  private static String sentence(String text) {
    String capital = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    return plain(capital.endsWith(".") ? capital : capital + ".");
  }

  /** Text in which nothing is taken for a tag of HTML. */
  private static String plain(String text) {
    return text.replace("<", "&lt;");
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  /** The anchor that GitHub gives a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
  }

  private static String block(String language, List<String> lines) {
    return "```" + language + "\n" + String.join("\n", lines) + "\n```\n";
  }

  private static String cell(String text) {
    return (text.startsWith("`") ? text : plain(text)).replace("|", "\\|");
  }

  /** A table whose first row is its header. */
  private static String table(List<List<String>> rows) {
    List<List<String>> lines =
        rows.stream().map(row -> row.stream().map(ReferencePages::cell).toList()).toList();
    return MarkdownTable.of(
        lines.get(0), "|---".repeat(lines.get(0).size()) + "|", lines.subList(1, lines.size()));
  }
}
