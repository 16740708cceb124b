package io.github.batchq.cli;

import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Law;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BulkQueue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code batchq theory bulk}: waits and latency of dynamic and of full batching. */
@Command(
    name = "bulk",
    mixinStandardHelpOptions = true,
    description =
        "Mean wait and latency on one server that starts a batch as soon as A requests wait "
            + "and takes at most B: A = 1 is dynamic batching, A = B full batches. A batch of b "
            + "lasts alpha + beta b + (gamma + delta b) (longest length) seconds.",
    footerHeading = "%nExample:%n",
    footer = "  batchq theory bulk --law 'uniform(1,20)' --batch-size 8 --rate 0.3")
final class TheoryBulkCommand implements Callable<Integer> {
  @Option(
      names = "--law",
      required = true,
      paramLabel = "LAW",
      description = "law of the lengths as a call, such as uniform(1,20); batchq list shows all")
  private String lawCall;

  @Option(
      names = "--rate",
      required = true,
      paramLabel = "R",
      description = "arrival rate [req/s], Poisson")
  private double rate;

  @Option(
      names = "--group",
      paramLabel = "LAW",
      description =
          "requests come in groups at the times of a Poisson process: law of the number in a "
              + "group as a call, rounded to whole ones of at least 1 (default: ${DEFAULT-VALUE})")
  private String groupCall = "deterministic(1)";

  @Option(
      names = "--batch-size",
      required = true,
      paramLabel = "B",
      description = "most requests in a batch")
  private int batchSize;

  @Option(
      names = "--least",
      paramLabel = "A",
      description = "fewest requests with which a batch starts (default: ${DEFAULT-VALUE})")
  private int least = 1;

  @Option(
      names = "--alpha",
      paramLabel = "S",
      description = "seconds of every batch (default: ${DEFAULT-VALUE})")
  private double alpha;

  @Option(
      names = "--beta",
      paramLabel = "S",
      description = "seconds for each request in a batch (default: ${DEFAULT-VALUE})")
  private double beta;

  @Option(
      names = "--gamma",
      paramLabel = "S",
      description =
          "seconds for each unit of the longest length in a batch (default: ${DEFAULT-VALUE})")
  private double gamma = 1;

  @Option(
      names = "--delta",
      paramLabel = "S",
      description =
          "seconds for each unit of the longest length and each request (default: ${DEFAULT-VALUE})")
  private double delta;

  @Option(
      names = "--elastic",
      description = "a request leaves when its own tokens are done, not with its batch")
  private boolean elastic;

  @Mixin private TableOptions output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Law law = LawOption.read(lawCall, spec);
    Law group = LawOption.read(groupCall, spec);
    output.print(TheoryComputation.ofOneSystem("bulk", () -> table(law, group)));
    return 0;
  }

  private ResultTable table(Law law, Law group) {
    BatchTime time = new BatchTime(alpha, beta, gamma, delta);
    BulkQueue queue = BulkQueue.of(law, time, least, batchSize, rate, group);
    TheoryTable table = new TheoryTable();
    table.add("wait.mean", queue.meanWait());
    table.add("latency.mean", elastic ? queue.meanElasticLatency() : queue.meanLatency());
    table.add("batch.size.mean", queue.meanBatchSize());
    table.add("batch.size.of.request", queue.requestBatchSize());
    table.add("service.mean", queue.requestBatchSeconds());
    table.add("utilization", queue.utilization());
    table.add("capacity", queue.capacity());
    return table.toResultTable();
  }
}
