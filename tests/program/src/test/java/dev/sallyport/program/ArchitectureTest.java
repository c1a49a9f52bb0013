package dev.sallyport.program;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the arrows between the modules: what may depend on what. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.sallyport");

  /** Each module's packages, and those of the modules that it may use. */
  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          Map.entry(
              "dev.sallyport.servlet..", List.of("dev.sallyport.origin..", "dev.sallyport.cors..")),
          Map.entry(
              "dev.sallyport.jdkhttpserver..",
              List.of("dev.sallyport.origin..", "dev.sallyport.cors..")),
          Map.entry("dev.sallyport.origin..", List.of()),
          Map.entry("dev.sallyport.cors..", List.of("dev.sallyport.origin..")),
          Map.entry("dev.sallyport.url..", List.of("dev.sallyport.origin..")),
          Map.entry(
              "dev.sallyport.embed..",
              List.of(
                  "dev.sallyport.origin..",
                  "dev.sallyport.cors..",
                  "dev.sallyport.url..",
                  "dev.sallyport.fetch..")),
          Map.entry(
              "dev.sallyport.fetch..",
              List.of("dev.sallyport.origin..", "dev.sallyport.cors..", "dev.sallyport.url..")),
          Map.entry(
              "dev.sallyport.doctor..",
              List.of(
                  "dev.sallyport.origin..",
                  "dev.sallyport.cors..",
                  "dev.sallyport.url..",
                  "dev.sallyport.fetch..",
                  "dev.sallyport.embed..")),
          Map.entry(
              "dev.sallyport.netty..", List.of("dev.sallyport.origin..", "dev.sallyport.cors..")),
          Map.entry(
              "dev.sallyport.gateway..",
              List.of(
                  "dev.sallyport.origin..",
                  "dev.sallyport.cors..",
                  "dev.sallyport.url..",
                  "dev.sallyport.netty..")),
          Map.entry("dev.sallyport.program..", List.of()),
          Map.entry(
              "dev.sallyport.cli..",
              List.of(
                  "dev.sallyport.origin..",
                  "dev.sallyport.cors..",
                  "dev.sallyport.url..",
                  "dev.sallyport.fetch..",
                  "dev.sallyport.embed..",
                  "dev.sallyport.doctor..",
                  "dev.sallyport.gateway..")));

  static List<String> packages() {
    return ARROWS.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void anArrowPointsOnlyAtWhatIsDependedOn(String from) {
    String[] forbidden =
        ARROWS.keySet().stream()
            .filter(
                other ->
                    !other.equals(from) && !ARROWS.getOrDefault(from, List.of()).contains(other))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .check(CLASSES);
  }

  @Test
  void coreDependsOnNothingButTheJdk() {
    classes()
        .that()
        .resideInAnyPackage("dev.sallyport.origin..", "dev.sallyport.cors..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "org.jspecify..", "dev.sallyport.origin..", "dev.sallyport.cors..")
        .check(CLASSES);
  }

  @Test
  void everyClassStandsInAModuleThatIsDrawn() {
    classes().should().resideInAnyPackage(packages().toArray(String[]::new)).check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.sallyport.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyModuleWasSeen() {
    for (String name : packages()) {
      String prefix = name.substring(0, name.length() - 2);
      assertThat(CLASSES.stream().filter(each -> each.getPackageName().startsWith(prefix)))
          .as(name)
          .isNotEmpty();
    }
  }
}
