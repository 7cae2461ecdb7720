package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.stereotype.Component;

/** Gives routes the databases that the operator named, as beans of these names. */
@Component
public class Databases implements DisposableBean {

    private final List<HikariDataSource> pools = new ArrayList<>();

    Databases(ResourceSettings settings, ConfigurableListableBeanFactory beans) {
        List<Database> databases =
                settings.databases().stream().map(Database::parse).toList();
        for (Database database : databases) {
            if (beans.containsBean(database.name())) {
                throw new BadSettingException("BRIDGE_RESOURCE_DATABASES: the name " + database.name()
                        + " is taken, by another database or a bean. Choose another name.");
            }
            HikariDataSource pool = database.pool();
            pools.add(pool);
            beans.registerSingleton(database.name(), pool);
        }
    }

    /** Returns the names by which routes know them. */
    public List<String> names() {
        return pools.stream().map(HikariDataSource::getPoolName).toList();
    }

    @Override
    public void destroy() {
        pools.forEach(HikariDataSource::close);
    }
}
