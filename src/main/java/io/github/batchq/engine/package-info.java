/**
 * Where runs are executed: {@link io.github.batchq.engine.Runner} makes the replications of all
 * points on the threads of this machine, each a pure function of experiment, point, replication and
 * seed, and tells a {@link io.github.batchq.experiment.RunJournal} of every one that is finished.
 * What a run does, and what is made of its results, is none of this package's business. Begin with
 * {@code Runner}.
 */
@NullMarked
package io.github.batchq.engine;

import org.jspecify.annotations.NullMarked;
