package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.PublicUrl;
import com.mobileapiconnect.bridge.api.YamlBody;
import com.mobileapiconnect.bridge.tenant.AtMost;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A tenant's configuration as a single file; a PUT changes all of it at once or none. */
@RestController
@RequestMapping("/v1/config")
class ConfigResource {

    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    private final Configurations configurations;
    private final PublicUrl publicUrl;

    ConfigResource(Configurations configurations, PublicUrl publicUrl) {
        this.configurations = configurations;
        this.publicUrl = publicUrl;
    }

    @GetMapping
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    ResponseEntity<byte[]> export(Caller.OfTenant caller) {
        String tag = configurations.tag(caller.tenantId(), null);
        LongFile file = new LongFile();
        file.write("# yaml-language-server: $schema=" + publicUrl.of(ConfigSchemaResource.PATH) + "\n");
        configurations.export(caller.tenantId(), file::write);
        return ResponseEntity.ok().contentType(YAML).eTag(tag).body(file.bytes());
    }

    /**
     * @param dryRun  only reports the changes; the ids of new entries are only examples then
     * @param discard also removes connections with unfinished deliveries, which become failed
     */
    @PutMapping
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    ResponseEntity<Map<String, @Nullable Object>> apply(
            Caller.OfTenant caller,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean discard,
            IfMatch ifMatch,
            YamlBody body) {
        JsonNode file = ConfigReader.read(body.bytes());
        Placeholders.refuse(file);
        Configurations.Result result = dryRun
                ? configurations.compare(caller, caller.tenantId(), file, ifMatch)
                : configurations.apply(caller, caller.tenantId(), file, new Configurations.How(discard, ifMatch, null));
        return ResponseEntity.ok().eTag(result.tag()).body(view(result, !dryRun));
    }

    private static Map<String, @Nullable Object> view(Configurations.Result result, boolean applied) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("applied", applied);
        result.differences().forEach((part, difference) -> view.put(part.wireName(), difference));
        view.put("needsSecret", result.needs());
        view.put("changesLeftOut", result.leftOut());
        view.put("job", result.job());
        return view;
    }
}
