package io.github.batchq.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;
import java.util.Locale;

/** The heap that this process runs with: fresh memory costs more than the simulation. */
public final class Heap {
  private static final double MEGABYTE = 1024 * 1024;

  private Heap() {}

  /** Its size, that of its youngest generation, and the collectors, as a line of text. */
  public static String describe() {
    List<String> collectors =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList();
    String eden =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().contains("Eden"))
            .findFirst()
            .map(MemoryPoolMXBean::getUsage)
            .map(
                usage ->
                    String.format(
                        Locale.ROOT,
                        "new objects in %.0f MB, ",
                        (usage.getMax() < 0 ? usage.getCommitted() : usage.getMax()) / MEGABYTE))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "heap: at most %.0f MB, %s%s; Java %s",
        Runtime.getRuntime().maxMemory() / MEGABYTE,
        eden,
        String.join(" and ", collectors),
        Runtime.version());
  }
}
