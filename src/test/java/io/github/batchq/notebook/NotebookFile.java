package io.github.batchq.notebook;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/** A notebook as its file holds it, in Jupyter's format 4. */
final class NotebookFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonNode root;

  private NotebookFile(JsonNode root) {
    this.root = root;
  }

  static NotebookFile read(Path file) throws IOException {
    return new NotebookFile(MAPPER.readTree(file.toFile()));
  }

  /** The same notebook with the outputs of a run of all its cells. */
  NotebookFile executed() {
    JsonNode copy = root.deepCopy();
    int number = 0;
    try (CellRunner runner = new CellRunner()) {
      for (JsonNode cell : codeCells(copy)) {
        number++;
        ObjectNode code = (ObjectNode) cell;
        code.put("execution_count", number);
        code.set("outputs", outputs(runner.run(text(cell.path("source"))), number));
      }
    }
    return new NotebookFile(copy);
  }

  /** Writes it as Jupyter does. */
  void write(Path file) throws IOException {
    DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    Files.writeString(file, MAPPER.writer(printer).writeValueAsString(root) + "\n");
  }

  /** Everything that the cells gave as text, one entry for each output of each code cell. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (JsonNode cell : codeCells(root)) {
      for (JsonNode output : cell.path("outputs")) {
        texts.add(text(output.path("text")) + text(output.path("data").path("text/plain")));
      }
    }
    return texts;
  }

  /** The pictures that the cells gave. */
  List<BufferedImage> pictures() throws IOException {
    List<BufferedImage> pictures = new ArrayList<>();
    for (JsonNode cell : codeCells(root)) {
      for (JsonNode output : cell.path("outputs")) {
        JsonNode png = output.path("data").path("image/png");
        if (png.isTextual()) {
          byte[] bytes = Base64.getDecoder().decode(png.textValue());
          pictures.add(ImageIO.read(new ByteArrayInputStream(bytes)));
        }
      }
    }
    return pictures;
  }

  private static List<JsonNode> codeCells(JsonNode root) {
    List<JsonNode> cells = new ArrayList<>();
    for (JsonNode cell : root.path("cells")) {
      if (cell.path("cell_type").asText().equals("code")) {
        cells.add(cell);
      }
    }
    return cells;
  }

  private static ArrayNode outputs(CellRunner.Result result, int number) {
    ArrayNode outputs = NODES.arrayNode();
    if (!result.printed().isEmpty()) {
      outputs
          .addObject()
          .put("name", "stdout")
          .put("output_type", "stream")
          .set("text", lines(result.printed()));
    }
    Object value = result.value();
    if (value != null) {
      ObjectNode data = NODES.objectNode();
      if (value instanceof BufferedImage image) {
        data.put("image/png", png(image));
        data.set("text/plain", lines(image.getWidth() + " x " + image.getHeight() + " pixels"));
      } else {
        data.set("text/plain", lines(value.toString()));
      }
      outputs
          .addObject()
          .<ObjectNode>set("data", data)
          .put("execution_count", number)
          .<ObjectNode>set("metadata", NODES.objectNode())
          .put("output_type", "execute_result");
    }
    return outputs;
  }

  private static String png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /** A text that the format may hold as a list of lines. */
  private static String text(JsonNode node) {
    if (!node.isArray()) {
      return node.asText();
    }
    StringBuilder text = new StringBuilder();
    node.forEach(line -> text.append(line.asText()));
    return text.toString();
  }

  private static ArrayNode lines(String text) {
    ArrayNode lines = NODES.arrayNode();
    for (String line : text.split("(?<=\n)", 0)) {
      lines.add(line);
    }
    return lines;
  }
}
