package io.github.batchq.file;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.github.batchq.file.data.ConfusionFile;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.trace.TraceFormat;
import io.github.batchq.file.trace.TraceFormats;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.model.NearestName;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.LawSpec;
import io.github.batchq.scenario.ServerSpec;
import io.github.batchq.scenario.ServiceSpec;
import io.github.batchq.workload.ScoringTime;
import io.github.batchq.workload.Verify;
import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns trees into records by Jackson, strictly: an unknown key, a missing one, a wrong type or a
 * number that a record refuses becomes a {@link BadInputException} that names the place, what was
 * found and what is allowed.
 */
public final class Binder {
  private static final Pattern MISSING =
      Pattern.compile("Missing required creator property '([^']+)'.*");

  /** Attribute of a reading: the folder where relative paths of data files start. */
  private static final String FOLDER = "folder";

  private static final JsonMapper MAPPER = mapper();

  private final ObjectReader reader;

  /**
   * @param folder where relative paths of data files start
   */
  public Binder(Path folder) {
    reader = MAPPER.reader().withAttribute(FOLDER, folder);
  }

  /** One for all folders: that it learns each record anew would take longer than to bind them. */
  private static JsonMapper mapper() {
    SimpleModule module = new SimpleModule();
    for (Catalogue<?> catalogue : Catalogue.ALL) {
      register(module, catalogue);
    }
    module.addDeserializer(
        DataFile.class, reading((node, folder) -> DataFile.of(text(node, "a file name"), folder)));
    module.addDeserializer(TraceFormat.class, reading((node, folder) -> format(node)));
    module.addDeserializer(ConfusionMatrix.class, reading(Binder::confusion));
    module.addDeserializer(BoundaryChoice.class, reading((node, folder) -> boundaries(node)));
    module.addDeserializer(Verify.Scorers.class, new ScorersDeserializer());
    module.addDeserializer(ScoringTime.class, new ScoringTimeDeserializer());
    WholeNumberDeserializer.register(module);
    module.addDeserializer(ServerSpec.class, new ServersDeserializer());
    module.addDeserializer(ServiceSpec.class, new ServiceDeserializer());
    return JsonMapper.builder()
        .addModule(module)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .withCoercionConfig(
            LogicalType.Textual,
            config ->
                config
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .annotationIntrospector(new RequiredUnlessNullable())
        .build();
  }

  private static <T> void register(SimpleModule module, Catalogue<T> catalogue) {
    module.addDeserializer(catalogue.base(), new CatalogueDeserializer<>(catalogue));
  }

  /**
   * Binds a tree.
   *
   * @param tree the tree
   * @param type record to make
   * @param path where the tree stands in its file
   * @param file for the place in messages
   * @throws BadInputException if the tree is not what the record needs
   */
  public <T> T bind(JsonNode tree, Class<T> type, String path, YamlTree file) {
    String gap = emptyValue(tree, path);
    if (gap != null) {
      throw new BadInputException(
          file.place(gap.replaceAll("\\[.*", ""))
              + ", key '"
              + gap
              + "': a list has no empty values");
    }
    if (tree.isNull()) {
      throw new BadInputException(file.place(path) + ", key '" + path + "': the key has no value");
    }
    try {
      return reader.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      String at = path;
      String message = e.getOriginalMessage();
      if (e instanceof JsonMappingException mapping) {
        at = join(path, mapping.getPath());
        message = explain(mapping, tree);
        if (isMissing(mapping)) {
          at = YamlTree.parent(at);
        }
      }
      throw new BadInputException(
          file.place(at)
              + (at.isEmpty() ? "" : ", key '" + at + "'")
              + ": "
              + message
              + file.sweptBelow(at),
          e);
    }
  }

  /**
   * Binds a value that stands in no file.
   *
   * @param where what to call it in messages
   * @throws BadInputException if the tree is not what the record needs
   */
  public <T> T bind(JsonNode tree, Class<T> type, String where) {
    String gap = emptyValue(tree, "");
    if (gap != null) {
      throw new BadInputException(where + ": a list has no empty values, found one at " + gap);
    }
    try {
      return reader.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      String message =
          e instanceof JsonMappingException mapping
              ? explain(mapping, tree)
              : e.getOriginalMessage();
      if (e instanceof UnrecognizedPropertyException unknown) {
        message = message.replaceFirst("key", "key '" + unknown.getPropertyName() + "'");
      }
      throw new BadInputException(where + ": " + message, e);
    }
  }

  /** Path of the first value of a list that is empty; null if there is none. */
  private static @Nullable String emptyValue(JsonNode node, String path) {
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      String at = path + "[" + i + "]";
      String found = node.path(i).isNull() ? at : emptyValue(node.path(i), at);
      if (found != null) {
        return found;
      }
    }
    for (String key : YamlTree.keysOf(node)) {
      String found = emptyValue(node.path(key), path.isEmpty() ? key : path + "." + key);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static boolean isMissing(JsonMappingException e) {
    return MISSING.matcher(String.valueOf(e.getOriginalMessage())).matches();
  }

  private static String join(String path, List<JsonMappingException.Reference> references) {
    StringBuilder joined = new StringBuilder(path);
    for (JsonMappingException.Reference reference : references) {
      if (reference.getFieldName() == null) {
        joined.append('[').append(reference.getIndex()).append(']');
      } else {
        joined.append(joined.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return joined.toString();
  }

  private static String explain(JsonMappingException e, JsonNode tree) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      List<String> allowed = new ArrayList<>();
      if (unknown.getKnownPropertyIds() != null) {
        unknown.getKnownPropertyIds().forEach(id -> allowed.add(id.toString()));
      }
      return "unknown key; " + NearestName.hint(unknown.getPropertyName(), allowed);
    }
    if (e.getCause() instanceof IllegalArgumentException refused && refused.getMessage() != null) {
      return refused.getMessage();
    }
    Matcher missing = MISSING.matcher(String.valueOf(e.getOriginalMessage()));
    if (missing.matches()) {
      return "the key '" + missing.group(1) + "' is missing";
    }
    if (e instanceof InvalidNullException) {
      return "the key has no value";
    }
    if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      Class<?> target = mismatch.getTargetType();
      JsonNode found = found(e, tree);
      String known = expected(target);
      if (known != null) {
        return "expected "
            + known
            + ", found "
            + YamlTree.describe(found)
            + (target == String.class && found.isValueNode() && !found.isNull()
                ? ", which is a text in quotes only"
                : "");
      }
    }
    return e.getOriginalMessage();
  }

  private static @Nullable String expected(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    if (List.class.isAssignableFrom(type)) {
      return "a list";
    }
    if (type.isEnum()) {
      List<String> names = new ArrayList<>();
      for (Object constant : type.getEnumConstants()) {
        names.add(constant.toString().toLowerCase(java.util.Locale.ROOT));
      }
      return "one of " + String.join(", ", names);
    }
    return type.isRecord() || java.util.Map.class.isAssignableFrom(type) ? "a map of keys" : null;
  }

  private static JsonNode found(JsonMappingException e, JsonNode tree) {
    JsonNode node = tree;
    for (JsonMappingException.Reference reference : e.getPath()) {
      node =
          reference.getFieldName() == null
              ? node.path(reference.getIndex())
              : node.path(reference.getFieldName());
    }
    return node;
  }

  private static String text(JsonNode node, String what) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException("expected " + what + ", found " + YamlTree.describe(node));
    }
    return node.asText();
  }

