package io.github.batchq.sim;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BatchShape;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.workload.Kinship;
import io.github.batchq.workload.Request;
import java.util.Arrays;

/**
 * A batch on a server as listeners see it. The kernel uses the object again for a later batch: what
 * a listener wants to keep, it copies before it returns. Members are in the order of their arrival,
 * times are seconds since the start of the run.
 */
public final class ServedBatch {
  private static final long NO_FAMILY = -1;

  final double[] arrivalTimes;
  final long[] ids;

  /** Lengths of the members, which only some service models and listeners read; else empty. */
  final double[] lengths;

  private final int[] prompts;

  /** Families of members whose prompts are shared; empty as long as no such member has come. */
  private long[] families = {};

  /** The members themselves, where their departures are told; else empty. */
  final Request[] requests;

  /** When members leave; empty where all of them stay to the end. */
  final double[] departureTimes;

  int size;
  int withdrawn;
  int bin;
  int server = -1;
  boolean flushed;
  double formedTime;
  double startTime;
  double seconds;
  double speed;
  double ownSeconds;
  double longestLength;
  double totalLength;
  long promptTokens;
  long askedTokens;

  /**
   * @param largest the most members that it may get
   * @param keepsMembers whether the length and the prompt of each member are kept
   * @param leavesEarly whether a member leaves when it would if it were the longest; such members
   *     are kept
   * @param keepsRequests whether the members themselves are kept
   */
  ServedBatch(int largest, boolean keepsMembers, boolean leavesEarly, boolean keepsRequests) {
    arrivalTimes = new double[largest];
    ids = new long[largest];
    lengths = new double[keepsMembers ? largest : 0];
    prompts = new int[keepsMembers ? largest : 0];
    departureTimes = new double[leavesEarly ? largest : 0];
    requests = new Request[keepsRequests ? largest : 0];
  }

  /** Makes it an empty batch of a bin. */
  void clear(int ofBin) {
    bin = ofBin;
    size = 0;
    longestLength = 0;
    totalLength = 0;
    promptTokens = 0;
    askedTokens = 0;
  }

  /** Adds a member. */
  void add(long id, double arrivalTime, double length) {
    ids[size] = id;
    arrivalTimes[size++] = arrivalTime;
    longestLength = Math.max(longestLength, length);
    totalLength += length;
  }

  /** Keeps the length and the prompt of the member that is added next, which has no kin. */
  void keep(double length, int prompt) {
    lengths[size] = length;
    prompts[size] = prompt;
    promptTokens += prompt;
    askedTokens += prompt;
  }

  /** Keeps the request that is added next; the prompt of siblings is processed once. */
  void keep(Request request) {
    Kinship kinship = request.kinship();
    boolean shares = kinship != null && kinship.siblings() > 1 && kinship.sharedTokens() > 0;
    keep(
        request.length(),
        request.promptTokens(),
        shares && kinship != null ? kinship.family() : NO_FAMILY);
    promptTokens -= kinship == null ? 0 : Math.min(kinship.knownTokens(), request.promptTokens());
  }

  private void keep(double length, int prompt, long family) {
    boolean processed = false;
    if (family != NO_FAMILY) {
      if (families.length == 0) {
        families = new long[lengths.length];
        Arrays.fill(families, NO_FAMILY);
      }
      for (int i = 0; i < size; i++) {
        processed |= families[i] == family;
      }
    }
    if (families.length > 0) {
      families[size] = family;
    }
    keep(length, prompt);
    promptTokens -= processed ? prompt : 0;
  }

  /** Lets a server of speed 1 take it, as {@link #start(double, ServiceTimeModel, double)}. */
  double start(double now, ServiceTimeModel service) {
    return start(now, service, 1);
  }

  /**
   * Lets a server take it.
   *
   * @param onSpeed speed of the server
   * @return when its service ends
   * @throws BadInputException if that is at no finite time
   */
  double start(double now, ServiceTimeModel service, double onSpeed) {
    BatchShape shape = new BatchShape(size, longestLength, totalLength, promptTokens);
    startTime = now;
    withdrawn = 0;
    speed = onSpeed;
    seconds = service.seconds(shape) / onSpeed;
    ownSeconds = service.ownSeconds(shape, lengths) / onSpeed;
    return SteppedSimulator.checkedTime(now + seconds, now, "a completion");
  }

