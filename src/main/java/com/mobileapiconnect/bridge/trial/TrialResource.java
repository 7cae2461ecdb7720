package com.mobileapiconnect.bridge.trial;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.route.RouteCheck;
import com.mobileapiconnect.bridge.route.RouteText;
import com.mobileapiconnect.bridge.route.RunningTexts;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.nio.charset.StandardCharsets;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tries a route out, the running text or a draft: nothing leaves, and nothing is stored. */
@RestController
class TrialResource {

    private final RunningTexts texts;
    private final RouteCheck check;
    private final TrialSamples samples;
    private final Trials trials;

    TrialResource(RunningTexts texts, RouteCheck check, TrialSamples samples, Trials trials) {
        this.texts = texts;
        this.check = check;
        this.samples = samples;
        this.trials = trials;
    }

    @PostMapping("/v1/routes/{name}/try")
    Trial tryOut(Caller.OfOperator operator, @PathVariable String name, JsonBody body) {
        Fields fields = Fields.of(body).allow("message", "messageId", "yaml", "target", "tenantId", "route");
        String yaml = fields.text("yaml", RouteText.MOST_BYTES);
        String route = fields.text("route", TrialSamples.MAX_ID);
        TrialSample sample = samples.read(fields);
        fields.orThrow();
        RouteText text = yaml == null ? texts.text(name) : check.read(name, yaml.getBytes(StandardCharsets.UTF_8));
        return trials.run(text, route, sample);
    }
}
