package com.mobileapiconnect.bridge.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of Kafka's clients that a resource may set. All others are refused: some load classes, ask directories,
 * or read files, and those that say how long a client waits are the bridge's own.
 */
final class KafkaOptions {

    static final int LONGEST_VALUE = 16_384;

    /** The whole of a login: other modules than these two ask directories, or run what they are told. */
    private static final Pattern LOGIN = Pattern.compile(
            "\\s*org\\.apache\\.kafka\\.common\\.security\\.(?:plain\\.PlainLoginModule|scram\\.ScramLoginModule)\\s+required"
                    + "(?:\\s+(?:username|password)=\"(?:[^\"\\\\\\p{Cntrl}]|\\\\[\"\\\\])*\"){2}\\s*;\\s*");

    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN [A-Z0-9 ]+-----[\\s\\S]+-----END [A-Z0-9 ]+-----\\s*");

    private static final Set<String> SECRETS = Set.of("sasl.jaas.config", "ssl.keystore.key", "ssl.key.password");

    /** The allowed options by name, with their forms. */
    private static final Map<String, Form> FORMS = forms();

    private record Form(Pattern pattern, String words) {}

    private KafkaOptions() {}

    private static Map<String, Form> forms() {
        Map<String, Form> forms = new LinkedHashMap<>();
        add(
                forms,
                "security.protocol",
                "PLAINTEXT|SSL|SASL_PLAINTEXT|SASL_SSL",
                "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL");
        add(forms, "sasl.mechanism", "PLAIN|SCRAM-SHA-256|SCRAM-SHA-512", "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512");
        forms.put(
                "sasl.jaas.config",
                new Form(
                        LOGIN,
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"…\" password=\"…\";"
                                + " or the same with scram.ScramLoginModule"));
        add(forms, "ssl.endpoint.identification.algorithm", "https|", "https, or empty");
        add(forms, "ssl.enabled.protocols", "TLSv1\\.[23](?:,TLSv1\\.[23])?", "TLSv1.2, TLSv1.3 or both");
        add(forms, "ssl.truststore.type", "PEM", "PEM");
        add(forms, "ssl.keystore.type", "PEM", "PEM");
        forms.put("ssl.truststore.certificates", new Form(PEM, "certificates as PEM"));
        forms.put("ssl.keystore.certificate.chain", new Form(PEM, "certificates as PEM"));
        forms.put("ssl.keystore.key", new Form(PEM, "a private key as PEM"));
        add(forms, "ssl.key.password", "\\P{Cntrl}+", "a text");
        add(
                forms,
                "client.dns.lookup",
                "use_all_dns_ips|resolve_canonical_bootstrap_servers_only",
                "use_all_dns_ips or resolve_canonical_bootstrap_servers_only");
        add(forms, "compression.type", "none|gzip|lz4", "none, gzip or lz4");
        add(forms, "linger.ms", "[0-9]{1,2}|100", "a number up to 100");
        add(forms, "batch.size", "[0-9]{1,6}", "a number of bytes up to 999999");
        add(forms, "max.request.size", "[1-9][0-9]{3,6}", "a number of bytes from 1000 to 9999999");
        return forms;
    }

    private static void add(Map<String, Form> forms, String name, String pattern, String words) {
        forms.put(name, new Form(Pattern.compile(pattern), words));
    }

    /** Returns what is wrong with an option; null if nothing is. Quotes no value. */
    static @Nullable String fault(String name, String value) {
        Form form = FORMS.get(name);
        if (form == null) {
            return "is not allowed; allowed are " + String.join(", ", FORMS.keySet());
        }
        return value.length() <= LONGEST_VALUE && form.pattern.matcher(value).matches()
                ? null
                : "must be " + form.words;
    }

    static boolean isSecret(String name) {
        return SECRETS.contains(name);
    }
}
