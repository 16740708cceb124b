/**
 * Where runs are executed: {@link io.github.batchq.engine.Runner} says which replications are
 * wanted, a {@link io.github.batchq.engine.RunEngine} makes them, on the threads of this machine or
 * elsewhere, each a pure function of experiment, point, replication and seed ({@link
 * io.github.batchq.engine.RunFunction}), and a {@link io.github.batchq.experiment.RunJournal} is
 * told of every one that is finished. What a run does, and what is made of its results, is none of
 * this package's business. Begin with {@code RunEngine}.
 */
@NullMarked
package io.github.batchq.engine;

import org.jspecify.annotations.NullMarked;
