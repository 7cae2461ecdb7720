package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier version stored is found under the keys of this one. */
@OnBothDatabases
class NumberKeysTest {

    /** Spellings, each with the key that earlier versions stored for it. */
    private static final List<List<String>> FORMER = List.of(
            List.of("919876543210", "919876543210"),
            List.of("+91 98765-43210", "919876543210"),
            List.of("00919876543210", "00919876543210"),
            List.of("0091 98765 43210", "00919876543210"),
            List.of("011919876543210", "011919876543210"),
            List.of("\u202a+919876543210\u202c", "\u202a+919876543210\u202c"),
            List.of("+91\u201198765\u201143210", "+91\u201198765\u201143210"),
            List.of("tel:+919876543210", "tel:+919876543210"),
            List.of("TEL:+919876543210", "tel:+919876543210"),
            List.of(
                    "+\u0669\u0661\u0669\u0668\u0667\u0666\u0665\u0664\u0663\u0662\u0661\u0660",
                    "+\u0669\u0661\u0669\u0668\u0667\u0666\u0665\u0664\u0663\u0662\u0661\u0660"));

    @Test
    void keysAreRenewedAtTheFirstStart(Database database, @TempDir Path data) {
        String[] settings = database.settings();
        List<String> devices;
        try (RunningBridge before = RunningBridge.start(data, settings)) {
            Api tenant = before.tenant();
            String device =
                    tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/id");
            devices = List.of(device);
            Store store = before.bean(Store.class);
            String tenantId = store.read(sql ->
                    sql.sql("select tenant_id from device").query(String.class).single());
            store.writeNow(tx -> {
                int n = 0;
                for (List<String> number : FORMER) {
                    tx.sql()
                            .sql("""
                            insert into message (id, tenant_id, tenant_name, device_id, sender, sender_key, recipient,
                                recipient_key, text, received_at, accepted_at, flags)
                            values (?, ?, 'T', ?, ?, ?, ?, ?, 't', 1, ?, 0)""")
                            .params(
                                    "msg_" + n,
                                    tenantId,
                                    device,
                                    number.get(0),
                                    number.get(1),
                                    number.get(0),
                                    number.get(1),
                                    n)
                            .update();
                    tx.sql()
                            .sql("""
                            insert into outgoing (id, tenant_id, device_id, granted_from, recipient, recipient_key, text,
                                status, leases, pushes, due_at, expires_at, created_at, updated_at)
                            values (?, ?, ?, 0, ?, ?, 't', 2, 0, 0, 1, 1, 1, 1)""")
                            .params("out_" + n, tenantId, device, number.get(0), number.get(1))
                            .update();
                    n++;
                }
                tx.sql().sql("delete from meta where name like 'number-keys/%'").update();
                return n;
            });
            // As an earlier version would have kept them: one number that said STOP in three spellings.
            store.writeNow(tx -> {
                for (String key : List.of("00919876543210", "tel:+919876543210", "\u202a+919876543210\u202c")) {
                    tx.sql()
                            .sql(
                                    "insert into opt_out (tenant_id, number, number_key, message_id, at) values (?, ?, ?, 'msg_0', 1)")
                            .params(tenantId, key, key)
                            .update();
                }
                return tx.sql()
                        .sql("insert into opt_out_form select tenant_id, number_key, seq from opt_out")
                        .update();
            });
        }
        try (RunningBridge after = RunningBridge.start(data, settings)) {
            Api tenant = after.tenant();
            assertThat(keys(after)).containsExactly("919876543210");
            assertThat(size(tenant, "/v1/messages?from=%2B919876543210")).isEqualTo(FORMER.size());
            assertThat(size(tenant, "/v1/messages?to=0091-98765-43210")).isEqualTo(FORMER.size());
            assertThat(size(tenant, "/v1/outgoing?to=919876543210")).isEqualTo(FORMER.size());
            String sms = "{\"to\":\"919876543210\",\"text\":\"t\",\"deviceId\":\"" + devices.get(0) + "\"}";
            tenant.post("/v1/messages", sms).expect(409);
            Api.Reply erased =
                    tenant.post("/v1/erase", "{\"number\":\"+919876543210\"}").expect(200);
            assertThat(erased.at("/messages")).isEqualTo(String.valueOf(FORMER.size()));
            assertThat(erased.at("/outgoing")).isEqualTo(String.valueOf(FORMER.size()));
            assertThat(size(tenant, "/v1/opt-outs")).isZero();
            tenant.post("/v1/messages", sms).expect(409);
            tenant.delete("/v1/opt-outs/919876543210").expect(204);
            tenant.post("/v1/messages", sms).expect(202);
        }
    }

    private static List<String> keys(RunningBridge bridge) {
        return Stream.of(
                        "select sender_key from message",
                        "select recipient_key from message",
                        "select recipient_key from outgoing",
                        "select number_key from opt_out_form")
                .flatMap(query ->
                        bridge
                                .bean(Store.class)
                                .read(sql -> sql.sql(query).query(String.class).list())
                                .stream())
                .distinct()
                .toList();
    }

    private static int size(Api tenant, String path) {
        return tenant.get(path).expect(200).json().get("data").size();
    }
}
