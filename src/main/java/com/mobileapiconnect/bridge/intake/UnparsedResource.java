package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.OpenTo;
import com.mobileapiconnect.bridge.tenant.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads requests again that were not understood. */
@RestController
class UnparsedResource {

    private final UnparsedAgain again;

    UnparsedResource(UnparsedAgain again) {
        this.again = again;
    }

    /** The messages that a request became, as a phone would be told. */
    record ReadAgain(List<Taken> messages) {

        record Taken(String id, @Nullable String phoneId, boolean duplicate) {}

        static ReadAgain of(List<Accepted> accepted) {
            return new ReadAgain(accepted.stream()
                    .map(each -> new Taken(each.message().id(), each.message().phoneId(), each.duplicate()))
                    .toList());
        }
    }

    @OpenTo(Scope.DEVICES)
    @PostMapping("/v1/messages/{id}/retry")
    ReadAgain retry(Caller.OfTenant caller, @PathVariable String id) {
        return ReadAgain.of(again.read(caller.tenantId(), id));
    }
}
