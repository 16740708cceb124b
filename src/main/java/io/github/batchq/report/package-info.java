/**
 * Tables and charts of results. Everything here draws from a {@link
 * io.github.batchq.model.ResultTable}, or a law, and runs nothing, so a figure can be redrawn, a
 * table printed in another format, or simulation set against theory, from a folder of results. A
 * chart shows simulation as points with their intervals and theory as lines, at the width of one
 * column of a paper. Begin with {@link io.github.batchq.report.Chart}.
 */
@NullMarked
package io.github.batchq.report;

import org.jspecify.annotations.NullMarked;
