package io.github.batchq.file.trace;

import static io.github.batchq.file.data.UnitOfTime.MS;
import static io.github.batchq.file.data.UnitOfTime.NS;
import static io.github.batchq.file.data.UnitOfTime.S;
import static io.github.batchq.file.trace.TraceColumn.Since.ARRIVAL;
import static io.github.batchq.file.trace.TraceColumn.Since.CLOCK;
import static io.github.batchq.file.trace.TraceColumn.Since.FIRST_TOKEN;

import io.github.batchq.file.data.FileHead;
import io.github.batchq.file.data.FileHead.Layout;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All formats of traces, the more special ones first: a file is taken for the first whose signs it
 * has. The last three are told which column is what.
 */
public final class TraceFormats {
  private static final TraceFormat CSV =
      TraceFormat.of(
              "csv",
              "any CSV file with a header line, told which column is what",
              "RFC 4180, and its dialects with semicolons, tabs or decimal commas")
          .laidOut(Layout.TABLE)
          .exemplified(
              Map.of(
                  "file",
                  "'resource:sample-trace.csv'",
                  "arrivalTime",
                  "arrival",
                  "gap",
                  "gap",
                  "serviceTime",
                  "seconds",
                  "tokens",
                  "generated",
                  "promptTokens",
                  "prompt",
                  "timeUnit",
                  "s"));

  private static final TraceFormat JSONL =
      TraceFormat.of(
              "jsonl", "one JSON object in each line, told which key is what", "jsonlines.org")
          .laidOut(Layout.LINES)
          .exemplified(
              Map.of(
                  "file",
                  "'resource:sample-trace.jsonl'",
                  "arrivalTime",
                  "time",
                  "gap",
                  "/timing/gap",
                  "serviceTime",
                  "/timing/seconds",
                  "tokens",
                  "/usage/completion_tokens",
                  "promptTokens",
                  "/usage/prompt_tokens"));

  private static final TraceFormat JSON =
      TraceFormat.of(
              "json",
              "one JSON document with a list of objects or parallel lists, told which key is what",
              "RFC 8259; paths by RFC 6901")
          .laidOut(Layout.DOCUMENT)
          .exemplified(
              Map.of(
                  "file",
                  "'resource:sample-trace.json'",
                  "arrivalTime",
                  "time",
                  "gap",
                  "/timing/gap",
                  "serviceTime",
                  "/timing/seconds",
                  "tokens",
                  "/usage/completion_tokens",
                  "promptTokens",
                  "/usage/prompt_tokens"));

  /** What tables of lengths call prompts, and answers. */
  private static final String PROMPT_LENGTHS =
      "input_len|input_length|input_tokens|prompt_len|prompt_length|prompt_tokens"
          + "|num_prompt_tokens|num_input_tokens|context_tokens|ContextTokens|human_tokens";

  private static final String LENGTHS =
      "output_len|output_length|output_tokens|response_len|response_length|response_tokens"
          + "|completion_tokens|num_output_tokens|generated_tokens|GeneratedTokens|gpt_tokens";

