/**
 * What a notebook shows: tables and charts of a {@link io.github.batchq.study.SimulationResults}.
 */
@NullMarked
package io.github.batchq.notebook;

import org.jspecify.annotations.NullMarked;
