package com.mobileapiconnect.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.architecture.MayUse;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;

/** The arrows of docs/design.md, and the habits of the house. */
@AnalyzeClasses(packages = "com.mobileapiconnect.bridge", importOptions = ArchitectureTest.WithoutBench.class)
class ArchitectureTest {

    private static final String BASE = "com.mobileapiconnect.bridge";

    /** The benchmarks measure wall clocks and print. */
    static final class WithoutBench implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/bridge/bench/") && !location.contains("/bridge/crash/");
        }
    }

    /** Whatever lies where this class lies. */
    private static final String TEST_CLASSES = ArchitectureTest.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .getPath();

    private static final DescribedPredicate<JavaClass> TESTS =
            DescribedPredicate.describe("tests", type -> type.getSource()
                    .filter(source -> source.getUri().getPath().startsWith(TEST_CLASSES))
                    .isPresent());

    private static final DescribedPredicate<JavaClass> PRODUCT =
            DescribedPredicate.not(TESTS).as("the product");

    @ArchTest
    static void packagesUseWhatTheyDeclare(JavaClasses classes) {
        Map<String, Set<String>> declared = new TreeMap<>();
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass type : classes.that(PRODUCT)) {
            String room = room(type);
            if (type.getSimpleName().equals("package-info") && !room.isEmpty()) {
                declared.put(room, new TreeSet<>(List.of(mayUse(type))));
            } else if (!room.isEmpty()) {
                Set<String> rooms = used.computeIfAbsent(room, any -> new TreeSet<>());
                type.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .filter(target -> target.getPackageName().startsWith(BASE))
                        .map(ArchitectureTest::room)
                        .filter(other -> !other.equals(room))
                        .forEach(rooms::add);
            }
        }
        assertThat(used.keySet()).as("packages with a package-info").isEqualTo(declared.keySet());
        used.forEach(
                (room, rooms) -> assertThat(rooms).as("what " + room + " uses").isEqualTo(declared.get(room)));
    }

    /** The package below the root; empty for the root itself, which wires all of them and is used by none. */
    private static String room(JavaClass type) {
        String below = type.getPackageName().substring(BASE.length());
        return below.isEmpty() ? "" : below.substring(1).split("\\.")[0];
    }

    private static String[] mayUse(JavaClass packageInfo) {
        return packageInfo.getAnnotationOfType(MayUse.class).value();
    }

    @ArchTest
    static void noCycles(JavaClasses classes) {
        SlicesRuleDefinition.slices()
                .matching(BASE + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes.that(PRODUCT));
    }

    /** Files of one package that need each other are one thing in several files. A sealed family may be. */
    @ArchTest
    static void noFilesOfAPackageNeedEachOther(JavaClasses classes) {
        Map<String, Set<String>> needs = new TreeMap<>();
        for (JavaClass type : classes.that(PRODUCT)) {
            Set<String> needed = needs.computeIfAbsent(file(type).getName(), any -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .filter(other -> other.getPackageName().equals(type.getPackageName()) && !permits(type, other))
                    .map(other -> file(other).getName())
                    .filter(other -> !other.equals(file(type).getName()))
                    .forEach(needed::add);
        }
        Set<String> inCircles = new TreeSet<>();
        needs.keySet().stream().filter(name -> reaches(needs, name, name)).forEach(inCircles::add);
        assertThat(inCircles).as("files in circles within their package").isEmpty();
    }

    private static JavaClass file(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::file).orElse(type);
    }

    private static boolean permits(JavaClass type, JavaClass other) {
        Class<?>[] permitted = type.reflect().getPermittedSubclasses();
        return permitted != null && Stream.of(permitted).anyMatch(other::isEquivalentTo);
    }

    private static boolean reaches(Map<String, Set<String>> needs, String from, String to) {
        Deque<String> left = new ArrayDeque<>(needs.get(from));
        Set<String> seen = new TreeSet<>();
        while (!left.isEmpty()) {
            String next = left.pop();
            if (next.equals(to)) {
                return true;
            }
            if (seen.add(next)) {
                left.addAll(needs.getOrDefault(next, Set.of()));
            }
        }
        return false;
    }

    @ArchTest
    static final ArchRule PURE_PACKAGES_KNOW_NO_FRAMEWORK = noClasses()
            .that(PRODUCT)
            .and()
            .resideInAnyPackage(BASE + ".message..", BASE + ".guard..", BASE + ".rule..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.camel..");

    /** The start does not read files of nested classes; Spring finds those within a bean by that one. */
    @ArchTest
    static void beansAreNestedInBeansAlone(JavaClasses classes) {
        assertThat(classes.that(PRODUCT).stream()
                        .filter(type -> type.getEnclosingClass()
                                .filter(outer -> isBean(type) && !isBean(outer))
                                .isPresent())
                        .map(JavaClass::getName))
                .isEmpty();
    }

    private static boolean isBean(JavaClass type) {
        return AnnotatedElementUtils.hasAnnotation(type.reflect(), Component.class);
    }

    /** Otherwise a start would have to look for them in every class. */
    @ArchTest
    static void settingsAreNamedByWhoUsesThem(JavaClasses classes) {
        Set<String> named = new TreeSet<>();
        classes.that(PRODUCT).stream()
                .filter(type -> type.isAnnotatedWith(EnableConfigurationProperties.class))
                .flatMap(type -> Stream.of(type.reflect()
                        .getAnnotation(EnableConfigurationProperties.class)
                        .value()))
                .forEach(settings -> named.add(settings.getName()));
        Set<String> all = new TreeSet<>();
        classes.that(PRODUCT).stream()
                .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
                .forEach(type -> all.add(type.getName()));
        assertThat(named).as("settings in an @EnableConfigurationProperties").isEqualTo(all);
    }

    @ArchTest
    static final ArchRule CAMEL_IS_WHERE_ROUTES_MEET_THE_BRIDGE = noClasses()
            .that(PRODUCT)
            .and()
            .resideOutsideOfPackages(
                    BASE + ".entry..",
                    BASE + ".hook..",
                    BASE + ".intake..",
                    BASE + ".lane..",
                    BASE + ".webhook..",
                    BASE + ".email..",
                    BASE + ".erp..",
                    BASE + ".kamelet..",
                    BASE + ".route..",
                    BASE + ".plugin..",
                    BASE + ".trial..",
                    BASE + ".erp..",
                    BASE + ".kamelet..",
                    BASE + ".odata..")
            .and()
            .doNotHaveFullyQualifiedName(BASE + ".Wiring")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule THE_CLOCK_IS_INJECTED = noClasses()
            .that(PRODUCT)
            .and()
            .doNotHaveFullyQualifiedName(BASE + ".Wiring")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone");

    @ArchTest
    static final ArchRule ONLY_THE_FIRST_RUN_PRINTS = noClasses()
            .that(PRODUCT)
            .and()
            .doNotHaveFullyQualifiedName(BASE + ".FirstRun")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule THREADS_ARE_MADE_IN_ONE_PLACE = noClasses()
            .that(PRODUCT)
            .and()
            .resideOutsideOfPackage(BASE + ".thread..")
            .should()
            .callConstructorWhere(DescribedPredicate.describe(
                    "it makes a thread or a pool",
                    call -> call.getTargetOwner().isAssignableTo(Thread.class)
                            || call.getTargetOwner().isAssignableTo(ThreadPoolExecutor.class)))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Executors.class)
            .because("Threads makes them, named and listed");

    private static final DescribedPredicate<JavaMethodCall> LET_TIME_PASS = DescribedPredicate.describe(
            "let time pass", call -> switch (call.getTargetOwner().getSimpleName()) {
                case "Thread", "TimeUnit" -> Set.of("sleep", "timedWait").contains(call.getName());
                case "LockSupport" -> Set.of("parkNanos", "parkUntil").contains(call.getName());
                default ->
                    call.getName().equals("wait")
                            && call.getTargetOwner().isEquivalentTo(Object.class)
                            && !call.getTarget().getRawParameterTypes().isEmpty();
            });

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses()
            .that()
            .doNotHaveSimpleName("Quiet") // waits for a monitor, and is notified
            .should()
            .callMethodWhere(LET_TIME_PASS)
            .because("what is awaited has a name: wait for it with Eventually");
}
