package io.github.batchq.metric;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A statistic of a time over the requests of a run.
 *
 * @param time what is timed
 * @param kind which statistic
 * @param level level of the quantile, in (0,1); NaN where it is none
 */
record TimeStatistic(RequestTime time, Kind kind, double level) {
  private static final Pattern QUANTILE = Pattern.compile("p([0-9]+(?:\\.[0-9]+)?)");

  /** Which statistic. */
  enum Kind {
    MIN("min"),
    MAX("max"),
    STD("std"),
    QUANTILE("p99.9");

    private final String id;

    Kind(String id) {
      this.id = id;
    }
  }

  /** A quantile. */
  static TimeStatistic quantile(RequestTime time, double level) {
    return new TimeStatistic(time, Kind.QUANTILE, level);
  }

  /**
   * The statistic of a name such as {@code latency.p99.9} or {@code ttft.std}; none where the name
   * is of another form.
   *
   * @throws IllegalArgumentException if its level is none, or is written in a second way
   */
  static Optional<TimeStatistic> named(String id) {
    for (RequestTime time : RequestTime.values()) {
      String family = time.id();
      if (id.startsWith(family + ".")) {
        String statistic = id.substring(family.length() + 1);
        Matcher quantile = QUANTILE.matcher(statistic);
        if (quantile.matches()) {
          return Optional.of(quantile(time, level(id, family, quantile.group(1))));
        }
        Optional<Kind> named =
            Stream.of(Kind.MIN, Kind.MAX, Kind.STD)
                .filter(kind -> kind.id.equals(statistic))
                .findFirst();
        if (named.isPresent()) {
          return named.map(kind -> new TimeStatistic(time, kind, Double.NaN));
        }
      }
    }
    return Optional.empty();
  }

  private static double level(String id, String family, String percent) {
    BigDecimal written = new BigDecimal(percent);
    double level = written.movePointLeft(2).doubleValue();
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "metric '"
              + id
              + "': a quantile has a level above 0 and below 100 %, found "
              + percent
              + (written.signum() == 0
                  ? "; the least value is " + family + ".min"
                  : written.compareTo(BigDecimal.valueOf(100)) == 0
                      ? "; the largest value is " + family + ".max"
                      : ""));
    }
    String plain = written.stripTrailingZeros().toPlainString();
    if (!plain.equals(percent)) {
      throw new IllegalArgumentException(
          "metric '" + id + "': write its level without spare zeros, " + family + ".p" + plain);
    }
    return level;
  }

  /** Names that a misspelt one may be near to: with its own quantile, if it has one. */
  static Stream<String> near(String id) {
    String statistic = id.replaceFirst("^.*?\\.(?=p[0-9.]*$)", "");
    Stream<String> ofAll = Stream.of(Kind.values()).map(kind -> kind.id);
    return (QUANTILE.matcher(statistic).matches()
            ? Stream.concat(Stream.of(statistic), ofAll)
            : ofAll)
        .flatMap(name -> Stream.of(RequestTime.values()).map(time -> time.id() + "." + name));
  }

  /** What all of these names look like, for messages. */
  static String forms() {
    return Stream.of(RequestTime.values()).map(RequestTime::id).collect(Collectors.joining(", "))
        + " with .min, .max, .std or any quantile such as .p99.9";
  }

  /** What it is, in one line. */
  String description(String id) {
    return switch (kind) {
      case MIN -> "least " + time.description();
      case MAX -> "largest " + time.description();
      case STD -> "standard deviation over requests of the " + time.description();
      case QUANTILE ->
          id.substring(time.id().length() + 2) + " % quantile of the " + time.description();
    };
  }

  /** Whether it grows without bound in overload: the first request of a run never waits. */
  boolean isUnbounded() {
    return time.isUnbounded() && kind != Kind.MIN;
  }

  /** Whether one long run can tell how far off it is: of a least or largest value it cannot. */
  boolean hasInterval() {
    return kind == Kind.STD || kind == Kind.QUANTILE;
  }

  /** Whether runs count it only where it is asked for. */
  boolean isCountedApart() {
    return kind != Kind.QUANTILE
        || switch (time) {
          case LATENCY, TTFT, TPOT, SLOWDOWN -> false;
          case WAIT, FORMATION, QUEUEING, SERVICE, SENT_LATENCY, SENT_TTFT -> true;
        };
  }
}
