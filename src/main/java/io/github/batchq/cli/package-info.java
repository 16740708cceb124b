/**
 * The command line: picocli commands over the other packages. Only this package prints, and only
 * {@link io.github.batchq.cli.Main} exits.
 */
@NullMarked
package io.github.batchq.cli;

import org.jspecify.annotations.NullMarked;
