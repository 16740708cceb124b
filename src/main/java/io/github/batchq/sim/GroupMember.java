package io.github.batchq.sim;

/**
 * A request that has arrived with others of its group.
 *
 * @param id sequence number of its arrival, from 0
 * @param arrivalTime when it arrived, seconds since the start of the run
 * @param promptTokens tokens of its prompt
 * @param group number of the group, from 0
 * @param siblings how many requests the group has, without the one that scores them
 * @param scores whether it scores the answers of the others, and is none of them
 */
public record GroupMember(
    long id, double arrivalTime, int promptTokens, long group, int siblings, boolean scores) {}