  private static TraceFormat format(JsonNode node) {
    String name = text(node, "the name of a trace format");
    return TraceFormats.named(name)
        .orElseThrow(() -> new IllegalArgumentException("unknown trace format '" + name + "'"));
  }

  private static BoundaryChoice boundaries(JsonNode node) {
    if (node.isTextual()) {
      return BoundaryChoice.rule(node.asText());
    }
    if (!node.isArray()) {
      throw new IllegalArgumentException(
          "expected the name of a rule or a list of numbers, found " + YamlTree.describe(node));
    }
    List<Double> values = new ArrayList<>();
    for (JsonNode value : node) {
      if (!value.isNumber()) {
        throw new IllegalArgumentException(
            "boundaries must be numbers, found " + YamlTree.describe(value));
      }
      values.add(value.doubleValue());
    }
    return BoundaryChoice.values(values);
  }

  private static ConfusionMatrix confusion(JsonNode node, Path folder) {
    if (node.isTextual()) {
      return ConfusionFile.read(DataFile.of(node.asText(), folder));
    }
    if (!node.isArray()) {
      throw new IllegalArgumentException(
          "expected a file name or a list of rows such as [[9, 1], [2, 8]], found "
              + YamlTree.describe(node));
    }
    List<double[]> rows = new ArrayList<>();
    for (JsonNode row : node) {
      if (!row.isArray()) {
        throw new IllegalArgumentException(
            "a row of a confusion matrix must be a list of numbers, found "
                + YamlTree.describe(row));
      }
      double[] values = new double[row.size()];
      for (int j = 0; j < values.length; j++) {
        if (!row.path(j).isNumber()) {
          throw new IllegalArgumentException(
              "entries of a confusion matrix must be numbers, found "
                  + YamlTree.describe(row.path(j)));
        }
        values[j] = row.path(j).doubleValue();
      }
      rows.add(values);
    }
    return ConfusionMatrix.of(rows.toArray(double[][]::new));
  }

