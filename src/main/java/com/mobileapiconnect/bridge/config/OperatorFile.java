package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;

/**
 * Reads a YAML file that a setting names. Such a file is the operator's: unlike one that comes over HTTP it may name
 * variables and files of this machine in place of values.
 */
@Component
public class OperatorFile {

    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_BYTES_OF_A_VALUE = 64 << 10;

    private final ConfigurableEnvironment environment;

    OperatorFile(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** Throws a {@link BadSettingException} with one line that names the setting and what is wrong. */
    public JsonNode read(String setting, String file) {
        byte[] bytes = bytes(setting, file);
        try {
            return json(file, bytes);
        } catch (Problem problem) {
            throw new BadSettingException(setting + "=" + file + ": " + oneLine(problem.getMessage()));
        }
    }

    /** Throws a {@link Problem} for what is no YAML, or has a placeholder without a value. */
    JsonNode json(String file, byte[] bytes) {
        JsonNode json = ConfigReader.read(bytes);
        Path path = Path.of(file).toAbsolutePath();
        Placeholders.fill(json, (kind, name) -> kind.equals("env") ? variable(name) : content(path, name));
        return json;
    }

    static byte[] bytes(String setting, String file) {
        try {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path)) {
                throw new BadSettingException(
                        setting + "=" + file + " is no file: give the path of a YAML file, or remove it.");
            }
            if (Files.size(path) > MOST_BYTES) {
                throw new BadSettingException(setting + "=" + file + " is over " + (MOST_BYTES >> 20) + " MiB.");
            }
            return Files.readAllBytes(path);
        } catch (IOException | InvalidPathException e) {
            throw new BadSettingException(setting + "=" + file + " cannot be read: " + oneLine(e.getMessage()));
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

    static String oneLine(@Nullable String message) {
        return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", ", ");
    }
}
