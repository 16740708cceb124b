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
    boolean first = true;
    boolean ready;
  }

  private final class Machine {
    final int number;
    final List<Job> jobs = new ArrayList<>();
    double end = Double.POSITIVE_INFINITY;
    boolean tokens;
    List<Job> newcomers = new ArrayList<>();

    Machine(int number) {
      this.number = number;
    }

    boolean serves(Job job) {
      int bins = scenario.boundaries().bins();
      int c = scenario.servers();
      return bins >= c ? job.bin % c == number : number % bins == job.bin;
    }

    long used() {
      return jobs.stream().mapToLong(job -> job.prompt + job.generated + 1).sum();
    }

    boolean admit(double t) {
      boolean any = false;
      while (jobs.size() < scenario.policy().batchSize()) {
        // The first of each bin, and of these the oldest.
        Map<Integer, Job> heads = new HashMap<>();
        waiting.stream().filter(this::serves).forEach(job -> heads.putIfAbsent(job.bin, job));
        Job head = heads.values().stream().min((a, b) -> Integer.compare(a.id, b.id)).orElse(null);
        if (head == null || used() + head.prompt + head.generated + 1 > memory) {
          break;
        }
        waiting.remove(head);
        head.joined = joins++;
        head.prefilled = 0;
        head.ready = chunk == 0 || head.prompt + head.generated == 0;
        if (Double.isNaN(outcome.joins[head.id])) {
          outcome.joins[head.id] = t;
        }
        jobs.add(head);
        newcomers.add(head);
        any = true;
      }
      return any;
    }

    void start(double t) {
      end = Double.POSITIVE_INFINITY;
      if (jobs.isEmpty()) {
        return;
      }
      if (chunk == 0 && !newcomers.isEmpty()) {
        double seconds = costs.joinSeconds() + newcomers.size() * costs.joinSecondsPerRequest();
        for (Job job : newcomers) {
          seconds += costs.prefillSecondsPerToken() * (job.prompt + job.generated);
        }
        newcomers.clear();
        if (seconds > 0) {
          tokens = false;
          end = t + seconds;
          return;
        }
      }
      tokens = true;
      int n = 0;
      double seconds = costs.stepSeconds();
      for (Job job : jobs) {
        if (job.ready) {
          n++;
          seconds += costs.stepSecondsPerContextToken() * (job.prompt + job.generated);
        }
      }
      seconds += costs.stepSecondsPerRequest() * Math.max(0, n - costs.freeRequests());
      int begin = 0;
      int room = chunk - n;
      for (Job job : jobs) {
        if (job.ready && newcomers.contains(job)) {
          begin++;
        }
        if (!job.ready && room > 0) {
          int take = Math.min(room, job.prompt + job.generated - job.prefilled);
          begin += job.prefilled == 0 ? 1 : 0;
          job.prefilled += take;
          room -= take;
          seconds += take * costs.prefillSecondsPerToken();
        }
      }
      newcomers.clear();
      if (begin > 0) {
        seconds += costs.joinSeconds() + begin * costs.joinSecondsPerRequest();
      }
      end = t + seconds;
    }

    /** Ends a step; whether somebody lost a place or joined. */
    boolean stepEnds(double t) {
      if (tokens) {
        for (Job job : List.copyOf(jobs)) {
          if (job.ready) {
            job.generated++;
            if (job.first) {
              job.first = false;
              outcome.firstTokens[job.id] = t;
            }
            if (--job.left == 0) {
              outcome.departures[job.id] = t;
              jobs.remove(job);
            }
          } else if (job.prefilled == job.prompt + job.generated) {
            job.ready = true;
          }
        }
      }
      boolean lost = false;
      while (used() > memory) {
        Job last = jobs.stream().max((a, b) -> Integer.compare(a.joined, b.joined)).orElseThrow();
        jobs.remove(last);
        outcome.preemptions[last.id]++;
        waiting.add(0, last);
        lost = true;
      }
      return lost || admit(t);
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
      if (arrival == Double.POSITIVE_INFINITY && least == Double.POSITIVE_INFINITY) {
        return outcome;
      }
      if (arrival <= least) {
        Job job = new Job();
        job.id = next;
        job.bin = scenario.boundaries().binOf(scenario.lengths().get(next));
        job.prompt = scenario.prompts().get(next);
        job.left = (int) Math.max(1, Math.ceil(scenario.lengths().get(next)));
        waiting.add(job);
        next++;
        idleTake(arrival);
      } else {
        // Servers in step end at the same time but for rounding: the lowest number comes first.
        Machine machine =
            machines.stream().filter(m -> m.end <= least * (1 + 1e-12)).findFirst().orElseThrow();
        boolean changed = machine.stepEnds(machine.end);
        machine.start(machine.end);
        if (changed) {
          idleTake(least);
        }
      }
    }
  }

  private void idleTake(double t) {
    for (Machine machine : machines) {
      if (machine.jobs.isEmpty() && machine.admit(t)) {
        machine.start(t);
      }
    }
  }
}