  private interface NodeReader<T> {
    T read(JsonNode node, Path folder);
  }

  private static <T> JsonDeserializer<T> reading(NodeReader<T> reader) {
    return new JsonDeserializer<>() {
      @Override
      public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        try {
          return reader.read(
              parser.readValueAsTree(),
              (Path) Objects.requireNonNull(context.getAttribute(FOLDER)));
        } catch (IllegalArgumentException | BadInputException e) {
          throw JsonMappingException.from(parser, e.getMessage(), e);
        }
      }
    };
  }

  /**
   * Every creator property must be there, and not be empty, unless its type is marked nullable:
   * there an empty value is as if the key were not there.
   */
  private static final class RequiredUnlessNullable extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      if (member instanceof AnnotatedParameter parameter
          && parameter.getOwner().getMember() instanceof Executable executable) {
        AnnotatedType[] types = executable.getAnnotatedParameterTypes();
        return !types[parameter.getIndex()].isAnnotationPresent(Nullable.class);
      }
      return Boolean.FALSE;
    }

    /** Swept values that a chart names are read as the texts that they have in tables. */
    @Override
    public Object findContentDeserializer(Annotated annotated) {
      boolean texts =
          annotated instanceof AnnotatedParameter parameter
              && parameter.getDeclaringClass() == ChartSpec.class
              && parameter.getType().isContainerType()
              && parameter.getType().getContentType().hasRawClass(String.class);
      return texts ? SweptText.class : super.findContentDeserializer(annotated);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
      return annotated instanceof AnnotatedParameter parameter && hasRequiredMarker(parameter)
          ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
          : super.findSetterInfo(annotated);
    }
  }

  /** Reads the key that names the kind, and binds the other keys to the kind's record. */
  private static final class CatalogueDeserializer<T> extends JsonDeserializer<T> {
    private final Catalogue<T> catalogue;

    CatalogueDeserializer(Catalogue<T> catalogue) {
      this.catalogue = catalogue;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      JsonNode node = parser.readValueAsTree();
      String key = catalogue.key();
      if (catalogue.base().equals(LawSpec.class) && node.isNumber()) {
        // A number in the place of a law is always that number.
        return catalogue.base().cast(number(parser, node.doubleValue()));
      }
      if (!(node instanceof ObjectNode object) || !object.path(key).isTextual()) {
        throw JsonMappingException.from(
            parser,
            "expected a map with the key '"
                + key
                + "' (one of "
                + String.join(", ", catalogue.names())
                + "), found "
                + YamlTree.describe(node));
      }
      String name = object.path(key).asText();
      Catalogue.Kind<? extends T> kind =
          catalogue
              .find(name)
              .orElseThrow(
                  () ->
                      JsonMappingException.from(
                          parser,
                          "unknown "
                              + catalogue.what()
                              + " '"
                              + name
                              + "'; "
                              + NearestName.hint(name, catalogue.names())));
      ObjectNode parameters = object.deepCopy();
      if (!kind.keys().contains(key)) {
        parameters.remove(key);
      }
      kind.defaults()
          .forEach(
              (number, value) -> {
                if (!parameters.has(number)) {
                  parameters.put(number, value);
                }
              });
      numberInfinities(parameters, kind.type());
      return parser.getCodec().treeToValue(parameters, kind.type());
    }

    private static Deterministic number(JsonParser parser, double value)
        throws JsonMappingException {
      try {
        return new Deterministic(value);
      } catch (IllegalArgumentException e) {
        throw JsonMappingException.from(parser, String.valueOf(e.getMessage()), e);
      }
    }

    /** A number may be written {@code inf}, as {@code .inf}, which YAML itself knows. */
    private static void numberInfinities(ObjectNode parameters, Class<?> record) {
      for (RecordComponent component : record.getRecordComponents()) {
        boolean number = component.getType() == double.class || component.getType() == Double.class;
        if (number && parameters.path(component.getName()).asText().equals("inf")) {
          parameters.put(component.getName(), Double.POSITIVE_INFINITY);
        }
      }
    }
  }
}
