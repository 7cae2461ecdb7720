package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints that list opt-outs and change them by hand, for customers who asked in another way. */
@RestController
@RequestMapping("/v1/opt-outs")
class OptOutResource {

    private final OptOuts optOuts;
    private final Audit audit;

    OptOutResource(OptOuts optOuts, Audit audit) {
        this.optOuts = optOuts;
        this.audit = audit;
    }

    @GetMapping
    Page<OptOuts.View> list(Caller.OfTenant caller, Page.Request page) {
        return optOuts.page(caller.tenantId(), page);
    }

    @DeleteMapping("/{number}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller.OfTenant caller, @PathVariable String number) {
        String key = PhoneNumber.key(number);
        audit.change(
                caller, caller.tenantId(), new Audit.Entry("opt-out.delete", PhoneNumber.hidden(key), null), tx -> {
                    if (!optOuts.start(tx, caller.tenantId(), key)) {
                        throw Problem.notFound("opt-out of " + number);
                    }
                });
    }
}
