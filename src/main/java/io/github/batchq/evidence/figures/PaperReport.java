package io.github.batchq.evidence.figures;

import io.github.batchq.evidence.Evidence;
import io.github.batchq.evidence.EvidencePage;
import io.github.batchq.model.ResultTable;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found of figures: a page of them, and a table.
 *
 * @param reproductions the figures that were reproduced, in order
 */
public record PaperReport(List<Reproduction> reproductions) {
  private static final List<String> RULES = List.of("---", "---:", "---:", "---", "---");

  public PaperReport {
    reproductions = List.copyOf(reproductions);
  }

  /** The figures of the paper with their pictures, captions and numbers, in Markdown. */
  public String paper() {
    List<Evidence<FigureFinding>> figures =
        reproductions.stream().map(Reproduction::evidence).toList();
    EvidencePage page =
        new EvidencePage("The paper's figures, reproduced")
            .paragraph(
                "Made by `./batchq reproduce`; do not edit. The paper is O. Guldogan, J. Kunde, K."
                    + " Lee, R. Pedarsani,\n\"Multi-Bin Batching for Increasing LLM Inference"
                    + " Throughput\", arXiv:2412.04504v1. Filled markers are our means\nwith 95 %"
                    + " intervals, hollow ones the points that the paper plots, read off the vector"
                    + " paths of its PDF; each\nfigure has its numbers in a CSV file of the same"
                    + " name. Of "
                    + figures.stream().mapToLong(figure -> figure.findings().size()).sum()
                    + " numbers of the paper "
                    + figures.stream().mapToLong(Evidence::holding).sum()
                    + " are met;\nfor the others the last column says why not. T35.4 is a statement"
                    + " of [theory check](../theory-check.md).");
    return withFigures(page, "Figure ", "paper", "ours");
  }

  /** The same for what goes beyond the paper. */
  public String beyond() {
    EvidencePage page =
        new EvidencePage("Beyond the paper")
            .paragraph("Made by `./batchq reproduce --beyond`; do not edit.");
    return withFigures(page, "", "expected", "found");
  }

  private String withFigures(EvidencePage page, String kind, String expected, String found) {
    List<String> columns = List.of("number", expected, found, "agrees", "why");
    for (Reproduction one : reproductions) {
      Evidence<FigureFinding> evidence = one.evidence();
      String heading = kind + evidence.statement().id();
      page.section(heading)
          .paragraph(evidence.statement().claim())
          .pictures(heading, one.pictures())
          .words(evidence.table(columns), RULES);
    }
    return page.markdown();
  }

  /** All numbers in one table, each with the figure that it belongs to. */
  public ResultTable flat() {
    List<List<String>> rows = new ArrayList<>();
    for (Reproduction one : reproductions) {
      Evidence<FigureFinding> evidence = one.evidence();
      for (FigureFinding finding : evidence.findings()) {
        List<String> row = new ArrayList<>(List.of(evidence.statement().id()));
        row.addAll(finding.cells());
        rows.add(row);
      }
    }
    return new ResultTable(List.of("figure", "number", "paper", "ours", "agrees", "why"), rows);
  }
}
