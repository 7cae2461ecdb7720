package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.store.Rekeying;
import com.mobileapiconnect.bridge.store.Store;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Makes the keys of SMS and opt-outs of earlier versions those that {@link PhoneNumber} gives now. Of erased opt-outs
 * there are only hashes, which are looked for under former keys as well.
 */
@Component
class OutgoingKeys {

    OutgoingKeys(Store store) {
        Rekeying.once(
                store,
                "number-keys/outgoing",
                PhoneNumber::key,
                List.of(
                        new Rekeying.Column("outgoing", "tenant_id", "recipient_key", "true"),
                        new Rekeying.Column("opt_out_form", "tenant_id", "number_key", "true")));
    }
}
