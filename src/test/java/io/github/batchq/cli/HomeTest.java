package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What batchq brings with it is found from any folder. */
class HomeTest {
  @Test
  void theLauncherKnowsThenTheJarThenTheCurrentFolder() {
    assertEquals(
        List.of(Path.of("/opt/batchq"), Path.of("/a/b/target"), Path.of("/a/b"), Path.of("")),
        Home.candidates("/opt/batchq", Path.of("/a/b/target/batchq.jar")));
    assertEquals(List.of(Path.of("/"), Path.of("")), Home.candidates(null, Path.of("/batchq.jar")));
    assertEquals(List.of(Path.of("")), Home.candidates(null, null));
  }

  @Test
  void theFirstHomeThatHasItIsTaken(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("a home/target/batchq.jar");
    Path paper = Path.of("experiments", "paper");
    Path shipped = Files.createDirectories(folder.resolve("a home").resolve(paper));
    Path own = Files.createDirectories(folder.resolve("own").resolve(paper));
    assertEquals(Optional.of(shipped), Home.below(Home.candidates(null, jar), paper));
    String named = folder.resolve("own").toString();
    assertEquals(Optional.of(own), Home.below(Home.candidates(named, jar), paper));
    assertEquals(
        Optional.empty(), Home.below(Home.candidates(named, jar), Path.of("experiments", "none")));
  }

  @Test
  void thePapersExperimentsAreThere() {
    Path found = Home.shipped("--experiments", Path.of("experiments", "paper"));
    assertTrue(Files.isRegularFile(found.resolve("fig3.yaml")), found.toString());
  }

  @Test
  void whatIsNowhereIsToBeNamed() {
    BadInputException refused =
        assertThrows(
            BadInputException.class,
            () -> Home.shipped("--experiments", Path.of("experiments", "none")));
    assertEquals(
        "experiments/none is neither where batchq came from nor in the current folder: name it by"
            + " --experiments",
        refused.getMessage());
  }
}
