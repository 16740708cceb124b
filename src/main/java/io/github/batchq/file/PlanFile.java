package io.github.batchq.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.expectation.TheoryOverlays;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.metric.Direction;
import io.github.batchq.metric.Limits;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.Requirement;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BadRows;
import io.github.batchq.model.Key;
import io.github.batchq.model.NearestName;
import io.github.batchq.model.NumberText;
import io.github.batchq.model.Require;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.Inputs;
import io.github.batchq.scenario.LengthSpec;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Scenario;
import io.github.batchq.scenario.ServerSpec;
import io.github.batchq.scenario.ServiceSpec;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BinsNearCapacity;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.workload.AllAtZero;
import io.github.batchq.workload.ArrivalSpec;
import io.github.batchq.workload.ClosedClients;
import io.github.batchq.workload.Groups;
import io.github.batchq.workload.PoissonAtLoad;
import io.github.batchq.workload.PredictorSpec;
import io.github.batchq.workload.Rounds;
import io.github.batchq.workload.TraceArrivals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The file of a plan: traffic, requirements, a price, and where to search. */
public final class PlanFile {
  private static final double INDIFFERENCE = 0.02;
  private static final String COST = "cost";

  /** Policies that may be tried; a search of more would not end soon. */
  private static final int MOST_POLICIES = 100_000;

  private static final long LONG_RUN = 1L << 39;

  private static final int MOST_SERVERS = 1_000_000;

  /** More bins than these are not tried unless they are asked for. */
  private static final int MOST_BINS = 64;

  private final YamlTree tree;
  private final Header header;
  private final Binder binder;
  private final Inputs inputs;
  private final Map<String, Integer> leftOut = new LinkedHashMap<>();

  /** What the file says. */
  public record Header(
      @Key(
              about = "name of the results folder",
              range = "letters, digits, '.', '_' and '-', first a letter or digit",
              example = "chat")
          String name,
      @Key(
              about = "what the plan is, for those who read its page",
              absent = "none",
              example = "Chat on A100s")
          @Nullable String title,
      @Key(
              about = "the requests, as in a scenario",
              example =
                  "{arrivals: {process: poisson, rate: 0.5}, service: {law: uniform, min: 1, max: 20}}")
          Demand traffic,
      @Key(
              about = "the rate that must be carried",
              absent = "the traffic's own",
              example = "{growth: 1.5}")
          @Nullable Carry carry,
      @Key(
              type = "map from metrics to limits",
              about =
                  "what must be kept: at most where low values are good, at least where high ones are",
              unit = "that of each metric",
              range =
                  "metrics with a direction, such as latency.p99, ttft.p95, slo.attainment, padding",
              example = "{latency.p99: 60}")
          JsonNode require,
      @Key(
              about = "price of a server for an hour, in any currency",
              unit = "price per h",
              range = "positive, finite",
              absent = "1, so that the cost is a number of servers",
              example = "2.5")
          @Nullable Double price,
      @Key(
              about = "where to search",
              absent = "everywhere",
              example = "{servers: {from: 1, to: 16}}")
          @Nullable Search search,
      @Key(
              about =
                  "what the best is best in, of all that keep the requirements: the cost, or a metric",
              absent = "cost",
              example = "latency.mean")
          @Nullable String objective,
      @Key(
              type = "share such as 2%, or number",
              about = "what is nearer to the best than this share of the objective is equal to it",
              unit = "1",
              range = "0 to 1",
              absent = "2%",
              example = "5%")
          @Nullable JsonNode indifference,
      @Key(
              about = "two metrics, or cost and one, whose frontier is told",
              absent = "cost and the first requirement",
              example = "[cost, latency.p99]")
          @Nullable List<String> frontier,
      @Key(
              about = "seed of the random streams: the same seed, the same bytes",
              unit = "1",
              range = "any",
              absent = "1",
              example = "42")
          @Nullable Long seed) {}

