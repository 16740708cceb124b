package io.github.batchq.sim;

import io.github.batchq.policy.PrefixCache;
import io.github.batchq.policy.StepRules;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.workload.Kinship;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Continuous batching again, one step after the other over plain lists: it shares nothing with the
 * kernel but what the rules say.
 */
final class NaiveSteps {
  private final StepScenario scenario;
  private final TokenCosts costs;
  private final long memory;
  private final int chunk;
  private final List<Job> waiting = new ArrayList<>();
  private final List<Machine> machines = new ArrayList<>();
  private final StepScenario.Outcome outcome;
  private int joins;

  /** What each request has in common with others; empty where that is nothing. */
  private final List<Kinship> kin;

  private final @Nullable PrefixCache cacheRules;

  private NaiveSteps(StepScenario scenario, List<Kinship> kin) {
    StepRules rules = scenario.rules();
    this.kin = kin;
    this.cacheRules = rules.prefixCache();
    Integer tokens = rules.chunk();
    this.scenario = scenario;
    this.costs = scenario.costs();
    this.memory = rules.memoryLimit();
    this.chunk = tokens == null ? 0 : tokens;
    this.outcome = new StepScenario.Outcome(scenario.lengths().size());
    for (int s = 0; s < scenario.servers(); s++) {
      machines.add(new Machine(s));
    }
  }

  static StepScenario.Outcome run(StepScenario scenario) {
    return run(scenario, List.of());
  }

  static StepScenario.Outcome run(StepScenario scenario, List<Kinship> kin) {
    return new NaiveSteps(scenario, kin).run();
  }

  /** A prompt that siblings share on a machine. */
  private static final class Common {
    final Job leader;
    final int tokens;
    int members = 1;
    boolean processed;

    Common(Job leader, int tokens) {
      this.leader = leader;
      this.tokens = tokens;
    }
  }

  private static final class Job {
    int id;
    int bin;
    int prompt;
    int generated;
    int prefilled;
    int left;
    int joined;
    boolean begun;
    @Nullable Kinship kin;
    int hit;

    /** The prompt that it shares; null where it shares none. */
    @Nullable Common common;

    /** Whether it waits for a sibling that processes the prompt of both. */
    boolean follows;

    final List<Long> blocks = new ArrayList<>();

    int held() {
      return prompt + generated;
    }
  }

  private final class Machine {
    final int number;
    final List<Job> jobs = new ArrayList<>();
    final List<Job> receivers = new ArrayList<>();

    /** Those whose prompts end in the pass. */
    final List<Job> ending = new ArrayList<>();

    double end = Double.POSITIVE_INFINITY;
    boolean full;

    Machine(int number) {
      this.number = number;
    }

    boolean serves(Job job) {
      int bins = scenario.boundaries().bins();
      int c = scenario.servers();
      return bins >= c ? job.bin % c == number : number % bins == job.bin;
    }

    final Map<Long, Common> commons = new HashMap<>();

    /** Blocks that are here, each with the number of jobs that use it; and all, oldest first. */
    final Map<Long, Integer> users = new HashMap<>();

    final List<Long> unused = new ArrayList<>();

    long used() {
      long saved =
          commons.values().stream()
              .mapToLong(common -> (common.members - 1L) * common.tokens)
              .sum();
      return jobs.stream().mapToLong(job -> job.held() + 1).sum() - saved;
    }

    /** The prompt on this machine that a job would share. */
    @Nullable Common common(Job job) {
      Common common =
          job.kin == null || !job.kin.sharesPrompt() ? null : commons.get(job.kin.family());
      return common != null && (common.processed || job.held() == common.tokens) ? common : null;
    }

    long need(Job job) {
      Common common = common(job);
      return job.held() + 1L - (common == null ? 0 : common.tokens);
    }

    List<Long> keys(Job job, int tokens) {
      List<Long> keys = new ArrayList<>();
      if (cacheRules != null && job.kin != null) {
        for (int i = 0; (i + 1) * cacheRules.blockTokens() <= tokens; i++) {
          keys.add(1000 * job.kin.family() + i);
        }
      }
      return keys;
    }

    void use(Job job, long key) {
      unused.remove(key);
      users.merge(key, 1, Integer::sum);
      job.blocks.add(key);
    }

    /** A job uses all whole blocks of its first tokens. */
    void make(Job job, int tokens) {
      List<Long> keys = keys(job, tokens);
      while (job.blocks.size() < keys.size()) {
        use(job, keys.get(job.blocks.size()));
      }
    }