  private static final List<TraceFormat> ALL =
      List.of(
          TraceFormat.of(
                  "azure",
                  "Azure LLM inference trace of 2023, 2024 and 2025:"
                      + " TIMESTAMP,ContextTokens,GeneratedTokens",
                  "the Azure LLM inference traces are public (GitHub, Azure/AzurePublicDataset,"
                      + " AzureLLMInferenceTrace_conv.csv and others, CC-BY 4.0)",
                  "TIMESTAMP",
                  "ContextTokens",
                  "GeneratedTokens")
              .arriving(null, "TIMESTAMP")
              .counting("GeneratedTokens", "ContextTokens")
              .sampled("csv"),
          TraceFormat.of(
                  "burstgpt",
                  "BurstGPT: Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type",
                  "BurstGPT is public (GitHub, HPMLL/BurstGPT; arXiv:2401.17644)",
                  "Timestamp",
                  "Model",
                  "Request tokens",
                  "Response tokens")
              .arriving(S, "Timestamp")
              .counting("Response tokens", "Request tokens")
              .end(S, ARRIVAL, "Elapsed time")
              .filtered(Map.of("model", "Model", "log", "Log Type"))
              .exemplified(
                  Map.of(
                      "file",
                      "'resource:sample-burstgpt.csv'",
                      "model",
                      "ChatGPT",
                      "log",
                      "API log")),
          TraceFormat.of(
                  "vidur",
                  "Vidur: arrived_at,num_prefill_tokens,num_decode_tokens",
                  "GitHub, microsoft/vidur; MLSys 2024",
                  "arrived_at",
                  "num_prefill_tokens",
                  "num_decode_tokens")
              .arriving(S, "arrived_at")
              .counting("num_decode_tokens", "num_prefill_tokens")
              .sampled("csv"),
          TraceFormat.of(
                  "vidur-lengths",
                  "Vidur's tables of lengths: num_prefill_tokens,num_decode_tokens",
                  "GitHub, microsoft/vidur, data/processed_traces; MLSys 2024",
                  "num_prefill_tokens",
                  "num_decode_tokens")
              .counting("num_decode_tokens", "num_prefill_tokens")
              .sampled("csv"),
          TraceFormat.of(
                  "bailian",
                  "Qwen-Bailian of Alibaba: chat_id, timestamp, input_length, output_length",
                  "GitHub, alibaba-edu/qwen-bailian-usagetraces-anon; USENIX ATC 2025",
                  "chat_id",
                  "timestamp",
                  "input_length",
                  "output_length")
              .arriving(S, "timestamp")
              .counting("output_length", "input_length")
              .sampled("jsonl"),
          TraceFormat.of(
                  "mooncake",
                  "Mooncake: timestamp in ms, input_length, output_length, hash_ids",
                  "GitHub, kvcache-ai/Mooncake, FAST25-release/traces; FAST 2025",
                  "timestamp",
                  "input_length",
                  "output_length",
                  "hash_ids")
              .arriving(MS, "timestamp")
              .counting("output_length", "input_length")
              .blocks("hash_ids:all")
              .sampled("jsonl"),
          TraceFormat.of(
                  "servegen-requests",
                  "requests of ServeGen: request_id, timestamp, input_tokens, output_tokens",
                  "GitHub, alibaba/ServeGen; arXiv:2505.09999",
                  "request_id",
                  "timestamp",
                  "input_tokens",
                  "output_tokens")
              .arriving(S, "timestamp")
              .counting("output_tokens", "input_tokens")
              .sampled("csv"),
          TraceFormat.of(
                  "servegen",
                  "lengths of ServeGen: request_id, type, input_length, output_length",
                  "GitHub, alibaba/ServeGen; arXiv:2505.09999",
                  "request_id",
                  "type",
                  "input_length",
                  "output_length")
              .counting("output_length", "input_length")
              .sampled("jsonl"),
          TraceFormat.of(
                  "llmservingsim",
                  "workloads of LLMServingSim: input_toks, output_toks, arrival_time_ns",
                  "GitHub, casys-kaist/LLMServingSim",
                  "input_toks",
                  "output_toks",
                  "arrival_time_ns")
              .arriving(NS, "arrival_time_ns")
              .counting("output_toks", "input_toks")
              .sampled("jsonl"),
          TraceFormat.of(
                  "llmservingsim-requests",
                  "requests of vLLM as LLMServingSim records them: input_toks, output_toks,"
                      + " queued_ts",
                  "GitHub, casys-kaist/LLMServingSim, bench/examples, requests.jsonl",
                  "input_toks",
                  "output_toks",
                  "queued_ts")
              .arriving(S, "queued_ts")
              .counting("output_toks", "input_toks")
              .firstToken(S, CLOCK, "first_token_ts")
              .end(S, CLOCK, "last_token_ts")
              .sampled("jsonl"),
          TraceFormat.of(
                  "llmservingsim-output",
                  "results of LLMServingSim, sim.csv: request id,input,output,arrival,end_time,TTFT",
                  "GitHub, casys-kaist/LLMServingSim",
                  "request id",
                  "input",
                  "output",
                  "arrival",
                  "end_time")
              .arriving(NS, "arrival")
              .counting("output", "input")
              .firstToken(NS, ARRIVAL, "TTFT")
              .end(NS, CLOCK, "end_time")
              .remarking(
                  "output is taken for generated tokens, as LLMServingSim writes it now; older files"
                      + " have the prompt in it")
              .sampled("csv"),
          TraceFormat.of(
                  "splitwise",
                  "Splitwise's simulator: arrival_timestamp, prompt_size, token_size",
                  "GitHub, Mutinifni/splitwise-sim; ISCA 2024",
                  "arrival_timestamp",
                  "prompt_size",
                  "token_size")
              .arriving(S, "arrival_timestamp")
              .counting("token_size", "prompt_size")
              .sampled("csv"),
          served("sglang-bench", "SGLang's bench_serving --output-details", "sgl-project/sglang")
              .signedBy("tag|total_output_tokens_retokenized")
              .sampled("jsonl"),
          served("vllm-bench", "vLLM's bench serve --save-detailed", "vllm-project/vllm")
              .sampled("json"),
          TraceFormat.of(
                  "aiperf",
                  "AIPerf's profile_export.jsonl: metadata, metrics",
                  "docs.nvidia.com/aiperf",
                  "/metadata/request_start_ns",
                  "/metrics")
              .arriving(NS, "/metadata/request_start_ns")
              .counting(
                  "/metrics/output_sequence_length/value|/metrics/output_token_count/value",
                  "/metrics/input_sequence_length/value")
              .failing("error")
              .failing("/metadata/was_cancelled")
              .firstToken(MS, ARRIVAL, "/metrics/time_to_first_token/value")
              .end(NS, CLOCK, "/metadata/request_end_ns")
              .sampled("jsonl"),
          TraceFormat.of(
                  "guidellm",
                  "GuideLLM's benchmarks.json, its successful requests",
                  "GitHub, vllm-project/guidellm",
                  "/benchmarks/0/requests/successful")
              .arriving(S, "request_start_time|start_time")
              .counting("output_tokens", "prompt_tokens")
              .firstToken(MS, ARRIVAL, "time_to_first_token_ms")
              .end(S, CLOCK, "request_end_time|end_time")
              .within("/benchmarks/*/requests/successful")
              .sampled("json"),
          TraceFormat.of(
                  "genai-perf",
                  "genai-perf's profile_export.json: experiments, requests, response_timestamps",
                  "docs.nvidia.com, genai-perf",
                  "/experiments/0/requests/0/timestamp",
                  "/experiments/0/requests/0/response_timestamps")
              .arriving(NS, "timestamp")
              .counting("response_timestamps:count", "")
              .firstToken(NS, CLOCK, "/response_timestamps/0")
              .end(NS, CLOCK, "response_timestamps:last")
              .within("/experiments/*/requests")
              .remarking(
                  "each response is taken for one token, since the file counts no tokens; prompts are"
                      + " not told")
              .sampled("json"),
          TraceFormat.of(
                  "llmperf",
                  "llmperf's individual_responses.json: number_input_tokens, number_output_tokens",
                  "GitHub, ray-project/llmperf",
                  "number_input_tokens",
                  "number_output_tokens",
                  "end_to_end_latency_s")
              .counting("number_output_tokens", "number_input_tokens")
              .failing("error_code")
              .firstToken(S, ARRIVAL, "ttft_s")
              .end(S, ARRIVAL, "end_to_end_latency_s")
              .sampled("json"),
          TraceFormat.of(
                  "inference-perf",
                  "inference-perf's per_request_lifecycle_metrics.json: start_time, end_time, info",
                  "GitHub, kubernetes-sigs/inference-perf",
                  "start_time",
                  "/info/input_tokens",
                  "/info/output_tokens")
              .arriving(S, "start_time")
              .counting("/info/output_tokens", "/info/input_tokens")
              .failing("error")
              .firstToken(S, CLOCK, "/info/output_token_times/0")
              .end(S, CLOCK, "end_time")
              .sampled("json"),
          TraceFormat.of(
                  "litellm",
                  "LiteLLM's spend logs: startTime, prompt_tokens, completion_tokens",
                  "docs.litellm.ai",
                  "startTime",
                  "endTime",
                  "prompt_tokens",
                  "completion_tokens")
              .arriving(null, "startTime")
              .counting("completion_tokens", "prompt_tokens")
              .firstToken(null, CLOCK, "completionStartTime")
              .end(null, CLOCK, "endTime")
              .sampled("json"),
          TraceFormat.of(
                  "openai",
                  "answers of OpenAI's API: created, usage",
                  "platform.openai.com/docs",
                  "created",
                  "/usage/prompt_tokens",
                  "/usage/completion_tokens")
              .arriving(S, "created")
              .counting("/usage/completion_tokens", "/usage/prompt_tokens")
              .sampled("jsonl"),
          TraceFormat.of(
                  "measured-run",
                  "a measured run: arrival_s, prompt_tokens, output_tokens, first_token_s,"
                      + " last_token_s; what --requests-out writes has end_s",
                  "batchq's own",
                  "arrival_s",
                  "prompt_tokens",
                  "output_tokens")
              .arriving(S, "arrival_s")
              .counting("output_tokens", "prompt_tokens")
              .firstToken(S, CLOCK, "first_token_s")
              .end(S, CLOCK, "last_token_s|end_s")
              .sampled("csv"),
          TraceFormat.of(
                  "lengths",
                  "tables of prompt and answer lengths, as made of ShareGPT and LMSYS-Chat-1M",
                  "huggingface.co, anon8231489123/ShareGPT_Vicuna_unfiltered and"
                      + " lmsys/lmsys-chat-1m",
                  PROMPT_LENGTHS,
                  LENGTHS)
              .counting(LENGTHS, PROMPT_LENGTHS)
              .sampled("csv"),
          CSV,
          JSONL,
          JSON);

