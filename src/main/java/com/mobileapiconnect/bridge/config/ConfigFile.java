package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Applies the file of {@code BRIDGE_CONFIG_FILE}, which is the operator's: unlike a file that comes over HTTP it may name
 * variables and files of this machine in place of values.
 */
@Component
public class ConfigFile {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigFile.class);
    private static final String SETTING = "BRIDGE_CONFIG_FILE";
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_BYTES_OF_A_VALUE = 64 << 10;

    private final Configurations configurations;
    private final ConfigurableEnvironment environment;

    ConfigFile(Configurations configurations, ConfigurableEnvironment environment) {
        this.configurations = configurations;
        this.environment = environment;
    }

    /**
     * Makes a tenant's configuration that of the file; the same file again changes nothing. Throws a
     * {@link BadSettingException} with one line that names the file, the line and the field.
     *
     * @return the phones and keys that were made by it, with what is shown this once
     */
    public List<Difference.Entry> apply(String file, String tenantId) {
        byte[] bytes = read(file);
        try {
            JsonNode json = ConfigReader.read(bytes);
            Path path = Path.of(file).toAbsolutePath();
            Placeholders.fill(json, (kind, name) -> kind.equals("env") ? variable(name) : content(path, name));
            Caller operator = new Caller.OfOperator("", "");
            Configurations.Result result =
                    configurations.apply(operator, tenantId, json, new Configurations.How(false, IfMatch.ANY, SETTING));
            said(file, result);
            return List.of(Part.DEVICES, Part.KEYS).stream()
                    .flatMap(part -> created(result.differences(), part).stream())
                    .toList();
        } catch (Problem problem) {
            throw refusal(file, bytes, problem);
        }
    }

    private static List<Difference.Entry> created(Map<Part, Difference> differences, Part part) {
        return differences.getOrDefault(part, Difference.none(0)).created();
    }

    private static void said(String file, Configurations.Result result) {
        if (result.isNone()) {
            LOG.info("Configuration: {}, as it was", file);
        } else {
            LOG.info("Configuration: {}, applied", file);
        }
        result.needs()
                .forEach(need -> LOG.warn(
                        "{} in {} has to be given: {} ({}) sends and takes nothing until then",
                        need.field(),
                        file,
                        need.name(),
                        need.id()));
    }

    private static byte[] read(String file) {
        try {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path)) {
                throw new BadSettingException(
                        SETTING + "=" + file + " is no file: give the path of a YAML file, or remove it.");
            }
            if (Files.size(path) > MOST_BYTES) {
                throw new BadSettingException(SETTING + "=" + file + " is over " + (MOST_BYTES >> 20) + " MiB.");
            }
            return Files.readAllBytes(path);
        } catch (IOException | InvalidPathException e) {
            throw new BadSettingException(SETTING + "=" + file + " cannot be read: " + oneLine(e.getMessage()));
        }
    }

    private String variable(String name) {
        Object value = environment.getSystemEnvironment().get(name);
        if (value == null) {
            throw new IllegalArgumentException("has no value: the environment has no variable " + name);
        }
        return value.toString();
    }

    /** Returns what a file has, without the line break at its end, which most editors put there. */
    private static String content(Path beside, String name) {
        try {
            Path path = beside.resolveSibling(name);
            if (Files.size(path) > MOST_BYTES_OF_A_VALUE) {
                throw new IllegalArgumentException(
                        "has no value: " + path + " is over " + (MOST_BYTES_OF_A_VALUE >> 10) + " KiB");
            }
            return Files.readString(path, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("has no value: the file " + name + " cannot be read", e);
        }
    }

    private static BadSettingException refusal(String file, byte[] bytes, Problem problem) {
        String at = SETTING + "=" + file;
        if (problem.status() == HttpStatus.CONFLICT) {
            return new BadSettingException(at + " leaves out a connection with unfinished deliveries: "
                    + oneLine(problem.getMessage()) + " Or put it back with enabled: false until they have ended.");
        } else if (problem.errors().isEmpty()) {
            return new BadSettingException(at + " cannot be applied: " + oneLine(problem.getMessage()));
        }
        Problem.FieldError first = problem.errors().get(0);
        int others = problem.errors().size() - 1;
        return new BadSettingException(at + ", line " + FileLines.of(bytes, first.field()) + ": " + first.field() + " "
                + oneLine(first.message()) + (others == 0 ? "" : " (and " + others + " more)"));
    }

    private static String oneLine(@Nullable String message) {
        return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", ", ");
    }
}
