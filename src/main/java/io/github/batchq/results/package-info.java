/**
 * A results folder: its tables, the manifest that says how they came about, and the journal of what
 * is finished while runs go on. A {@link io.github.batchq.results.ResultFolder} keeps other
 * processes out while it is written to, and shows no file half-written; {@link
 * io.github.batchq.results.StoredResults} reads no table that was changed since. A {@link
 * io.github.batchq.results.Part} has the runs of one machine of several, which {@link
 * io.github.batchq.results.Parts} puts together. Begin with {@code ResultFolder}.
 */
@NullMarked
package io.github.batchq.results;

import org.jspecify.annotations.NullMarked;
