package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How long the API takes to say what became of messages, on a store with millions of finished deliveries and 400 days of
 * counts.
 */
final class Queries {

    private static final int ROUNDS = 15;
    private static final long APART_MILLIS = 50;
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final String[] BUILD = {
        "create temp table n as with recursive c(i) as (select 1 union all select i + 1 from c where i < %1$d) select i from c",
        """
        insert into message (id, tenant_id, tenant_name, device_id, sender, sender_key, recipient, recipient_key,
            text, received_at, accepted_at, flags)
        select 'msg_' || lower(hex(randomblob(13))), t.id, t.name, 'dev_bench', '9198' || (100000 + n.i * 7919 %% 90000),
            '9198' || (100000 + n.i * 7919 %% 90000), '91123450000' || (n.i %% 3), '91123450000' || (n.i %% 3),
            'Please send our balance and the list of open invoices ' || n.i, %2$d + n.i * 50, %2$d + n.i * 50, 0
        from temp.n n, tenant t order by n.i""",
        """
        insert into delivery (id, message_seq, tenant_id, target_id, action_id, state, reason, attempts, granted_from,
            next_at, created_at, finished_at, first_at, first_ms, first_success, first_status, first_body)
        select %3$s || printf('%%013d%%03d', m.seq, g.n), m.seq, m.tenant_id, g.id, '',
            case when g.n = 2 then 2 when m.seq %% 10 = 0 then 2 when m.seq %% 50 = 1 then 3 else 1 end, null, 1, 0,
            m.accepted_at, m.accepted_at, m.accepted_at, m.accepted_at, 12, 1, 200, '{"ok":true}'
        from message m, (select id, row_number() over (order by id) - 1 as n from target where type = 'connection'
            order by id limit 3) g
        where m.device_id = 'dev_bench' order by m.seq, g.n""",
        "create temp table b as with recursive c(i) as (select 20 union all select i + 1 from c where i < 60) select i from c",
        """
        insert into hourly (tenant_id, target_id, hour, received, failed, skipped, latencies)
        with recursive h(i) as (select 0 union all select i + 1 from h where i < 24 * 400)
        select t.tenant_id, t.id, (%2$d + %1$d * 50) / 3600000 - h.i, 100, 3, 1, (select group_concat(b.i || ':' || 7, ' ') from temp.b)
        from h, (select tenant_id, id from target union all select id, '' from tenant) t""",
        "analyze"
    };

    private Queries() {}

    /** Returns the beginning of a delivery's id as the bridge makes it: the time in base 32. */
    private static String id() {
        StringBuilder id = new StringBuilder("'dlv_'");
        for (int shift = 43; shift >= -2; shift -= 5) {
            String digit = shift < 0 ? "m.accepted_at << " + -shift : "m.accepted_at >> " + shift;
            id.append(" || substr('")
                    .append(DIGITS)
                    .append("', (")
                    .append(digit)
                    .append(" & 31) + 1, 1)");
        }
        return id.toString();
    }

