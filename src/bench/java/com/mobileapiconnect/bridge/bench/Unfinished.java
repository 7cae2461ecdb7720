package com.mobileapiconnect.bridge.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Fills the store of a bridge that is stopped with deliveries that nobody has made yet. */
final class Unfinished {

    private static final String MESSAGE = """
            insert into message (seq, id, tenant_id, tenant_name, device_id, phone_id, sender, sender_key, recipient,
                recipient_key, text, received_at, accepted_at, flags) %s
            values (?, ?, ?, 'Default', ?, ?, ?, ?, '911234500000', '911234500000', 'balance', ?, ?, 0)""";
    private static final String DELIVERY = """
            insert into delivery (id, message_seq, tenant_id, target_id, action_id, state, attempts, granted_from,
                next_at, created_at)
            values (?, ?, ?, ?, '', 0, 0, 0, ?, ?)""";
    // In PostgreSQL the numbers are the database's own otherwise.
    private static final String OWN_NUMBERS = "overriding system value";
    private static final String GO_ON_AFTER =
            "select setval(pg_get_serial_sequence('message', 'seq'), (select max(seq) from message))";
    private static final int BATCH = 5_000;
    private static final int SENDERS = 20_000;

    private Unfinished() {}

    private static List<String> column(Connection connection, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static void fill(Connection connection, int deliveries) throws SQLException {
        String tenant = column(connection, "select id from tenant").get(0);
        String device = column(connection, "select id from device").get(0);
        List<String> targets = column(connection, "select id from target where deleted_at is null order by id");
        long first = Long.parseLong(column(connection, "select coalesce(max(seq), 0) + 1 from message")
                .get(0));
        long now = System.currentTimeMillis();
        boolean postgres = connection.getMetaData().getURL().startsWith("jdbc:postgresql:");
        try (PreparedStatement message = connection.prepareStatement(MESSAGE.formatted(postgres ? OWN_NUMBERS : ""));
                PreparedStatement delivery = connection.prepareStatement(DELIVERY)) {
            int made = 0;
            for (long seq = first; made < deliveries; seq++) {
                String sender = "91987" + (1_000_000 + seq % SENDERS);
                message.setLong(1, seq);
                message.setString(2, "msg_%026d".formatted(seq));
                message.setString(3, tenant);
                message.setString(4, device);
                message.setString(5, "generated-" + seq);
                message.setString(6, sender);
                message.setString(7, sender);
                message.setLong(8, now);
                message.setLong(9, now);
                message.addBatch();
                for (int i = 0; i < targets.size() && made < deliveries; i++, made++) {
                    delivery.setString(1, "dlv_%026d".formatted(seq * targets.size() + i));
                    delivery.setLong(2, seq);
                    delivery.setString(3, tenant);
                    delivery.setString(4, targets.get(i));
                    delivery.setLong(5, now);
                    delivery.setLong(6, now);
                    delivery.addBatch();
                    if (made % BATCH == 0) {
                        message.executeBatch();
                        delivery.executeBatch();
                    }
                }
            }
            message.executeBatch();
            delivery.executeBatch();
        }
        if (postgres) {
            column(connection, GO_ON_AFTER);
        }
        connection.commit();
        System.out.println(deliveries + " unfinished deliveries over " + targets.size() + " targets");
    }

    /**
     * {@code java -cp target/test-classes:… com.mobileapiconnect.bridge.bench.Unfinished
     * --jdbc jdbc:sqlite:data/bridge.db --deliveries 1000000}: over all targets that there are, which have to be made
     * before, as has a device.
     */
    public static void main(String[] args) throws SQLException {
        Options options = Options.parse(args, "jdbc", "deliveries");
        try (Connection connection = DriverManager.getConnection(options.required("jdbc"))) {
            connection.setAutoCommit(false);
            fill(connection, (int) options.number("deliveries", 1_000_000));
        }
    }
}
