/**
 * The command line: picocli commands over the other packages. Only this package prints, and only
 * {@link io.github.batchq.cli.Main} exits; nothing is computed here. Tables go through {@code
 * TableOptions}, so that none is printed empty, and work that takes long has a {@code
 * ProgressLine}. Begin with {@code RunCommand}.
 */
@NullMarked
package io.github.batchq.cli;

import org.jspecify.annotations.NullMarked;
