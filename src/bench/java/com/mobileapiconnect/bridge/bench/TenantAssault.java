package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.support.Api;
import java.util.List;
import java.util.function.Function;

/** Calls with a tenant's key or its phone's token: each caller has one kind of call, which it makes again and again. */
final class TenantAssault extends Assault {

    private final BadTenant attacker;
    private final Function<BadTenant, List<Call>> setUp;
    private List<Call> calls = List.of();

    @FunctionalInterface
    interface Call {
        Api.Reply make();
    }

    /** @param setUp makes what is needed once, and returns the calls that callers share out among them */
    TenantAssault(String name, int callers, BadTenant attacker, Function<BadTenant, List<Call>> setUp) {
        super(name, callers);
        this.attacker = attacker;
        this.setUp = setUp;
    }

    @Override
    void prepare() {
        calls = setUp.apply(attacker);
    }

    @Override
    void resume() {
        attacker.resume();
    }

    @Override
    void suspend() {
        attacker.suspend();
    }

    @Override
    int call(int caller) {
        return calls.get(caller % calls.size()).make().status();
    }
}
