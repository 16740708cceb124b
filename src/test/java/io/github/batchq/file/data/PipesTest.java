package io.github.batchq.file.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard input and pipes are data files that can be opened as often as any other. */
@Isolated("they change standard input")
class PipesTest {
  private static final Path ELSEWHERE = Path.of("elsewhere");

  private final InputStream before = System.in;

  @TempDir Path folder;

  @AfterEach
  void giveItBack() {
    System.setIn(before);
  }

  private static void type(byte[] bytes) {
    System.setIn(new ByteArrayInputStream(bytes));
  }

  private static String all(DataFile file) {
    try (BufferedReader reader = file.open()) {
      return reader.lines().collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "/dev/stdin", "/dev/fd/0"})
  void readsStandardInputAsOftenAsItIsOpened(String name) {
    type("t,n\n1,2\n".getBytes(StandardCharsets.UTF_8));
    DataFile file = DataFile.of(name, ELSEWHERE);
    assertTrue(file.exists());
    assertTrue(file.endsWithTheCommand());
    assertEquals("t,n", file.firstLine());
    assertEquals("t,n\n1,2", all(file));
    assertEquals("t,n\n1,2", all(DataFile.of("-", Path.of(""))));
    assertEquals("standard input", file.toString());
  }

  /** Half of it is read before the rest has come, and two readers share it. */
  @Test
  void readsOnlyAsFarAsItMust() throws IOException {
    byte[] text = "a\n".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    int[] taken = {0};
    System.setIn(
        new ByteArrayInputStream(text) {
          @Override
          public synchronized int read(byte[] into, int from, int length) {
            int count = super.read(into, from, length);
            taken[0] += Math.max(0, count);
            return count;
          }
        });
    DataFile file = DataFile.of("-", ELSEWHERE);
    try (BufferedReader first = file.open();
        BufferedReader second = file.open()) {
      assertEquals("a", first.readLine());
      assertEquals("a", second.readLine());
      assertTrue(taken[0] < text.length, () -> "read " + taken[0]);
      assertEquals(199_999, first.lines().count());
      assertEquals(199_999, second.lines().count());
    }
    assertEquals(text.length, taken[0]);
  }

  /** Two members, as {@code cat a.gz b.gz} gives them. */
  @Test
  void unzipsWhatComesThrough() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    for (String part : new String[] {"t,n\n1,2\n", "3,4\n"}) {
      try (OutputStream out = new GZIPOutputStream(zipped)) {
        out.write(part.getBytes(StandardCharsets.UTF_8));
      }
    }
    type(zipped.toByteArray());
    assertEquals("t,n\n1,2\n3,4", all(DataFile.of("-", ELSEWHERE)));
    zipped.write("5,6\n".getBytes(StandardCharsets.UTF_8));
    type(zipped.toByteArray());
    DataFile longer = DataFile.of("-", ELSEWHERE);
    assertTrue(
        assertThrows(BadInputException.class, () -> all(longer))
            .getMessage()
            .contains("bytes after its end that are no gzip data"));
  }

  @Test
  void readsANamedPipeTwice() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try {
                Files.writeString(pipe, "t,n\n1,2\n");
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    DataFile file = DataFile.of("pipe", folder);
    assertFalse(file.endsWithTheCommand());
    assertEquals("t,n", file.firstLine());
    assertEquals("t,n\n1,2", all(file));
    writer.get();
  }

  /** A file may be called so too. */
  @Test
  void readsAFileThatIsCalledAsStandardInputIs() throws IOException {
    type("wrong\n".getBytes(StandardCharsets.UTF_8));
    Files.writeString(folder.resolve("-"), "right\n");
    assertEquals("right", all(DataFile.of("./-", folder)));
  }
}
