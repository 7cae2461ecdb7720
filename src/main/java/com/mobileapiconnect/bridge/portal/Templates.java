package com.mobileapiconnect.bridge.portal;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** The templates, which the build has compiled: whatever they show is escaped for the place where it stands. */
final class Templates {

    /** Loaded with the first page that anybody asks for. */
    private static final class Loaded {
        static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(
                null, ContentType.Html, Templates.class.getClassLoader(), Templates.class.getPackageName());
    }

    private Templates() {}

    static byte[] render(Frame frame, Reply.Shown shown) {
        return render(shown.template(), frame, shown);
    }

    static boolean has(String template) {
        return Loaded.ENGINE.hasTemplate(template + ".jte");
    }

    /** @param template of the same parameters as the page's own */
    static byte[] render(String template, Frame frame, Reply.Shown shown) {
        Map<String, Object> values = new HashMap<>(shown.values());
        values.put("frame", frame);
        Utf8ByteOutput output = new Utf8ByteOutput();
        Loaded.ENGINE.render(template + ".jte", values, output);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(output.getContentLength());
        try {
            output.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
