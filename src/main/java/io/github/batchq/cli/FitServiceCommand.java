package io.github.batchq.cli;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NearestName;
import io.github.batchq.model.NumberText;
import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.TableFormat;
import io.github.batchq.service.Measurement;
import io.github.batchq.service.Measurements;
import io.github.batchq.service.ResidualShape;
import io.github.batchq.service.ServiceFit;
import io.github.batchq.service.ServiceForm;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  /** What measurements can be chosen by. */
  private static final Map<String, ToDoubleFunction<Measurement>> QUANTITIES =
      Map.of(
          "batchSize", Measurement::batchSize,
          "length", Measurement::length,
          "promptTokens", Measurement::promptTokens);

  /** Significant digits of coefficients and errors. */
  private static final int DIGITS = 7;

  /** A fit that explains less of the times is told to be poor. */
  private static final double POOR = 0.9;

  @Mixin private MeasurementOptions measured;

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
      description =
          "share of the measurements that is held out; 0 judges models by what they are fitted to"
              + " (default: ${DEFAULT-VALUE})")
  private double holdOut = 0.2;

  @Option(
      names = "--train",
      paramLabel = "WHAT=VALUES",
      description =
          "fit to the measurements of which batchSize, length or promptTokens is one of these, such"
              + " as batchSize=1,4,16, and hold out all others")
  private @Nullable String train;

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

  /**
   * The fits to the measurements of a group, the best one first.
   *
   * @param group its values
   * @param all its measurements
   * @param parts what was fitted and what was held out
   * @param fits the fits
   * @param unfit why other models were not fitted
   */
  private record Group(
      List<String> group,
      List<Measurement> all,
      Measurements parts,
      List<ServiceFit> fits,
      List<String> unfit) {}

  @Override
  public Integer call() {
    PageFile page = out == null ? null : PageFile.of(out, Path.of(measured.file));
    List<Group> groups = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    Map<List<String>, List<Measurement>> read = measured.read();
    if (page != null && read.size() > 1) {
      throw new BadInputException(
          "--out writes one block, and there are " + read.size() + " groups");
    }
    if (read.isEmpty()) {
      read = Map.of(List.of(), List.of());
    }
    read.forEach(
        (group, all) -> {
          try {
            groups.add(BadInputException.naming(measured.file, () -> fit(group, all)));
          } catch (BadInputException e) {
            failed.add(measured.words(group) + ": " + e.getMessage());
            if (group.isEmpty()) {
              throw e;
            }
          }
        });
    if (groups.isEmpty()) {
      throw new BadInputException(failed.get(0));
    }
    if (page != null) {
      Group only = groups.get(0);
      page.write(origin(only) + block(only.fits().get(0), only.all()));
    }
    table.print(table(groups));
    boolean forReaders = table.format == TableFormat.TABLE;
    // Where programs read the table, everything else goes to standard error.
    PrintWriter console = forReaders ? spec.commandLine().getOut() : spec.commandLine().getErr();
    failed.forEach(console::println);
    for (Group group : groups) {
      group.unfit().forEach(console::println);
      if (forReaders) {
        warnings(group).forEach(console::println);
        console.println();
        console.print(origin(group) + block(group.fits().get(0), group.all()));
      } else {
        console.print(origin(group));
        warnings(group).forEach(console::println);
      }
    }
    console.flush();
    return 0;
  }

  private Group fit(List<String> group, List<Measurement> all) {
    Measurements parts = split(all);
    List<ServiceFit> fits = new ArrayList<>();
    List<String> unfit = new ArrayList<>();
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
    return new Group(group, all, parts, fits, unfit);
  }

  private Measurements split(List<Measurement> all) {
    if (train == null) {
      return holdOut == 0 ? Measurements.all(all) : Measurements.split(all, holdOut, seed);
    }
    int equals = train.indexOf('=');
    String what = equals < 0 ? train : train.substring(0, equals);
    ToDoubleFunction<Measurement> quantity = QUANTITIES.get(what);
    if (quantity == null) {
      throw new BadInputException(
          "--train takes WHAT=VALUES, such as batchSize=1,4,16, found '"
              + train
              + "'; "
              + NearestName.hint(what, new TreeSet<>(QUANTITIES.keySet())));
    }
    List<Double> values = new ArrayList<>();
    for (String value : train.substring(equals + 1).split(",", -1)) {
      values.add(
          NumberText.decimal(value.strip())
              .map(BigDecimal::doubleValue)
              .orElseThrow(
                  () ->
                      new BadInputException(
                          "--train takes numbers, such as batchSize=1,4,16, found '"
                              + value
                              + "'")));
    }
    return BadInputException.naming(
        "--train " + train,
        () -> Measurements.chosen(all, batch -> values.contains(quantity.applyAsDouble(batch))));
  }

  /** What speaks against the best fit: little that it explains, residuals with a shape. */
  private List<String> warnings(Group group) {
    ServiceFit best = group.fits().get(0);
    List<String> warnings = new ArrayList<>();
    if (best.determination() < POOR) {
      warnings.add(
          "R^2 of " + best.form().id() + " is " + plain(best.determination()) + ", which is poor");
    }
    warnings.addAll(ResidualShape.of(best, group.all()));
    String words = measured.words(group.group());
    return warnings.stream()
        .map(warning -> "warning: " + (words.isEmpty() ? "" : words + ": ") + warning)
        .toList();
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

  private ResultTable table(List<Group> groups) {
    List<List<String>> rows = new ArrayList<>();
    for (Group group : groups) {
      for (ServiceFit fit : group.fits()) {
        List<String> names = fit.form().coefficients();
        for (int i = 0; i < names.size(); i++) {
          rows.add(
              row(
                  group,
                  fit,
                  names.get(i),
                  fit.coefficients().get(i),
                  fit.standardErrors().get(i)));
        }
        if (fit.form() == ServiceForm.TOKEN_LEVEL) {
          rows.add(row(group, fit, "freeRequests", fit.freeRequests(), Double.NaN));
          rows.add(row(group, fit, "freePromptTokens", fit.freePromptTokens(), Double.NaN));
        }
      }
    }
    String judged = groups.get(0).parts().heldOut().isEmpty() ? "fitted" : "held-out";
    List<String> names = new ArrayList<>(measured.groups);
    names.addAll(
        List.of(
            "model",
            judged + " mean error [%]",
            judged + " largest error [%]",
            "fitted R^2",
            "coefficient",
            "value",
            "standard error"));
    return new ResultTable(names, rows);
  }

  private static List<String> row(
      Group group, ServiceFit fit, String name, double value, double error) {
    List<String> row = new ArrayList<>(group.group());
    Collections.addAll(
        row,
        fit.form().id(),
        String.valueOf(100 * fit.meanError()),
        String.valueOf(100 * fit.largestError()),
        text(fit.determination()),
        name,
        String.valueOf(value),
        text(error));
    return row;
  }

  /** A number as a cell; empty where there is none. */
  private static String text(double value) {
    return Double.isNaN(value) ? "" : String.valueOf(value);
  }

  /** Comment lines that say what the best model was fitted to, its range and its error. */
  private String origin(Group group) {
    List<Measurement> all = group.all();
    ServiceFit fit = group.fits().get(0);
    int heldOut = group.parts().heldOut().size();
    DoubleSummaryStatistics prompts =
        all.stream().mapToDouble(Measurement::promptTokens).summaryStatistics();
    String comment =
        """
        # fitted to %d of the %d batches of %s%s, of sizes %s and lengths %s%s
        # off by %s %% on average, by %s %% at most, on %s
        """;
    return comment.formatted(
        group.parts().fitted().size(),
        all.size(),
        measured.file,
        group.group().isEmpty() ? "" : " with " + measured.words(group.group()),
        range(all.stream().mapToDouble(Measurement::batchSize).summaryStatistics()),
        range(lengths(all)),
        prompts.getMax() > 0 ? ", with prompts of " + range(prompts) + " tokens in all" : "",
        plain(100 * fit.meanError()),
        plain(100 * fit.largestError()),
        heldOut == 0
            ? "these"
            : "the "
                + heldOut
                + " held out "
                + (train == null ? "with seed " + seed : "by --train " + train));
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
      if (fit.freePromptTokens() > 0) {
        keys.append(", freePromptTokens: ").append(fit.freePromptTokens());
      }
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
