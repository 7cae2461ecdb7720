package com.mobileapiconnect.bridge.config;

import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the JSON Schema of the configuration file to editors, which have no key. */
@RestController
class ConfigSchemaResource {

    static final String PATH = "/v1/config/schema";

    private final SingletonSupplier<Document> document = SingletonSupplier.of(Document::make);

    private record Document(byte[] json, String etag) {

        static Document make() {
            byte[] json = ConfigSchema.make().toString().getBytes(StandardCharsets.UTF_8);
            return new Document(json, DigestUtils.md5DigestAsHex(json));
        }
    }

    @GetMapping(PATH)
    ResponseEntity<byte[]> get() {
        Document made = document.obtain();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noCache())
                .eTag(made.etag())
                .body(made.json());
    }
}
