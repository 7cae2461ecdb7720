package com.mobileapiconnect.bridge.config;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes maps, lists and scalars as YAML for version control. */
final class ConfigYaml {

    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setSplitLines(false)
            .setDereferenceAliases(true) // two empty lists may be one object, and are not one value
            .build();

    private ConfigYaml() {}

    static String yaml(Map<String, ? extends @Nullable Object> file) {
        return shown(new Dump(SETTINGS, new ClearScalars(SETTINGS)).dumpToString(file));
    }

    /** Writes what {@link #yaml} returns, in pieces. */
    static void write(Map<String, ? extends @Nullable Object> file, Consumer<String> to) {
        new Dump(SETTINGS, new ClearScalars(SETTINGS)).dump(file, new StreamDataWriter() {
            @Override
            public void write(String text) {
                to.accept(shown(text));
            }

            @Override
            public void write(String text, int from, int length) {
                to.accept(shown(text.substring(from, from + length)));
            }
        });
    }

    // Only in double quotes, and line breaks to YAML 1.1, which no key may have.
    private static String shown(String yaml) {
        return yaml.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }
}
