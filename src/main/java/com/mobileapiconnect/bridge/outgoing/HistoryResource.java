package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.tenant.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoint with all that was written from and to a number. */
@RestController
class HistoryResource {

    private static final int LONGEST = 64;

    private final NumberHistory history;

    HistoryResource(NumberHistory history) {
        this.history = history;
    }

    /** @param number compared by its digits */
    @GetMapping("/v1/history")
    Page<NumberHistory.Entry> list(
            Caller.OfTenant caller, Page.Request page, @RequestParam(required = false) @Nullable String number) {
        if (number == null || number.isBlank() || number.length() > LONGEST) {
            throw Problem.invalid("number", "must be given, 1 to " + LONGEST + " characters");
        }
        return history.page(caller.tenantId(), number, page);
    }
}
