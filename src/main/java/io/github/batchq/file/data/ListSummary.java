package io.github.batchq.file.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchq.file.data.JsonColumn.Reduction;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What may be wanted of a JSON list whose entries come one after the other. */
final class ListSummary {
  private int count;
  private double sum;
  private String last = "";
  private final @Nullable StringBuilder all;

  /**
   * @param keeps whether all entries are wanted
   */
  ListSummary(boolean keeps) {
    this.all = keeps ? new StringBuilder() : null;
  }

  /** Reads the list that begins with the present token to its end. */
  static ListSummary of(JsonParser parser, boolean keeps) throws IOException {
    ListSummary summary = new ListSummary(keeps);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
      summary.add(parser);
    }
    return summary;
  }

  /** Adds an entry, of which the parser is at the last token. */
  void add(JsonParser parser) throws IOException {
    count++;
    last = parser.currentToken().isScalarValue() ? parser.getText() : "";
    if (all == null) {
      sum += DecimalNumber.parse(last);
    } else {
      all.append(all.isEmpty() ? "" : " ").append(last.isEmpty() ? "?" : last);
    }
  }

  /** What is wanted, as the text of a number or of several; empty for an entry of none. */
  String text(Reduction reduction) {
    return switch (reduction) {
      case SUM -> Double.toString(sum);
      case COUNT -> Integer.toString(count);
      case LAST, NONE -> last;
      case ALL -> String.valueOf(all);
    };
  }
}
