package com.mobileapiconnect.bridge.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.config.OperatorFile;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * The resources of settings: those of the file that {@code BRIDGE_RESOURCES} names, as the API takes them, and the
 * databases of {@code BRIDGE_RESOURCE_DATABASES}, which are for routes alone.
 */
@Component
class SetResources {

    private static final String FILE = "BRIDGE_RESOURCES";
    private static final String DATABASES = "BRIDGE_RESOURCE_DATABASES";
    private static final Pattern ENTRY = Pattern.compile("(" + Resource.NAME + ")=(jdbc:[a-z0-9]+:\\S.*)");

    private final Map<String, Resource> byName = new LinkedHashMap<>();
    private final Tenants tenants;
    private final OwnDatabase own;
    private final Instant now;

    SetResources(
            ResourceSettings settings,
            ResourcesFile file,
            OperatorFile reader,
            Tenants tenants,
            OwnDatabase own,
            Clock clock) {
        this.tenants = tenants;
        this.own = own;
        this.now = clock.instant();
        settings.databases().forEach(this::entry);
        if (!file.path().isBlank()) {
            reader.read(FILE, file.path()).properties().forEach(each -> ofFile(each.getKey(), each.getValue()));
        }
    }

    Map<String, Resource> byName() {
        return byName;
    }

    private void entry(String entry) {
        Matcher parts = ENTRY.matcher(entry.strip());
        if (!parts.matches()) {
            throw new BadSettingException(String.format(
                    Locale.ROOT,
                    "%s has an entry that begins with \"%s\". Write each as a name and a JDBC URL, like"
                            + " erp=jdbc:postgresql://host/db?user=bridge&password=…; the name has lower case letters,"
                            + " digits and hyphens.",
                    DATABASES,
                    entry.strip().replaceFirst("(?s)[=:].*", "").replaceAll("\\p{Cntrl}", " ")));
        }
        String name = parts.group(1);
        JdbcUrl.Parsed url;
        try {
            url = JdbcUrl.parse(parts.group(2), true);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(DATABASES + ": the URL of " + name + " " + e.getMessage() + ".");
        }
        Place place = new Place.Jdbc(
                url.url(),
                url.username(),
                url.password() == null ? null : new Redacted(url.password()),
                Place.Jdbc.DEFAULT_CONNECTIONS);
        add(DATABASES, new Resource(name, place, TenantList.of(List.of()), Resource.Source.SETTING, 1, now, now));
    }

    private void ofFile(String name, JsonNode json) {
        if (!name.matches(Resource.NAME) || !json.isObject()) {
            throw new BadSettingException(FILE + ": \"" + name.replaceAll("\\p{Cntrl}", " ") + "\" must be a name ("
                    + Resource.NAME_FORM + ") with a mapping behind it.");
        }
        List<Problem.FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(json, name + ".", errors);
        Resource read = ResourceFields.read(
                fields, new ResourceFields.From(name, null, Resource.Source.SETTING, now), id -> tenants.find(id)
                        .isPresent());
        if (read == null || !errors.isEmpty()) {
            Problem.FieldError first = errors.get(0);
            throw new BadSettingException(FILE + ": " + first.field() + " " + first.message() + ".");
        }
        add(FILE, read.stored(1));
    }

    private void add(String setting, Resource resource) {
        own.flaw(resource.place()).ifPresent(flaw -> {
            throw new BadSettingException(setting + ": " + resource.name() + " " + flaw + ".");
        });
        if (byName.put(resource.name(), resource) != null) {
            throw new BadSettingException(
                    setting + ": the name " + resource.name() + " is taken by another resource. Choose another name.");
        }
    }
}
