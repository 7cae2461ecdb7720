package com.mobileapiconnect.bridge.gateway;

import java.util.Random;

/** Texts of any characters but NUL and lone surrogates. */
final class Unicode {

    private Unicode() {}

    static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(80); n > 0; n--) {
            int limit = new int[] {0x80, 0x800, 0xd800, 0x110000}[random.nextInt(4)];
            int c = 1 + random.nextInt(limit - 1);
            text.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? '\u20ac' : c);
        }
        return text.toString();
    }
}
