package io.github.batchq.theory;

/** Checks of the arguments that many formulas share. */
final class Require {
  private Require() {}

  static void batchSize(int batchSize) {
    atLeastOne("the batch size", batchSize);
  }

  static void bins(int bins) {
    atLeastOne("the number of bins", bins);
  }

  static void servers(int servers) {
    atLeastOne("the number of servers", servers);
  }

  static void positive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException("the " + name + " must be positive, found " + value);
    }
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, found " + value);
    }
  }
}
