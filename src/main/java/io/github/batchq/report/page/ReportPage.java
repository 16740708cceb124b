package io.github.batchq.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.SummaryColumns;
import io.github.batchq.report.page.PageInput.Repeat;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One page that has all it needs: the question, the answer, charts, tables, how they came about,
 * and how they are made again. The same input gives the same bytes.
 */
public final class ReportPage {
  /** Most points of a sweep, and most rows of a table that is shown. */
  private static final int MOST_ROWS = 20_000;

  private static final String ANSWER = "answer.md";
  private static final String README = "README.md";

  private static final List<ChartChoice> CHOICES =
      List.of(
          new PlanCharts(),
          new SummaryCharts(),
          new StudyCharts(),
          new TwinPageCharts(),
          new FigureCharts());

  private final PageInput input;
  private final List<PageChart> charts;

  /** Charts that a page of text has put where their pictures were. */
  private final Set<String> placed = new HashSet<>();

  /**
   * Chooses what the page shows.
   *
   * @throws BadInputException if a sweep has more points than a page can show, or a cell that must
   *     be a number is none
   */
  public ReportPage(PageInput input) {
    ResultTable summary = input.summary();
    if (summary != null && summary.rows().size() > MOST_ROWS) {
      throw new BadInputException(
          "the sweep of "
              + input.name()
              + " has "
              + summary.rows().size()
              + " points, and a page shows at most "
              + MOST_ROWS);
    }
    this.input = input;
    this.charts = CHOICES.stream().flatMap(choice -> choice.charts(input).stream()).toList();
  }

  /** The specifications of the charts for Vega-Lite, by the names of the charts. */
  public Map<String, JsonNode> specifications() {
    Map<String, JsonNode> specifications = new LinkedHashMap<>();
    charts.forEach(chart -> specifications.put(chart.id(), chart.specification()));
    return specifications;
  }

  /**
   * The page.
   *
   * @param title what stands above it; null for that of the experiment, or the folder's name
   */
  public String html(@Nullable String title) {
    String heading = title == null ? title() : title;
    String main = main();
    StringBuilder scripts = new StringBuilder();
    scripts.append(Html.data("report-data", data()));
    for (String library : List.of("vega.min.js", "vega-lite.min.js", "page.js")) {
      scripts.append("<script>\n").append(PageResources.text(library)).append("</script>\n");
    }
    String page = PageResources.text("page.html");
    page = page.replace("/*style*/", PageResources.text("page.css"));
    // No text can be taken for a place from here on: all of them have lost their "<".
    page = page.replace("<!--title-->", Html.text(heading));
    page = page.replace("<!--main-->", main);
    return page.replace("<!--scripts-->", scripts);
  }

  private String title() {
    JsonNode experiment = input.manifest().path("experiment");
    JsonNode plan = input.manifest().path("plan");
    for (JsonNode named : List.of(experiment, plan)) {
      for (String key : List.of("title", "name")) {
        if (named.path(key).isTextual()) {
          return named.path(key).asText();
        }
      }
    }
    String readme = input.texts().getOrDefault(README, "");
    return readme.startsWith("# ")
        ? readme.lines().findFirst().orElse("").substring(2)
        : input.name();
  }

  private String main() {
    StringBuilder main = new StringBuilder();
    String question = question();
    String answer = answer();
    if (!question.isEmpty()) {
      main.append(section("question", "The question", question));
    }
    if (!answer.isEmpty()) {
      main.append(section("answer", "The answer", answer));
    }
    StringBuilder rest = new StringBuilder();
    charts.stream()
        .filter(chart -> !placed.contains(chart.id()))
        .forEach(chart -> rest.append(chart.html()));
    if (!rest.isEmpty()) {
      main.append(section("charts", "Charts", rest.toString()));
    }
    StringBuilder tables = new StringBuilder();
    tables().forEach(table -> tables.append(table.html()));
    input
        .tables()
        .forEach(
            (name, table) -> {
              if (table.rows().size() > MOST_ROWS) {
                tables.append(
                    Html.element(
                        "p", name + " has " + table.rows().size() + " rows: see the file."));
              }
            });
    main.append(section("tables", "Tables", tables.toString()));
    main.append(section("again", "How it came about", provenance()));
    main.append(section("cite", "How to cite", citation()));
    main.append("<section class=\"licences\"><details><summary>Licences of the libraries in this");
    main.append(" page</summary><pre>");
    main.append(Html.text(PageResources.text("libraries-licences.txt")));
    return main.append("</pre></details></section>\n").toString();
  }

  private static String section(String id, String title, String content) {
    return "<section id=\"" + id + "\"><h2>" + title + "</h2>\n" + content + "</section>\n";
  }

  private String citation() {
    String version = input.manifest().path("batchq").asText();
    String citation =
        PageResources.text("citation.txt")
            .replace("VERSION", version.isEmpty() ? "" : ", version " + version);
    return "<pre>" + Html.text(citation) + "</pre>\n";
  }

