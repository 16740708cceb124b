package io.github.batchq.file.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Excerpt;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a JSON document, or of several that follow one another, one after the other in
 * bounded memory.
 */
final class JsonTokens implements Closeable {
  private final DataFile file;
  private final DataText text;
  private final JsonParser parser;
  private int depth;

  JsonTokens(DataFile file) {
    this.file = file;
    this.text = file.text(false);
    try {
      this.parser = JsonLinesReader.FACTORY.createParser(text);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Reads from the parser. */
  interface Reading<T> {
    T from(JsonParser parser) throws IOException;
  }

  /** What a reading finds, which must read each value that it begins to its end. */
  <T> T read(Reading<T> reading) {
    try {
      return reading.from(parser);
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          file
              + ", line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
              + ": no JSON: "
              + Excerpt.of(String.valueOf(e.getOriginalMessage())),
          e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private BadInputException unreadable(IOException e) {
    return new BadInputException(file + " cannot be read: " + FileReason.of(e), e);
  }

  /** The next token; null at the end. */
  @Nullable JsonToken next() {
    text.startRow();
    JsonToken token = read(JsonParser::nextToken);
    if (token != null) {
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }
    return token;
  }

  /** Passes over the value that begins with the present token. */
  void skip() {
    if (parser.currentToken().isStructStart()) {
      for (int outside = depth - 1; depth > outside; ) {
        next();
      }
    }
  }

  /** Says that the object or list that the present token began was read to its end. */
  void leave() {
    depth--;
  }

  /** The present token. */
  JsonToken token() {
    return parser.currentToken();
  }

  /** The key before the present value. */
  String name() {
    return read(JsonParser::currentName);
  }

  /** How many objects and lists the next token is in. */
  int depth() {
    return depth;
  }

  /** The line of the present token, from 1. */
  int line() {
    return parser.currentLocation().getLineNr();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
