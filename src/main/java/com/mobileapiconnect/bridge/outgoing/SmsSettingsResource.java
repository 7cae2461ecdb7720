package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints for what a tenant sets for its SMS: quiet hours, and the answer to HELP. */
@RestController
@RequestMapping("/v1/sms-settings")
class SmsSettingsResource {

    private final SmsPolicy policy;
    private final Audit audit;

    SmsSettingsResource(SmsPolicy policy, Audit audit) {
        this.policy = policy;
        this.audit = audit;
    }

    record View(@Nullable JsonNode quietHours, @Nullable HelpAnswer help) {

        static View of(SmsSettings settings) {
            QuietHours quiet = settings.quiet();
            return new View(quiet == null ? null : quiet.source(), settings.help());
        }
    }

    @GetMapping
    ResponseEntity<View> get(Caller.OfTenant caller) {
        return answer(policy.of(caller.tenantId()));
    }

    private static ResponseEntity<View> answer(SmsSettings settings) {
        return ResponseEntity.ok().eTag(settings.tag()).body(View.of(settings));
    }

    @PutMapping
    ResponseEntity<View> put(Caller.OfTenant caller, IfMatch ifMatch, JsonBody body) {
        Fields fields = Fields.of(body).allow(QuietHours.NAME, HelpAnswer.NAME);
        SmsSettings wanted = new SmsSettings(caller.tenantId(), QuietHours.read(fields), HelpAnswer.read(fields));
        fields.orThrow();
        audit.change(caller, caller.tenantId(), new Audit.Entry("sms-settings.update", caller.tenantId(), null), tx -> {
            ifMatch.check(policy.of(tx, caller.tenantId()).tag());
            policy.set(tx, wanted);
        });
        return answer(wanted);
    }
}
