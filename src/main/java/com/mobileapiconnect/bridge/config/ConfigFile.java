package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private final Configurations configurations;
    private final OperatorFile files;

    ConfigFile(Configurations configurations, OperatorFile files) {
        this.configurations = configurations;
        this.files = files;
    }

    /**
     * Makes a tenant's configuration that of the file; the same file again changes nothing. Throws a
     * {@link BadSettingException} with one line that names the file, the line and the field.
     *
     * @return the phones and keys that were made by it, with what is shown this once
     */
    public List<Difference.Entry> apply(String file, String tenantId) {
        byte[] bytes = OperatorFile.bytes(SETTING, file);
        try {
            JsonNode json = files.json(file, bytes);
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

    private static BadSettingException refusal(String file, byte[] bytes, Problem problem) {
        String at = SETTING + "=" + file;
        if (problem.status() == HttpStatus.CONFLICT) {
            return new BadSettingException(at + " leaves out a connection with unfinished deliveries: "
                    + OperatorFile.oneLine(problem.getMessage())
                    + " Or put it back with enabled: false until they have ended.");
        } else if (problem.errors().isEmpty()) {
            return new BadSettingException(at + " cannot be applied: " + OperatorFile.oneLine(problem.getMessage()));
        }
        Problem.FieldError first = problem.errors().get(0);
        int others = problem.errors().size() - 1;
        return new BadSettingException(at + ", line " + FileLines.of(bytes, first.field()) + ": " + first.field() + " "
                + OperatorFile.oneLine(first.message()) + (others == 0 ? "" : " (and " + others + " more)"));
    }
}
