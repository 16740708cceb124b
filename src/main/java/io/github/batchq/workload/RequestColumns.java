package io.github.batchq.workload;

import org.jspecify.annotations.Nullable;

/**
 * What a trace tells of its requests, column by column, in one order.
 *
 * @param arrivalTimes arrival times in seconds; null where they are not known
 * @param lengths lengths, in the unit of the trace
 * @param promptTokens numbers of prompt tokens
 * @param predicted lengths that were predicted when the trace was recorded; null where none were
 * @param firstTokens times of the first tokens, as arrival times; null where they are not known
 * @param ends times of the last tokens, as arrival times; null where they are not known
 * @param blocks blocks of the prompts; null where they are not known
 */
record RequestColumns(
    @Nullable DoubleColumn arrivalTimes,
    DoubleColumn lengths,
    IntColumn promptTokens,
    @Nullable DoubleColumn predicted,
    @Nullable DoubleColumn firstTokens,
    @Nullable DoubleColumn ends,
    @Nullable BlockColumn blocks) {
  /**
   * Some of the requests in another order, with another origin of time.
   *
   * @param rows which, by their places
   * @param origin the time that becomes 0
   */
  RequestColumns pick(int[] rows, double origin) {
    IntColumn prompts = new IntColumn();
    for (int row : rows) {
      prompts.add(promptTokens.get(row));
    }
    return new RequestColumns(
        picked(arrivalTimes, rows, origin),
        lengths.pick(rows, 0),
        prompts,
        picked(predicted, rows, 0),
        picked(firstTokens, rows, origin),
        picked(ends, rows, origin),
        blocks == null ? null : blocks.pick(rows));
  }

  /** The same requests with other lengths. */
  RequestColumns withLengths(DoubleColumn others) {
    return new RequestColumns(
        arrivalTimes, others, promptTokens, predicted, firstTokens, ends, blocks);
  }

  private static @Nullable DoubleColumn picked(
      @Nullable DoubleColumn column, int[] rows, double origin) {
    return column == null ? null : column.pick(rows, origin);
  }
}
