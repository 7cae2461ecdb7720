package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.gateway.GatewayAnswer;
import com.mobileapiconnect.bridge.outgoing.AppOutbox;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a gateway, before it is written.
 *
 * @param given the SMS in it; null if the gateway takes none
 */
record Reply(GatewayAnswer answer, AppOutbox.@Nullable Given given) {

    /** Follows the answer: the gateway has it. */
    void written() {
        if (given != null) {
            given.arrived();
        }
    }

    /** Follows a failure to write the answer. */
    void lost() {
        if (given != null) {
            given.takeBack();
        }
    }
}
