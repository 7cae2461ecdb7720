package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.util.Comparator;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Databases, brokers and folders, for the operator. */
@RestController
@RequestMapping("/v1/resources")
class ResourceResource {

    private final Resources resources;
    private final ResourceChanges changes;

    ResourceResource(Resources resources, ResourceChanges changes) {
        this.resources = resources;
        this.changes = changes;
    }

    @GetMapping
    Page<ResourceView> list(Caller.OfOperator operator, Page.Request page) {
        return Page.of(
                        resources.all().stream()
                                .sorted(Comparator.comparing(ResourceResource::position)
                                        .reversed()),
                        page,
                        "resources:",
                        ResourceResource::position)
                .map(ResourceView::of);
    }

    /** Newest first. */
    private static String position(Resource resource) {
        return String.format("resources:%015d-%s", resource.createdAt().toEpochMilli(), resource.name());
    }

    @GetMapping("/{name}")
    ResourceView get(Caller.OfOperator operator, @PathVariable String name) {
        return ResourceView.of(resources.find(name).orElseThrow(() -> Problem.notFound("resource " + name)));
    }

    @PutMapping("/{name}")
    ResourceView put(
            Caller.OfOperator operator,
            @PathVariable String name,
            @RequestParam(defaultValue = "true") boolean check,
            IfMatch ifMatch,
            JsonBody body) {
        return ResourceView.of(changes.put(operator, name, Fields.of(body), ifMatch, check));
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller.OfOperator operator, @PathVariable String name, IfMatch ifMatch) {
        changes.delete(operator, name, ifMatch);
    }
}
