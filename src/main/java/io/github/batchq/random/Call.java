package io.github.batchq.random;

/** The text of a law: the call that denotes it on the command line, such as {@code gamma(2,3)}. */
final class Call {
  private Call() {}

  /**
   * The call of a function. Numbers lose the ".0" that Java gives to whole ones; everything else
   * appears as its {@code toString}.
   */
  static String of(String name, Object... arguments) {
    StringBuilder text = new StringBuilder(name).append('(');
    for (int i = 0; i < arguments.length; i++) {
      if (i > 0) {
        text.append(',');
      }
      text.append(arguments[i] instanceof Double number ? number(number) : arguments[i].toString());
    }
    return text.append(')').toString();
  }

  private static String number(double x) {
    // Below 1e15 every whole double is exactly a long.
    return x == Math.rint(x) && Math.abs(x) < 1e15 ? Long.toString((long) x) : Double.toString(x);
  }
}
