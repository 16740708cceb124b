package io.github.batchq.evidence.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.evidence.Evidence;
import io.github.batchq.evidence.Statement;
import io.github.batchq.evidence.simulator.CoverageStudy.CoverageFinding;
import io.github.batchq.evidence.simulator.ExactQueues.QueueFinding;
import io.github.batchq.evidence.simulator.KernelAgreement.KernelFinding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The report of a self-test that found something. */
class SelfTestReportTest {
  private static final KernelFinding AGREED = new KernelFinding(100, 2_001_100, 0);

  private static SelfTestReport report(double covered, double simulated, KernelFinding kernels) {
    Statement coverage = new Statement("Coverage", "How often.", "");
    Statement queues = new Statement("Queues with exact formulas", "Means.", "");
    Statement second = new Statement("A second implementation", "The same numbers.", "");
    return new SelfTestReport(
        new Evidence<>(
            coverage,
            List.of(
                new CoverageFinding("M/M/1", "batch means", "latency.mean", 2, 0.95, 0.03, 0),
                new CoverageFinding("M/M/1", "batch means", "latency.p95", 6, covered, 0.04, 0))),
        new Evidence<>(
            queues, List.of(new QueueFinding("M/M/1", "Pollaczek-Khinchine", 2, simulated, 0.01))),
        new Evidence<>(second, List.of(kernels)),
        List.of(),
        List.of());
  }

  @Test
  void everythingHolds() {
    SelfTestReport report = report(0.94, 2.009, AGREED);
    assertTrue(report.holds());
    assertEquals(
        List.of(
            "Coverage of 95 % intervals: 94.0 to 95.0 % (2 of 2 within 2 points)",
            "Queues with exact formulas: 1 of 1 within their 99.9 % intervals",
            "Second implementation: 0 of 2001100 requests differ",
            "Statements of theory: 0 of 0 hold",
            "Numbers of the paper: 0 of 0 met"),
        report.summary());
    String page = report.markdown("1.0");
    assertTrue(page.contains("In 100 random scenarios"), page);
    assertTrue(page.contains("2001100 requests is compared, digit by digit: 0 differ."), page);
  }

  @Test
  void whatFailsIsNamed() {
    SelfTestReport narrow = report(0.92, 2, AGREED);
    assertFalse(narrow.holds());
    assertTrue(
        narrow
            .summary()
            .get(0)
            .endsWith("(1 of 2 within 2 points); not M/M/1, batch means, latency.p95"),
        narrow.summary().get(0));
    SelfTestReport biased = report(0.95, 2.02, AGREED);
    assertFalse(biased.holds());
    assertTrue(biased.summary().get(1).endsWith("intervals; not M/M/1"), biased.summary().get(1));
    assertFalse(report(0.95, 2, new KernelFinding(100, 2_001_100, 1)).holds());
  }
}
