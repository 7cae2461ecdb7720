package com.mobileapiconnect.bridge.server;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.thread.Pulse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the store's threads be watched. A store that refuses is alive: it will go on when it can. */
@Configuration(proxyBeanMethods = false)
class StorePulses {

    /** Asks the database too: a bridge with nothing to do has to notice that its session has ended. */
    @Bean
    Pulse writerPulse(Store store) {
        return new Pulse() {
            @Override
            public String name() {
                return "store-writer";
            }

            @Override
            public void ask(Runnable alive) {
                store.write(tx -> tx.sql().sql("select 1").query(Integer.class).single())
                        .whenComplete((done, refused) -> alive.run());
            }
        };
    }

    @Bean
    Pulse readerPulse(Store store) {
        return new Pulse() {
            @Override
            public String name() {
                return "store-reader";
            }

            @Override
            public void ask(Runnable alive) {
                store.readLater(sql -> true).whenComplete((done, refused) -> alive.run());
            }
        };
    }
}
