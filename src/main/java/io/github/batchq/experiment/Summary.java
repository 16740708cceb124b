package io.github.batchq.experiment;

import io.github.batchq.model.ResultTable;

/**
 * The summary of an experiment.
 *
 * @param table one row for each point, as {@link RunResults#summary()} describes it
 * @param theory how much theory it has
 */
public record Summary(ResultTable table, TheoryExtent theory) {}
