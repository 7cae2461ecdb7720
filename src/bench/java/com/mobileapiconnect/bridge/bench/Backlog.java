package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** A backlog of any size in a store, without the hours that it would take to come together. */
final class Backlog {

    // As intake would have written them: each message to every target of its tenant, due now.
    private static final String MESSAGES = """
            with recursive n(i) as (select 1 union all select i + 1 from n where i < %d)
            insert into message (id, tenant_id, tenant_name, device_id, sender, sender_key, recipient, recipient_key,
                text, received_at, accepted_at, flags)
            select printf('msg_%%026d', n.i), d.tenant_id, 'Default', d.id, '9198765' || n.i, '9198765' || n.i,
                '911234500000', '911234500000', 'Please send our balance and the list of open invoices',
                1000 * unixepoch(), 1000 * unixepoch(), 0
            from n, (select * from device order by id limit 1) d""";
    private static final String DELIVERIES = """
            insert into delivery (id, message_seq, tenant_id, target_id, action_id, state, attempts, granted_from,
                next_at, created_at)
            select printf('dlv_%026d', row_number() over (order by m.seq, t.id)), m.seq, m.tenant_id, t.id, '', 0, 0, 0,
                m.accepted_at, m.accepted_at
            from message m join target t on t.tenant_id = m.tenant_id
            where t.deleted_at is null and m.id like 'msg_0000000000%'""";

    private Backlog() {}

    private static void targets(Bridge bridge, int count, String receiver) throws IOException {
        bridge.addDevice("backlog");
        for (int i = 0; i < count; i++) {
            bridge.addConnection("backlog " + i, receiver, "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        }
    }

    private static void deliveries(Path database, int messages) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.executeUpdate(MESSAGES.formatted(messages));
            System.out.println(sql.executeUpdate(DELIVERIES) + " deliveries are due");
            connection.commit();
        }
    }

    /**
     * In two steps, with {@code java -cp target/test-classes:…/sqlite-jdbc.jar
     * com.mobileapiconnect.bridge.bench.Backlog}. On a running bridge the targets:
     * {@code --url http://127.0.0.1:8080 --api-key sk_live_… --targets 1000 --receiver http://127.0.0.1:9000/all}.
     * When it is stopped the deliveries, each message to every target: {@code --database data/bridge.db
     * --messages 1000}.
     */
    public static void main(String[] args) throws IOException, SQLException {
        Options options = Options.parse(args, "url", "api-key", "targets", "receiver", "database", "messages");
        Optional<String> database = options.text("database");
        if (database.isPresent()) {
            deliveries(Path.of(database.get()), (int) options.number("messages", 1000));
        } else {
            Bridge bridge = new Bridge(URI.create(options.required("url")), options.required("api-key"), null);
            targets(bridge, (int) options.number("targets", 1000), options.required("receiver"));
        }
    }
}
