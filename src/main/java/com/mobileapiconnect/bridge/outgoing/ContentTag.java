package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.message.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** The ETag of settings that have no version: another one for every other content. */
final class ContentTag {

    private static final int ENOUGH = 12;

    private ContentTag() {}

    static String of(List<?> content) {
        byte[] digest = Sha256.digest().digest(content.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, ENOUGH);
    }
}
