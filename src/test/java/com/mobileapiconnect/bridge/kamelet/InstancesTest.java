package com.mobileapiconnect.bridge.kamelet;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.connector.Kind;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.kamelet.Instances.Instance;
import com.mobileapiconnect.bridge.route.Templates;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes of connections are made on demand, ended when idle, and bounded. */
class InstancesTest {

    private static final int MOST = 8;

    static RunningBridge bridge;
    static Templates templates;

    private Instances instances;
    private Kamelet shared;
    private Kamelet each;

    @BeforeAll
    static void start(@TempDir Path data) {
        bridge = RunningBridge.start(data);
        templates = bridge.bean(Templates.class);
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void make() {
        instances = new Instances(templates, new KameletSettings("", Duration.ofHours(1), MOST, Duration.ofMinutes(1)));
        shared = kamelet("shared", "- to: outbox:done");
        each = kamelet("each", "- to: {uri: outbox:done, parameters: {externalId: \"{{book}}\"}}");
    }

    @AfterEach
    void end() {
        instances.destroy();
    }

    private static Kamelet kamelet(String name, String steps) {
        String text = KameletFiles.kamelet(name, "properties: {book: {title: Book, type: string}}", steps);
        return Kamelet.read(
                Templates.read(name, text.getBytes(StandardCharsets.UTF_8)), Kind.FILE, templates::isInPath);
    }

    private static ErpConnection connection(int n) {
        Target target = Target.blankConnection("con_" + n, "ten_1", Instant.EPOCH);
        return new ErpConnection(target, JsonNodeFactory.instance.objectNode().put("book", "b?" + n), Map.of());
    }

    private void use(Kamelet kamelet, ErpConnection connection) {
        Instance instance = instances.of(kamelet, connection).orElseThrow();
        instance.template();
        instance.giveBack();
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    @Test
    void fiveThousandConnectionsOfAConnectorWhoseRouteIsTheSameHaveOneRoute() {
        int before = threads();
        IntStream.range(0, 5_000).forEach(n -> use(shared, connection(n)));
        assertThat(instances.count()).isEqualTo(1);
        within(20, () -> assertThat(threads() - before).isLessThan(10));
    }

    @Test
    void routesOfConnectionsAreBoundedAndTheLongestUnusedMakesRoom() {
        int before = threads();
        IntStream.range(0, 60).forEach(n -> {
            use(each, connection(n));
            assertThat(instances.count()).isLessThanOrEqualTo(MOST);
        });
        within(20, () -> assertThat(threads() - before).isLessThan(20));
    }

    @Test
    void oneThatIsInUseDoesNotMakeRoom() {
        List<Instance> used = IntStream.range(0, MOST)
                .mapToObj(n -> instances.of(each, connection(n)).orElseThrow())
                .toList();
        assertThat(instances.of(each, connection(100))).isEmpty();
        used.get(3).giveBack();
        Optional<Instance> after = instances.of(each, connection(100));
        assertThat(after).isPresent();
        assertThat(instances.of(each, connection(3))).isEmpty();
        after.get().giveBack();
        used.stream().filter(one -> one != used.get(3)).forEach(Instance::giveBack);
    }

    @Test
    void anIdleRouteEndsAndTheNextDeliveryStartsItAgain() {
        ErpConnection connection = connection(1);
        use(each, connection);
        instances.sweep(System.nanoTime());
        assertThat(instances.count()).isEqualTo(1);
        instances.sweep(System.nanoTime() + Duration.ofSeconds(61).toNanos());
        assertThat(instances.count()).isZero();
        use(each, connection);
        assertThat(instances.count()).isEqualTo(1);
    }

    @Test
    void aConnectionThatWasSavedOrAFileThatWasChangedGetsANewRouteWhileTheOldOneFinishes() {
        ErpConnection connection = connection(1);
        Instance old = instances.of(each, connection).orElseThrow();
        old.template();
        Instance saved = instances.of(each, connection(1)).orElseThrow();
        assertThat(saved).isNotSameAs(old);
        Instance changed = instances
                .of(kamelet("each", "- to: {uri: outbox:done, parameters: {externalId: \"1{{book}}\"}}"), connection)
                .orElseThrow();
        assertThat(changed).isNotSameAs(saved);
        assertThat(old.template().exchange()).isNotNull(); // still there for whoever has it
        List.of(old, saved, changed).forEach(Instance::giveBack);
        assertThat(instances.count()).isEqualTo(1);
    }
}
