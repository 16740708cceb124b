package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code group}: its answer, its table, its files, and what it refuses. */
class GroupCommandTest {
  @TempDir Path folder;

  private static Shell group(Object lengths, Object batchSize, Object... options) {
    List<Object> arguments = new ArrayList<>(List.of("group", lengths, "--batch-size", batchSize));
    if (lengths instanceof Path) {
      arguments.addAll(List.of("--column", "tokens=tokens"));
    }
    arguments.addAll(List.of(options));
    return Shell.run(arguments.toArray());
  }

  private static void refused(String words, Object lengths, Object batchSize, Object... options) {
    Shell shell = group(lengths, batchSize, options);
    assertEquals(2, shell.status(), shell.out());
    List<String> lines = shell.err().lines().toList();
    String last = lines.get(lines.size() - 1);
    assertTrue(last.startsWith("batchq: ") && last.contains(words), shell.err());
  }

  @Test
  void theAnswerStandsFirst() {
    Shell shell = Shell.run("group", "uniform(1,20)", "--batch-size", 8, "--out", folder);
    assertEquals(0, shell.status(), shell.err());
    assertTrue(shell.out().startsWith("The smallest that gain 90 %"), shell.out());
    for (String file : List.of("group.csv", "group.svg")) {
      assertTrue(Files.exists(folder.resolve(file)), file);
    }
  }

  @Test
  void aFileIsGroupedInItsOrder() {
    Path file =
        Shell.write(
            folder.resolve("lengths.csv"), "request,tokens,prompts\n1,1,5\n2,9,5\n3,2,5\n4,8,5\n");
    Shell shell = group(file, 2, "--column", "promptTokens=prompts", "--format", "csv");
    assertEquals(0, shell.status(), shell.err());
    assertTrue(shell.out().contains("\nwindow,2,1.54545454545454"), shell.out());
    Shell prompts = group(file, 2, "--column", "promptTokens=prompts", "--of", "prompts");
    assertTrue(prompts.out().startsWith("Sorting gains nothing"), prompts.out());
  }

  @Test
  void badInputIsOneSentence() {
    Path few = Shell.write(folder.resolve("few.csv"), "tokens\n1\n9\n2\n8\n");
    Path empty = Shell.write(folder.resolve("empty.csv"), "");
    Path one = Shell.write(folder.resolve("one.csv"), "tokens\n1\n");
    Path zeros = Shell.write(folder.resolve("zeros.csv"), "tokens\n0\n0\n0\n");
    Path nan = Shell.write(folder.resolve("nan.csv"), "tokens\n1\nNaN\n3\n");
    refused("empty", empty, 2);
    refused("found one", one, 1);
    refused("lengths are 0", zeros, 2, "--keep-zero");
    refused("NaN", nan, 2);
    refused("at most the number of requests, 4", few, 5);
    refused("at least 1", few, 0);
    refused("4294967298", few, "4294967298");
    refused("longest length, 9", few, 2, "--budget", 8);
    refused("finite number", few, 2, "--budget", "NaN");
    refused("all lengths are 0", few, 2, "--of", "prompts");
    refused("--of prompts needs a file", "uniform(1,20)", 2, "--of=prompts");
    refused("--seed is for laws", few, 2, "--seed", 3);
    refused("infinite mean", "pareto(1,0.9)", 2);
  }
}
