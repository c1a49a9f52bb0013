package dev.sallyport.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * How the help of every command is laid out: what it does, how it is called, examples first of all,
 * then options, exit codes and environment variables.
 *
 * <p>A command's examples are its {@code footer}: lines that begin with two blanks are what one
 * types, all others say what that is for.
 */
final class HelpLayout {
  private static final int WIDTH = 100;

  private static final String ENVIRONMENT_KEY = "environment";

  private static final String ENVIRONMENT =
      """

      Environment variables:
        NO_COLOR             Set to anything: no colours. There are none either but on a terminal.
        SALLYPORT_DEBUG      Set to anything: shows the stack trace of a fault of Sallyport's own.
        SALLYPORT_JAVA_HOME  The JDK to run on, instead of the newest found.
        SALLYPORT_JAVA_OPTS  Options for the JVM.
        SALLYPORT_JDKS       Directories that hold JDKs, parted by colons, instead of the usual places.
        SALLYPORT_BUILD      never: run what was built last, whatever became of the sources.
        SALLYPORT_CHROMIUM   The browser that demo --check drives, instead of the one found.
      """;

  private HelpLayout() {}

  static ColorScheme colours(Ansi ansi) {
    return new ColorScheme.Builder(Help.defaultColorScheme(ansi)).build();
  }

  static void apply(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage
        .width(WIDTH)
        .sortOptions(false)
        .sortSynopsis(false)
        .synopsisHeading("%nUsage: ")
        .synopsisSubcommandLabel("COMMAND")
        .descriptionHeading("%n")
        .footerHeading("%nExamples:%n")
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .exitCodeListHeading("%nExit codes:%n");
    if (usage.exitCodeList().isEmpty()) {
      Map<String, String> codes = new LinkedHashMap<>();
      codes.put("0", "Fine.");
      codes.put("2", "The command was called wrongly.");
      usage.exitCodeList(codes);
    }
    List<String> order = new ArrayList<>(usage.sectionKeys());
    List<String> examples =
        List.of(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING, UsageMessageSpec.SECTION_KEY_FOOTER);
    order.removeAll(examples);
    order.addAll(order.indexOf(UsageMessageSpec.SECTION_KEY_DESCRIPTION) + 1, examples);
    order.add(ENVIRONMENT_KEY);
    usage.sectionKeys(order);
    usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, HelpLayout::examples);
    usage.sectionMap().put(ENVIRONMENT_KEY, help -> ENVIRONMENT);
    if (command.getCommandSpec().findOption("--help") == null) {
      command.getCommandSpec().addOption(helpOption());
    }
    command.getSubcommands().values().forEach(HelpLayout::apply);
  }

  private static OptionSpec helpOption() {
    return OptionSpec.builder("-h", "--help")
        .type(boolean.class)
        .usageHelp(true)
        .description("Show this help.")
        .build();
  }

  /** As they were written: a command that is wrapped cannot be copied. */
  private static String examples(Help help) {
    StringBuilder text = new StringBuilder();
    for (String line : help.commandSpec().usageMessage().footer()) {
      boolean typed = line.startsWith("  ");
      text.append("  ").append(typed ? Colours.bold(help.ansi(), line) : line).append('\n');
    }
    return text.toString();
  }
}
