package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints for the words by which a tenant's customers stop and allow automatic replies. */
@RestController
@RequestMapping("/v1/opt-out-words")
class OptOutWordResource {

    private final OptOutVocabulary vocabulary;
    private final Audit audit;

    OptOutWordResource(OptOutVocabulary vocabulary, Audit audit) {
        this.vocabulary = vocabulary;
        this.audit = audit;
    }

    record View(List<String> languages, List<String> optOutWords, List<String> optInWords) {

        static View of(TenantWords words) {
            List<OptOutLanguage> languages = words.languages();
            return new View(
                    (languages == null ? TenantWords.allLanguages() : languages)
                            .stream().map(WireName::wireName).toList(),
                    words.optOutWords(),
                    words.optInWords());
        }
    }

    @GetMapping
    ResponseEntity<View> get(Caller.OfTenant caller) {
        return answer(vocabulary.setBy(caller.tenantId()));
    }

    private static ResponseEntity<View> answer(TenantWords words) {
        return ResponseEntity.ok().eTag(words.tag()).body(View.of(words));
    }

    @PutMapping
    ResponseEntity<View> put(Caller.OfTenant caller, IfMatch ifMatch, JsonBody body) {
        Fields fields = Fields.of(body).allow(TenantWordFields.NAMES);
        TenantWords words = TenantWordFields.read(fields, caller.tenantId());
        fields.orThrow();
        audit.change(
                caller, caller.tenantId(), new Audit.Entry("opt-out-words.update", caller.tenantId(), null), tx -> {
                    ifMatch.check(vocabulary.setBy(tx, caller.tenantId()).tag());
                    vocabulary.set(tx, words);
                });
        return answer(words);
    }
}
