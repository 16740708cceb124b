package io.github.batchq.study;

import io.github.batchq.engine.Parallel;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Require;
import io.github.batchq.service.ServiceModelSpec;
import io.github.batchq.service.TokenCosts;

/**
 * The step costs of a measured run, and which of its requests they were found by.
 *
 * @param server what served the run, with what was found of it
 * @param model the costs
 * @param fitted how many requests they were fitted to, the first ones; 0 where they were given
 */
public record Calibration(TwinServer server, ServiceModelSpec model, int fitted) {
  /** Costs that are known. */
  public static Calibration given(TwinServer server, ServiceModelSpec model) {
    return new Calibration(server, model, 0);
  }

  /**
   * Fits the costs to the first requests of a run.
   *
   * @param share which share of the requests is fitted, between 0 and 1
   * @param search finds what is not known of the server
   * @throws BadInputException if there are too few requests
   */
  public static Calibration fit(
      MeasuredRun run, TwinServer server, double share, ServerSearch search, Parallel threads)
      throws InterruptedException {
    Require.INPUT.share("--fit-share", share);
    int fitted = (int) Math.round(share * run.size());
    if (run.size() < MeasuredRun.FEWEST) {
      throw new BadInputException(
          run.trace().name()
              + " has "
              + run.size()
              + " requests, and a fit that holds some out needs "
              + MeasuredRun.FEWEST
              + ": with costs that are known (--model) its means and quantiles can still be"
              + " compared, without intervals and verdicts");
    }
    if (fitted < 1 || fitted == run.size()) {
      throw new BadInputException(
          "--fit-share must leave requests to fit and others to compare, found "
              + share
              + " of "
              + run.size());
    }
    StepCostFit.Fit fit = search.find(run, server, fitted, threads);
    return new Calibration(
        new TwinServer(fit.policy(), server.servers(), server.predictor()), fit.model(), fitted);
  }

  /** The server in words. */
  public String serverWords() {
    return TwinServerText.of(server);
  }

  /** The costs in words. */
  public String modelWords() {
    TokenCosts costs = model.create().tokenCosts();
    return costs == null ? String.valueOf(model) : CalibratedPack.model(costs);
  }
}