  /** The requests of a plan. */
  public record Demand(
      @Key(about = "when requests arrive", example = "{process: poisson, rate: 0.5}")
          ArrivalSpec arrivals,
      @Key(
              type = "map, or trace",
              about = "how long requests are, and how long a batch takes",
              example = "{law: uniform, min: 1, max: 20}")
          ServiceSpec service,
      @Key(
              about = "what the policy is told of the lengths",
              absent = "{type: oracle}",
              example = "{type: lognormal-noise, sigma: 0.3}")
          @Nullable PredictorSpec predictor,
      @Key(
              about =
                  "times within which requests must be answered, for slo.attainment and goodput",
              absent = "no limits, and no such metrics",
              example = "{ttft: 30, latency: 60}")
          @Nullable Limits limits,
      @Key(
              about = "requests of a run",
              unit = "requests",
              range = "at least 1",
              absent = "the whole trace where one is replayed, else as many as the search needs",
              example = "2000")
          @Nullable Long requests,
      @Key(
              about =
                  "what runs tell of: the long run, of which they are samples, or these requests, each served to its end",
              absent = "finite where arrivals replay a trace or all come at time 0, else steady",
              example = "steady")
          @Nullable Horizon horizon) {}

  /** The rate that must be carried. */
  public record Carry(
      @Key(
              about = "rate to which the traffic is scaled in time",
              unit = "req/s",
              range = "positive, finite",
              absent = "the traffic's own rate",
              example = "12")
          @Nullable Double rate,
      @Key(
              about = "the same as a multiple of the traffic's own rate",
              unit = "1",
              range = "positive, finite",
              absent = "1",
              example = "1.5",
              insteadOf = "rate")
          @Nullable Double growth) {}

  /** Where to search. */
  public record Search(
      @Key(
              type = "all, or list of names and maps",
              about =
                  "policies that are tried; a map gives some of the keys of a policy their values, as {type: continuous, memory: 60000}",
              absent = "all",
              example = "[multi-bin, dynamic]")
          @Nullable JsonNode policies,
      @Key(
              about =
                  "servers to plan for: batches for those that run batches to their end, joining for those where requests may join a running batch, or both",
              absent = "both",
              example = "batches")
          @Nullable Engines engines,
      @Key(
              type = "whole number, list, or range",
              about = "numbers of bins",
              unit = "bins",
              range = "at least 1",
              absent = "1, 2, 4, 8, 16, 32, and what T37 finds best near the capacity",
              example = "{from: 1, to: 32}")
          @Nullable JsonNode bins,
      @Key(
              type = "whole number, list, or range",
              about = "requests in a batch, or slots of a server",
              unit = "requests",
              range = "at least 1",
              absent = "1, 2, 4, ..., 256",
              example = "{from: 1, to: 256, factor: 2}")
          @Nullable JsonNode batchSize,
      @Key(
              about = "rules that bound the bins",
              absent = "optimal and equal-mass",
              example = "[equal-mass]")
          @Nullable List<String> boundaries,
      @Key(
              type = "whole number, list, or range",
              about = "numbers of servers",
              unit = "servers",
              range = "1 to a million",
              absent = "1 to 64",
              example = "{from: 1, to: 64}")
          @Nullable JsonNode servers) {
    static final Search EVERYWHERE = new Search(null, null, null, null, null, null);
  }

  /** What servers can do with a batch that has begun. */
  public enum Engines {
    /** They run it to its end. */
    BATCHES,
    /** Requests may join it. */
    JOINING,
    /** Either. */
    BOTH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean have(PolicySpec policy) {
      return this == BOTH || policy.serving().inSteps() == (this == JOINING);
    }
  }

  private PlanFile(YamlTree tree, Path folder, BadRows bad) {
    this.tree = tree;
    this.binder = new Binder(folder);
    this.header = binder.bind(tree.root(), Header.class, "", tree);
    this.inputs = new Inputs(bad, new TheoryOverlays()::knownCapacity);
  }

  /**
   * Reads a plan.
   *
   * @param file the YAML file; {@code -} is standard input
   * @param settings values that the command line sets, by their path from the top of the file
   * @param bad what becomes of malformed lines of traces
   * @throws BadInputException if anything in it is wrong: the message names the place, what was
   *     found and what is allowed
   */
  public static PlanQuestion read(Path file, Map<String, String> settings, BadRows bad) {
    DataFile named = DataFile.of(file.toString(), Path.of(""));
    YamlTree tree = YamlTree.read(named).withSettings(settings);
    Path parent = named.endsWithTheCommand() ? null : file.toAbsolutePath().getParent();
    Path folder = parent == null ? Path.of("") : parent;
    return new PlanFile(tree, folder, bad).question(folder, bad);
  }

