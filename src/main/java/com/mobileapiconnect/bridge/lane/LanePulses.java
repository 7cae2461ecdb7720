package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.thread.Loops;
import com.mobileapiconnect.bridge.thread.Pulse;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the threads that all lanes depend on be watched. */
@Configuration(proxyBeanMethods = false)
class LanePulses {

    @Bean
    Pulse timerPulse(Engine engine) {
        return new Pulse() {
            @Override
            public String name() {
                return "outbox-timer";
            }

            @Override
            public void ask(Runnable alive) {
                engine.after(0, alive);
            }
        };
    }

    @Bean
    Pulse callsPulse(Loops loops) {
        return new Pulse() {
            @Override
            public String name() {
                return "calls";
            }

            @Override
            public void ask(Runnable alive) {
                AtomicInteger silent = new AtomicInteger(loops.all().size());
                loops.all()
                        .forEach(loop -> loop.execute(() -> {
                            if (silent.decrementAndGet() == 0) {
                                alive.run();
                            }
                        }));
            }
        };
    }

    @Bean
    Pulse commitsPulse(Lanes lanes) {
        return new Pulse() {
            @Override
            public String name() {
                return "outbox-commits";
            }

            @Override
            public void ask(Runnable alive) {
                lanes.afterwards().execute(alive);
            }
        };
    }
}
