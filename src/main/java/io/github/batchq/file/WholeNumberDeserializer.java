package io.github.batchq.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads whole numbers however they are written: {@code 1e3} and {@code 1000.0} are 1000, 1.5 is
 * refused. A number with an exponent or a point is read as a double, so it must be below 2^53.
 */
final class WholeNumberDeserializer extends DelegatingDeserializer {
  private static final long serialVersionUID = 1L;

  /** The largest whole number that no other one is rounded to as a double. */
  private static final long EXACT = (1L << 53) - 1;

  private final Class<?> type;

  private WholeNumberDeserializer(Class<?> type) {
    this(type, NumberDeserializers.find(type, type.getName()));
  }

  private WholeNumberDeserializer(Class<?> type, JsonDeserializer<?> standard) {
    super(standard);
    this.type = type;
  }

  /** Makes a module read all whole numbers so. */
  @SuppressWarnings("unchecked") // the standard deserializer of a type makes values of this type
  static void register(SimpleModule module) {
    for (Class<?> type : new Class<?>[] {int.class, Integer.class, long.class, Long.class}) {
      module.addDeserializer(
          (Class<Object>) type, (JsonDeserializer<Object>) new WholeNumberDeserializer(type));
    }
  }

  @Override
  protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> standard) {
    return new WholeNumberDeserializer(type, standard);
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!parser.currentToken().isNumeric() || parser.isNaN()) {
      return super.deserialize(parser, context);
    }
    BigDecimal number = parser.getDecimalValue();
    if (number.stripTrailingZeros().scale() > 0) {
      return super.deserialize(parser, context);
    }
    boolean small = type == int.class || type == Integer.class;
    long exact = parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? Long.MAX_VALUE : EXACT;
    long most = small ? Integer.MAX_VALUE : exact;
    if (number.abs().compareTo(BigDecimal.valueOf(most)) > 0) {
      throw JsonMappingException.from(
          parser, "expected a whole number of at most " + most + ", found " + parser.getText());
    }
    return small ? (Object) number.intValueExact() : (Object) number.longValueExact();
  }
}
