package com.mobileapiconnect.bridge.tenant;

/** People who have signed in, for tests of other packages. */
public final class SignedIns {

    private SignedIns() {}

    public static SignedIn ofTenant(String keyId) {
        return new SignedIn(new byte[0], new Caller.OfTenant("ten_1", keyId, Grant.UNLIMITED));
    }
}
