package io.github.batchq.spark;

import io.github.batchq.engine.RunEngine;
import io.github.batchq.engine.RunFunction;
import io.github.batchq.engine.Step;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.model.BadInputException;
import io.github.batchq.results.ExperimentText;
import io.github.batchq.spark.CarriedExperiment.CarriedStep;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * Makes runs on the executors of a Spark cluster. The process that opens it is the driver: it keeps
 * the runs, decides which ones are wanted, and sends slices of them to the executors as tasks. The
 * experiment travels as a text and its data files as files of the job, both once for each executor.
 * What an executor loses Spark has made again by another one.
 */
final class SparkEngine implements RunEngine {
  /** What it is called. */
  static final String NAME = "spark";

  private static final String MASTER = "spark.master";

  private final JavaSparkContext context;
  private final SparkLog log;
  private final @Nullable Integer runsInTask;

  /** The experiments that the executors have: the steps of a search have one in common. */
  private final IdentityHashMap<Experiment, Broadcast<CarriedExperiment>> carried =
      new IdentityHashMap<>();

  private SparkEngine(JavaSparkContext context, SparkLog log, @Nullable Integer runsInTask) {
    this.context = context;
    this.log = log;
    this.runsInTask = runsInTask;
  }

  /**
   * Begins with Spark.
   *
   * @param master its cluster, as Spark names it; null if the property {@code spark.master} does
   * @param runsInTask how many runs are in a task, at least 1; null for a good number
   * @throws BadInputException if there is no cluster
   */
  static SparkEngine open(@Nullable String master, @Nullable Integer runsInTask) {
    SparkLog log = SparkLog.begin();
    SparkConf conf = new SparkConf();
    if (master != null) {
      conf.setMaster(master);
    }
    if (!conf.contains(MASTER)) {
      throw new BadInputException(
          "--engine spark needs --master, such as spark://host:7077, or local[2] on this machine");
    }
    conf.setIfMissing("spark.app.name", "batchq");
    conf.setIfMissing("spark.ui.enabled", "false");
    // The launcher's choice, for the same reasons.
    conf.setIfMissing("spark.executor.extraJavaOptions", "-XX:+UseParallelGC -Xmn64m");
    // The driver keeps what runs measure in any case.
    conf.set("spark.driver.maxResultSize", "0");
    conf.set("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
    if (!conf.contains("spark.jars")) {
      String[] jar = JavaSparkContext.jarOfClass(SparkEngine.class);
      if (jar.length > 0) {
        conf.setJars(jar);
      }
    }
    String address = conf.get(MASTER);
    StandaloneCluster cluster = StandaloneCluster.of(address);
    if (cluster != null) {
      cluster.requireMaster();
    }
    JavaSparkContext context;
    try {
      context = new JavaSparkContext(conf);
    } catch (Exception e) {
      throw new BadInputException(
          "Spark cannot begin at "
              + address
              + ": "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + log.where(),
          e);
    }
    if (cluster != null) {
      cluster.requireExecutor(context, log);
    }
    return new SparkEngine(context, log, runsInTask);
  }

  @Override
  public String name() {
    return NAME + " " + context.version() + " at " + context.master();
  }

  @Override
  public int threads() {
    return context.defaultParallelism();
  }

  @Override
  public Runs begin(Experiment experiment, @Nullable Step step) {
    SliceTask task =
        new SliceTask(
            carried.computeIfAbsent(experiment, this::carry),
            step == null ? null : CarriedStep.of(step));
    return new SparkRuns(
        context, log, experiment, RunFunction.measured(experiment, step), task, runsInTask);
  }

  private Broadcast<CarriedExperiment> carry(Experiment experiment) {
    ExperimentText text = ExperimentText.of(experiment);
    for (Path file : text.files().values()) {
      // As an address, by which a link keeps its name.
      context.addFile(file.toUri().toString());
    }
    return context.broadcast(new CarriedExperiment(text.text()));
  }

  @Override
  public void close() {
    context.close();
    log.close();
  }
}
