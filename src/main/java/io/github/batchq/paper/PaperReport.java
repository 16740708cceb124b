package io.github.batchq.paper;

import java.util.ArrayList;
import java.util.List;

/** The page of all figures, in Markdown. */
public final class PaperReport {
  private PaperReport() {}

  /** All figures with their pictures, captions and verdicts. */
  public static String markdown(List<Reproduction> reproductions) {
    StringBuilder page = new StringBuilder();
    long verdicts = reproductions.stream().mapToLong(one -> one.verdicts().size()).sum();
    long agreeing =
        reproductions.stream()
            .flatMap(one -> one.verdicts().stream())
            .filter(Verdict::agrees)
            .count();
    page.append("# The paper's figures, reproduced\n\n")
        .append("Made by `./batchq reproduce`; do not edit. The paper is O. Guldogan, J. Kunde, K.")
        .append(
            " Lee, R. Pedarsani,\n\"Multi-Bin Batching for Increasing LLM Inference Throughput\",")
        .append(
            " arXiv:2412.04504v1. Filled markers are our means\nwith 95 % intervals, hollow ones")
        .append(" the points that the paper plots, read off the vector paths of its PDF; each\n")
        .append("figure has its numbers in a CSV file of the same name. Of ")
        .append(verdicts)
        .append(" numbers of the paper ")
        .append(agreeing)
        .append(" are met;\nfor the others the last column says why not.\n");
    for (Reproduction one : reproductions) {
      page.append("\n## Figure ")
          .append(one.figure().id())
          .append("\n\n")
          .append(one.figure().caption())
          .append("\n\n");
      for (String picture : one.pictures()) {
        page.append("![Figure ")
            .append(one.figure().id())
            .append("](")
            .append(picture)
            .append(")\n");
      }
      page.append("\n| number | paper | ours | agrees | why |\n|---|---:|---:|---|---|\n");
      for (Verdict verdict : one.verdicts()) {
        page.append("| ").append(String.join(" | ", cells(verdict))).append(" |\n");
      }
    }
    return page.toString();
  }

  /** The cells of a verdict: number, paper, ours, agrees, why. */
  public static List<String> cells(Verdict verdict) {
    List<String> cells = new ArrayList<>();
    cells.add(verdict.statement());
    cells.add(verdict.paper());
    cells.add(verdict.ours());
    cells.add(verdict.agrees() ? "yes" : "**no**");
    cells.add(verdict.why());
    return cells;
  }
}
