package io.github.batchq.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Malformed rows of data files: a stated number is left out and remembered, one more is refused.
 * What else a user must know of how files were read is remembered too. Safe for several threads.
 */
public final class BadRows {
  /** So many are remembered word by word. */
  private static final int REMEMBERED = 1000;

  private final long most;
  private final List<String> reasons = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private long skipped;

  /**
   * @param most how many rows may be left out, at least 0
   * @throws BadInputException if it is negative
   */
  public BadRows(long most) {
    Require.INPUT.atLeast("--skip-bad", most, 0);
    this.most = most;
  }

  /** No row may be malformed. */
  public static BadRows none() {
    return new BadRows(0);
  }

  /**
   * Leaves a row out.
   *
   * @throws BadInputException if there are too many
   */
  public synchronized void skip(BadRowException row) {
    if (most == 0) {
      throw row;
    }
    if (skipped == most) {
      throw new BadInputException(
          row.getMessage() + " (the first bad line after the " + most + " that may be skipped)",
          row);
    }
    skipped++;
    if (reasons.size() < REMEMBERED) {
      reasons.add(String.valueOf(row.getMessage()));
    }
  }

  /** How many rows were left out. */
  public synchronized long skipped() {
    return skipped;
  }

  /** File, line and reason of each, of the first thousand. */
  public synchronized List<String> reasons() {
    return List.copyOf(reasons);
  }

  /**
   * Remembers what a user must know of how a file was read.
   *
   * @param note one sentence that names the file; said again, it is remembered once
   */
  public synchronized void note(String note) {
    notes.add(note);
  }

  /** What a user must know of how files were read. */
  public synchronized List<String> notes() {
    return List.copyOf(notes);
  }
}
