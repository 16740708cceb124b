/**
 * Service-time models: how long a server is busy with a batch, from the batch's shape alone. The
 * paper's model is the longest request of the batch; others let a step take longer in a larger
 * batch, count prompts and memory, or interpolate measurements. A model that was measured refuses
 * batches outside its range. Nothing here knows a policy, a clock or a server.
 *
 * <p>A model is described by a {@code ServiceModelSpec}, a record whose components are the keys of
 * an experiment file; most models describe themselves. One that reads a data file has its
 * description in {@code file.data}, as the measured grid that a {@code ServiceTableBuilder} makes.
 * To add one: docs/extending.md names every file. Begin with {@link
 * io.github.batchq.service.ServiceTimeModel}.
 */
@NullMarked
package io.github.batchq.service;

import org.jspecify.annotations.NullMarked;
