package io.github.batchq.report.page;

import java.util.List;

/** Chooses charts for the tables that one kind of command writes. */
interface ChartChoice {
  /** The charts for those of its tables that a folder has; none where it has none of them. */
  List<PageChart> charts(PageInput input);
}
