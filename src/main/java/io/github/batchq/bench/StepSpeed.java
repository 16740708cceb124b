package io.github.batchq.bench;

import com.sun.management.ThreadMXBean;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.StepRules;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Generator;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedSteps;
import io.github.batchq.sim.SimulationListener;
import io.github.batchq.sim.StepKernel;
import io.github.batchq.workload.Oracle;
import io.github.batchq.workload.RenewalProcess;
import io.github.batchq.workload.RequestSource;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;

/**
 * The scenario by which the speed of {@link StepKernel} is measured: Poisson arrivals at load 0.9,
 * exponential lengths of 200 tokens on average, one server whose steps take 32.43 ms + 0.641 ms n
 * (Fig. 1(a) of arXiv:2412.04504), all metrics on.
 *
 * @param slots number of slots B
 * @param merge whether steps that change nothing are taken together
 */
public record StepSpeed(int slots, boolean merge) {
  private static final double TOKENS = 200;
  private static final double LOAD = 0.9;
  private static final TokenCosts COSTS = new TokenCosts(0, 0, 0, 0.03243, 0.000641, 0, 0);

  /**
   * What one round cost.
   *
   * @param nanoseconds processor time of the thread for each step of the server
   * @param tokens tokens generated in a step, on average
   * @param bytes allocated for each step
   * @param meanLatency what was computed, in seconds
   */
  public record Cost(double nanoseconds, double tokens, double bytes, double meanLatency) {}

  /** Both ways of taking steps, with few slots and with many. */
  public static List<StepSpeed> all() {
    return Stream.of(8, 64, 256)
        .flatMap(slots -> Stream.of(new StepSpeed(slots, false), new StepSpeed(slots, true)))
        .toList();
  }

  /**
   * Simulates and measures. A round is so short that its time on the clock says more of what else
   * the machine does than of the kernel, so the processor time of the thread is taken.
   *
   * @param requests number of requests
   */
  public Cost measure(long requests) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double rate = LOAD * slots / (COSTS.stepSeconds(slots, 0) * TOKENS);
    RandomStreams streams = new RandomStreams(Generator.LFSR258, 1, 1);
    RunStatistics statistics = new RunStatistics(1, WarmUp.NONE, requests, slots);
    Counter counter = new Counter();
    StepKernel kernel =
        new StepKernel(
            new RequestSource(
                new RenewalProcess(new Exponential(rate))
                    .arrivalTimes(streams.stream(0, StreamName.ARRIVALS)),
                new Exponential(1 / TOKENS).sampler(streams.stream(0, StreamName.SERVICE)),
                new Oracle().create(streams.stream(0, StreamName.PREDICTION), BinBoundaries.none()),
                null,
                requests),
            new ContinuousBatching(slots).create(BinBoundaries.none()),
            COSTS,
            StepRules.PLAIN,
            1,
            slots,
            merge,
            List.of(statistics, counter));
    long bytes = thread.getCurrentThreadAllocatedBytes();
    long start = thread.getCurrentThreadCpuTime();
    kernel.run();
    double nanoseconds = thread.getCurrentThreadCpuTime() - start;
    double allocated = thread.getCurrentThreadAllocatedBytes() - bytes;
    return new Cost(
        nanoseconds / counter.steps,
        (double) counter.tokens / counter.steps,
        allocated / counter.steps,
        Metric.LATENCY_MEAN.of(statistics));
  }

  /** Counts steps and tokens. */
  private static final class Counter implements SimulationListener {
    private long steps;
    private long tokens;

    @Override
    public long nextArrival(long from) {
      return Long.MAX_VALUE;
    }

    @Override
    public void arrived(long id, double now) {}

    @Override
    public void dispatched(ServedBatch batch) {}

    @Override
    public void completed(ServedBatch batch, double now) {}

    @Override
    public void stepped(ServedSteps taken) {
      steps += taken.steps();
      tokens += taken.steps() * taken.decoding();
    }
  }
}
