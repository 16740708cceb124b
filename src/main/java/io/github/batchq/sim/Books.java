package io.github.batchq.sim;

/**
 * Where the requests of a run are. The books balance at every moment: arrived = waiting + inService
 * + completed; once the run is over, what still waits is discarded.
 *
 * @param arrived requests that have arrived
 * @param waiting requests that no server has taken yet
 * @param inService requests on a server
 * @param completed requests that were served
 */
public record Books(long arrived, long waiting, long inService, long completed) {}