  private String question() {
    JsonNode experiment = input.manifest().path("experiment");
    if (experiment.isObject()) {
      Question question = new Question(experiment.path("scenario"), swept(), input.manifest());
      return "<p>"
          + Html.text(question.words())
          + "</p>\n"
          + KeyTable.html("The scenario, key by key", question.rows());
    }
    JsonNode plan = input.manifest().path("plan");
    return plan.isObject()
        ? "<p>Which policy, how many bins, which batch size and how many servers keep the"
            + " requirements at the least cost?</p>\n"
            + KeyTable.html("The plan, key by key", KeyTable.rows(plan))
        : "";
  }

  private Map<String, List<String>> swept() {
    ResultTable summary = input.tables().get(PageInput.SUMMARY);
    Map<String, List<String>> swept = new LinkedHashMap<>();
    if (summary != null) {
      SummaryColumns.of(summary)
          .swept()
          .forEach(path -> swept.put(path, SummaryAxes.values(summary, path)));
    }
    return swept;
  }

  private String answer() {
    String told = input.texts().getOrDefault(ANSWER, "");
    StringBuilder answer = new StringBuilder();
    if (!told.isEmpty()) {
      answer.append(Markdown.html(withoutTitle(told), this::picture));
    }
    answer.append(StudyAnswer.html(input)).append(RunAnswer.html(input));
    if (input.manifest().isEmpty() && input.texts().containsKey(README)) {
      answer.append(
          Markdown.html(
              withoutTitle(Objects.requireNonNull(input.texts().get(README))), this::picture));
    }
    return answer.toString();
  }

  /** A page without its first heading, which is that of this page. */
  private static String withoutTitle(String markdown) {
    return markdown.replaceFirst("\\A# [^\n]*\n", "");
  }

  /** The charts that show what a picture does. */
  private String picture(String file) {
    String name =
        FigureCharts.ID + file.replaceFirst("\\.[a-z]+$", "").replaceAll("[^A-Za-z0-9_-]", "-");
    StringBuilder html = new StringBuilder();
    for (PageChart chart : charts) {
      if (chart.id().equals(name) || chart.id().matches(Pattern.quote(name) + "-[0-9]+")) {
        placed.add(chart.id());
        html.append(chart.html());
      }
    }
    return html.toString();
  }

  private String provenance() {
    JsonNode manifest = input.manifest();
    if (manifest.isEmpty()) {
      return "<p>This folder has no manifest: its tables are shown as they are.</p>\n";
    }
    StringBuilder html = new StringBuilder("<p>Made by <code>");
    html.append(Html.text(manifest.path("command").asText())).append("</code>");
    html.append(" with batchq ").append(Html.text(manifest.path("batchq").asText()));
    if (manifest.has("commit")) {
      html.append(", commit ").append(Html.text(manifest.path("commit").asText()));
    }
    html.append(".</p>\n");
    Repeat repeat = input.repeat();
    if (repeat != null) {
      html.append("<p>A single point is made again, with the same digits in every cell, by the");
      html.append(" command that its row of summary.csv has under “again”; columns of theory that");
      html.append(" would be empty are left out. It reads ");
      html.append(
          repeat.file().endsWith(".json")
              ? "<a id=\"experiment\" download=\""
                  + repeat.file()
                  + "\" href=\"#\">"
                  + repeat.file()
                  + "</a>, the experiment as it was run; names of data files in it start where it"
                  + " is saved."
              : "<code>" + Html.text(repeat.file()) + "</code>, as it was for these results.");
      html.append("</p>\n");
    }
    return html.append(KeyTable.html("The manifest, key by key", KeyTable.rows(manifest)))
        .toString();
  }

  private ObjectNode data() {
    ObjectNode data = Specification.object();
    ArrayNode listed = data.putArray("charts");
    charts.forEach(chart -> listed.add(chart.data()));
    ArrayNode tables = data.putArray("tables");
    tables().forEach(table -> tables.add(table.data()));
    Repeat repeat = input.repeat();
    if (repeat != null) {
      ArrayNode commands = data.putArray("commands");
      repeat.commands().forEach(commands::add);
      if (repeat.file().endsWith(".json")) {
        data.set("experiment", input.manifest().path("experiment"));
      }
    }
    return data;
  }

  /** The tables, that of the sweep first, whose charts need no tables of their own. */
  private List<PageTable> tables() {
    boolean drawn = input.summary() != null || input.tables().containsKey(TwinPageCharts.TWIN);
    return input.tables().entrySet().stream()
        .filter(entry -> entry.getValue().rows().size() <= MOST_ROWS)
        .filter(entry -> !drawn || !FigureCharts.isFigure(entry.getValue()))
        .map(entry -> new PageTable(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(table -> !table.name().equals(PageInput.SUMMARY)))
        .toList();
  }
}
