package io.github.batchq.file.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchq.file.data.JsonColumn.Reduction;
import java.io.IOException;

/** What may be wanted of a JSON list whose entries come one after the other. */
final class ListSummary {
  private int count;
  private double sum;
  private String last = "";

  /** Reads the list that begins with the present token to its end. */
  static ListSummary of(JsonParser parser) throws IOException {
    ListSummary summary = new ListSummary();
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
    sum += DecimalNumber.parse(last);
  }

  /** What is wanted, as the text of a number; empty for the last entry of none. */
  String text(Reduction reduction) {
    return switch (reduction) {
      case SUM -> Double.toString(sum);
      case COUNT -> Integer.toString(count);
      case LAST, NONE -> last;
    };
  }
}
