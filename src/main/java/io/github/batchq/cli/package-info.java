/**
 * The command line: picocli commands over the other packages. Only this package prints, and only
 * {@link io.github.batchq.cli.Main} exits. Tables go through {@code TableOptions}, so that none is
 * printed empty, and work that takes long has a {@code ProgressLine}.
 */
@NullMarked
package io.github.batchq.cli;

import org.jspecify.annotations.NullMarked;
