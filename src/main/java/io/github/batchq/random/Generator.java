package io.github.batchq.random;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import umontreal.ssj.rng.RandomStream;

/** The generators of random numbers that an experiment can choose from. */
public enum Generator {
  /** SSJ's LFSR258; streams are 2<sup>100</sup> numbers apart in one sequence. */
  LFSR258("lfsr258", "combined Tausworthe generator of SSJ, period 2^258; the default") {
    @Override
    StreamLayout streams(long seed) {
      return new LfsrStreams(seed);
    }
  },
  /** L64X128Mix; each stream is a sequence of its own. */
  L64X128MIX("l64x128mix", "LXM generator of Steele and Vigna, period 2^192; the fastest") {
    @Override
    StreamLayout streams(long seed) {
      return (replication, name) -> LxmStreams.stream(seed, replication, name.number());
    }
  };

  private final String id;
  private final String description;

  Generator(String id, String description) {
    this.id = id;
    this.description = description;
  }

  /** How files name it. */
  public String id() {
    return id;
  }

  /** One line. */
  public String description() {
    return description;
  }

  /** Names of all generators. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(Generator::id).toList();
  }

  /** The generator of a name. */
  public static Optional<Generator> named(String id) {
    return Arrays.stream(values()).filter(generator -> generator.id.equals(id)).findFirst();
  }

  /** Lays out the streams of an experiment. */
  abstract StreamLayout streams(long seed);

  /** Where the streams of an experiment start. */
  interface StreamLayout {
    RandomStream stream(int replication, StreamName name);
  }
}