  private TraceFormats() {}

  /** The parallel lists of vLLM's benchmark and of those that were made of it. */
  private static TraceFormat served(String name, String what, String repository) {
    return TraceFormat.of(
            name,
            what + ": input_lens, output_lens, start_times, ttfts, itls",
            "GitHub, " + repository,
            "input_lens",
            "output_lens")
        .perhapsArriving(S, "start_times[]")
        .counting("output_lens[]", "input_lens[]")
        .failing("errors[]")
        .firstToken(S, ARRIVAL, "ttfts[]")
        .end(S, FIRST_TOKEN, "itls[]:sum")
        .within("/*");
  }

  /** All formats, in the order in which they are tried. */
  public static List<TraceFormat> all() {
    return ALL;
  }

  /** The format of a name. */
  public static Optional<TraceFormat> named(String name) {
    return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
  }

  /** The format that the beginning of a file tells, if it tells one. */
  public static Optional<TraceFormat> of(FileHead head) {
    return ALL.stream().filter(format -> format.tells(head)).findFirst();
  }

  /** The format of a file whose columns the user names. */
  public static TraceFormat byColumn(FileHead head) {
    return switch (head.layout()) {
      case TABLE -> CSV;
      case LINES -> JSONL;
      case DOCUMENT -> JSON;
    };
  }
}
