package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.time.Instant;

/** A pairing link that was just made, and the token that it leads to. Both are shown this once. */
record NewLink(Redacted token, Pairing pairing) {

    /**
     * @param url       what the phone is to be given: an app with an adapter the URL that it calls, any other the link
     * @param link      opens the page that pairs the phone; good once
     * @param expiresAt the first moment at which the link is good no more
     * @param qr        the link as a picture, SVG
     */
    record Pairing(String url, String link, Instant expiresAt, String qr) {}
}
