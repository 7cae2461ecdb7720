package com.mobileapiconnect.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;

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
    static final ArchRule PACKAGES_DEPEND_AS_THE_DESIGN_SAYS = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(BASE + "..")
            .layer("message")
            .definedBy(BASE + ".message..")
            .layer("guard")
            .definedBy(BASE + ".guard..")
            .layer("rule")
            .definedBy(BASE + ".rule..")
            .layer("store")
            .definedBy(BASE + ".store..")
            .layer("secret")
            .definedBy(BASE + ".secret..")
            .layer("api")
            .definedBy(BASE + ".api..")
            .layer("tenant")
            .definedBy(BASE + ".tenant..")
            .layer("device")
            .definedBy(BASE + ".device..")
            .layer("target")
            .definedBy(BASE + ".target..")
            .layer("outbox")
            .definedBy(BASE + ".outbox..")
            .layer("reply")
            .definedBy(BASE + ".reply..")
            .layer("email")
            .definedBy(BASE + ".email..")
            .layer("rulebook")
            .definedBy(BASE + ".rulebook..")
            .layer("retention")
            .definedBy(BASE + ".retention..")
            .layer("intake")
            .definedBy(BASE + ".intake..")
            .layer("webhook")
            .definedBy(BASE + ".webhook..")
            .layer("route")
            .definedBy(BASE + ".route..")
            .layer("root")
            .definedBy(BASE)
            .whereLayer("message")
            .mayNotAccessAnyLayer()
            .whereLayer("guard")
            .mayNotAccessAnyLayer()
            .whereLayer("rule")
            .mayOnlyAccessLayers("message")
            .whereLayer("store")
            .mayNotAccessAnyLayer()
            .whereLayer("secret")
            .mayOnlyAccessLayers("store")
            .whereLayer("api")
            .mayOnlyAccessLayers("store", "message")
            .whereLayer("tenant")
            .mayOnlyAccessLayers("api", "guard", "message", "secret", "store")
            .whereLayer("device")
            .mayOnlyAccessLayers("tenant", "api", "guard", "message", "secret", "store")
            .whereLayer("target")
            .mayOnlyAccessLayers("rule", "tenant", "api", "guard", "message", "secret", "store")
            .whereLayer("outbox")
            .mayOnlyAccessLayers("target", "device", "rule", "tenant", "api", "guard", "message", "secret", "store")
            .whereLayer("reply")
            .mayOnlyAccessLayers(
                    "outbox", "target", "device", "rule", "tenant", "api", "guard", "message", "secret", "store")
            .whereLayer("email")
            .mayOnlyAccessLayers(
                    "outbox", "target", "device", "rule", "tenant", "api", "guard", "message", "secret", "store")
            .whereLayer("rulebook")
            .mayOnlyAccessLayers("rule", "device", "target", "tenant", "api", "guard", "message", "secret", "store")
            .whereLayer("retention")
            .mayOnlyAccessLayers(
                    "outbox", "target", "device", "rule", "tenant", "api", "guard", "message", "secret", "store")
            .whereLayer("intake")
            .mayOnlyAccessLayers(
                    "rulebook",
                    "reply",
                    "outbox",
                    "target",
                    "device",
                    "rule",
                    "tenant",
                    "api",
                    "guard",
                    "message",
                    "secret",
                    "store")
            .whereLayer("webhook")
            .mayOnlyAccessLayers(
                    "reply", "outbox", "target", "device", "rule", "tenant", "api", "guard", "message", "secret",
                    "store")
            .whereLayer("route")
            .mayOnlyAccessLayers("rule", "message")
            .whereLayer("root")
            .mayNotBeAccessedByAnyLayer()
            .ignoreDependency(TESTS, DescribedPredicate.alwaysTrue());

    @ArchTest
    static final ArchRule NO_CYCLES = SlicesRuleDefinition.slices()
            .matching(BASE + ".(*)..")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(TESTS, DescribedPredicate.alwaysTrue());

    @ArchTest
    static final ArchRule PURE_PACKAGES_KNOW_NO_FRAMEWORK = noClasses()
            .that(PRODUCT)
            .and()
            .resideInAnyPackage(BASE + ".message..", BASE + ".guard..", BASE + ".rule..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.camel..");

    @ArchTest
    static final ArchRule CAMEL_IS_WHERE_ROUTES_MEET_THE_BRIDGE = noClasses()
            .that(PRODUCT)
            .and()
            .resideOutsideOfPackages(
                    BASE + ".intake..", BASE + ".outbox..", BASE + ".webhook..", BASE + ".email..", BASE + ".route..")
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
    static final ArchRule NOBODY_SLEEPS = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .because("what is awaited has a name: wait for it with Eventually");
}
