package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.support.RunningBridge;

/** The phones that wait for SMS to send, for tests of other packages. */
public final class PhonesThatWait {

    private PhonesThatWait() {}

    public static int count(RunningBridge bridge) {
        return bridge.bean(WaitingPhones.class).count();
    }

    /** Answers all of them now, as a bridge that stops does: also those that have gone, which it does not know. */
    public static void answerAll(RunningBridge bridge) {
        WaitingPhones phones = bridge.bean(WaitingPhones.class);
        phones.stop();
        phones.start();
    }
}
