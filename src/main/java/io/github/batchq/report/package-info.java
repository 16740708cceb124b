/**
 * Tables and charts of results that are already on disk. Everything here reads a {@link
 * io.github.batchq.model.ResultTable} and nothing else, so a figure can be redrawn, a table printed
 * in another format, or simulation set against theory, without a run. A chart shows simulation as
 * points with their intervals and theory as lines, at the width of one column of a paper. Begin
 * with {@link io.github.batchq.report.Chart}.
 */
@NullMarked
package io.github.batchq.report;

import org.jspecify.annotations.NullMarked;
