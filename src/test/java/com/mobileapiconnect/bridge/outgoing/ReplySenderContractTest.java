package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.SampleTarget;
import com.mobileapiconnect.bridge.delivery.Sender;
import com.mobileapiconnect.bridge.delivery.SenderContract;
import com.mobileapiconnect.bridge.delivery.StoredDeliveries;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.thread.Workers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** The receiver is the queue in the store; the secret is what the SMS says. */
@OnBothDatabases
class ReplySenderContractTest extends SenderContract {

    private static final AtomicLong NUMBERS = new AtomicLong(919_700_000_000L);

    static RunningBridge bridge;

    private final AtomicBoolean hangsNext = new AtomicBoolean();
    private final List<CompletableFuture<?>> hung = new CopyOnWriteArrayList<>();
    private final String to = Long.toString(NUMBERS.incrementAndGet());
    private Api tenant;
    private String tenantId;
    private String device;
    private ReplySender sender;

    @BeforeDatabase
    static void start(Database database) {
        bridge = RunningBridge.shared(database);
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void pair() {
        RunningBridge.NewTenant made = bridge.newTenant("{\"name\":\"T\"}");
        tenantId = made.id();
        tenant = made.api();
        device = tenant.post("/v1/devices", "{\"name\":\"Front desk\"}")
                .expect(201)
                .at("/id");
        OutgoingQueue queue = new OutgoingQueue(
                slowStore(),
                bridge.bean(Guards.class),
                bridge.bean(Refs.class),
                bridge.bean(OutgoingCount.class),
                bridge.bean(SmsPolicy.class),
                bridge.bean(StatusUrls.class),
                bridge.bean(ReplySettings.class),
                Clock.systemUTC());
        sender = new ReplySender(queue, bridge.bean(Devices.class), bridge.bean(Numbering.class), new Workers(8));
    }

    /** The bridge's store; a write that is to hang is never carried out, as on a disk that does not answer. */
    private Store slowStore() {
        Store store = bridge.bean(Store.class);
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("write") && hangsNext.compareAndSet(true, false)) {
                        CompletableFuture<?> never = new CompletableFuture<>();
                        hung.add(never);
                        return never;
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    protected void expect(Delivery delivery) {
        StoredDeliveries.keep(bridge.bean(Store.class), delivery.id(), tenantId);
    }

    @Override
    protected Sender sender() {
        return sender;
    }

    @Override
    protected Target target(Behaviour receiver, Duration timeout) {
        hangsNext.set(receiver == Behaviour.HANGS);
        return SampleTarget.reached(tenantId, Target.Reach.by("reply"), timeout);
    }

    @Override
    protected byte[] body(Behaviour receiver) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("to", to)
                .put("text", secret())
                .put("deviceId", receiver == Behaviour.REFUSES ? "dev_" + "x".repeat(5000) : device)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected List<String> taken() {
        return tenant.get("/v1/outgoing").expect(200).json().get("data").findValuesAsText("id");
    }

    @Override
    protected String secret() {
        return "The code of the safe is 4711";
    }

    @Override
    protected @Nullable Duration asksToWait() {
        return null; // the queue takes an SMS or refuses it
    }

    @Override
    protected int held() {
        return hung.stream().mapToInt(CompletableFuture::getNumberOfDependents).sum();
    }

    @Override
    protected void closeSender() {
        // a queue in the store has nothing to close
    }
}
