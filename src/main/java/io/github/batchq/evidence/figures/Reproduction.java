package io.github.batchq.evidence.figures;

import io.github.batchq.evidence.Evidence;
import io.github.batchq.evidence.Verdict;
import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A figure that was reproduced: what was found of it, and files. The figure's judge fills it. */
public final class Reproduction {
  /** Significant digits of a number on the page. */
  static final int DIGITS = 5;

  private final Figure figure;
  private final List<FigureFinding> findings = new ArrayList<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  Reproduction(Figure figure) {
    this.figure = figure;
  }

  /** The figure with what was found of its numbers, in order. */
  public Evidence<FigureFinding> evidence() {
    return new Evidence<>(figure.statement(), findings);
  }

  /** Files by name, such as {@code fig3.svg}. */
  public Map<String, byte[]> files() {
    return Map.copyOf(files);
  }

  /** Names of the pictures in pixels, in order. */
  public List<String> pictures() {
    return files.keySet().stream().filter(name -> name.endsWith(".png")).toList();
  }

  void add(Map<String, byte[]> more) {
    files.putAll(more);
  }

  /** Adds a table of what a picture shows, as a CSV file. */
  void table(String name, List<String> columns, List<List<String>> rows) {
    files.put(
        name + ".csv", new ResultTable(columns, rows).toCsv().getBytes(StandardCharsets.UTF_8));
  }

  void finding(String quantity, String expected, String found, boolean agrees, String why) {
    findings.add(new FigureFinding(quantity, expected, found, Verdict.of(agrees), why));
  }

  /**
   * Adds the finding on a number that needs no simulation.
   *
   * @param tolerance largest difference as a share of the paper's value
   */
  void number(String quantity, double paper, double ours, double tolerance, String why) {
    boolean agrees = Math.abs(ours - paper) <= tolerance * Math.abs(paper);
    String difference = String.format(Locale.ROOT, "%+.2g %%", 100 * (ours / paper - 1));
    finding(quantity, digits(paper), digits(ours), agrees, difference + "; " + why);
  }

  /** A number in five significant digits. */
  static String digits(double value) {
    return Numerals.digits(value, DIGITS);
  }
}