  /**
   * Prepares a plan that stands in no file.
   *
   * @param name what messages call it
   * @param tree its keys
   * @throws BadInputException if anything in it is wrong
   */
  public static PlanQuestion of(String name, ObjectNode tree) {
    BadRows bad = BadRows.none();
    return new PlanFile(new YamlTree(name, tree, Map.of(), Map.of()), Path.of(""), bad)
        .question(Path.of(""), bad);
  }

  private PlanQuestion question(Path folder, BadRows bad) {
    ExperimentFile.checkName(header.name(), tree);
    checkTraffic();
    Search search = header.search() == null ? Search.EVERYWHERE : header.search();
    List<Requirement> requirements = requirements();
    Metric objective =
        header.objective() == null || header.objective().equals(COST)
            ? null
            : metric("objective", header.objective());
    double price = header.price() == null ? 1 : header.price();
    BadInputException.naming(
        tree.place("price"),
        () -> {
          Require.ARGUMENT.positiveFinite("price", price);
          return price;
        });
    List<PlanQuestion.Option> options = options(search, choices(search), requirements, objective);
    return new PlanQuestion(
        header.name(),
        header.title() == null ? "" : header.title(),
        atRate(options),
        leftOut,
        options.get(0).scenario().arrivals().rate(),
        requirements,
        numbers(search.servers(), "servers", 1, 64, 1),
        price,
        objective,
        indifference(),
        frontier(requirements),
        header.traffic().requests(),
        header.seed() == null ? 1 : header.seed(),
        tree.root(),
        folder,
        Stream.concat(bad.reasons().stream(), bad.notes().stream()).toList());
  }

  private List<Requirement> requirements() {
    if (!header.require().isObject() || header.require().isEmpty()) {
      throw new BadInputException(
          tree.place("require")
              + ": require is a map from metrics to limits, such as {latency.p99: 30}, found "
              + YamlTree.describe(header.require()));
    }
    List<Requirement> requirements = new ArrayList<>();
    for (String name : YamlTree.keysOf(header.require())) {
      JsonNode limit = header.require().path(name);
      String key = "require." + name;
      Metric metric = metric(key, name);
      if (!limit.isNumber()) {
        throw new BadInputException(
            tree.place(key)
                + ": the limit of "
                + name
                + " must be a number, found "
                + YamlTree.describe(limit));
      }
      requirements.add(
          BadInputException.naming(
              tree.place(key), () -> new Requirement(metric, limit.doubleValue())));
    }
    return requirements;
  }

  /** A metric that a plan may ask for. */
  private Metric metric(String key, String name) {
    String place = tree.place(key);
    Metric metric = BadInputException.naming(place, () -> Metric.named(name));
    if (metric.direction() == Direction.NEITHER) {
      throw new BadInputException(
          place
              + ": a plan needs a metric of which less or more is better, found "
              + name
              + ", which is neither");
    }
    boolean ofLimits = name.equals("slo.attainment") || name.equals("goodput");
    if (ofLimits && header.traffic().limits() == null) {
      throw new BadInputException(
          place
              + ": metric '"
              + name
              + "' needs the key 'limits' of the traffic, such as {ttft: 1, tpot: 0.05} in s");
    }
    return metric;
  }

  private double indifference() {
    JsonNode node = header.indifference();
    if (node == null) {
      return INDIFFERENCE;
    }
    double share = NumberText.numberOrPercent(node.asText());
    if (!(share >= 0 && share < 1)) {
      throw new BadInputException(
          tree.place("indifference")
              + ": indifference is a share of the objective, such as 2% or 0.02, found "
              + YamlTree.describe(node));
    }
    return share;
  }

  private PlanQuestion.Axes frontier(List<Requirement> requirements) {
    List<String> names = header.frontier();
    if (names == null) {
      return new PlanQuestion.Axes(null, requirements.get(0).metric());
    }
    if (names.size() != 2 || names.get(1).equals(COST) || names.get(0).equals(names.get(1))) {
      throw new BadInputException(
          tree.place("frontier")
              + ": a frontier has two different metrics, of which the first may be cost, found ["
              + String.join(", ", names)
              + "]");
    }
    return new PlanQuestion.Axes(
        names.get(0).equals(COST) ? null : metric("frontier", names.get(0)),
        metric("frontier", names.get(1)));
  }

