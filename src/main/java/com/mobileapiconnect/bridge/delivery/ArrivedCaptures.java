package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.MessageId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells which captures of a phone are in the store, by the phone's own ids. The ids of messages begin alike where device
 * and phone id are the same, so their index answers, and intake keeps none for this.
 */
public final class ArrivedCaptures {

    private static final String WANTED = "with wanted (low, high) as (values ";
    private static final String ARRIVED = """
            ) select distinct m.phone_id from wanted w join message m on m.id >= w.low and m.id < w.high
            where m.device_id = ?""";
    private static final String AFTER_ANY = "~";
    private static final int AT_ONCE = 500;

    private ArrivedCaptures() {}

    /** Returns those of the ids that have arrived. */
    public static Set<String> of(JdbcClient sql, String deviceId, List<String> phoneIds) {
        Set<String> arrived = new HashSet<>();
        for (int i = 0; i < phoneIds.size(); i += AT_ONCE) {
            List<String> part = phoneIds.subList(i, Math.min(phoneIds.size(), i + AT_ONCE));
            arrived.addAll(some(sql, deviceId, part));
        }
        return arrived;
    }

    private static List<String> some(JdbcClient sql, String deviceId, List<String> phoneIds) {
        List<Object> params = new ArrayList<>(2 * phoneIds.size() + 1);
        for (String phoneId : phoneIds) {
            String shared = MessageId.sharedPart(MessageId.of(deviceId, phoneId, "", ""));
            params.add(shared);
            params.add(shared + AFTER_ANY);
        }
        params.add(deviceId);
        String pairs = "(?, ?), ".repeat(phoneIds.size());
        return sql.sql(WANTED + pairs.substring(0, pairs.length() - 2) + ARRIVED)
                .params(params)
                .query(String.class)
                .list();
    }
}
