package io.github.batchq.cli;

import io.github.batchq.model.ResultTable;
import io.github.batchq.report.TwinCharts;
import io.github.batchq.study.CalibratedPack;
import io.github.batchq.study.Calibration;
import io.github.batchq.study.TwinRun;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code batchq twin} says and writes beside its tables. */
final class TwinReport {
  private static final String REMARK = "remark";

  private final TwinRun twin;

  TwinReport(TwinRun twin) {
    this.twin = twin;
  }

  /** What was replayed, and with what, a sentence each. */
  List<String> head() {
    List<String> lines = new ArrayList<>();
    Calibration calibration = twin.calibration();
    lines.add(
        twin.run().trace().name()
            + ": "
            + twin.run().size()
            + " requests, all replayed from the first arrival; "
            + (calibration.fitted() == 0
                ? "all compared, by step costs that were given."
                : "step costs fitted to the first "
                    + calibration.fitted()
                    + ", the other "
                    + twin.compared()
                    + " compared."));
    lines.add("Server: " + calibration.serverWords() + ".");
    lines.add("Step costs: " + calibration.modelWords() + ".");
    lines.addAll(twin.limits());
    return lines;
  }

  /** How to read the table, and what it cannot tell, a sentence each. */
  List<String> notes(ResultTable compared) {
    List<String> lines = new ArrayList<>(List.of(twin.howIntervals() + "."));
    Set<String> reasons = new LinkedHashSet<>();
    for (int row = 0; row < compared.rows().size(); row++) {
      String reason = compared.text(row, REMARK);
      if (!reason.isEmpty()) {
        reasons.add(compared.text(row, "metric").replaceFirst("\\..*", "") + ": " + reason + ".");
      }
    }
    lines.addAll(reasons);
    twin.shapes().forEach(shape -> lines.add(shape + "."));
    return lines;
  }

  /** The comparison for a person, whose reasons stand below it. */
  static ResultTable withoutRemarks(ResultTable compared) {
    return new ResultTable(
        compared.columns().subList(0, compared.columns().size() - 1),
        compared.rows().stream().map(row -> row.subList(0, row.size() - 1)).toList());
  }

  /** All files, by their names. */
  Map<String, byte[]> files(ResultTable compared, @Nullable ResultTable alternatives) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("twin.csv", bytes(compared.toCsv()));
    ResultTable requests = twin.requestTable();
    files.put("requests.csv", bytes(requests.toCsv()));
    if (alternatives != null) {
      files.put("what-if.csv", bytes(alternatives.toCsv()));
    }
    if (CalibratedPack.isPossible(twin)) {
      files.put(
          "pack.yaml", bytes(CalibratedPack.yaml(twin, LocalDate.now(ZoneOffset.UTC).toString())));
    }
    files.putAll(new TwinCharts(drawn(requests)).files());
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<TwinCharts.Request> drawn(ResultTable requests) {
    List<TwinCharts.Request> drawn = new ArrayList<>();
    for (int row = 0; row < requests.rows().size(); row++) {
      drawn.add(
          new TwinCharts.Request(
              requests.text(row, "part"),
              requests.number(row, "arrival [s]"),
              requests.number(row, "generated tokens"),
              new TwinCharts.Times(
                  requests.number(row, "measured first token [s]"),
                  requests.number(row, "measured end [s]")),
              new TwinCharts.Times(
                  requests.number(row, "replayed first token [s]"),
                  requests.number(row, "replayed end [s]"))));
    }
    return drawn;
  }
}
