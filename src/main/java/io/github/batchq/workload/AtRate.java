package io.github.batchq.workload;

import io.github.batchq.model.Require;
import io.github.batchq.random.Law;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * Arrivals as another process makes them, faster or slower: all gaps are scaled alike, so the
 * pattern and the random numbers stay the same.
 *
 * @param process a process with a finite rate
 * @param rate requests per second, positive and finite
 */
public record AtRate(ArrivalProcess process, double rate) implements ArrivalProcess {
  public AtRate {
    Require.ARGUMENT.positiveFinite("rate", rate);
    if (process.isClosed()) {
      throw new IllegalArgumentException(
          "requests that wait for answers have no rate to change: the system sets it");
    }
    if (Double.isInfinite(process.rate())) {
      throw new IllegalArgumentException(
          "requests that are all there at time 0 have no rate to change");
    }
  }

  @Override
  public boolean isPoisson() {
    return process.isPoisson();
  }

  @Override
  public @Nullable Law poissonGroups() {
    return process.poissonGroups();
  }

  @Override
  public boolean isRenewal() {
    return process.isRenewal();
  }

  @Override
  public double dispersion() {
    return process.dispersion();
  }

  @Override
  public DoubleSupplier arrivalTimes(RandomStream stream) {
    double factor = process.rate() / rate;
    DoubleSupplier times = process.arrivalTimes(stream);
    return () -> factor * times.getAsDouble();
  }

  @Override
  public double lastArrival(long requests) {
    return process.rate() / rate * process.lastArrival(requests);
  }

  @Override
  public boolean isReplay() {
    return process.isReplay();
  }

  @Override
  public IntSupplier traceRows(RandomStream stream) {
    return process.traceRows(stream);
  }

  @Override
  public @Nullable Trace trace() {
    return process.trace();
  }
}
