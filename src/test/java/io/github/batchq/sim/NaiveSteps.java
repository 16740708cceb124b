package io.github.batchq.sim;

import io.github.batchq.policy.StepRules;
import io.github.batchq.service.TokenCosts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  private NaiveSteps(StepScenario scenario) {
    StepRules rules = scenario.rules();
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
    return new NaiveSteps(scenario).run();
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

    int held() {
      return prompt + generated;
    }
  }

  private final class Machine {
    final int number;
    final List<Job> jobs = new ArrayList<>();
    final List<Job> receivers = new ArrayList<>();
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

    long used() {
      return jobs.stream().mapToLong(job -> job.held() + 1).sum();
    }

    boolean admit(double t) {
      boolean any = false;
      while (!full && jobs.size() < scenario.policy().batchSize()) {
        // The first of each bin, and of these the oldest.
        Map<Integer, Job> heads = new HashMap<>();
        waiting.stream().filter(this::serves).forEach(job -> heads.putIfAbsent(job.bin, job));
        Job head = heads.values().stream().min((a, b) -> Integer.compare(a.id, b.id)).orElse(null);
        if (head == null || used() + head.held() + 1 > memory) {
          break;
        }
        waiting.remove(head);
        head.joined = joins++;
        head.prefilled = 0;
        head.begun = false;
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
      if (jobs.isEmpty()) {
        return;
      }
      List<Job> newcomers = jobs.stream().filter(job -> !job.begun).toList();
      // Who costs anything at all joins alone, also where there are few enough prompt tokens.
      boolean alone =
          chunk == 0 && joinSeconds(newcomers, newcomers.stream().mapToInt(Job::held).sum(), 0) > 0;
      if (chunk == 0) {
        newcomers.forEach(job -> job.begun = true);
        newcomers.forEach(job -> job.prefilled = job.held());
      }
      List<Job> members = new ArrayList<>();
      List<Job> beginning = new ArrayList<>();
      int promptTokens = 0;
      long context = 0;
      if (alone) {
        members.addAll(newcomers);
        beginning.addAll(newcomers);
        promptTokens = newcomers.stream().mapToInt(Job::held).sum();
        context = promptTokens;
        receivers.addAll(newcomers);
      } else {
        for (Job job : jobs) {
          if (job.prefilled == job.held()) {
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
          int take = Math.min(room, job.held() - job.prefilled);
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
              receivers.add(job);
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
      for (Job job : receivers) {
        job.generated++;
        job.prefilled++;
        if (Double.isNaN(outcome.firstTokens[job.id])) {
          outcome.firstTokens[job.id] = t;
        }
        if (--job.left == 0) {
          outcome.departures[job.id] = t;
          jobs.remove(job);
        }
      }
      while (used() > memory) {
        Job last = jobs.stream().max((a, b) -> Integer.compare(a.joined, b.joined)).orElseThrow();
        jobs.remove(last);
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