    /** Looks what of its prompt a job that joins need not process. */
    void joinKin(Job job) {
      job.hit = 0;
      if (job.kin == null) {
        return;
      }
      for (long key : keys(job, job.held())) {
        if (!users.containsKey(key) && !unused.contains(key)) {
          break;
        }
        use(job, key);
      }
      int block = cacheRules == null ? 0 : cacheRules.blockTokens();
      int most = Math.max(0, job.held() - 1);
      job.hit = Math.min(most, Math.max(job.kin.knownTokens(), block * job.blocks.size()));
      if (job.kin.sharesPrompt()) {
        Common common = common(job);
        if (common != null) {
          job.common = common;
          common.members++;
          job.hit = common.tokens;
          job.follows = !common.processed;
          job.begun = job.held() == common.tokens;
        } else if (!commons.containsKey(job.kin.family())) {
          job.common = new Common(job, job.kin.sharedTokens());
          commons.put(job.kin.family(), job.common);
        }
      }
      job.prefilled = job.hit;
    }

    /** Those who get a token when the prompt of a job ends: it, and those who wait for it. */
    List<Job> atItsEnd(Job job) {
      List<Job> all = new ArrayList<>(List.of(job));
      Common common = job.common;
      if (common != null && common.leader == job) {
        jobs.stream().filter(other -> other.follows && other.common == common).forEach(all::add);
      }
      return all;
    }

    void promptEnded(Job job) {
      make(job, job.held());
      for (Job each : atItsEnd(job)) {
        each.follows = false;
        each.prefilled = each.held();
        each.begun = true;
      }
      if (job.common != null && job.common.leader == job) {
        job.common.processed = true;
      }
    }

    void leaves(Job job) {
      List<Long> mine = new ArrayList<>(job.blocks);
      Collections.reverse(mine);
      job.blocks.clear();
      for (long key : mine) {
        if (users.merge(key, -1, Integer::sum) == 0) {
          users.remove(key);
          unused.add(key);
        }
      }
      while (cacheRules != null && unused.size() > cacheRules.tokens() / cacheRules.blockTokens()) {
        unused.remove(0);
      }
      if (job.common != null && --job.common.members == 0) {
        commons.values().remove(job.common);
      }
      job.common = null;
      job.follows = false;
    }

    boolean admit(double t) {
      boolean any = false;
      while (!full && jobs.size() < scenario.policy().batchSize()) {
        // The first of each bin, and of these the oldest.
        Map<Integer, Job> heads = new HashMap<>();
        waiting.stream().filter(this::serves).forEach(job -> heads.putIfAbsent(job.bin, job));
        Job head = heads.values().stream().min((a, b) -> Integer.compare(a.id, b.id)).orElse(null);
        if (head == null || used() + need(head) > memory) {
          break;
        }
        waiting.remove(head);
        head.joined = joins++;
        head.prefilled = 0;
        head.begun = false;
        joinKin(head);
        if (Double.isNaN(outcome.joins[head.id])) {
          outcome.joins[head.id] = t;
        }
        jobs.add(head);
        any = true;
      }
      return any;
    }

    /** The pass that begins now: who takes part in it, what it costs, and who gets a token. */
    void start(double t) {
      end = Double.POSITIVE_INFINITY;
      full = false;
      receivers.clear();
      ending.clear();
      if (jobs.isEmpty()) {
        return;
      }
      List<Job> newcomers = jobs.stream().filter(job -> !job.begun && !job.follows).toList();
      int unprocessed = newcomers.stream().mapToInt(job -> job.held() - job.prefilled).sum();
      // Who costs anything at all joins alone, also where there are few enough prompt tokens.
      boolean alone = chunk == 0 && joinSeconds(newcomers, unprocessed, 0) > 0;
      if (chunk == 0 && alone) {
        newcomers.forEach(job -> job.begun = true);
        newcomers.forEach(job -> job.prefilled = job.held());
      } else if (chunk == 0) {
        newcomers.forEach(this::promptEnded);
      }
      List<Job> members = new ArrayList<>();
      List<Job> beginning = new ArrayList<>();
      int promptTokens = 0;
      long context = 0;
      if (alone) {
        members.addAll(newcomers);
        beginning.addAll(newcomers);
        promptTokens = unprocessed;
        context = newcomers.stream().mapToInt(Job::held).sum();
        newcomers.forEach(job -> receivers.addAll(atItsEnd(job)));
        ending.addAll(newcomers);
      } else {
        for (Job job : jobs) {
          if (job.prefilled == job.held() && !job.follows) {
            members.add(job);
            receivers.add(job);
            context += job.held();
            if (!job.begun) {
              job.begun = true;
              beginning.add(job);
            }
          }
        }
        int room = chunk - receivers.size();
        for (Job job : jobs) {
          int take = job.follows ? 0 : Math.min(room, job.held() - job.prefilled);
          if (chunk > 0 && take > 0) {
            members.add(job);
            if (!job.begun) {
              job.begun = true;
              beginning.add(job);
            }
            job.prefilled += take;
            room -= take;
            promptTokens += take;
            context += job.prefilled;
            if (job.prefilled == job.held()) {
              receivers.addAll(atItsEnd(job));
              ending.add(job);
            }
          }
        }
      }
      int n = members.size();
      double seconds =
          costs.stepSeconds()
              + costs.stepSecondsPerRequest() * Math.max(0, n - costs.freeRequests())
              + costs.stepSecondsPerContextToken() * context;
      if (chunk == 0 ? alone : !beginning.isEmpty() || promptTokens > 0) {
        seconds += joinSeconds(beginning, promptTokens, costs.freePromptTokens());
      }
      end = t + seconds;
    }

