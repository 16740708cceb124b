package io.github.batchq.evidence.figures;

import io.github.batchq.model.MarkdownTable;
import java.util.ArrayList;
import java.util.List;

/** The page of all figures, in Markdown. */
public final class PaperReport {
  private PaperReport() {}

  /** The figures of the paper with their pictures, captions and verdicts. */
  public static String paper(List<Reproduction> reproductions) {
    long verdicts = reproductions.stream().mapToLong(one -> one.verdicts().size()).sum();
    long agreeing =
        reproductions.stream()
            .flatMap(one -> one.verdicts().stream())
            .filter(FigureVerdict::agrees)
            .count();
    return page(
        "# The paper's figures, reproduced\n\n"
            + "Made by `./batchq reproduce`; do not edit. The paper is O. Guldogan, J. Kunde, K. Lee,"
            + " R. Pedarsani,\n\"Multi-Bin Batching for Increasing LLM Inference Throughput\","
            + " arXiv:2412.04504v1. Filled markers are our means\nwith 95 % intervals, hollow ones"
            + " the points that the paper plots, read off the vector paths of its PDF; each\n"
            + "figure has its numbers in a CSV file of the same name. Of "
            + verdicts
            + " numbers of the paper "
            + agreeing
            + " are met;\nfor the others the last column says why not. T35.4 is a statement of"
            + " [theory check](../theory-check.md).\n",
        "Figure ",
        "paper",
        "ours",
        reproductions);
  }

  /** The same for what goes beyond the paper. */
  public static String beyond(List<Reproduction> reproductions) {
    return page(
        "# Beyond the paper\n\nMade by `./batchq reproduce --beyond`; do not edit.\n",
        "",
        "expected",
        "found",
        reproductions);
  }

  private static String page(
      String head, String kind, String expected, String found, List<Reproduction> reproductions) {
    StringBuilder page = new StringBuilder(head);
    for (Reproduction one : reproductions) {
      page.append("\n## ")
          .append(kind)
          .append(one.figure().id())
          .append("\n\n")
          .append(one.figure().caption())
          .append("\n\n");
      for (String picture : one.pictures()) {
        page.append("![")
            .append(kind)
            .append(one.figure().id())
            .append("](")
            .append(picture)
            .append(")\n");
      }
      page.append('\n')
          .append(
              MarkdownTable.of(
                  List.of("number", expected, found, "agrees", "why"),
                  "|---|---:|---:|---|---|",
                  one.verdicts().stream().map(PaperReport::cells).toList()));
    }
    return page.toString();
  }

  /** The cells of a verdict: number, paper, ours, agrees, why. */
  public static List<String> cells(FigureVerdict verdict) {
    List<String> cells = new ArrayList<>();
    cells.add(verdict.statement());
    cells.add(verdict.paper());
    cells.add(verdict.ours());
    cells.add(verdict.agrees() ? "yes" : "**no**");
    cells.add(verdict.why());
    return cells;
  }
}
