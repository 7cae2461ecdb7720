package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.destination.Answers;
import com.mobileapiconnect.bridge.destination.AnswersFields;
import com.mobileapiconnect.bridge.destination.Form;
import com.mobileapiconnect.bridge.destination.FormFields;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.Signing;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.TargetFields;
import com.mobileapiconnect.bridge.rule.Template;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An action in a request, as its kind reads it.
 *
 * @param id   the action's own id
 * @param made receives the action's own target, if it has one
 */
record ActionRequest(
        RulePlace place, Fields fields, String id, String ruleName, ActionTargets targets, Consumer<Target> made) {

    /** Reads a URL that can be called; null if it is missing or invalid, which is reported. */
    @Nullable String url(String name) {
        return targets.url(fields, name, place.tenantId());
    }

    /** Makes or keeps the action's own target, which has no URL and no secret. */
    void makeTarget(Target.Type type, String connector) {
        made.accept(targets.wanted(key(type), ruleName, connector, ActionTargets.Wish.NONE));
    }

    /** Makes or keeps the action's own target; its settings are read for it. */
    void makeTarget(Target.Type type, String connector, @Nullable String url) {
        Signing signing = targets.signing(fields, key(type));
        Answers answers = AnswersFields.read(fields);
        HttpOptions http = targets.http(fields, key(type), connector, url);
        Form form = FormFields.read(fields, http);
        ActionTargets.Wish wish =
                new ActionTargets.Wish(url, http, signing, answers, form, TargetFields.expiresAfter(fields));
        made.accept(targets.wanted(key(type), ruleName, connector, wish));
    }

    private Target.Key key(Target.Type type) {
        return new Target.Key(id, place.tenantId(), type);
    }

    /**
     * Reads a template; null if it is missing or invalid, which is reported.
     *
     * @param filled whether the text must not be blank
     */
    @Nullable Template template(String name, int max, boolean filled) {
        String source = fields.text(name, max);
        if (source == null || (filled && source.isBlank())) {
            if (source != null || fields.raw(name) == null) {
                fields.wrong(name, "must be given, such as \"Hi {{from}}\"");
            }
            return null;
        }
        return Template.parse(source, error -> fields.wrong(name, error));
    }
}
