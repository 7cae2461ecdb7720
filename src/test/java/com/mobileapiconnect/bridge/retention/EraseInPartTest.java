package com.mobileapiconnect.bridge.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.job.Jobs;
import com.mobileapiconnect.bridge.store.Erased;
import com.mobileapiconnect.bridge.store.Erasing;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.store.StoreUndecidedException;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Grant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An erasure that the store interrupts says what has become of it. */
class EraseInPartTest extends SharedBridgeSuite {

    private static final String NUMBER = "919876543210";

    /** A table whose rows cannot be erased. */
    private record Refusing(RuntimeException why) implements TableOwner, Erasing {

        @Override
        public List<Table> tables() {
            return List.of(Table.named("refusing").kept("never").erases(this).stays("never"));
        }

        @Override
        public Erased none() {
            return Erased.NOTHING;
        }

        @Override
        public long count(JdbcClient sql, Of number) {
            return 1;
        }

        @Override
        public Erased erase(Transaction tx, Of number, int limit) {
            throw why;
        }
    }

    private static EraseResource erasure(Stream<TableOwner> owners) {
        return new EraseResource(
                owners.toList(),
                bridge.bean(Store.class),
                bridge.bean(WriterSteps.class),
                bridge.bean(Erasures.class),
                bridge.bean(Numbering.class),
                bridge.bean(Audit.class),
                bridge.bean(Jobs.class));
    }

    private static void erase(EraseResource resource, String tenantId) {
        resource.erase(
                new Caller.OfTenant(tenantId, "key_1", Grant.UNLIMITED, ""),
                new JsonBody(JsonNodeFactory.instance.objectNode().put("number", NUMBER)));
    }

    @Test
    void whatIsGoneIsNotCalledUnchanged() {
        RunningBridge.NewTenant tenant = bridge.newTenant();
        Api phone = tenant.api()
                .as(tenant.api()
                        .post("/v1/devices", "{\"name\":\"P\"}")
                        .expect(201)
                        .at("/token"));
        phone.post("/v1/inbound", "{\"from\":\"" + NUMBER + "\",\"text\":\"t\"}")
                .expect(202);
        Refusing refusing = new Refusing(new StoreUnavailableException("full", null));

        // Nothing was erased before it: the usual answer is right.
        assertThatThrownBy(() -> erase(erasure(Stream.of(refusing)), tenant.id()))
                .isInstanceOf(StoreUnavailableException.class);
        // The messages were.
        Stream<TableOwner> both = Stream.concat(
                bridge.beans(TableOwner.class).stream().filter(owner -> owner.tables().stream()
                        .anyMatch(table -> table.name().equals("message"))),
                Stream.of(refusing));
        assertThatThrownBy(() -> erase(erasure(both), tenant.id()))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.getMessage())
                        .contains("1 rows", "erased already", "ask again")
                        .doesNotContain("nothing was changed"));
        assertThat(tenant.api().get("/v1/messages").json().get("data")).isEmpty();
        // Nobody knows.
        Refusing silent = new Refusing(new StoreUndecidedException("no answer", null));
        assertThatThrownBy(() -> erase(erasure(Stream.of(silent)), tenant.id())).isInstanceOf(Problem.class);
        // And a repeat mends it.
        assertThat(tenant.api()
                        .post("/v1/erase", "{\"number\":\"" + NUMBER + "\"}")
                        .expect(200)
                        .at("/messages"))
                .isEqualTo("0");
    }
}
