package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.mobileapiconnect.bridge.message.Attachment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the attachments of an MMS: what is said about them, not what they are. */
final class Attachments {

    private Attachments() {}

    /**
     * Reads the list at which the parser stands to its end: of objects, or of URLs. Anything else is an empty one.
     *
     * @param type the name of the field with the content type, and so on
     */
    static List<Attachment> read(JsonParser json, String type, String name, String url) throws IOException {
        List<Attachment> attachments = new ArrayList<>();
        if (!json.isExpectedStartArrayToken()) {
            json.skipChildren();
            return attachments;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (attachments.size() == Attachment.MOST) {
                json.skipChildren();
            } else if (json.currentToken() == JsonToken.VALUE_STRING) {
                attachments.add(new Attachment(null, null, json.getText(), null));
            } else {
                PhoneObject each = PhoneObject.read(json, type, name, url, "size");
                attachments.add(new Attachment(each.text(type), each.text(name), each.text(url), size(each)));
            }
        }
        return attachments;
    }

    private static @Nullable Long size(PhoneObject attachment) {
        String size = attachment.isWhole("size") ? attachment.textOrNumber("size") : null;
        return size == null ? null : Long.valueOf(size);
    }
}