  /** The policies of the grid, as maps. */
  private List<ObjectNode> choices(Search search) {
    List<Integer> batchSizes = numbers(search.batchSize(), "batchSize", 1, 256, 2);
    List<Integer> bins = numbers(search.bins(), "bins", 1, 32, 2);
    List<String> boundaries =
        search.boundaries() == null ? List.of("optimal", "equal-mass") : search.boundaries();
    boundaries.forEach(
        rule ->
            BadInputException.naming(
                tree.place("search.boundaries"), () -> BoundaryRules.named(rule)));
    PolicyGrid grid =
        new PolicyGrid(
            batchSizes,
            bins,
            boundaries,
            search.bins() == null ? binsNearCapacity(batchSizes, boundaries) : Map.of());
    List<ObjectNode> trees = new ArrayList<>();
    List<JsonNode> given = new ArrayList<>();
    JsonNode policies = search.policies();
    if (policies == null || policies.asText().equals("all")) {
      Catalogue.POLICIES.names().forEach(name -> given.add(named(name)));
    } else if (policies.isArray()) {
      policies.forEach(given::add);
    } else {
      given.add(policies);
    }
    for (int i = 0; i < given.size(); i++) {
      trees.addAll(grid.trees(policy(given.get(i), "search.policies[" + i + "]")));
    }
    if (trees.size() > MOST_POLICIES) {
      throw new BadInputException(
          tree.place("search")
              + ": the search has "
              + trees.size()
              + " policies, and at most "
              + MOST_POLICIES
              + " are tried");
    }
    return trees;
  }

  /**
   * For each batch size the number of bins that is best on the fewest servers that many bins need,
   * where that is near their capacity (T37).
   */
  private Map<Integer, Integer> binsNearCapacity(
      List<Integer> batchSizes, List<String> boundaries) {
    Map<Integer, Integer> best = new LinkedHashMap<>();
    for (int batchSize : batchSizes) {
      PreparedScenario scenario;
      try {
        scenario = scenario(new StandardBatching(batchSize, null));
      } catch (BadInputException e) {
        // What a batch of this size takes is not known, so none is tried.
        continue;
      }
      BatchTime time = scenario.batchTime();
      double rate = wanted(scenario.arrivals().rate());
      double mean = scenario.lengthLaw().mean();
      if (time == null
          || !Double.isFinite(rate)
          || !Double.isFinite(mean)
          || boundaries.isEmpty()) {
        continue;
      }
      double onOne = batchSize / time.seconds(batchSize, mean);
      int servers = (int) Math.min(MOST_SERVERS, Math.floor(rate / onOne) + 1);
      TheoryResult bins =
          BinsNearCapacity.of(
              BoundaryRules.named(boundaries.get(0)),
              scenario.lengthLaw(),
              batchSize,
              rate,
              time,
              servers);
      if (bins.value() >= 2 && bins.value() <= MOST_BINS) {
        best.put(batchSize, (int) Math.rint(bins.value()));
      }
    }
    return best;
  }

  private ObjectNode named(String name) {
    return tree.root().objectNode().put(Catalogue.POLICIES.key(), name);
  }

  private ObjectNode policy(JsonNode node, String key) {
    String place = tree.place(key);
    JsonNode name = node.isObject() ? node.path(Catalogue.POLICIES.key()) : node;
    if (!name.isTextual()) {
      throw new BadInputException(
          place
              + ": policies are all, or a list of names and maps with the key type, found "
              + YamlTree.describe(node));
    }
    Catalogue.Kind<? extends PolicySpec> kind =
        Catalogue.POLICIES
            .find(name.asText())
            .orElseThrow(
                () ->
                    new BadInputException(
                        place
                            + ": unknown policy '"
                            + name.asText()
                            + "'; "
                            + NearestName.hint(name.asText(), Catalogue.POLICIES.names())));
    if (!(node instanceof ObjectNode map)) {
      return named(name.asText());
    }
    for (String given : YamlTree.keysOf(map)) {
      boolean known = kind.keys().contains(given);
      if (!known && !given.equals(Catalogue.POLICIES.key()) && !given.equals(Sweep.LABEL)) {
        throw new BadInputException(
            place
                + ": unknown key '"
                + given
                + "' of "
                + name.asText()
                + "; "
                + NearestName.hint(given, kind.keys()));
      }
    }
    return map;
  }

