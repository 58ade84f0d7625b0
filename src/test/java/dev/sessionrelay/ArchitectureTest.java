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

    private static final List<String> VALUES = List.of(
            "output", "flow", "store", "claude", "bundle", "prepare", "merge", "plan", "disk", "failure", "process");

    private static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("failure", List.of()),
            Map.entry("process", List.of()),
            Map.entry("disk", List.of("failure", "process")),
            Map.entry("bundle", List.of("disk", "failure")),
            Map.entry("claude", List.of("bundle", "disk", "failure")),
            Map.entry("ssh", List.of("bundle", "failure")),
            // Whom a session is sealed to may be a user of GitHub, whose keys have to be asked for.
            Map.entry("prepare", List.of("claude", "bundle", "disk", "ssh", "github", "http", "failure")),
            Map.entry("plan", List.of("bundle", "failure", "github", "http")),
            Map.entry("merge", List.of("bundle", "claude", "failure")),
            Map.entry("output", List.of("bundle")),
            Map.entry("http", List.of("bundle", "failure")),
            Map.entry("github", List.of("bundle", "http", "failure", "process")),
            // A store that others write to finds transcripts that came without a manifest, and has to read them.
            Map.entry("store", List.of("bundle", "claude", "disk", "failure", "github", "http")),
            Map.entry(
                    "flow",
                    List.of("claude", "bundle", "prepare", "merge", "store", "plan", "ssh", "http", "disk", "failure")),
            Map.entry("cli", VALUES),
            Map.entry(
                    "action", Stream.concat(VALUES.stream(), Stream.of("http")).toList()));

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
            Set.of(".disk.WholeFile", ".disk.LivingFile", ".disk.PrivateFolder", ".store.git.wire.LooseObjects");

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
                resideOutsideOfPackage(BASE + "..").or(resideInAPackage(BASE + "." + name + ".."));
        for (String other : ALLOWED.get(name)) {
            allowed = allowed.or(resideInAPackage(BASE + "." + other + ".."));
        }
        classes()
                .that()
                .resideInAPackage(BASE + "." + name + "..")
                .should()
                .onlyDependOnClassesThat(allowed.as("are in " + ALLOWED.get(name)))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void hasNoPackagesBesideThese() {
        Set<String> found = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(BASE))
                .map(name -> name.substring(BASE.length() + 1).split("\\.", -1)[0])
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ALLOWED.keySet()).containsAll(found);
    }

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void hasNoStoreThatKnowsAnother() {
        // Gists are git repositories as well, and what is too large for their other address is fetched as from any.
        slices().matching(BASE + ".store.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(resideInAPackage(BASE + ".store.gist"), resideInAPackage(BASE + ".store.git.wire"))
                .check(CLASSES);
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
                        BASE + ".prepare.seal",
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
                .resideOutsideOfPackage(BASE + ".store.*..")
                .and()
                .doNotHaveFullyQualifiedName(BASE + ".store.Stores")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE + ".store.*..")
                .check(CLASSES);
    }

    @Test
    void keepsTheProcessOutOfEverythingButTheWorldAndTheRunner() {
        noClasses()
                .that()
                .doNotHaveSimpleName("World")
                .and()
                .doNotHaveSimpleName("Runner")
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
                .doNotHaveFullyQualifiedName(BASE + ".disk.PlainFile")
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
