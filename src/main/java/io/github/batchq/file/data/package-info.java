/**
 * Data files and what stands in them. A {@link io.github.batchq.file.data.DataFile} is a file that
 * a user named: a path, a pipe, standard input, or one that batchq carries. It is read row by row
 * by a {@link io.github.batchq.file.data.TableReader}, of CSV or of JSON lines, which refuses what
 * it cannot read to the digit with file, line and reason. Here too are the tables that are no
 * traces: observed values of a law, measured batches, confusion matrices. Begin with {@code
 * DataFile}.
 */
@NullMarked
package io.github.batchq.file.data;

import org.jspecify.annotations.NullMarked;
