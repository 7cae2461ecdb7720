package com.mobileapiconnect.bridge.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The test of a connection: asks the system for the rights of the user and the fields of the model. Writes nothing. */
final class TrytonTest {

    /** The most of an answer; the fields of large models have some hundred kilobytes. */
    private static final int LARGEST = 2 << 20;

    private static final Set<String> KEYS = Set.of("char", "text");

    private final TrytonSettings settings;
    private final TrytonSession session;
    private final TrytonSession.Line line;
    private final Clock clock;
    private final List<String> checked = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    TrytonTest(TrytonSettings settings, TrytonSession session, TrytonSession.Line line, Clock clock) {
        this.settings = settings;
        this.session = session;
        this.line = line;
        this.clock = clock;
    }

    /** Ends the test with what was found. */
    private static final class EndException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient ErpFindings found;

        EndException(ErpFindings found) {
            super("The test has ended", null, false, false);
            this.found = found;
        }
    }

    ErpFindings run(JsonNode fields) {
        try {
            rights();
            fields(fields);
        } catch (EndException e) {
            return new ErpFindings(checked, e.found.faults());
        }
        return new ErpFindings(checked, faults);
    }

    private void rights() {
        ArrayNode models = JsonNodeFactory.instance.arrayNode().add(settings.model());
        JsonNode access = ask(
                "model.ir.model.access.get_access",
                TrytonWriter.params(models),
                "the database " + settings.place().database());
        checked.add("The login works");
        JsonNode rights = access.path(settings.model());
        checked.add("The model " + settings.model() + " is there");
        if (!rights.path("create").asBoolean()) {
            faults.add(Fault.permission("making records of " + settings.model()));
        } else if (!rights.path("read").asBoolean()) {
            faults.add(Fault.permission("reading records of " + settings.model() + ", by which a repeat is known"));
        } else {
            checked.add("The user may make and read its records");
        }
    }

    private void fields(JsonNode mapping) {
        int before = faults.size();
        JsonNode known = definitions(settings.model());
        FieldCheck check = new FieldCheck(this::definitions, faults);
        check.fields(mapping, known, settings.model());
        JsonNode key = known.path(settings.key());
        if (key.isMissingNode()) {
            faults.add(Fault.noField(settings.key(), "The model " + settings.model()));
        } else if (!KEYS.contains(key.path("type").asText())
                || !key.path("searchable").asBoolean(true)) {
            faults.add(new Fault(
                    FaultKind.TYPE,
                    "The field " + settings.key()
                            + " cannot be the key: it has to be a text that can be searched for."));
        }
        required(mapping, known);
        if (faults.size() == before) {
            checked.add("All mapped fields are there, can be written and have fitting types");
        }
        if (!settings.isUnique()) {
            checked.add("Each message looks for its id in " + settings.key()
                    + " first; have that field unique, or a repeat at the same moment makes two");
        }
    }

    /** A field that has to be filled may have a default. */
    private void required(JsonNode mapping, JsonNode known) {
        ArrayNode wanted = JsonNodeFactory.instance.arrayNode();
        known.properties().forEach(each -> {
            JsonNode field = each.getValue();
            boolean given = mapping.has(each.getKey()) || each.getKey().equals(settings.key());
            if (field.path("required").asBoolean() && !field.path("readonly").asBoolean() && !given) {
                wanted.add(each.getKey());
            }
        });
        if (!wanted.isEmpty()) {
            JsonNode defaults = ask(settings.call("default_get"), TrytonWriter.params(wanted), "its defaults");
            for (JsonNode each : wanted) {
                if (!defaults.hasNonNull(each.asText())) {
                    faults.add(Fault.unmapped(each.asText(), "the model " + settings.model()));
                }
            }
        }
    }

    private JsonNode definitions(String model) {
        return ask("model." + model + ".fields_get", TrytonWriter.fieldsOf(List.of()), "the fields of " + model);
    }

    private JsonNode ask(String method, ArrayNode params, String asked) {
        String host = settings.place().host();
        HttpResult result = session.call(line, method, params, LARGEST);
        if (!(result instanceof Answered answer)) {
            throw new EndException(findings((Failed) result, host));
        }
        RpcAnswer said = RpcAnswer.of(answer);
        if (said.result().isObject()) {
            return said.result();
        } else if (TrytonSession.locked(answer, clock) != null) {
            throw end(new Fault(
                    FaultKind.LOGIN,
                    host + " has locked this login after wrong passwords, for the right one too. Wait "
                            + TrytonSession.LOCKED.toMinutes()
                            + " minutes, and find out who logs in with a wrong one."));
        } else if (answer.status() == 404) {
            throw end(Fault.missing(asked + " at " + host + " (HTTP 404)", "Check database, and the path of the URL."));
        } else if ("KeyError".equals(said.error())) {
            checked.add("The login works");
            throw end(Fault.missing(
                    "the model " + settings.model(), "Check its name, or have the module activated that brings it."));
        }
        throw end(
                answer.isGood()
                        ? Fault.answer(host, "to the question for " + asked + ": " + said.words())
                        : Fault.ofStatus(answer.status(), asked, host).orElseThrow());
    }

    private static EndException end(Fault fault) {
        return new EndException(ErpFindings.wrong(fault));
    }

    private static ErpFindings findings(Failed failed, String host) {
        return failed.login() && failed.evidence().error() != null
                ? ErpFindings.wrong(new Fault(
                        FaultKind.LOGIN, host + ": " + failed.evidence().error()))
                : OverHttp.findings(failed, host);
    }
}
