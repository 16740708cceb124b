package io.github.batchq.file.trace;

import io.github.batchq.file.data.UnitOfTime;
import org.jspecify.annotations.Nullable;

/**
 * A column of a trace format.
 *
 * @param role what it tells
 * @param names what it is called: a column, a key or a pointer, as {@code file.data} reads them;
 *     versions of a format call it differently
 * @param unit unit of its times; null for dates and for what is no time
 * @param since from when its times count
 * @param optional whether files may lack it
 */
record TraceColumn(
    Role role,
    java.util.List<String> names,
    @Nullable UnitOfTime unit,
    Since since,
    boolean optional) {
  /** What a column tells of a request. */
  enum Role {
    ARRIVAL_TIME("arrivalTime"),
    GAP("gap"),
    SERVICE_TIME("serviceTime"),
    TOKENS("tokens"),
    PROMPT_TOKENS("promptTokens"),
    PREDICTED("predicted"),
    FIRST_TOKEN("firstToken"),
    END("end"),
    /** The blocks of the prompt, as numbers with blanks between them. */
    BLOCKS("blocks"),
    /** Holds something where the request had no answer. */
    FAILED("failed");

    private final String key;

    Role(String key) {
      this.key = key;
    }

    /** The key of an experiment file that names such a column. */
    String key() {
      return key;
    }
  }

  /** From when times of first tokens and ends count. */
  enum Since {
    /** The clock of the arrival times. */
    CLOCK,
    /** The arrival of the request. */
    ARRIVAL,
    /** Its first token. */
    FIRST_TOKEN
  }

  /** As a table shows it. */
  @Override
  public String toString() {
    String where =
        switch (since) {
          case CLOCK -> "";
          case ARRIVAL -> " after arrival";
          case FIRST_TOKEN -> " after the first token";
        };
    return role.key
        + " "
        + String.join(" or ", names)
        + (unit == null ? "" : " [" + unit + where + "]")
        + (optional ? ", if there" : "");
  }
}
