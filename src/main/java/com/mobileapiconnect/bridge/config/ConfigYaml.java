package com.mobileapiconnect.bridge.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes maps, lists and scalars as YAML for version control. */
final class ConfigYaml {

    private ConfigYaml() {}

    static String yaml(Map<String, ? extends @Nullable Object> file) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setSplitLines(false)
                .setDereferenceAliases(true) // two empty lists may be one object, and are not one value
                .build();
        return new Dump(settings, new ClearScalars(settings))
                .dumpToString(file)
                // Only in double quotes, and line breaks to YAML 1.1, which no key may have.
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
