package io.github.batchq.sim;

/**
 * The order of things at one instant, in which every kernel takes them:
 *
 * <ol>
 *   <li>arrivals of the source;
 *   <li>completions and ends of steps, then wake-ups: tied completions in the order in which their
 *       batches started, tied steps by the number of the server;
 *   <li>failures, repairs and drains of servers;
 *   <li>what these caused at this very instant, arrivals too, again from the completions until
 *       nothing of it is left;
 *   <li>clients give up or call requests back, in the order in which the source tells of them; what
 *       each causes at this very instant comes before the next, as above;
 *   <li>the policy is asked.
 * </ol>
 *
 * So requests of one moment are seen together: a policy that starts batches that are not full does
 * not start with the first of a group alone. An answer that comes at the moment at which its client
 * would give up is in time, a server that is free only then comes too late. A batch that the policy
 * starts and that takes no time ends in the same instant, and the policy is asked again.
 */
enum Turn {
  /** The next request arrives. */
  ARRIVAL,
  /** The next completion, end of a step or wake-up; nothing is left where its time is infinite. */
  EVENT,
  /** A server fails, is repaired, is drained or is back. */
  CHANGE,
  /** A client gives up or calls a request back. */
  WITHDRAWAL,
  /** All of this instant has happened: the policy is asked. */
  DECISION;

  /**
   * What comes next.
   *
   * @param now seconds since the start of the run
   * @param undecided whether the policy is to be asked: something has happened since it was
   * @param arrival time of the next arrival, in seconds; infinite if there is none
   * @param caused whether a departure of this very instant caused that arrival
   * @param event time of the next completion, end of a step or wake-up; infinite if there is none
   * @param change time of the next change of a server; infinite if there is none
   * @param withdrawal when a client gives up or calls a request back next; infinite if none does
   */
  static Turn next(
      double now,
      boolean undecided,
      double arrival,
      boolean caused,
      double event,
      double change,
      double withdrawal) {
    boolean isArrival =
        arrival < Double.POSITIVE_INFINITY
            && (caused
                ? arrival < event && arrival < change
                : arrival <= event && arrival <= change);
    double others = isArrival ? arrival : event <= change ? event : change;
    double earliest = withdrawal < others ? withdrawal : others;
    if (undecided && earliest > now) {
      return DECISION;
    }
    if (withdrawal < others) {
      return WITHDRAWAL;
    }
    return isArrival ? ARRIVAL : event <= change ? EVENT : CHANGE;
  }
}
