package io.github.batchq.cli;

import io.github.batchq.results.ResultFolder;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code batchq reference}: the pages of docs/reference, from what the code says of itself. */
@Command(
    name = "reference",
    mixinStandardHelpOptions = true,
    description =
        "Write the reference, one page each for commands, experiment files, policies, laws, "
            + "arrivals, service models, predictors, metrics and formats, from the descriptions "
            + "that this version of batchq carries.",
    footerHeading = "%nExample:%n",
    footer = "  batchq reference --out docs/reference")
final class ReferenceCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder of the pages (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("docs", "reference");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Map<String, byte[]> files = new TreeMap<>();
    ReferencePages.all()
        .forEach((name, page) -> files.put(name, page.getBytes(StandardCharsets.UTF_8)));
    ResultFolder.write(out, files);
    PrintWriter console = spec.commandLine().getOut();
    console.println("Wrote " + files.size() + " pages to " + out + ".");
    console.flush();
    return 0;
  }
}
