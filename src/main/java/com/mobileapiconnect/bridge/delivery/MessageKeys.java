package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.store.Rekeying;
import com.mobileapiconnect.bridge.store.Store;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes the keys of messages of earlier versions those that {@link PhoneNumber} gives now. */
@Component
class MessageKeys {

    MessageKeys(Store store) {
        Rekeying.once(
                store,
                "number-keys/message",
                PhoneNumber::key,
                List.of(
                        new Rekeying.Column("message", "tenant_id", "sender_key", "true"),
                        new Rekeying.Column("message", "tenant_id", "recipient_key", "recipient_key is not null"),
                        new Rekeying.Column(
                                "delivery",
                                "target_id",
                                "order_key",
                                DeliveryState.sql("state = {PENDING} and order_key is not null"))));
    }
}
