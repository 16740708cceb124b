package io.github.batchq.cli;

import io.github.batchq.model.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes sentences about words of a command line that no command knows, with the nearest word that
 * one does know.
 */
final class UnknownWord {
  /** Commands that had another name in the last release. */
  private static final Map<String, String> RENAMED = Map.of("validate-all", "self-test");

  private UnknownWord() {}

  /** The sentence for a word where a command, an option or an argument stands. */
  static String sentence(String word, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (word.startsWith("-")) {
      String name = word.replaceFirst("=.*", "");
      List<String> known =
          spec.optionsMap().keySet().stream().filter(option -> option.startsWith("--")).toList();
      return "unknown option '" + name + "'; " + NearestName.hint(name, known);
    }
    return spec.subcommands().isEmpty()
        ? "'" + word + "' is one argument too many for " + spec.qualifiedName()
        : command(word, command);
  }

  /** The sentence for a word where the name of a command stands. */
  static String command(String word, CommandLine parent) {
    Collection<String> known = new TreeSet<>(parent.getSubcommands().keySet());
    String name = parent.getCommandSpec().qualifiedName();
    String renamed = RENAMED.get(word);
    if (renamed != null && known.contains(renamed)) {
      return "the command '" + word + "' is called '" + renamed + "' now";
    }
    return known.isEmpty()
        ? name + " has no command '" + word + "' below it"
        : "unknown command '" + name + " " + word + "'; " + NearestName.hint(word, known);
  }
}