    private double joinSeconds(List<Job> beginning, int promptTokens, int free) {
      return beginning.isEmpty() && promptTokens == 0
          ? 0
          : costs.joinSeconds()
              + beginning.size() * costs.joinSecondsPerRequest()
              + (promptTokens < free ? 0 : promptTokens - free) * costs.prefillSecondsPerToken();
    }

    /** Ends a pass; whether somebody lost a place. */
    boolean passEnds(double t) {
      ending.forEach(this::promptEnded);
      for (Job job : receivers) {
        job.generated++;
        job.prefilled++;
        if (Double.isNaN(outcome.firstTokens[job.id])) {
          outcome.firstTokens[job.id] = t;
        }
        if (--job.left == 0) {
          outcome.departures[job.id] = t;
          jobs.remove(job);
          if (job.kin != null && job.kin.siblings() == 1) {
            make(job, job.held());
          }
          leaves(job);
        }
      }
      while (used() > memory) {
        Job last = jobs.stream().max((a, b) -> Integer.compare(a.joined, b.joined)).orElseThrow();
        jobs.remove(last);
        leaves(last);
        outcome.preemptions[last.id]++;
        waiting.add(0, last);
        full = true;
      }
      return full;
    }
  }

  private StepScenario.Outcome run() {
    int next = 0;
    while (true) {
      double arrival =
          next < scenario.arrivals().size()
              ? scenario.arrivals().get(next)
              : Double.POSITIVE_INFINITY;
      double least = machines.stream().mapToDouble(machine -> machine.end).min().orElseThrow();
      double now = Math.min(arrival, least);
      if (now == Double.POSITIVE_INFINITY) {
        return outcome;
      }
      boolean changed = false;
      while (next < scenario.arrivals().size() && scenario.arrivals().get(next) == now) {
        Job job = new Job();
        job.id = next;
        job.bin = scenario.boundaries().binOf(scenario.lengths().get(next));
        job.prompt = scenario.prompts().get(next);
        job.kin = kin.isEmpty() ? null : kin.get(next);
        job.left = (int) Math.max(1, Math.ceil(scenario.lengths().get(next)));
        waiting.add(job);
        next++;
        changed = true;
      }
      List<Machine> between = new ArrayList<>();
      for (Machine machine : machines) {
        // Servers in step end at the same time but for rounding.
        if (machine.end <= now * (1 + 1e-12)) {
          changed |= machine.passEnds(machine.end);
          between.add(machine);
        }
      }
      admit(now, between, changed);
    }
  }

  /** Idle servers first, then those between two passes, until nobody joins any more. */
  private void admit(double now, List<Machine> between, boolean changed) {
    boolean joined = true;
    boolean any = changed || between.stream().anyMatch(machine -> machine.jobs.isEmpty());
    while (joined) {
      joined = false;
      for (Machine machine : machines) {
        if (any && machine.jobs.isEmpty() && machine.admit(now)) {
          joined = true;
          between.add(machine);
        }
      }
      for (Machine machine : machines) {
        joined |= between.contains(machine) && machine.admit(now);
      }
      any = true;
    }
    machines.stream().filter(between::contains).forEach(machine -> machine.start(now));
  }
}
