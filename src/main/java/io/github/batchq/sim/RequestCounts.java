package io.github.batchq.sim;

/**
 * Where the requests of a run are. At every moment arrived = waiting + inService + completed + lost
 * + withdrawn; once the run is over, what still waits was discarded. A request that its client
 * sends again has arrived once.
 *
 * @param arrived requests that have arrived
 * @param waiting requests that are on no server, among them those that wait to be served again
 *     since their server failed, and those that their clients will send again
 * @param inService requests on a server whose clients wait for them
 * @param completed requests that were served
 * @param lost requests that were on a server when it failed, and are not served again
 * @param withdrawn requests whose clients have given up or called them back, and will not send them
 *     again
 */
public record RequestCounts(
    long arrived, long waiting, long inService, long completed, long lost, long withdrawn) {
  /** Where requests are that all stay until they are served or lost. */
  public RequestCounts(long arrived, long waiting, long inService, long completed, long lost) {
    this(arrived, waiting, inService, completed, lost, 0);
  }
}