  /** Lets each member leave, once the batch has started, when it would if it were the longest. */
  void letMembersLeave(ServiceTimeModel service) {
    for (int i = 0; i < size; i++) {
      double own =
          service.seconds(new BatchShape(size, lengths[i], totalLength, promptTokens)) / speed;
      // Measured times of a batch need not grow with its longest length.
      departureTimes[i] = startTime + Math.min(own, seconds);
    }
  }

  /**
   * Takes out the members that have left, since the server of the others has failed.
   *
   * @return how many have left
   */
  int removeDeparted(double now) {
    int before = size;
    clear(bin);
    for (int i = 0; i < before; i++) {
      if (departureTimes[i] > now) {
        addAgain(i);
      }
    }
    return before - size;
  }

  /** Adds what was member i before, in a place before it. */
  private void addAgain(int i) {
    if (requests.length > 0) {
      requests[size] = requests[i];
    }
    if (departureTimes.length > 0) {
      departureTimes[size] = departureTimes[i];
    }
    boolean kept = lengths.length > 0;
    double length = kept ? lengths[i] : requests[i].length();
    if (kept) {
      if (requests.length > 0) {
        keep(requests[i]);
      } else {
        keep(length, prompts[i], families.length == 0 ? NO_FAMILY : families[i]);
      }
    }
    add(ids[i], arrivalTimes[i], length);
  }

  /**
   * Takes out a member whose client does not wait for it any more. While it is in service the batch
   * lasts as before.
   *
   * @param id of the request, which must be a member
   */
  void remove(long id) {
    int before = size;
    clear(bin);
    for (int i = 0; i < before; i++) {
      if (requests[i].id() != id) {
        addAgain(i);
      }
    }
  }

  /** Number of members; those that their clients do not wait for any more are none. */
  public int size() {
    return size;
  }

  /** Number of members when its service started. */
  public int places() {
    return size + withdrawn;
  }

  /** Sequence number of the arrival of member {@code i}, 0 to size - 1. */
  public long id(int i) {
    return ids[i];
  }

  /** When member {@code i} arrived. */
  public double arrivalTime(int i) {
    return arrivalTimes[i];
  }

  /** Whether clients wait for answers, so that it is told when they sent the members. */
  public boolean tellsSentTimes() {
    return requests.length > 0;
  }

  /**
   * When its client sent member {@code i}: when it arrived, unless the client held it back; NaN
   * where no client waits for answers.
   */
  public double sentTime(int i) {
    return tellsSentTimes() ? requests[i].arrivalTime() : Double.NaN;
  }

  /** True length of member {@code i}, where members may leave early or a listener reads them. */
  public double length(int i) {
    return lengths[i];
  }

  /** Number of prompt tokens of member {@code i}, where its length is kept. */
  public int promptTokens(int i) {
    return prompts[i];
  }

  /** Tokens of the prompts of its members, where their prompts are kept. */
  public long askedTokens() {
    return askedTokens;
  }

  /** How many of them needed no processing, since members share them or they were known. */
  public long foundTokens() {
    return askedTokens - promptTokens;
  }

  /** The bin that the members come from, counted from 0. */
  public int bin() {
    return bin;
  }

  /** The number of its server, from 0; -1 where servers are not told apart. */
  public int server() {
    return server;
  }

  /** Whether the batch left because arrivals had ended. */
  public boolean flushed() {
    return flushed;
  }

  /** When the batch was ready to be served. */
  public double formedTime() {
    return formedTime;
  }

  /** When a server took it. */
  public double startTime() {
    return startTime;
  }

  /** Whether members may leave before the batch ends. */
  public boolean leavesEarly() {
    return departureTimes.length > 0;
  }

  /**
   * When member {@code i} leaves: at the end of the batch, or earlier if it {@link #leavesEarly}.
   */
  public double departureTime(int i) {
    return leavesEarly() ? departureTimes[i] : startTime + seconds;
  }

  /** Sum of the true lengths of its members, in the workload's unit. */
  public double totalLength() {
    return totalLength;
  }

  /** Its service time. */
  public double seconds() {
    return seconds;
  }

  /** Speed of its server. */
  public double speed() {
    return speed;
  }

  /** Sum over its members of what it would take if that one were its longest, in seconds. */
  public double ownSeconds() {
    return ownSeconds;
  }
}
