/**
 * One self-contained page of HTML from a results folder: the question in words, the answer, charts
 * that one can ask, the tables, and how all of it came about. A chart is a specification of
 * Vega-Lite, JSON that stands by itself; the script of the page only changes its metric, its scales
 * and what of it is shown. Each kind of folder has a small class that chooses its charts. Begin
 * with {@link io.github.batchq.report.page.ReportPage}.
 */
@NullMarked
package io.github.batchq.report.page;

import org.jspecify.annotations.NullMarked;
