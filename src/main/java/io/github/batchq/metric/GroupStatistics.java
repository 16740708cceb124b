package io.github.batchq.metric;

import io.github.batchq.sim.GroupMember;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * The groups of a run whose requests come in groups: from when a group comes until it has the
 * answers that it needs and they are scored. Measured are those whose first request is. One that
 * will never have its answers, since requests of it were lost or given up, has failed. Times are
 * seconds.
 */
final class GroupStatistics {
  private final GroupTerms terms;

  /** When each server that scores and does nothing else is free. */
  private final PriorityQueue<Double> scorers;

  private final LatencyHistogram histogram = new LatencyHistogram();

  /** Groups of which more is to arrive, by their numbers. */
  private final Map<Long, Group> groups = new HashMap<>();

  /** The group of each sibling that is there, by the number of the request. */
  private final Map<Long, Group> siblings = new HashMap<>();

  /** The group that each pass scores which is there, by the number of the request. */
  private final Map<Long, Group> passes = new HashMap<>();

  private double firstStart = Double.NaN;
  private double lastEnd;
  private double ended;
  private double failed;
  private double seconds;
  private double spread;
  private double gone;
  private double cancelled;

  GroupStatistics(GroupTerms terms) {
    this.terms = terms;
    this.scorers = new PriorityQueue<>(Collections.nCopies(terms.scorers(), 0.0));
  }

  /** A group that is under way. */
  private static final class Group {
    private final long number;
    private final double start;
    private final int size;
    private final int needed;
    private final boolean measured;
    private int arrived;
    private int left;
    private int answers;
    private double firstAnswer = Double.POSITIVE_INFINITY;
    private double lastAnswer;
    private long tokens;

    Group(GroupMember first, int needed, boolean measured) {
      this.number = first.group();
      this.start = first.arrivalTime();
      this.size = first.siblings();
      this.needed = Math.min(needed, size);
      this.measured = measured;
      this.tokens = first.promptTokens();
    }
  }

  /** Whether it reads how long the answers of a batch are. */
  boolean readsMembers() {
    return terms.scoring() != null;
  }

  /**
   * A request has arrived.
   *
   * @param counts whether it is measured
   */
  void arrived(GroupMember member, boolean counts) {
    Group group =
        groups.computeIfAbsent(member.group(), number -> new Group(member, terms.first(), counts));
    (member.scores() ? passes : siblings).put(member.id(), group);
    if (++group.arrived == group.size + (terms.scoredInSystem() ? 1 : 0)) {
      groups.remove(group.number);
    }
    if (group.measured && Double.isNaN(firstStart)) {
      firstStart = group.start;
    }
  }

  /** A batch has ended. */
  void completed(ServedBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      departed(batch, i);
    }
  }

  /** A member of a batch has left. */
  void departed(ServedBatch batch, int member) {
    // Only servers that score by themselves need to know how long the answers are.
    long tokens = terms.scoring() == null ? 0 : (long) Math.ceil(batch.length(member));
    answered(batch.id(member), batch.departureTime(member), Math.max(1, tokens));
  }

  /** A request has left a running batch. */
  void left(ServedRequest request, double now) {
    answered(request.id(), now, request.tokens());
  }

  private void answered(long number, double now, long tokens) {
    Group scored = passes.remove(number);
    if (scored != null) {
      end(scored, now);
      return;
    }
    Group group = leave(number);
    group.answers++;
    if (group.answers > group.needed) {
      return;
    }
    // Of members that leave their batch one by one it is told when the batch ends.
    group.firstAnswer = Math.min(group.firstAnswer, now);
    group.lastAnswer = Math.max(group.lastAnswer, now);
    group.tokens += tokens;
    if (group.answers == group.needed) {
      double last = group.lastAnswer;
      spread += group.measured ? last - group.firstAnswer : 0;
      if (!terms.scoredInSystem()) {
        end(group, terms.scoring() == null ? last : scored(group, last));
      }
    }
  }

  /** When a server that scores by itself is done with a group. */
  private double scored(Group group, double now) {
    double start = Math.max(now, scorers.remove());
    double end = start + Objects.requireNonNull(terms.scoring()).applyAsDouble(group.tokens);
    scorers.add(end);
    return end;
  }

  private void end(Group group, double now) {
    if (group.measured) {
      ended++;
      seconds += now - group.start;
      lastEnd = Math.max(lastEnd, now);
      histogram.record(now - group.start);
    }
  }

  /** A sibling, or a pass, was lost. */
  void lost(long number) {
    Group scored = passes.remove(number);
    if (scored != null) {
      fail(scored);
    } else {
      missed(leave(number));
    }
  }

  /** A sibling, or a pass, has left for good of its client's accord. */
  void withdrawn(long number, boolean calledBack) {
    Group group = siblings.get(number);
    if (group != null && group.measured && calledBack) {
      cancelled++;
    }
    lost(number);
  }

  /** A sibling has left without an answer. */
  private void missed(Group group) {
    int without = group.left - group.answers;
    if (group.size - without == group.needed - 1) {
      fail(group);
    }
  }

  private void fail(Group group) {
    failed += group.measured ? 1 : 0;
    groups.remove(group.number);
  }

  /** A sibling leaves its group. */
  private Group leave(long number) {
    Group group = Objects.requireNonNull(siblings.remove(number));
    gone += group.measured ? 1 : 0;
    group.left++;
    return group;
  }

  /** Mean time of a group. */
  double mean() {
    return seconds / ended;
  }

  /**
   * Quantile of the time of a group, within 0.05 %.
   *
   * @param level in (0,1]
   */
  double quantile(double level) {
    return histogram.quantile(level);
  }

  /** Groups per second, from when the first one that is measured comes to the end of the last. */
  double throughput() {
    return ended / (lastEnd - firstStart);
  }

  /** Mean time from the first answer of a group to the last one that it needs. */
  double meanSpread() {
    return spread / ended;
  }

  /** Share of the groups that will never have their answers. */
  double failedShare() {
    return failed / (ended + failed);
  }

  /** Share of the siblings that were called back. */
  double cancelledShare() {
    return cancelled / gone;
  }
}
