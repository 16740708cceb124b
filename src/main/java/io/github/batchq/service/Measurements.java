package io.github.batchq.service;

import io.github.batchq.model.Require;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import umontreal.ssj.rng.RandomStream;

/**
 * Measured batches, in two parts: one that models are fitted to, and one that tells how well they
 * predict.
 *
 * @param fitted the first part
 * @param heldOut the second part; models are judged by the first where it is empty
 */
public record Measurements(List<Measurement> fitted, List<Measurement> heldOut) {
  /** Holds out nothing. */
  public static Measurements all(List<Measurement> all) {
    return new Measurements(List.copyOf(all), List.of());
  }

  /**
   * Holds out what is not chosen.
   *
   * @param chosen which measurements are fitted
   * @throws IllegalArgumentException if these are none or all
   */
  public static Measurements chosen(List<Measurement> all, Predicate<Measurement> chosen) {
    List<Measurement> fitted = all.stream().filter(chosen).toList();
    if (fitted.isEmpty() || fitted.size() == all.size()) {
      throw new IllegalArgumentException(
          (fitted.isEmpty() ? "none" : "all")
              + " of the "
              + all.size()
              + " measurements are chosen");
    }
    return new Measurements(fitted, all.stream().filter(chosen.negate()).toList());
  }

  /** The measurements by which models are judged. */
  public List<Measurement> judges() {
    return heldOut.isEmpty() ? fitted : heldOut;
  }

  /**
   * Holds out a share of measurements: ordered by batch size and length, they are cut into as many
   * runs of neighbours, and one of each run is drawn.
   *
   * @param share between 0 and 1, both excluded
   * @param seed any value
   * @throws IllegalArgumentException if the share is out of its range or there are fewer than two
   *     measurements
   */
  public static Measurements split(List<Measurement> all, double share, long seed) {
    Require.ARGUMENT.share("the share that is held out", share);
    if (all.size() < 2) {
      throw new IllegalArgumentException(
          "a fit needs at least 2 measurements, found " + all.size());
    }
    List<Measurement> rest = new ArrayList<>(all);
    rest.sort(
        Comparator.comparingInt(Measurement::batchSize)
            .thenComparingDouble(Measurement::length)
            .thenComparingLong(Measurement::promptTokens)
            .thenComparingDouble(Measurement::seconds));
    int runs = (int) Math.min(all.size() - 1L, Math.max(1, Math.round(share * all.size())));
    RandomStream stream = new RandomStreams(seed, 1).stream(0, StreamName.SERVICE);
    List<Measurement> held = new ArrayList<>();
    for (int run = runs - 1; run >= 0; run--) {
      int from = (int) ((long) run * all.size() / runs);
      int to = (int) ((run + 1L) * all.size() / runs);
      held.add(rest.remove(stream.nextInt(from, to - 1)));
    }
    return new Measurements(List.copyOf(rest), List.copyOf(held));
  }
}
