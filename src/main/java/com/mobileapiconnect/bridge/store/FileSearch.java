package com.mobileapiconnect.bridge.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Searches the bytes of a file for a text. */
final class FileSearch {

    private static final int SEARCHED_AT_ONCE = 1 << 20;

    private FileSearch() {}

    static boolean contains(Path file, String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        byte[] buffer = new byte[SEARCHED_AT_ONCE];
        try (InputStream in = Files.newInputStream(file)) {
            int kept = 0;
            int n;
            while ((n = in.readNBytes(buffer, kept, buffer.length - kept)) > 0) {
                int length = kept + n;
                if (contains(buffer, length, wanted)) {
                    return true;
                }
                kept = Math.min(length, wanted.length - 1);
                System.arraycopy(buffer, length - kept, buffer, 0, kept);
            }
        }
        return false;
    }

    private static boolean contains(byte[] bytes, int length, byte[] wanted) {
        for (int at = 0; at <= length - wanted.length; at++) {
            if (bytes[at] == wanted[0] && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
