package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinCommandTest {
  private static final String COSTS =
      "{type: token-level, step: 0.02, prefillPerToken: 0.0001, perRequest: 0.0001}";

  @TempDir Path folder;

  /** Requests of 11 tokens whose times are those of a server that takes 21 ms a token. */
  private Path run(int requests, String header, String times) {
    StringBuilder text = new StringBuilder("arrival_s,prompt_tokens,output_tokens" + header + "\n");
    for (int i = 0; i < requests; i++) {
      double arrival = 0.7 * i;
      text.append(
          String.format(
              Locale.ROOT, "%.3f,100,11" + times + "%n", arrival, arrival + 0.03, arrival + 0.24));
    }
    return Shell.write(folder.resolve("run.csv"), text.toString().replace("\r", ""));
  }

  private Path whole(int requests) {
    return run(requests, ",first_token_s,last_token_s", ",%.3f,%.3f");
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @Test
  void aRunIsComparedDrawnAndWritten() {
    Path out = folder.resolve("out");
    Path whatIf =
        Shell.write(
            folder.resolve("what-if.yaml"),
            """
            two servers: {servers: 2}
            four slots: {policy.batchSize: 4}
            whole: {policy: {type: multi-bin, bins: 2, boundaries: [5], batchSize: 4}}
            """);
    Shell shell =
        Shell.run("twin", whole(60), "--replications", 10, "--what-if", whatIf, "--out", out);
    assertEquals(0, shell.status(), shell.err());
    String said = words(shell.out());
    assertTrue(said.contains("60 requests, all replayed from the first arrival"), said);
    assertTrue(said.contains("step costs fitted to the first 30, the other 30 compared"), said);
    assertTrue(said.contains("in blocks of 8 consecutive ones with their gaps"), said);
    assertTrue(said.contains("itl: not told: of each request only"), said);
    assertTrue(said.contains("there is no TPOT"), said);
    String names = Shell.names(out).toString();
    for (String name :
        new String[] {
          "twin.csv",
          "requests.csv",
          "what-if.csv",
          "pack.yaml",
          "latency-requests.png",
          "ttft-cdf.svg",
          "running.pdf"
        }) {
      assertTrue(names.contains(name), names);
    }
    // What was written can be given.
    Shell again =
        Shell.run("twin", whole(60), "--model", out.resolve("pack.yaml"), "--replications", 10);
    assertEquals(0, again.status(), again.err());
    assertTrue(words(again.out()).contains("all compared, by step costs that were given"));
  }

  @Test
  void programsReadOneTable() {
    Shell shell =
        Shell.run("twin", whole(60), "--model", COSTS, "--replications", 10, "--format", "csv");
    assertEquals(0, shell.status(), shell.err());
    assertTrue(
        shell
            .out()
            .startsWith(
                "metric,unit,measured,replayed,difference [%],low,high,verdict,remark\nthroughput,"),
        shell.out());
    assertEquals(18, shell.out().lines().count());
  }

  @Test
  void anExperimentFileSaysWhatServedTheRun() {
    whole(60);
    Path file =
        Shell.write(
            folder.resolve("twin.yaml"),
            """
            name: twin
            scenario:
              arrivals:
                process: trace
                trace: {format: measured-run, file: run.csv}
              service: {tokens: trace, model: %s}
              policy: {type: continuous, batchSize: 16, chunk: 512}
            """
                .formatted(COSTS));
    Shell shell = Shell.run("twin", file, "--replications", 10);
    assertEquals(0, shell.status(), shell.err());
    assertTrue(words(shell.out()).contains("16 slots, no limit of memory"), shell.out());
    refused("leave out --policy", "twin", file, "--slots", 3);
  }

  @Test
  void fewRequestsAreComparedWithoutIntervals() {
    Shell shell = Shell.run("twin", whole(40), "--model", COSTS);
    assertEquals(0, shell.status(), shell.err());
    String said = words(shell.out());
    assertTrue(
        said.contains(
            "with 40 requests, fewer than 50, means and quantiles are compared without an interval"
                + " and a verdict"),
        said);
    refused(
        "a fit that holds some out needs 50: with costs that are known (--model)",
        "twin",
        whole(40));
  }

  @Test
  void whatTheRunDoesNotTellIsSaid() {
    refused(
        "tells no times of first or last tokens, so nothing of a replay can be compared",
        "twin",
        run(60, "", ""));
    Shell shell =
        Shell.run(
            "twin",
            run(60, ",other,last_token_s", ",%.3f,%.3f"),
            "--model",
            COSTS,
            "--replications",
            10);
    assertEquals(0, shell.status(), shell.err());
    assertTrue(
        words(shell.out()).contains("throughput and latency can be compared, TTFT and TPOT cannot"),
        shell.out());
    refused(
        "request 1 in order of arrival has its last token 0.21 s before its first",
        "twin",
        run(60, ",last_token_s,first_token_s", ",%.3f,%.3f"));
  }

  @Test
  void failedRequestsAreLeftOutAndSaid() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "{\"metadata\": {\"request_start_ns\": %d, \"request_end_ns\": %d, \"was_cancelled\":"
                  + " %s}, \"metrics\": {\"input_sequence_length\": {\"value\": 100},"
                  + " \"output_sequence_length\": {\"value\": 11}, \"time_to_first_token\":"
                  + " {\"value\": 30}}, \"error\": null}%n",
              700_000_000L * i,
              700_000_000L * i + 240_000_000L,
              i == 7));
    }
    Path file = Shell.write(folder.resolve("profile.jsonl"), text.toString());
    Shell shell = Shell.run("twin", file, "--model", COSTS, "--replications", 10);
    assertEquals(0, shell.status(), shell.err());
    assertTrue(
        words(shell.out())
            .contains("1 request failed and left no times: the other 59 are replayed and compared"),
        shell.out());
  }

  @Test
  void mistakesAreToldInOneSentence() {
    Path run = whole(60);
    refused(
        "--model gives the step costs, and --fit finds them",
        "twin",
        run,
        "--model",
        COSTS,
        "--fit");
    refused("--fit-share must be between 0 and 1", "twin", run, "--fit-share", 1);
    refused("--block must be from 1 to 60, found 61", "twin", run, "--block", 61);
    refused("--model takes a pack (", "twin", run, "--model", "nothing");
    refused("--memory takes a whole number of tokens", "twin", run, "--memory", "much");
    // Such numbers have the 32 bits of smaller ones.
    refused("from 1 to 2147483647, or none", "twin", run, "--chunk", "4294967300");
    refused("from 1 to 2147483647, or none", "twin", run, "--memory", "4294967300");
    refused("--policy takes a policy", "twin", run, "--policy", "fast");
    refused("chunk must be more than the batch size 64", "twin", run, "--slots", 64, "--chunk", 32);
    Path whatIf = Shell.write(folder.resolve("what-if.yaml"), "faster: {arrivals.rate: 2}\n");
    refused(
        "line 1, key 'faster': the requests stay as they are, so only policy, servers, predictor",
        "twin",
        run,
        "--what-if",
        whatIf);
  }

  private static void refused(String sentence, Object... arguments) {
    Shell shell = Shell.run(arguments);
    assertEquals(2, shell.status(), shell.out());
    assertTrue(words(shell.err()).contains(sentence), shell.err());
  }
}
