package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.Preview;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that would be made, as the API shows it.
 *
 * @param headers in their order
 */
record PreviewView(
        String method,
        String target,
        Map<String, String> headers,
        @Nullable String body) {

    static PreviewView of(Preview preview) {
        return new PreviewView(preview.method(), preview.target(), preview.headers(), preview.body());
    }
}
