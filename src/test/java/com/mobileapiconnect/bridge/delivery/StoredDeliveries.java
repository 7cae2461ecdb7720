package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.destination.RedeliveryPolicy;
import com.mobileapiconnect.bridge.destination.StoredTargets;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.support.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An empty store with what reads and writes deliveries, at a time that stands still; no lane and no call. */
public final class StoredDeliveries implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-06-12T14:32:00Z");

    public final JdbcStore store;
    public final Targets targets;
    public final PlannedDeliveries planned;
    public final Backlog backlog;
    public final Schedule schedule;
    public final Deliveries deliveries;
    private int messages;

    public StoredDeliveries(Database database, Path directory) {
        this(database.store(directory));
    }

    StoredDeliveries(JdbcStore store) {
        this.store = store;
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        schedule = new Schedule(store, clock, () -> 0L);
        planned = new PlannedDeliveries(store, schedule);
        backlog = new Backlog(store, planned);
        targets = StoredTargets.of(store);
        deliveries = new Deliveries(targets, clock, schedule, backlog, planned);
    }

    /** Saves a target. */
    public void put(Target target) {
        StoredTargets.put(store, targets, target);
    }

    /** A stored message of this sender with one delivery to {@code con_1}, due at once. */
    public Delivery delivery(String sender) {
        return delivery(sender, "dev_1", "con_1");
    }

    public Delivery delivery(String sender, String device, String target) {
        Delivery delivery = Delivery.mirror(message(sender, device), target, null);
        insert(delivery);
        return delivery;
    }

    /** Stores a pending delivery of no message, unless it is there. */
    public static void keep(Store store, String id, String tenantId) {
        store.writeNow(tx -> tx.sql().sql("""
                        insert into delivery (id, message_seq, tenant_id, target_id, action_id, state, attempts,
                            granted_from, next_at, created_at)
                        values (?, 0, ?, 'act_test', ?, 0, 0, 0, 0, 0) on conflict do nothing""").params(id, tenantId, id).update());
    }

    /** Stores a message with one delivery, without waiting for it. */
    public CompletableFuture<String> insertLater(String sender, String device, String target) {
        return store.write(tx -> {
            Delivery delivery = Delivery.mirror(message(tx, sender, device), target, null);
            deliveries.insert(tx, List.of(delivery));
            return delivery.id();
        });
    }

    StoredMessage message(String sender, String device) {
        return store.writeNow(tx -> message(tx, sender, device));
    }

    private StoredMessage message(Transaction tx, String sender, String device) {
        String id = "msg_" + ++messages;
        long seq = tx.sql()
                .sql("""
                        insert into message (id, tenant_id, tenant_name, device_id, sender, sender_key, text,
                            received_at, accepted_at, flags)
                        values (?, 'ten_1', 'Acme', ?, ?, ?, 't', ?, ?, 0) returning seq""")
                .params(id, device, sender, sender, NOW.toEpochMilli(), NOW.toEpochMilli())
                .query(Long.class)
                .single();
        InboundMessage message =
                new InboundMessage(id, "ten_1", device, null, sender, null, "t", null, null, NOW, Flags.NONE);
        return new StoredMessage(seq, message, "Acme", NOW, null);
    }

    /** Stores a delivery to {@code con_1} of a message with this text, which is longer than ordinary ones. */
    Delivery ofLongText(String text) {
        StoredMessage plain = message("1", "dev_1");
        int flags = Flags.NONE.with(Flags.Flag.LONG_TEXT).bits();
        store.writeNow(tx -> tx.sql()
                .sql("update message set text = ?, flags = ? where seq = ?")
                .params(text, flags, plain.seq())
                .update());
        Delivery delivery = Delivery.mirror(plain.withText(text), "con_1", null);
        insert(delivery);
        return delivery;
    }

    void insert(Delivery... several) {
        store.writeNow(tx -> {
            deliveries.insert(tx, List.of(several));
            return several.length;
        });
    }

    /** A connection; {@code targets.publish} makes it known. */
    public static Target target(String id, boolean ordered) {
        return SampleTarget.connection(id, "ten_1", RedeliveryPolicy.DEFAULT, new Target.Pace(8, null, ordered));
    }

    public List<Delivery> due(String target, boolean ordered, Instant at, int limit) {
        return store.read(sql -> deliveries.due(sql, target, ordered, at, limit, id -> false))
                .deliveries();
    }

    public long number(String query) {
        return store.read(sql -> sql.sql(query).query(Long.class).single());
    }

    @Override
    public void close() {
        store.close();
    }
}
