/**
 * What is simulated: a {@link io.github.batchq.scenario.Scenario} as a user describes it, checked
 * and made ready to run as a {@link io.github.batchq.scenario.PreparedScenario}, which chooses the
 * kernel and runs one replication. A {@link io.github.batchq.scenario.Horizon} says which question
 * its runs answer; {@link io.github.batchq.scenario.Inputs} hold what the points of a sweep share.
 * What stands in files is read by the descriptions that name them, which {@code file} brings in.
 * Nothing of waits is known here: where arrivals are a share of the capacity, what tells it is
 * passed in. Begin with {@code Scenario}.
 */
@NullMarked
package io.github.batchq.scenario;

import org.jspecify.annotations.NullMarked;
