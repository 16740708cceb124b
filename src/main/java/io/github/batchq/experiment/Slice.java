package io.github.batchq.experiment;

import io.github.batchq.model.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several parts of the runs of a round, for one machine of several; together the slices have
 * every run once.
 *
 * <p>Runs that take long, such as those near the capacity, stand side by side in a sweep or come
 * again at regular places. So runs are dealt like cards: of each {@code count} that follow each
 * other every slice gets one, beginning with a slice drawn by a generator of fixed seed. Slices
 * differ by at most one run, share every stretch of the sweep, and none of them meets the same
 * value of a swept path again and again because their number fits the sweep.
 *
 * @param index which one, from 1 to {@code count}
 * @param count number of slices, at least 1
 */
public record Slice(int index, int count) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})/(\\d{1,9})");

  /** Changing it would make parts of one version unfit for those of another. */
  private static final long SEED = 1;

  public Slice {
    if (index < 1 || index > count) {
      throw new IllegalArgumentException("no slice " + index + " of " + count);
    }
  }

  /**
   * The slice that a text such as {@code 2/3} names.
   *
   * @throws BadInputException if it names none
   */
  public static Slice parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (parts.matches()) {
      int index = Integer.parseInt(parts.group(1));
      int count = Integer.parseInt(parts.group(2));
      if (index >= 1 && index <= count) {
        return new Slice(index, count);
      }
    }
    throw new BadInputException(
        "--shard takes I/N, slice I of N with I from 1 to N, such as 2/3, found '" + text + "'");
  }

  /** The runs of this slice, in their order. */
  public List<Pair> of(Round round) {
    List<Pair> pairs = round.pairs();
    List<Pair> own = new ArrayList<>();
    Random first = new Random(SEED);
    for (int start = 0; start < pairs.size(); start += count) {
      int at = start + (index - 1 + first.nextInt(count)) % count;
      if (at < pairs.size()) {
        own.add(pairs.get(at));
      }
    }
    return own;
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return index + "/" + count;
  }
}
