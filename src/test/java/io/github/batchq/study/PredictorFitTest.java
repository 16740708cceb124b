package io.github.batchq.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.trace.TraceFile;
import io.github.batchq.file.trace.TraceFiles;
import io.github.batchq.model.ResultTable;
import io.github.batchq.study.PredictorFit.Learnt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a predictor that has learnt is worth, by requests that it has not seen. */
class PredictorFitTest {
  @TempDir Path folder;

  @BeforeEach
  void writeTraces() throws IOException {
    ExperimentFiles.writeTracesWithPrompts(folder);
  }

  /** The counts are those of the second half, and what the predictor is worth follows from them. */
  @Test
  void isJudgedByRequestsThatItHasNotSeen() {
    for (String file : List.of("told.csv", "untold.csv")) {
      TraceFile spec = TraceFiles.csv(DataFile.of(file, folder), null, "gap", null, "n", "p");
      PredictorFit fit = new PredictorFit(spec.read(), 0.75, 40, 4);
      assertEquals(6000, fit.requestsToLearnFrom());
      assertEquals(2000, fit.requestsToJudgeBy());
      boolean told = file.equals("told.csv");
      for (Learnt learnt : fit.learnt()) {
        double counted =
            learnt.counts().stream().flatMap(List::stream).mapToDouble(count -> count).sum();
        assertEquals(2000, counted);
        assertEquals(told ? 1 : 0.25, learnt.rightShare(), 0.05);
        assertEquals(told ? 1 : 0, learnt.rankCorrelation(), 0.08);
        assertTrue(told == learnt.meanError() < 0.2 * fit.errorWithoutPrompts());
      }
      ResultTable worth = fit.worth(8, 0.1, 20_000, 40, 1);
      assertEquals(4, worth.rows().size());
      double oracle = worth.number(3, "over no bins");
      for (int row = 1; row < 3; row++) {
        assertEquals(told ? oracle : 1, worth.number(row, "over no bins"), 0.02);
      }
    }
  }
}
