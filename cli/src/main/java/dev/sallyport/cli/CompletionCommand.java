package dev.sallyport.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sallyport completion bash}: the script that makes a shell complete the command line. */
@Command(
    name = "completion",
    header = "Print a script that makes a shell complete commands and options.",
    description =
        "The script is for bash 4 and newer, and for zsh, which reads it as bash does. It completes"
            + " sallyport and ./sallyport alike.",
    footer = {
      "In this shell, now (bash or zsh):",
      "  source <(${ROOT-COMMAND-NAME} completion bash)",
      "In every bash to come:",
      "  ${ROOT-COMMAND-NAME} completion bash > ~/.local/share/bash-completion/completions/sallyport",
      "In every zsh to come:",
      "  ${ROOT-COMMAND-NAME} completion zsh > ~/.sallyport-completion",
      "  echo 'source ~/.sallyport-completion' >> ~/.zshrc"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Environment environment;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // one script serves both
  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = Words.OfShell.class,
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.BASH;

  CompletionCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    // One script serves both: for zsh it begins by switching on zsh's way of reading bash's.
    environment.out().print(AutoComplete.bash("sallyport", spec.root().commandLine()));
    return Exit.FINE;
  }
}
