package com.mobileapiconnect.bridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SMS for a phone that is deleted after they were looked at and before they are queued: none is taken and left lying. */
class DeletedPhoneTest extends SmsSuite {

    private static final OutgoingDraft.Origin.Tenant ONCE = new OutgoingDraft.Origin.Tenant(null, "hash");

    private String tenantId;
    private String device;

    @BeforeEach
    void aPhoneThatIsDeleted() {
        device = tenant.post("/v1/devices", "{\"name\":\"Gone\"}").expect(201).at("/id");
        tenant.delete("/v1/devices/" + device).expect(204);
        tenantId = bridge.bean(Tenants.class).all().get(0).id();
    }

    private OutgoingDraft draft(OutgoingDraft.Origin origin, String to) {
        return new OutgoingDraft(
                Ids.timeOrdered(Outgoing.PREFIX, Instant.now()),
                tenantId,
                device,
                origin,
                to,
                "hello",
                null,
                null,
                Terms.OF_REPLY,
                null);
    }

    @Test
    void whatATenantSendsIsRefusedAsForAPhoneThatWasNeverThere() {
        Sending sending = bridge.bean(Sending.class);
        OutgoingDraft draft = draft(ONCE, "919876543210");
        assertThatThrownBy(() -> sending.one(draft, ONCE))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("deviceId");
        assertThat(sending.many(List.of(draft(ONCE.ofMany(0), "919876543211")), ONCE))
                .singleElement()
                .satisfies(sent -> assertThat(sent.is(Sent.NO_PHONE)).isTrue());
        assertThat(tenant.get("/v1/outgoing?limit=500").expect(200).text()).doesNotContain(device);
    }

    @Test
    void aReplyIsRefusedToo() throws Exception {
        OutgoingQueue queue = bridge.bean(OutgoingQueue.class);
        assertThat(queue.reply(draft(new OutgoingDraft.Origin.Help(), "919876543212"), TimeUnit.MINUTES.toNanos(1)))
                .contains(Sent.NO_PHONE);
    }
}
