package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.thread.AsNeeded;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.stereotype.Component;

/** Gives routes the databases that the operator named, as beans of these names. */
@Component
class Databases implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Databases.class);
    private static final int CLOSING_THREADS = 2;

    private final DefaultListableBeanFactory beans;
    private final OwnDatabase own;
    private final Map<String, RouteDatabase> byName = new ConcurrentHashMap<>();
    /** Databases that were taken away: what runs may hold one still, and has it again when its name comes back. */
    private final Map<String, RouteDatabase> away = new ConcurrentHashMap<>();

    private final AsNeeded closing = new AsNeeded("database-close", CLOSING_THREADS);

    Databases(Resources resources, OwnDatabase own, DefaultListableBeanFactory beans) {
        this.beans = beans;
        this.own = own;
        for (Resource each : resources.all()) {
            if (each.kind() == ResourceKind.DATABASE && isTaken(each.name())) {
                throw new BadSettingException("BRIDGE_RESOURCE_DATABASES: the name " + each.name()
                        + " is taken, by another database or a bean. Choose another name.");
            }
            changed(null, each);
        }
        resources.watch(this::changed);
    }

    /** Returns null if routes know none of that name. */
    @Nullable RouteDatabase find(String name) {
        return byName.get(name);
    }

    /** Returns whether something else of the bridge has the name. */
    boolean isTaken(String name) {
        return beans.containsBean(name) && !byName.containsKey(name);
    }

    /** Called on the writer's thread, which must not wait. */
    private void changed(@Nullable Resource before, @Nullable Resource now) {
        if (now != null && now.place() instanceof Place.Jdbc place) {
            RouteDatabase known = byName.get(now.name());
            if (known != null) {
                close(known.lead(now.name(), place, own));
            } else if (!isTaken(now.name())) {
                RouteDatabase back = away.remove(now.name());
                if (back != null) {
                    close(back.lead(now.name(), place, own));
                }
                RouteDatabase made = back == null ? new RouteDatabase(now.name(), place, own) : back;
                byName.put(now.name(), made);
                beans.registerSingleton(now.name(), made);
            }
        } else if (before != null) {
            RouteDatabase gone = byName.remove(before.name());
            if (gone != null) {
                beans.destroySingleton(before.name());
                away.put(before.name(), gone);
                close(gone.leave());
            }
        }
    }

    private void close(AutoCloseable old) {
        closing.execute(() -> {
            try {
                old.close();
            } catch (Exception e) {
                LOG.warn("Connections to a database of routes did not close: {}", e.toString());
            }
        });
    }

    @Override
    public void destroy() {
        byName.values().forEach(RouteDatabase::close);
        closing.close();
    }
}
