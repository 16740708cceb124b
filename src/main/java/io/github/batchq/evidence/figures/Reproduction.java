package io.github.batchq.evidence.figures;

import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A figure that was reproduced: verdicts and files. Filled by the figure's judge. */
public final class Reproduction {
  /** Significant digits of a number on the page. */
  static final int DIGITS = 5;

  private final Figure figure;
  private final List<FigureVerdict> verdicts = new ArrayList<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  Reproduction(Figure figure) {
    this.figure = figure;
  }

  /** The figure. */
  public Figure figure() {
    return figure;
  }

  /** Verdicts in order. */
  public List<FigureVerdict> verdicts() {
    return List.copyOf(verdicts);
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

  /** A table of what a picture shows. */
  void table(String name, List<String> columns, List<List<String>> rows) {
    files.put(
        name + ".csv", new ResultTable(columns, rows).toCsv().getBytes(StandardCharsets.UTF_8));
  }

  void verdict(String statement, String paper, String ours, boolean agrees, String why) {
    verdicts.add(new FigureVerdict(statement, paper, ours, agrees, why));
  }

  /**
   * A number that needs no simulation.
   *
   * @param tolerance largest difference as a share of the paper's value
   */
  void number(String statement, double paper, double ours, double tolerance, String why) {
    boolean agrees = Math.abs(ours - paper) <= tolerance * Math.abs(paper);
    String difference = String.format(Locale.ROOT, "%+.2g %%", 100 * (ours / paper - 1));
    verdict(statement, digits(paper), digits(ours), agrees, difference + "; " + why);
  }

  /** Five significant digits. */
  static String digits(double value) {
    return Numerals.digits(value, DIGITS);
  }
}
