package io.github.batchq.cli;

import io.github.batchq.model.BadInputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder that batchq came in, with its experiments: the launcher names it, and a jar that is
 * run without it stands there or in its folder target. So what batchq brings with it is found from
 * any folder.
 */
final class Home {
  private static final String PROPERTY = "batchq.home";

  private Home() {}

  /**
   * A folder that batchq brings with it: below its home, or else below the current folder.
   *
   * @param option the option that names it otherwise, for the message
   * @param folder path from the home, such as {@code experiments/paper}
   * @throws BadInputException if there is none
   */
  static Path shipped(String option, Path folder) {
    return below(candidates(System.getProperty(PROPERTY), ownFile()), folder)
        .orElseThrow(
            () ->
                new BadInputException(
                    folder
                        + " is neither where batchq came from nor in the current folder: name it"
                        + " by "
                        + option));
  }

  /** The first of some homes that has a folder, and where it is. */
  static Optional<Path> below(List<Path> homes, Path folder) {
    return homes.stream().map(home -> home.resolve(folder)).filter(Files::isDirectory).findFirst();
  }

  /**
   * Where to look, in this order.
   *
   * @param named what the launcher says
   * @param jar the file that this runs from
   */
  static List<Path> candidates(@Nullable String named, @Nullable Path jar) {
    List<Path> homes = new ArrayList<>();
    if (named != null) {
      homes.add(Path.of(named));
    }
    Path folder = jar == null ? null : jar.getParent();
    for (int up = 0; up < 2 && folder != null; up++) {
      homes.add(folder);
      folder = folder.getParent();
    }
    homes.add(Path.of(""));
    return homes;
  }

  private static @Nullable Path ownFile() {
    CodeSource source = Home.class.getProtectionDomain().getCodeSource();
    try {
      return source == null ? null : Path.of(source.getLocation().toURI()).toRealPath();
    } catch (URISyntaxException | IOException | IllegalArgumentException e) {
      return null;
    }
  }
}
