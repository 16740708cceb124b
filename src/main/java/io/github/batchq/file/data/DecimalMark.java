package io.github.batchq.file.data;

/** What separates the whole part of a number from the rest. */
public enum DecimalMark {
  /** A point, as in 1.5. */
  POINT,
  /** A comma, as in 1,5; points may then separate thousands. */
  COMMA
}
