package com.mobileapiconnect.bridge.config;

import com.mobileapiconnect.bridge.message.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** The ETag of a tenant's configuration: another one after every change of a part. */
final class ConfigTag {

    private static final int ENOUGH = 12;

    private ConfigTag() {}

    static String of(List<String> parts) {
        MessageDigest all = Sha256.digest();
        for (String part : parts) {
            all.update(part.getBytes(StandardCharsets.UTF_8));
            all.update((byte) '\n');
        }
        return HexFormat.of().formatHex(all.digest(), 0, ENOUGH);
    }
}
