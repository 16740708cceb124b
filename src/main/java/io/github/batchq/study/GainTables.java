package io.github.batchq.study;

import io.github.batchq.metric.Gain;
import io.github.batchq.model.MarkdownTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * Measured gains as Markdown: a table of all methods, then for each part of the study one with a
 * row for each system and quantity and a column for each method.
 */
public final class GainTables {
  private static final double ALL = 1e6;

  private final List<MeasuredGain> gains;

  /**
   * @param gains in the order in which rows and columns are to appear
   */
  public GainTables(List<MeasuredGain> gains) {
    this.gains = List.copyOf(gains);
  }

  /** The tables. */
  public String markdown() {
    StringBuilder text = new StringBuilder(summary());
    byKey(gains, MeasuredGain::part)
        .forEach(
            (part, ofPart) ->
                text.append("\n## ").append(part).append("\n\n").append(table(ofPart)));
    return text.toString();
  }

  /** A table that counts the cases in which each method surely helps or harms, with its gains. */
  private String summary() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("part", "method", "quantity", "helps", "harms", "cases", "median", "from", "to"));
    byKey(gains, gain -> List.of(gain.part(), gain.method(), gain.quantity()))
        .forEach(
            (key, cases) -> {
              double[] values =
                  cases.stream().mapToDouble(one -> one.gain().value()).sorted().toArray();
              List<String> row = new ArrayList<>(key);
              row.add(count(cases, "helps"));
              row.add(count(cases, "harms"));
              row.add(Integer.toString(cases.size()));
              row.add(number(new Median().evaluate(values)));
              row.add(number(values[0]));
              row.add(number(values[values.length - 1]));
              rows.add(row);
            });
    return markdown(rows);
  }

  private static String count(List<MeasuredGain> cases, String verdict) {
    return Long.toString(
        cases.stream().filter(one -> one.gain().verdict().equals(verdict)).count());
  }

  private static String table(List<MeasuredGain> ofPart) {
    List<String> methods = ofPart.stream().map(MeasuredGain::method).distinct().toList();
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("quantity", "system"));
    header.addAll(methods);
    rows.add(header);
    byKey(ofPart, MeasuredGain::quantity)
        .values()
        .forEach(
            ofQuantity ->
                byKey(ofQuantity, MeasuredGain::system)
                    .forEach((system, cases) -> rows.add(row(cases, methods))));
    return markdown(rows);
  }

  private static List<String> row(List<MeasuredGain> cases, List<String> methods) {
    List<String> row = new ArrayList<>(List.of(cases.get(0).quantity(), cases.get(0).system()));
    Map<String, Gain> gains =
        cases.stream().collect(Collectors.toMap(MeasuredGain::method, MeasuredGain::gain));
    for (String method : methods) {
      Gain gain = gains.get(method);
      row.add(
          gain == null
              ? ""
              : number(gain.value())
                  + " ("
                  + number(gain.low())
                  + " to "
                  + number(gain.high())
                  + ")");
    }
    return row;
  }

  private static <K> Map<K, List<MeasuredGain>> byKey(
      List<MeasuredGain> gains, Function<MeasuredGain, K> key) {
    return gains.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  /**
   * A gain with two decimals below 100 and none above. Beyond a million only rounding errors are
   * left of the variance.
   */
  private static String number(double value) {
    if (value > ALL) {
      return "> 1e6";
    }
    return value < 100
        ? String.format(Locale.ROOT, "%.2f", value)
        : String.format(Locale.ROOT, "%.0f", value);
  }

  /** A table whose first row is its header. */
  private static String markdown(List<List<String>> rows) {
    return MarkdownTable.of(
        rows.get(0), "|" + " --- |".repeat(rows.get(0).size()), rows.subList(1, rows.size()));
  }
}
