package io.github.batchq.workload;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of groups: siblings that come together, and the pass that scores their answers. What
 * is drawn of the siblings of a group is the same whatever the system does.
 */
final class GroupRequests implements ArrivingRequests {
  private final GroupProcess process;
  private final ArrivingRequests starts;
  private final RequestSource drawn;
  private final IntSupplier sizes;
  private final long requests;
  private final boolean hears;

  /** The group whose siblings come now. */
  private @Nullable Group coming;

  /** Siblings and passes that are there, by their ids; empty where the source is deaf. */
  private final Map<Long, Group> there = new HashMap<>();

  /** Passes that score the answers of groups that have them all. */
  private final ArrayDeque<Group> scoring = new ArrayDeque<>();

  /** Requests that are called back. */
  private final ArrayDeque<Request> calledBack = new ArrayDeque<>();

  private double now;
  private long groups;
  private long places;
  private long place;
  private long sent;

  /** Groups that have come and have not ended, where that must be known. */
  private long open;

  GroupRequests(
      GroupProcess process,
      ArrivingRequests starts,
      RequestSource drawn,
      IntSupplier sizes,
      long requests) {
    this.process = process;
    this.starts = starts;
    this.drawn = drawn;
    this.sizes = sizes;
    this.requests = requests;
    this.hears = answers() || withdraws();
  }

  /** A group, and what became of it until now. */
  private static final class Group {
    private final long number;
    private final Request start;
    private final int size;

    /** Place of its first request among all that are drawn; its pass has the one behind them. */
    private final long firstPlace;

    /** Those of it that were sent and have not left. */
    private final Map<Long, Request> members = new LinkedHashMap<>();

    private int left;
    private int answers;
    private int gone;
    private int promptTokens;
    private long outputTokens;
    private boolean decided;

    Group(long number, Request start, int size, long firstPlace) {
      this.number = number;
      this.start = start;
      this.size = size;
      this.firstPlace = firstPlace;
      this.left = size;
    }
  }

  @Override
  public double nextTime() {
    if (isOver()) {
      return Double.POSITIVE_INFINITY;
    }
    return coming != null
        ? coming.start.arrivalTime()
        : scoring.isEmpty() ? starts.nextTime() : now;
  }

  @Override
  public @Nullable Request next() {
    if (isOver()) {
      return null;
    }
    if (coming == null && !scoring.isEmpty()) {
      return pass(scoring.remove());
    }
    if (coming == null) {
      Request start = starts.next();
      if (start == null) {
        return null;
      }
      int size = sizes.getAsInt();
      coming = new Group(groups++, start, size, places);
      places += size + (process.scoresInSystem() ? 1 : 0);
      open++;
    }
    return sibling(coming);
  }

  private Request sibling(Group group) {
    place = group.firstPlace + group.size - group.left;
    Request own = Objects.requireNonNull(drawn.next());
    int shared = process.sharedPrompt() ? own.promptTokens() : 0;
    Request request =
        new Request(
            own,
            sent++,
            group.start.arrivalTime(),
            Kinship.ofGroup(group.number, shared, group.size, false));
    if (hears) {
      group.promptTokens = own.promptTokens();
      group.members.put(request.id(), request);
      there.put(request.id(), group);
    }
    if (--group.left == 0) {
      coming = null;
    }
    return request;
  }

  /** One token, whose prompt is that of the group once and all answers that count. */
  private Request pass(Group group) {
    place = group.firstPlace + group.size;
    Request request =
        new Request(
            sent++,
            now,
            Math.toIntExact(group.promptTokens + group.outputTokens),
            1,
            drawn.predictsBins() ? 0 : 1,
            drawn.predictsBins(),
            Kinship.ofGroup(group.number, 0, group.size, true));
    there.put(request.id(), group);
    return request;
  }

  @Override
  public long drawn() {
    return place;
  }

  @Override
  public boolean isOver() {
    boolean passes = process.scoresInSystem() && open > 0;
    return sent == requests || (coming == null && !passes && starts.isOver());
  }

  @Override
  public boolean answers() {
    return starts.answers() || process.scoresInSystem();
  }

  @Override
  public boolean withdraws() {
    return process.cancels();
  }

  @Override
  public double nextWithdrawalTime() {
    return calledBack.isEmpty() ? Double.POSITIVE_INFINITY : now;
  }

  @Override
  public @Nullable Withdrawal nextWithdrawal() {
    Request request = calledBack.poll();
    return request == null ? null : new Withdrawal(request, Departure.CANCELLED, true);
  }

  @Override
  public void departed(Request request, Departure how, double time) {
    if (!hears) {
      return;
    }
    now = time;
    Group group = Objects.requireNonNull(there.remove(request.id()));
    if (group.members.remove(request.id()) == null) {
      end(group, how);
      return;
    }
    calledBack.remove(request);
    int first = first(group);
    if (how != Departure.COMPLETED) {
      group.gone++;
    } else if (++group.answers <= first) {
      group.outputTokens += Math.max(1, (long) Math.ceil(request.length()));
    }
    if (group.decided) {
      return;
    }
    if (group.answers == first) {
      decide(group);
      if (process.scoresInSystem()) {
        scoring.add(group);
      } else {
        end(group, Departure.COMPLETED);
      }
    } else if (group.size - group.gone < first) {
      decide(group);
      end(group, how);
    }
  }

  /** The answers that a group ends with. */
  private int first(Group group) {
    return process.join() == null ? group.size : Math.min(process.join().first(), group.size);
  }

  /** Whether it has its answers, or will never have them, is known: nobody needs the others. */
  private void decide(Group group) {
    group.decided = true;
    if (process.cancels()) {
      calledBack.addAll(group.members.values());
    }
  }

  private void end(Group group, Departure how) {
    open--;
    if (starts.answers()) {
      starts.departed(group.start, how, now);
    }
  }
}
