package com.mobileapiconnect.bridge.portal;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A form with a file, as browsers write it ({@code multipart/form-data}, RFC 7578). */
final class Multipart {

    /** No form of ours has as many fields. */
    private static final int MOST_PARTS = 100;

    private static final boolean ON_DISK = false;

    private Multipart() {}

    /** Returns the request's type, which has what stands between the parts; null if the request is no such form. */
    static @Nullable String type(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && HttpPostRequestDecoder.isMultipart(request(type, new byte[0])) ? type : null;
    }

    /** Reads the parts up to one that is not whole; too many are no form. A file that nobody chose is left out. */
    static Form read(String type, byte[] body) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        Map<String, byte[]> files = new LinkedHashMap<>();
        try {
            HttpPostMultipartRequestDecoder decoder = new HttpPostMultipartRequestDecoder(
                    new DefaultHttpDataFactory(ON_DISK),
                    request(type, body),
                    StandardCharsets.UTF_8,
                    MOST_PARTS,
                    body.length + 1);
            try {
                for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
                    if (part instanceof Attribute field) {
                        fields.computeIfAbsent(field.getName(), first -> new ArrayList<>())
                                .add(field.getValue());
                    } else if (part instanceof FileUpload file && file.length() > 0) {
                        files.put(file.getName(), file.get());
                    }
                }
            } finally {
                decoder.destroy();
            }
        } catch (DecoderException | IOException e) {
            return new Form(Map.of());
        }
        return new Form(fields, files);
    }

    private static HttpRequest request(String type, byte[] body) {
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        return request;
    }
}
