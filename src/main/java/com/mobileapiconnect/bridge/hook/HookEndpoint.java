package com.mobileapiconnect.bridge.hook;

import com.mobileapiconnect.bridge.entry.Entry;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/** An endpoint of the component {@code hook:}, where a route begins. */
final class HookEndpoint extends DefaultEndpoint {

    private final HookOptions options;
    private final Hooks hooks;

    HookEndpoint(String uri, Component component, HookOptions options, Hooks hooks) {
        super(uri, component);
        this.options = options;
        this.hooks = hooks;
    }

    @Override
    public boolean isSingleton() {
        return true;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new HookConsumer(this, processor, options, hooks);
    }

    @Override
    public Producer createProducer() {
        throw new IllegalArgumentException("hook: is where a route begins, not a step");
    }

    /** Takes requests from the moment when it takes over until a newer version does or it stops. */
    private static final class HookConsumer extends DefaultConsumer implements Entry, Suspendable {

        private final HookRoute route;
        private final Hooks hooks;

        HookConsumer(HookEndpoint endpoint, Processor processor, HookOptions options, Hooks hooks) {
            super(endpoint, processor);
            this.route = new HookRoute(options, this);
            this.hooks = hooks;
        }

        @Override
        public void takeOver() {
            hooks.open(route);
        }

        @Override
        public void leave() {
            hooks.close(route);
        }

        @Override
        protected void doSuspend() {
            leave();
        }

        @Override
        protected void doStop() throws Exception {
            leave();
            super.doStop();
        }
    }
}