    private static void build(Path database, long deliveries) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement sql = connection.createStatement()) {
            sql.execute("pragma synchronous = off");
            sql.execute("pragma cache_size = -400000");
            long messages = deliveries / 3;
            long start = System.currentTimeMillis() - messages * APART_MILLIS;
            for (String step : BUILD) {
                sql.execute(step.formatted(messages, start, id()));
            }
            try (ResultSet count = sql.executeQuery("select count(*) from delivery where state > 0")) {
                System.out.println(count.getLong(1) + " finished deliveries");
            }
            sql.execute("pragma wal_checkpoint(truncate)");
        }
    }

    private static List<String> paths(Path database) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement sql = connection.createStatement()) {
            String message = one(sql, "select id from message where seq = (select max(seq) / 2 from message)");
            String delivery = one(sql, "select id from delivery where message_seq = 1000 order by id limit 1");
            String good = one(sql, "select target_id from delivery where state = 1 limit 1");
            String dead = one(sql, "select id from target where type = 'connection' order by id limit 1 offset 2");
            long middle = Long.parseLong(one(sql, "select accepted_at from message where id = '" + message + "'"));
            String since = Instant.ofEpochMilli(middle).toString();
            String until = Instant.ofEpochMilli(middle + 3_600_000).toString();
            List<String> paths = new ArrayList<>(List.of(
                    "/v1/messages/" + message,
                    "/v1/messages",
                    "/v1/messages?from=9198123456",
                    "/v1/messages?from=9198100001&since=" + since,
                    "/v1/messages?to=911234500002",
                    "/v1/messages?to=919999999999",
                    "/v1/messages?q=balance",
                    "/v1/messages?q=nowhere",
                    "/v1/messages?since=" + since,
                    "/v1/messages?until=" + until,
                    "/v1/messages?since=" + since + "&until=" + until + "&to=911234500001&q=invoices",
                    "/v1/deliveries/" + delivery,
                    "/v1/deliveries",
                    "/v1/deliveries?messageId=" + message,
                    "/v1/targets",
                    "/v1/messages?device=dev_bench",
                    "/v1/messages?device=dev_none",
                    "/v1/messages?rule=rule_none",
                    "/v1/messages?target=" + good,
                    "/v1/messages?target=con_none",
                    "/v1/messages?status=failed&target=" + good + "&rule=rule_none",
                    "/v1/messages?status=delivered&since=" + since + "&until=" + until,
                    "/v1/messages?status=failed&q=nowhere",
                    "/v1/deliveries?since=" + since,
                    "/v1/deliveries?until=" + until + "&status=failed",
                    "/v1/deliveries?since=" + since + "&until=" + until + "&status=skipped&target=" + good,
                    "/v1/deliveries?from=9198123456",
                    "/v1/deliveries?from=9198100001&status=failed",
                    "/v1/outgoing?status=failed",
                    "/v1/stats",
                    "/v1/stats?limit=500",
                    "/v1/stats?target=" + good,
                    "/v1/stats?since=" + Instant.ofEpochMilli(middle).minus(Duration.ofDays(91)) + "&until=" + since,
                    "/v1/stats?limit=500&since=" + Instant.ofEpochMilli(middle).minus(Duration.ofDays(91)) + "&until="
                            + since,
                    "/v1/stats?target=" + good + "&since="
                            + Instant.ofEpochMilli(middle).minus(Duration.ofDays(91)) + "&until=" + since));
            for (String status : List.of("pending", "delivered", "failed", "held", "skipped")) {
                paths.add("/v1/messages?status=" + status);
                paths.add("/v1/messages?status=" + status + "&target=" + good);
                paths.add("/v1/deliveries?status=" + status);
                paths.add("/v1/deliveries?status=" + status + "&target=" + good);
                paths.add("/v1/deliveries?status=" + status + "&target=" + dead);
            }
            return paths;
        }
    }

    private static String one(Statement sql, String query) throws SQLException {
        try (ResultSet row = sql.executeQuery(query)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    private static void time(URI url, String key, List<String> paths) throws IOException {
        System.out.printf("%-120s %8s %8s%n", "query", "p50 ms", "max ms");
        for (String path : paths) {
            long[] nanos = new long[ROUNDS];
            for (int i = -2; i < ROUNDS; i++) {
                long start = System.nanoTime();
                HttpURLConnection call =
                        (HttpURLConnection) url.resolve(path).toURL().openConnection();
                call.setRequestProperty("Authorization", "Bearer " + key);
                try (var answer = call.getInputStream()) {
                    answer.readAllBytes();
                }
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - start;
                }
            }
            Arrays.sort(nanos);
            System.out.printf("%-120s %8.1f %8.1f%n", path, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS - 1] / 1e6);
        }
    }

    /**
     * In two steps, with {@code java -cp target/test-classes:…/sqlite-jdbc.jar
     * com.mobileapiconnect.bridge.bench.Queries}. While the bridge is stopped, on a store with three connections, the
     * last of which then has nothing but failures: {@code --database data/bridge.db --deliveries 5000000}. When it runs
     * again, the times: {@code --database data/bridge.db --url http://127.0.0.1:8080 --api-key sk_live_…}.
     */
    public static void main(String[] args) throws IOException, SQLException {
        Options options = Options.parse(args, "url", "api-key", "database", "deliveries");
        Path database = Path.of(options.required("database"));
        Optional<String> url = options.text("url");
        if (url.isPresent()) {
            time(URI.create(url.get()), options.required("api-key"), paths(database));
        } else {
            build(database, (long) options.number("deliveries", 5_000_000));
        }
    }
}
