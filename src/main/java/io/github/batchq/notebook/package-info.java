/**
 * What a notebook shows: tables and charts of a {@link io.github.batchq.study.SimulationResults},
 * in one class, {@link io.github.batchq.notebook.Notebook}. Nothing is computed here.
 */
@NullMarked
package io.github.batchq.notebook;

import org.jspecify.annotations.NullMarked;