  /** Whole numbers of a grid: one, a list, or a range by steps or by factors. */
  private List<Integer> numbers(
      @Nullable JsonNode node, String key, int from, int to, int factorWhenAbsent) {
    String path = "search." + key;
    if (node == null) {
      return new WholeNumbers(from, to, null, factorWhenAbsent == 1 ? null : factorWhenAbsent)
          .values();
    }
    List<Integer> values = new ArrayList<>();
    if (node.isObject()) {
      values.addAll(binder.bind(node, WholeNumbers.class, path, tree).values());
    } else {
      (node.isArray() ? node : List.of(node)).forEach(value -> values.add(whole(value, path)));
    }
    if (values.isEmpty()) {
      throw new BadInputException(tree.place(path) + ": " + key + " has no values");
    }
    return values.stream().distinct().sorted().toList();
  }

  private int whole(JsonNode value, String path) {
    if (!value.canConvertToExactIntegral() || !value.canConvertToInt() || value.intValue() < 1) {
      throw new BadInputException(
          tree.place(path)
              + ": expected whole numbers of at least 1, or a range such as {from: 1, to: 32}, found "
              + YamlTree.describe(value));
    }
    return value.intValue();
  }

  /** A range of whole numbers. */
  public record WholeNumbers(
      @Key(
              about = "the first number",
              unit = "that of the key",
              range = "at least 1",
              example = "1")
          int from,
      @Key(
              about = "the last number, if steps or factors lead there",
              unit = "that of the key",
              range = "from or more, to a million",
              example = "32")
          int to,
      @Key(
              about = "from one number to the next",
              unit = "that of the key",
              range = "at least 1",
              absent = "1",
              example = "4")
          @Nullable Integer step,
      @Key(
              about = "the ratio of one number to the one before",
              unit = "1",
              range = "at least 2",
              absent = "a step is made",
              example = "2",
              insteadOf = "step")
          @Nullable Integer factor) {
    private static final int MOST = 1_000_000;

    public WholeNumbers {
      Require.ARGUMENT.atLeast("from", from, 1);
      Require.ARGUMENT.between("to", to, from, MOST);
      if (step != null && factor != null) {
        throw new IllegalArgumentException("a range has a step or a factor, found both");
      }
      if (step != null) {
        Require.ARGUMENT.atLeast("step", step, 1);
      }
      if (factor != null) {
        Require.ARGUMENT.atLeast("factor", factor, 2);
      }
    }

    List<Integer> values() {
      List<Integer> values = new ArrayList<>();
      for (long value = from; value <= to; ) {
        values.add((int) value);
        value = factor != null ? value * factor : value + (step == null ? 1 : step);
      }
      return values;
    }
  }

  /** The policies with their traffic, without those that cannot be. */
  private List<PlanQuestion.Option> options(
      Search search,
      List<ObjectNode> trees,
      List<Requirement> requirements,
      @Nullable Metric objective) {
    Engines engines = search.engines() == null ? Engines.BOTH : search.engines();
    List<PlanQuestion.Option> options = new ArrayList<>();
    Map<String, String> refused = new LinkedHashMap<>();
    Set<String> bound = new HashSet<>();
    for (ObjectNode keys : trees) {
      String type = keys.path(Catalogue.POLICIES.key()).asText();
      PolicySpec policy;
      try {
        policy = binder.bind(keys, PolicySpec.class, type);
        bound.add(type);
      } catch (BadInputException e) {
        // Of a grid some combinations are none, as a threshold above the batch size.
        refused.putIfAbsent(type, e.getMessage());
        continue;
      }
      String without = missing(policy, requirements, objective);
      if (!engines.have(policy)) {
        leaveOut(type, "is for other servers than those of search.engines");
      } else if (!without.isEmpty()) {
        leaveOut(type, "has no " + without);
      } else {
        addOption(keys, policy, options);
      }
    }
    refused.forEach(
        (type, reason) -> {
          if (!bound.contains(type)) {
            throw new BadInputException(tree.place("search") + ": " + reason);
          }
        });
    if (options.isEmpty()) {
      throw new BadInputException(
          tree.place("search")
              + ": no policy is left to be tried: "
              + leftOut.keySet().stream().findFirst().orElse("the search names none"));
    }
    return options;
  }

  /** Adds a policy, unless the traffic is none that it can serve. */
  private void addOption(ObjectNode keys, PolicySpec policy, List<PlanQuestion.Option> options) {
    try {
      PolicyChoice choice =
          new PolicyChoice(Sweep.text(keys), PolicyGrid.family(keys), keys, policy);
      options.add(new PlanQuestion.Option(choice, scenario(policy)));
    } catch (BadInputException e) {
      leaveOut(
          keys.path(Catalogue.POLICIES.key()).asText(), e.getMessage().replaceFirst("^: ", ""));
    }
  }

