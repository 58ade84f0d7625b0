package dev.sessionrelay;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know which. A package that is not in the table may not be there. */
class ArchitectureTest {
    private static final String BASE = "dev.sessionrelay";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    /** Each package, children included, and those that it may know: all of them stand above it. */
    private static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("failure", List.of()),
            Map.entry("process", List.of()),
            Map.entry("text", List.of()),
            Map.entry("json", List.of("text")),
            Map.entry("text.mask", List.of("json")),
            Map.entry("io.file", List.of("failure", "process")),
            Map.entry("io", List.of("failure", "text", "io.file")),
            Map.entry("archive", List.of("failure", "text", "io")),
            Map.entry("transcript", List.of("failure", "text", "json", "io.file", "io")),
            Map.entry("session", List.of("failure", "text", "json", "io", "archive", "transcript")),
            Map.entry("http", List.of("failure", "text")),
            Map.entry("github", List.of("failure", "process", "text", "http")),
            Map.entry("git.checkout", List.of("io.file")),
            Map.entry(
                    "store",
                    List.of("failure", "text", "io.file", "io", "transcript", "session", "http", "git.checkout")),
            Map.entry("git", List.of("failure", "text", "io.file", "io", "http", "github", "store")),
            Map.entry("plan", List.of("failure", "text", "http", "github")),
            Map.entry("protect.key", List.of("text", "io")),
            Map.entry("protect.redact", List.of("failure", "text", "io.file", "io", "transcript", "session")),
            Map.entry(
                    "protect.seal",
                    List.of(
                            "failure",
                            "text",
                            "io.file",
                            "io",
                            "transcript",
                            "session",
                            "http",
                            "github",
                            "protect.key")),
            Map.entry(
                    "protect.sign",
                    List.of("failure", "text", "io.file", "io", "http", "protect.key", "protect.seal", "store")),
            Map.entry(
                    "agent.claude",
                    List.of("failure", "text", "json", "io.file", "io", "transcript", "session", "protect.redact")),
            Map.entry("transcript.merge", List.of("io", "transcript", "session", "agent.claude")),
            Map.entry("store.folder", List.of("failure", "io.file", "io", "transcript", "session", "store")),
            Map.entry(
                    "store.git",
                    List.of(
                            "failure",
                            "text",
                            "io",
                            "transcript",
                            "session",
                            "http",
                            "github",
                            "git.checkout",
                            "git",
                            "store")),
            Map.entry(
                    "store.gist",
                    List.of("failure", "io.file", "io", "transcript", "session", "http", "github", "git", "store")),
            Map.entry(
                    "store.release",
                    List.of("failure", "text", "io.file", "io", "transcript", "session", "http", "github", "store")),
            Map.entry(
                    "store.artifact",
                    List.of("failure", "io.file", "io", "transcript", "session", "http", "github", "store")),
            Map.entry("store.auto", List.of("failure", "session", "http", "github", "store")),
            Map.entry(
                    "store.sealed",
                    List.of(
                            "failure",
                            "text",
                            "io.file",
                            "io",
                            "transcript",
                            "session",
                            "http",
                            "protect.key",
                            "protect.seal",
                            "protect.sign",
                            "store")),
            Map.entry(
                    "stores",
                    List.of(
                            "failure",
                            "text",
                            "store",
                            "store.folder",
                            "store.git",
                            "store.gist",
                            "store.release",
                            "store.artifact",
                            "store.auto")),
            Map.entry(
                    "relay.trust",
                    List.of(
                            "failure",
                            "text",
                            "session",
                            "protect.key",
                            "protect.sign",
                            "agent.claude",
                            "store",
                            "store.sealed")),
            Map.entry(
                    "relay",
                    List.of(
                            "failure",
                            "io.file",
                            "io",
                            "transcript",
                            "session",
                            "transcript.merge",
                            "http",
                            "git.checkout",
                            "plan",
                            "protect.redact",
                            "agent.claude",
                            "store",
                            "store.sealed",
                            "relay.trust")),
            Map.entry("action.docker", List.of("process", "json", "io.file", "io")),
            Map.entry(
                    "action.runner",
                    List.of(
                            "failure",
                            "process",
                            "text",
                            "text.mask",
                            "json",
                            "io.file",
                            "transcript",
                            "git.checkout",
                            "protect.redact",
                            "agent.claude",
                            "store",
                            "relay")),
            Map.entry(
                    "action.home",
                    List.of(
                            "failure",
                            "text",
                            "io.file",
                            "transcript",
                            "agent.claude",
                            "action.docker",
                            "action.runner")),
            Map.entry(
                    "action",
                    List.of(
                            "failure",
                            "process",
                            "text",
                            "text.mask",
                            "io.file",
                            "io",
                            "transcript",
                            "session",
                            "http",
                            "plan",
                            "protect.redact",
                            "agent.claude",
                            "store",
                            "store.sealed",
                            "stores",
                            "relay.trust",
                            "relay",
                            "action.runner",
                            "action.home")),
            Map.entry(
                    "cli",
                    List.of(
                            "failure",
                            "process",
                            "text",
                            "text.mask",
                            "json",
                            "io.file",
                            "io",
                            "transcript",
                            "session",
                            "http",
                            "git.checkout",
                            "plan",
                            "protect.redact",
                            "agent.claude",
                            "store",
                            "store.sealed",
                            "stores",
                            "relay.trust",
                            "relay")));

    private static final String[] KINDS = Stream.of("folder", "git", "gist", "release", "artifact", "auto")
            .map(kind -> BASE + ".store." + kind)
            .toArray(String[]::new);

    private static final Set<String> READING = Set.of(
            "readAllBytes",
            "readString",
            "readAllLines",
            "lines",
            "newInputStream",
            "newBufferedReader",
            "newByteChannel");

    /** Who makes a new file, or gets a folder written down, opens no file of others. */
    private static final Set<String> WRITING =
            Set.of(".io.file.WholeFile", ".io.file.LivingFile", ".io.file.PrivateFolder", ".git.LooseObjects");

    private static final DescribedPredicate<JavaMethodCall> READS_A_FILE =
            DescribedPredicate.describe("read a file", call -> {
                String owner = call.getTargetOwner().getName();
                String name = call.getTarget().getName();
                List<String> types = call.getTarget().getRawParameterTypes().stream()
                        .map(JavaClass::getName)
                        .toList();
                return switch (owner) {
                    case "java.nio.file.Files" ->
                        READING.contains(name) || (name.equals("copy") && types.contains("java.io.OutputStream"));
                    case "java.nio.channels.FileChannel" ->
                        name.equals("open")
                                && !WRITING.contains(
                                        call.getOriginOwner().getName().substring(BASE.length()));
                    case "com.fasterxml.jackson.core.JsonFactory", "com.fasterxml.jackson.databind.ObjectMapper" ->
                        types.contains("java.io.File");
                    default -> false;
                };
            });

    /** A zip is opened by the one that has just written it. */
    private static final DescribedPredicate<JavaConstructorCall> OPENS_A_FILE = DescribedPredicate.describe(
            "open a file",
            call -> Set.of(
                                    "java.io.FileInputStream",
                                    "java.io.FileReader",
                                    "java.io.RandomAccessFile",
                                    "java.util.zip.ZipFile",
                                    "java.util.Scanner")
                            .contains(call.getTargetOwner().getName())
                    && !call.getOriginOwner().getName().equals(BASE + ".store.artifact.Unzipping"));

    static Set<String> packages() {
        return ALLOWED.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void knowsOnlyWhatItMay(String name) {
        DescribedPredicate<JavaClass> allowed =
                resideOutsideOfPackage(BASE + "..").or(resideInAPackage(BASE + "." + name));
        for (String other : ALLOWED.get(name)) {
            allowed = allowed.or(resideInAPackage(BASE + "." + other));
        }
        classes()
                .that()
                .resideInAPackage(BASE + "." + name)
                .should()
                .onlyDependOnClassesThat(allowed.as("are in " + ALLOWED.get(name)))
                .check(CLASSES);
    }

    @Test
    void hasNoPackagesBesideThese() {
        Set<String> found = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(BASE))
                .map(name -> name.substring(BASE.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found).isEqualTo(new TreeSet<>(ALLOWED.keySet()));
    }

    @Test
    void hasNoCyclesBetweenPackagesNorTheirChildren() {
        slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void usesEachTypeNameOnce() {
        Map<String, Long> uses = CLASSES.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.isEmpty() && !name.equals("package-info"))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        assertThat(uses).allSatisfy((name, count) -> assertThat(count).as(name).isEqualTo(1));
    }

    @Test
    void hasNoStoreThatKnowsAnother() {
        slices().matching(BASE + ".store.(*)..").should().notDependOnEachOther().check(CLASSES);
    }

    @Test
    void hasNoContractThatKnowsGitHub() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".store")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE + ".github..")
                .check(CLASSES);
    }

    /** It takes its time to load, and stores that are not on GitHub do without. */
    @Test
    void keepsGitHubsLibraryToThoseWhoCallGitHub() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        BASE + ".github",
                        BASE + ".plan",
                        BASE + ".protect.seal",
                        BASE + ".store.auto",
                        BASE + ".store.release")
                .and()
                .doNotHaveFullyQualifiedName(BASE + ".store.git.Review")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.kohsuke..")
                .check(CLASSES);
    }

    /** A new store is a package and one line in the list of them. */
    @Test
    void namesTheStoresInOnePlaceOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(KINDS)
                .and()
                .doNotHaveFullyQualifiedName(BASE + ".stores.Stores")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KINDS)
                .check(CLASSES);
    }

    @Test
    void keepsTheProcessOutOfEverythingButTheTwoContexts() {
        noClasses()
                .that()
                .doNotHaveSimpleName("CliContext")
                .and()
                .doNotHaveSimpleName("ActionContext")
                .and()
                .doNotHaveSimpleName("Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    /** Who reads a file in another way may wait for a pipe for ever, read a device without end, or follow a link. */
    @Test
    void readsFilesThroughOneDoorOnly() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(BASE + ".io.file.PlainFile")
                .should()
                .callMethodWhere(READS_A_FILE)
                .orShould()
                .callConstructorWhere(OPENS_A_FILE)
                .check(CLASSES);
    }

    @Test
    void hasNoDrawerForOddments() {
        String[] names = {"util", "utils", "common", "helper", "helpers", "misc"};

        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .noneMatch(name -> Arrays.stream(names).anyMatch(odd -> name.endsWith("." + odd)));
        assertThat(CLASSES.stream().map(JavaClass::getSimpleName))
                .noneMatch(name -> name.endsWith("Utils") || name.endsWith("Util") || name.endsWith("Helper"));
    }
}
