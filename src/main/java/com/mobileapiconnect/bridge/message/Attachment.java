package com.mobileapiconnect.bridge.message;

import org.jspecify.annotations.Nullable;

/**
 * A picture or another file that came with a message, as far as the phone tells of it; the file itself is not taken.
 *
 * @param url  where the app or provider has it
 * @param size in bytes
 */
public record Attachment(
        @Nullable String contentType,
        @Nullable String name,
        @Nullable String url,
        @Nullable Long size) {

    /** The number of attachments that a message has at most; of more, the first ones. */
    public static final int MOST = 10;
}
