package com.mobileapiconnect.bridge.server;

import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the machine-readable HTTP contract without a key: the hand-written YAML as JSON, with the bounds of the code. */
@RestController
class OpenApiResource {

    private final SingletonSupplier<Document> document = SingletonSupplier.of(OpenApiResource::read);

    private record Document(byte[] json, String etag) {}

    @GetMapping("/v1/openapi.json")
    ResponseEntity<byte[]> get() {
        Document read = document.obtain();
        // The document changes only with an upgrade. Clients revalidate on every request (ETag), so they see a new one
        // immediately.
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noCache())
                .eTag(read.etag())
                .body(read.json());
    }

    private static Document read() {
        byte[] json = Contract.read().toString().getBytes(StandardCharsets.UTF_8);
        return new Document(json, DigestUtils.md5DigestAsHex(json));
    }
}