  private void leaveOut(String type, String reason) {
    leftOut.merge(type + ": " + reason, 1, Integer::sum);
  }

  /** A metric that is asked for and that requests of the policy do not have; empty for none. */
  private static String missing(
      PolicySpec policy, List<Requirement> requirements, @Nullable Metric objective) {
    return Stream.concat(
            requirements.stream().map(Requirement::metric),
            objective == null ? Stream.of() : Stream.of(objective))
        .filter(metric -> metric.isOfTokens() && !policy.serving().inSteps())
        .map(Metric::id)
        .findFirst()
        .map(id -> id + ": its requests get all tokens when they leave, so limit their latency")
        .orElse("");
  }

  /** Refuses traffic that is another for every policy, or none. */
  private void checkTraffic() {
    Demand demand = header.traffic();
    if (demand.arrivals() instanceof PoissonAtLoad) {
      throw new BadInputException(
          tree.place("traffic.arrivals")
              + ": the traffic of a plan is the same for all policies, so its arrivals have a rate"
              + " and no load: use {process: poisson, rate: ...}");
    }
    if (isClosed(demand.arrivals())) {
      throw new BadInputException(
          tree.place("traffic.arrivals")
              + ": a plan carries a rate, and closed traffic comes as fast as it is answered: use"
              + " arrivals of a rate, and 'batchq run' for a closed loop");
    }
    if (demand.service().lengths() instanceof LengthSpec.Drifting) {
      throw new BadInputException(
          tree.place("traffic.service")
              + ": a plan rules policies out by what theory says of the long run, and lengths that"
              + " drift have none: plan for the law of each phase");
    }
    if (demand.arrivals() instanceof AllAtZero && demand.requests() == null) {
      throw new BadInputException(
          tree.place("traffic")
              + ": the key 'requests' of the traffic is missing: how many are there at time 0");
    }
  }

  private static boolean isClosed(ArrivalSpec arrivals) {
    return arrivals instanceof ClosedClients
        || arrivals instanceof Rounds
        || (arrivals instanceof Groups groups && isClosed(groups.starts()));
  }

  private PreparedScenario scenario(PolicySpec policy) {
    Demand demand = header.traffic();
    // Where the search chooses how long runs are, they are as long as any policy needs here.
    boolean chosen = demand.requests() == null && !(demand.arrivals() instanceof TraceArrivals);
    return PreparedScenario.of(
        new Scenario(
            demand.arrivals(),
            demand.service(),
            demand.predictor(),
            policy,
            ServerSpec.ONE,
            chosen ? Long.valueOf(LONG_RUN) : demand.requests(),
            WarmUp.NONE,
            demand.limits(),
            header.price() == null ? 1.0 : header.price(),
            demand.horizon(),
            null),
        inputs,
        "",
        "");
  }

  /** The same at the rate that must be carried. */
  private List<PlanQuestion.Option> atRate(List<PlanQuestion.Option> options) {
    double own = options.get(0).scenario().arrivals().rate();
    double wanted = wanted(own);
    return wanted == own
        ? options
        : options.stream()
            .map(
                option ->
                    new PlanQuestion.Option(option.choice(), option.scenario().atRate(wanted)))
            .toList();
  }

  /** The rate that must be carried, where the traffic has one of its own. */
  private double wanted(double own) {
    Carry carry = header.carry();
    Double given = carry == null ? null : carry.rate();
    Double growth = carry == null ? null : carry.growth();
    if (given == null && growth == null) {
      return own;
    }
    if (Double.isInfinite(own)) {
      throw new BadInputException(
          tree.place("carry") + ": requests that are all there at time 0 have no rate to scale");
    }
    double grown = own * (growth == null ? 1 : growth);
    double wanted = given == null ? grown : given;
    BadInputException.naming(
        tree.place("carry"),
        () -> {
          Require.ARGUMENT.positiveFinite(given == null ? "growth" : "rate", wanted);
          return wanted;
        });
    if (growth != null && Math.abs(grown - wanted) > 1e-9 * wanted) {
      throw new BadInputException(
          tree.place("carry")
              + ": rate is "
              + wanted
              + " req/s, and growth makes of the traffic's "
              + own
              + " req/s "
              + grown
              + ": leave one of them out");
    }
    return wanted;
  }
}
