package io.github.batchq.sim;

/**
 * Where the requests of a run are. At every moment arrived = waiting + inService + completed +
 * lost; once the run is over, what still waits was discarded.
 *
 * @param arrived requests that have arrived
 * @param waiting requests that are on no server, among them those that wait to be served again
 *     since their server failed
 * @param inService requests on a server
 * @param completed requests that were served
 * @param lost requests that were on a server when it failed, and are not served again
 */
public record RequestCounts(
    long arrived, long waiting, long inService, long completed, long lost) {}
