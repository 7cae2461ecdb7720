package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The times for which things are kept, for the operator; they are settings of the start. */
@RestController
class RetentionResource {

    private final Times times;

    RetentionResource(RetentionSettings set) {
        this.times = new Times(
                set.messages(), set.attempts(), set.bodies(), set.outgoing(), set.audit(), set.jobs(), set.stats());
    }

    /** The times as {@link RetentionSettings} has them. */
    record Times(
            Duration messages,
            Duration attempts,
            Duration bodies,
            Duration outgoing,
            Duration audit,
            Duration jobs,
            Duration stats) {}

    @GetMapping("/v1/retention")
    Times get(Caller.OfOperator operator) {
        return times;
    }
}
