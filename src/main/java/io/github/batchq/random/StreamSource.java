package io.github.batchq.random;

import umontreal.ssj.rng.RandomStream;

/**
 * Where the runs of an experiment get their random numbers from: independent streams ({@link
 * RandomStreams}), or streams that depend on those of other runs so that means over the runs vary
 * less ({@link AntitheticStreams}, {@link QuasiRandomStreams}). Whatever the source, the numbers of
 * each run alone are independent and uniform on [0,1). Immutable; streams are handed out to several
 * threads.
 */
public interface StreamSource {
  /**
   * A new stream at its beginning.
   *
   * @param replication number of the run, from 0
   * @param name the source of randomness
   */
  RandomStream stream(int replication, StreamName name);
}
