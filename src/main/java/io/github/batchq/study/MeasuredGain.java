package io.github.batchq.study;

import io.github.batchq.metric.Gain;

/**
 * What a method of variance reduction gained in one case of a study.
 *
 * @param part what was sampled, a heading of the study
 * @param system the system, such as {@code B = 8, k = 4, load 0.8}
 * @param quantity the quantity whose mean was estimated
 * @param method the method
 * @param gain variance of plain sampling over that of the method, at the same number of runs
 */
public record MeasuredGain(String part, String system, String quantity, String method, Gain gain) {}
