package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.message.InboundMessage;
import org.jspecify.annotations.Nullable;

/** Foresees what becomes of automatic replies; implemented by the package that queues them. */
public interface ReplyOutlook {

    /**
     * Returns the reason for which a reply to a message would not go out if the message came in now, as its story would
     * have it; null if the reply would go out. Reads the store, and changes nothing.
     */
    @Nullable String suppression(InboundMessage message);
}
