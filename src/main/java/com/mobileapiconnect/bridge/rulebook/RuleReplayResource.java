package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JobAnswer;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.tenant.AtMost;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.OpenTo;
import com.mobileapiconnect.bridge.tenant.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows what rules would have done to stored messages: the newest at once, or all of them by a job. */
@RestController
@OpenTo(Scope.RULES)
class RuleReplayResource {

    private final Drafts drafts;
    private final RuleReplay replay;
    private final RuleReplayRequests requests;

    RuleReplayResource(Drafts drafts, RuleReplay replay, RuleReplayRequests requests) {
        this.drafts = drafts;
        this.replay = replay;
        this.requests = requests;
    }

    @PostMapping("/v1/rules/replay")
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    ResponseEntity<?> replay(Caller.OfTenant caller, JsonBody body) {
        List<Problem.FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body.node(), "", errors).allow("rules", "since", "until", "job");
        Instant since = fields.time("since");
        Instant until = fields.time("until");
        boolean job = fields.flag("job", false);
        RuleSet rules = drafts.read(caller.tenantId(), fields, errors);
        if (job && KeptRules.length(rules) > KeptRules.LONGEST) {
            fields.wrong("rules", "are too long for a job, which keeps " + KeptRules.LONGEST + " characters of them");
        }
        fields.orThrow();
        return job
                ? JobAnswer.of(requests.begin(caller, rules, since, until))
                : ResponseEntity.ok(replay.run(caller.tenantId(), rules, since, until));
    }
}
