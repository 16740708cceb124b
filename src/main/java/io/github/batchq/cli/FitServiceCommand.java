package io.github.batchq.cli;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.MeasurementFile;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NearestName;
import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.TableFormat;
import io.github.batchq.service.Measurement;
import io.github.batchq.service.Measurements;
import io.github.batchq.service.ServiceFit;
import io.github.batchq.service.ServiceForm;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code batchq fit service}: service-time models from measured batches. */
@Command(
    name = "service",
    mixinStandardHelpOptions = true,
    description =
        "Fit service-time models to measured batches, and tell how well they predict what was "
            + "held out. Least squares of relative errors, with coefficients of at least 0; models "
            + "are ranked by their mean error on what was held out.",
    footerHeading = "%nExample:%n",
    footer = "  batchq fit service resource:sample-batches.csv --model step-time")
final class FitServiceCommand implements Callable<Integer> {
  private static final String ALL = "all";

  /** Significant digits of coefficients and errors. */
  private static final int DIGITS = 7;

  @Parameters(
      paramLabel = "FILE",
      description = "CSV file with the columns batchSize,length,seconds and perhaps promptTokens")
  private String file;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "longest, affine, step-time, token-level or all that the measurements determine"
              + " (default: ${DEFAULT-VALUE})")
  private String model = ALL;

  @Option(
      names = "--hold-out",
      paramLabel = "SHARE",
      description = "share of the measurements that is held out (default: ${DEFAULT-VALUE})")
  private double holdOut = 0.2;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "which ones are held out (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "write the service block of the best model to this file")
  private @Nullable Path out;

  @Mixin private TableOptions table;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PageFile page = out == null ? null : PageFile.of(out, Path.of(file));
    List<Measurement> all = MeasurementFile.read(DataFile.of(file, Path.of("")));
    List<ServiceFit> fits = new ArrayList<>();
    List<String> unfit = new ArrayList<>();
    Measurements parts = BadInputException.naming(file.toString(), () -> fit(all, fits, unfit));
    String origin = origin(fits.get(0), parts, all);
    String block = origin + block(fits.get(0), all);
    if (page != null) {
      page.write(block);
    }
    table.print(table(fits));
    boolean forReaders = table.format == TableFormat.TABLE;
    // Where programs read the table, everything else goes to standard error.
    PrintWriter console = forReaders ? spec.commandLine().getOut() : spec.commandLine().getErr();
    unfit.forEach(console::println);
    if (forReaders) {
      console.println();
    }
    console.print(forReaders ? block : origin);
    console.flush();
    return 0;
  }

  private Measurements fit(List<Measurement> all, List<ServiceFit> fits, List<String> unfit) {
    Measurements parts = Measurements.split(all, holdOut, seed);
    for (ServiceForm form : forms()) {
      try {
        fits.add(ServiceFit.of(form, parts));
      } catch (IllegalArgumentException e) {
        unfit.add("not fitted: " + e.getMessage());
        if (!model.equals(ALL)) {
          throw e;
        }
      }
    }
    if (fits.isEmpty()) {
      throw new IllegalArgumentException(
          "the measurements determine no model: they need more different batch sizes or lengths,"
              + " found "
              + parts.fitted().size()
              + " measurements besides "
              + parts.heldOut().size()
              + " held out");
    }
    fits.sort(Comparator.comparingDouble(ServiceFit::meanError));
    return parts;
  }

  private List<ServiceForm> forms() {
    List<ServiceForm> known = Arrays.asList(ServiceForm.values());
    if (model.equals(ALL)) {
      return known;
    }
    List<String> names = new ArrayList<>(known.stream().map(ServiceForm::id).toList());
    names.add(ALL);
    return List.of(
        ServiceForm.named(model)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "--model: unknown model '"
                            + model
                            + "'; "
                            + NearestName.hint(model, names))));
  }

  private static ResultTable table(List<ServiceFit> fits) {
    List<List<String>> rows = new ArrayList<>();
    for (ServiceFit fit : fits) {
      List<String> names = fit.form().coefficients();
      for (int i = 0; i < names.size(); i++) {
        rows.add(row(fit, names.get(i), fit.coefficients().get(i), fit.standardErrors().get(i)));
      }
      if (fit.form() == ServiceForm.TOKEN_LEVEL) {
        rows.add(row(fit, "freeRequests", fit.freeRequests(), Double.NaN));
      }
    }
    return new ResultTable(
        List.of(
            "model",
            "held-out mean error [%]",
            "held-out largest error [%]",
            "fitted R^2",
            "coefficient",
            "value",
            "standard error"),
        rows);
  }

  private static List<String> row(ServiceFit fit, String name, double value, double error) {
    return List.of(
        fit.form().id(),
        String.valueOf(100 * fit.meanError()),
        String.valueOf(100 * fit.largestError()),
        text(fit.determination()),
        name,
        String.valueOf(value),
        text(error));
  }

  /** A number as a cell; empty where there is none. */
  private static String text(double value) {
    return Double.isNaN(value) ? "" : String.valueOf(value);
  }

  /** Comment lines that say what the best model was fitted to, its range and its error. */
  private String origin(ServiceFit fit, Measurements parts, List<Measurement> all) {
    DoubleSummaryStatistics prompts =
        all.stream().mapToDouble(Measurement::promptTokens).summaryStatistics();
    String comment =
        """
        # fitted to %d of the %d batches of %s, of sizes %s and lengths %s%s
        # off by %s %% on average, by %s %% at most, on the %d held out with seed %d
        """;
    return comment.formatted(
        parts.fitted().size(),
        all.size(),
        file,
        range(all.stream().mapToDouble(Measurement::batchSize).summaryStatistics()),
        range(lengths(all)),
        prompts.getMax() > 0 ? ", with prompts of " + range(prompts) + " tokens in all" : "",
        plain(100 * fit.meanError()),
        plain(100 * fit.largestError()),
        parts.heldOut().size(),
        seed);
  }

  private static DoubleSummaryStatistics lengths(List<Measurement> all) {
    return all.stream().mapToDouble(Measurement::length).summaryStatistics();
  }

  private static String range(DoubleSummaryStatistics values) {
    return plain(values.getMin()) + " to " + plain(values.getMax());
  }

  /** The block for an experiment file, with lengths as they were measured. */
  private static String block(ServiceFit fit, List<Measurement> all) {
    DoubleSummaryStatistics lengths = lengths(all);
    StringBuilder keys = new StringBuilder("type: " + fit.form().id());
    for (int i = 0; i < fit.coefficients().size(); i++) {
      keys.append(", ").append(fit.form().coefficients().get(i)).append(": ");
      keys.append(plain(fit.coefficients().get(i)));
    }
    if (fit.form() == ServiceForm.TOKEN_LEVEL) {
      keys.append(", freeRequests: ").append(fit.freeRequests());
    }
    return String.join(
        "\n",
        "service:",
        "  tokens: " + tokens(lengths.getMin(), lengths.getMax()) + " # your lengths",
        "  model: {" + keys + "}",
        "");
  }

  private static String tokens(double shortest, double longest) {
    return shortest < longest
        ? "{law: uniform, min: " + plain(shortest) + ", max: " + plain(longest) + "}"
        : "{law: deterministic, value: " + plain(longest) + "}";
  }

  /** A number in seven digits, without an exponent. */
  private static String plain(double value) {
    return Numerals.digits(value, DIGITS);
  }
}
