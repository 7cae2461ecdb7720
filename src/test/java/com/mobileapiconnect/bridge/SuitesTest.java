package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.StoredDeliveries;
import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every suite that stores something runs on both databases, or stands here with its reason. */
@AnalyzeClasses(
        packages = "com.mobileapiconnect.bridge",
        importOptions = {ArchitectureTest.WithoutBench.class, SuitesTest.TestsAlone.class})
class SuitesTest {

    static final class TestsAlone implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return location.contains("/test-classes/");
        }
    }

    private static final Set<Class<?>> WHAT_STORES =
            Set.of(RunningBridge.class, JdbcStore.class, Database.class, StoredDeliveries.class);

    private static final String CALLS =
            "is about calls and their options; RestartTest and DeliveryTest hold what is kept of them";
    private static final String BOTH = "goes over both databases by itself";
    private static final String EMBEDDED = "is about the files of the embedded database";
    private static final String POSTGRESQL = "is about PostgreSQL alone";
    private static final String IN_MEMORY = "is about what no database knows of";

    private static final Map<String, String> ON_ONE = Map.ofEntries(
            Map.entry("sql.SqlInsertTest", "goes over databases of customers; the bridge's own has no part in it"),
            Map.entry("drop.FileDropTest", "is about files"),
            Map.entry("drop.FileDropRestartTest", "is about what is read at the start"),
            Map.entry("webhook.BadReceiversTest", CALLS),
            Map.entry("webhook.WebhookSenderContractTest", CALLS),
            Map.entry("webhook.HttpOptionsTest", CALLS),
            Map.entry("webhook.ProxyTest", CALLS),
            Map.entry("odata.ODataAnswersTest", CALLS),
            Map.entry("odata.OlingoTrapsTest", CALLS),
            Map.entry("odata.DataverseRowTest", CALLS),
            Map.entry("odata.DataverseFindingsTest", CALLS),
            Map.entry("odata.OperationsEntityTest", CALLS),
            Map.entry("odata.DynamicsConnectionsTest", CALLS),
            Map.entry("fhir.FhirCommunicationTest", CALLS),
            Map.entry("odoo.OdooRecordTest", CALLS),
            Map.entry("odoo.OdooRepeatTest", CALLS),
            Map.entry("odoo.OdooConnectionTest", CALLS),
            Map.entry("frappe.ErpNextTest", CALLS),
            Map.entry("frappe.ErpNextRepeatTest", CALLS),
            Map.entry("frappe.ErpNextConnectionTest", CALLS),
            Map.entry("netsuite.NetSuiteRecordTest", CALLS),
            Map.entry("netsuite.NetSuiteConnectionsTest", CALLS),
            Map.entry("tryton.TrytonRecordTest", CALLS),
            Map.entry("tryton.TrytonLoginTest", CALLS),
            Map.entry("tryton.TrytonConnectionTest", CALLS),
            Map.entry("request.HttpRequestTest", CALLS),
            Map.entry("lane.SendsTest", CALLS),
            Map.entry("lane.StuckTest", CALLS),
            Map.entry("lane.StuckStepsTest", CALLS),
            Map.entry("lane.ManyCallsTest", CALLS),
            Map.entry("lane.LoopCallsTest", CALLS),
            Map.entry("lane.TenantPlacesTest", CALLS),
            Map.entry("outgoing.PushTurnsTest", CALLS),
            Map.entry("webhook.SilentNamesTest", CALLS),
            Map.entry("webhook.TakenAwayNetworksTest", CALLS),
            Map.entry("OddRequestsTest", "is about requests that reach nothing that is stored"),
            Map.entry("UnknownParametersTest", "is about requests that reach nothing that is stored"),
            Map.entry("StartRefusalsTest", "is about starts that fail"),
            Map.entry(
                    "config.ConfigSchemaTest", "is about the text of a file; WholeConfigTest holds what is kept of it"),
            Map.entry("server.WorkDirectoryTest", "is about the directories of the HTTP server"),
            Map.entry("tenant.AccessTest", IN_MEMORY),
            Map.entry("portal.PhonePageTest", IN_MEMORY),
            Map.entry("portal.LiveTest", IN_MEMORY),
            Map.entry("portal.PortalTest", IN_MEMORY),
            Map.entry("portal.PortalTypedTest", IN_MEMORY),
            Map.entry("portal.PortalSessionsTest", IN_MEMORY),
            Map.entry("portal.PortalBuildTest", "is about pages; the suites of the API hold what is stored"),
            Map.entry("portal.PortalHomeTest", "is about pages; the suites of the API hold what is stored"),
            Map.entry("portal.PortalAppTest", "is about pages; the suites of the API hold what is stored"),
            Map.entry("portal.PortalNamesTest", "is about pages; the suites of the API hold what is stored"),
            Map.entry("portal.PortalSmsTest", "is about pages; the suites of the API hold what is stored"),
            Map.entry("portal.PortalUploadTest", "is about pages; the suites of the API hold what is stored"),
            Map.entry("portal.PortalPolicyTest", "is about pages; the suites of the API hold what is stored"),
            Map.entry("portal.PortalTalkTest", "is about pages; the suites of the API hold what is stored"),
            Map.entry("portal.PortalListsTest", "is about pages; the suites of the API hold what is stored"),
            Map.entry("portal.PortalLockoutTest", IN_MEMORY),
            Map.entry("portal.PortalWordsTest", "is about pages; the suites of the API hold what is stored"),
            Map.entry("portal.PortalEscapingTest", "is about pages; the suites of the API hold what is stored"),
            Map.entry("portal.PortalOperatorTest", "is about pages; the suites of the API hold what is stored"),
            Map.entry("route.RouteCompletionsTest", "is about a text that nobody stores"),
            Map.entry("plugin.PluginsTest", "is about what is found at the start"),
            Map.entry("kamelet.ConnectionTestsTest", "is about calls that store nothing"),
            Map.entry("kamelet.InstancesTest", "is about what runs; KameletConnectorsTest holds what is kept"),
            Map.entry("kamelet.ApiFileTest", "is about an example; KameletConnectorsTest holds what is kept"),
            Map.entry("kamelet.OneFileTest", "is about an example; KameletConnectorsTest holds what is kept"),
            Map.entry("kamelet.AnswersOfRoutesTest", "is about routes; AnswerSmsTest holds what is kept"),
            Map.entry("connector.ConnectorsTest", "is about starts that fail"),
            Map.entry("route.SavedFilesTest", EMBEDDED),
            Map.entry("route.BrokenStartsTest", "is about starts that fail; RoutesApiTest holds what is kept"),
            Map.entry("kamelet.InboundKameletsTest", "is about files; HttpJsonTest holds what is kept of a mapped SMS"),
            Map.entry("route.IntakeStepsTest", "is about threads; InboundTest holds what is kept of a message"),
            Map.entry("hook.HookTest", "is about requests; RouteCaptureTest holds what is kept of a capture"),
            Map.entry("route.SharedRoutesTest", POSTGRESQL),
            Map.entry("route.FetchingTest", "is about what runs; RoutesApiTest holds what is kept"),
            Map.entry("route.SwapsTest", "is about what runs; RoutesApiTest holds what is kept"),
            Map.entry("route.RuleLanguageTest", "is about routes; DeliveryTest holds what becomes of a delivery"),
            Map.entry("rulebook.AnswersTest", "is about the bytes of answers; RuleApiTest holds what is kept of rules"),
            Map.entry("intake.IntakePropertiesTest", BOTH),
            Map.entry("store.RegisterPropertyTest", BOTH),
            Map.entry("store.SchemaTest", BOTH),
            Map.entry("store.LossTest", EMBEDDED),
            Map.entry("store.LogForceTest", EMBEDDED),
            Map.entry("store.FilesGoneTest", EMBEDDED),
            Map.entry("store.DamageWhileRunningTest", EMBEDDED),
            Map.entry("store.SqliteCopyTest", EMBEDDED),
            Map.entry("backup.BackupTest", EMBEDDED),
            Map.entry("store.TidyingTest", EMBEDDED),
            Map.entry("store.SqliteTidyingTest", EMBEDDED),
            Map.entry("tenant.ForwardedAddressTest", IN_MEMORY),
            Map.entry("store.PostgresDialectTest", POSTGRESQL),
            Map.entry("store.StandbyTest", POSTGRESQL),
            Map.entry("StartOnPostgresTest", POSTGRESQL),
            Map.entry("PostgresKilledTest", POSTGRESQL),
            Map.entry("PostgresHungTest", POSTGRESQL),
            Map.entry("MetricsTest", IN_MEMORY),
            Map.entry("outgoing.WaitingPhonesTest", IN_MEMORY),
            Map.entry("outgoing.OutgoingPlansTest", EMBEDDED),
            Map.entry("door.DoorsTest", IN_MEMORY),
            Map.entry("server.WatchTest", IN_MEMORY),
            Map.entry("server.SlowBodiesTest", IN_MEMORY));

    @ArchTest
    static void everySuiteThatStoresRunsOnBothDatabases(JavaClasses classes) {
        Set<String> onOne = new TreeSet<>();
        for (JavaClass type : classes) {
            JavaClass suite = outermost(type);
            if (isUnitTest(suite)
                    && family(type).anyMatch(SuitesTest::stores)
                    && family(suite).noneMatch(each -> each.isAnnotatedWith(OnBothDatabases.class))) {
                onOne.add(suite.getName().substring("com.mobileapiconnect.bridge.".length()));
            }
        }
        assertThat(onOne).containsExactlyInAnyOrderElementsOf(ON_ONE.keySet());
    }

    /** The class and those that it extends. */
    private static Stream<JavaClass> family(JavaClass type) {
        return Stream.concat(Stream.of(type), type.getAllRawSuperclasses().stream());
    }

    private static boolean stores(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> WHAT_STORES.stream().anyMatch(dependency.getTargetClass()::isEquivalentTo));
    }

    /** Suites of {@code *IT} run the packaged jar on whatever it is told to use. */
    private static boolean isUnitTest(JavaClass type) {
        return type.getSimpleName().endsWith("Test") && !type.getSimpleName().equals("SuitesTest");
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(SuitesTest::outermost).orElse(type);
    }
}
