package io.github.batchq.notebook;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the cells of one notebook in their order as a Java kernel does, by JShell in this
 * virtual machine: lines that begin with % speak to the kernel and are skipped.
 */
final class CellRunner implements AutoCloseable {
  private static final Set<SubKind> SHOWN =
      Set.of(
          SubKind.TEMP_VAR_EXPRESSION_SUBKIND,
          SubKind.VAR_VALUE_SUBKIND,
          SubKind.OTHER_EXPRESSION_SUBKIND);

  private final Values values = new Values();
  private final JShell shell =
      JShell.builder().executionEngine(new InThisMachine(values), Map.of()).build();

  /**
   * What a cell gave.
   *
   * @param printed what it wrote to {@code System.out}
   * @param value the value of the expression that it ends with; null where there is none
   */
  record Result(String printed, @Nullable Object value) {}

  /**
   * Evaluates a cell.
   *
   * @throws AssertionError if it does not compile or throws an exception
   */
  Result run(String source) {
    String rest =
        source
            .lines()
            .filter(line -> !line.startsWith("%"))
            .collect(Collectors.joining("\n", "", "\n"));
    Object value = null;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      while (!rest.isBlank()) {
        CompletionInfo snippet = shell.sourceCodeAnalysis().analyzeCompletion(rest);
        value = evaluate(snippet.source() == null ? rest : snippet.source());
        rest = snippet.remaining();
      }
    } finally {
      System.setOut(out);
    }
    return new Result(printed.toString(StandardCharsets.UTF_8), value);
  }

  private @Nullable Object evaluate(String snippet) {
    values.last = null;
    List<SnippetEvent> events = shell.eval(snippet);
    for (SnippetEvent event : events) {
      requireSuccess(event);
    }
    SnippetEvent last = events.get(events.size() - 1);
    return SHOWN.contains(last.snippet().subKind()) ? values.last : null;
  }

  private void requireSuccess(SnippetEvent event) {
    Snippet snippet = event.snippet();
    JShellException exception = event.exception();
    if (exception != null) {
      String name = exception instanceof EvalException e ? e.getExceptionClassName() + ": " : "";
      throw new AssertionError(
          name + exception.getMessage() + " in\n" + snippet.source(), exception);
    }
    if (!shell.status(snippet).isActive()
        || (snippet instanceof DeclarationSnippet declaration
            && shell.unresolvedDependencies(declaration).findAny().isPresent())) {
      String reasons =
          shell
              .diagnostics(snippet)
              .map(diagnostic -> diagnostic.getMessage(null))
              .collect(Collectors.joining("\n"));
      throw new AssertionError(reasons + " in\n" + snippet.source());
    }
  }

  @Override
  public void close() {
    shell.close();
  }

  /** The value that the last snippet gave. */
  private static final class Values {
    private @Nullable Object last;
  }

  /** Runs snippets here, where their values are objects and their classes see the class path. */
  private record InThisMachine(Values values) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "in-this-machine";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return new DirectExecutionControl() {
        @Override
        protected String invoke(Method snippet) throws Exception {
          values.last = snippet.invoke(null);
          return valueString(values.last);
        }
      };
    }
  }
}
