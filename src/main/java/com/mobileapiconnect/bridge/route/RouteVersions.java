package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Every accepted text of a route; the newest of each is the one that runs, or the one to go back to. */
@Component
class RouteVersions implements TableOwner {

    /** The most versions of a route that are kept; the oldest go. */
    static final int MOST = 100;

    private static final String INSERT = """
            insert into route_version (name, version, text, at, author, reason, source)
            values (?, ?, ?, ?, ?, ?, ?)""";
    private static final String TRIM = "delete from route_version where name = ? and version <= ?";
    private static final String NEWEST = """
            select name, version, text, at, author, reason, source from route_version v
            where version = (select max(version) from route_version where name = v.name)""";
    private static final String NUMBERS = "select name, max(version) from route_version group by name";
    private static final String LAST = "select coalesce(max(version), 0) from route_version where name = ?";
    private static final String PAGE = """
            select name, version, text, at, author, reason, source from route_version
            where name = ? and version < ? order by version desc limit ?""";
    private static final String ONE = """
            select name, version, text, at, author, reason, source from route_version where name = ? and version = ?""";

    private final Store store;

    RouteVersions(Store store) {
        this.store = store;
    }

    @Override
    public List<Table> tables() {
        return List.of(Table.named("route_version")
                .kept("the newest " + MOST + " of each route are kept")
                .notErased("holds routes, which name no number")
                .stays("belongs to the operator"));
    }

    void add(Transaction tx, RouteVersion version) {
        tx.sql()
                .sql(INSERT)
                .params(
                        version.name(),
                        version.version(),
                        version.text(),
                        version.at().toEpochMilli(),
                        version.author(),
                        version.reason(),
                        version.source())
                .update();
        tx.sql().sql(TRIM).params(version.name(), version.version() - MOST).update();
    }

    /** Returns the newest version of each route that has any, by name. */
    Map<String, RouteVersion> newest() {
        Map<String, RouteVersion> newest = new HashMap<>();
        store.read(sql -> sql.sql(NEWEST).query((row, n) -> version(row)).list())
                .forEach(each -> newest.put(each.name(), each));
        return newest;
    }

    /** Returns the number of the newest version of each route that has any. */
    Map<String, Long> numbers() {
        Map<String, Long> numbers = new HashMap<>();
        store.read(sql -> sql.sql(NUMBERS)
                        .query((row, n) -> Map.entry(row.getString(1), row.getLong(2)))
                        .list())
                .forEach(each -> numbers.put(each.getKey(), each.getValue()));
        return numbers;
    }

    /** Returns the number of a route's newest version; 0 if it has none. */
    long last(String name) {
        return store.read(sql -> sql.sql(LAST).param(name).query(Long.class).single());
    }

    Page<RouteVersion> page(String name, Page.Request request) {
        List<RouteVersion> rows = store.read(sql -> sql.sql(PAGE)
                .params(name, request.before(), request.limit() + 1)
                .query((row, n) -> version(row))
                .list());
        return Page.of(rows, request, each -> Long.toString(each.version()));
    }

    Optional<RouteVersion> find(String name, long version) {
        return store.read(sql -> sql.sql(ONE)
                .params(name, version)
                .query((row, n) -> version(row))
                .optional());
    }

    private static RouteVersion version(ResultSet row) throws SQLException {
        return new RouteVersion(
                row.getString("name"),
                row.getLong("version"),
                row.getString("text"),
                Columns.time(row, "at"),
                row.getString("author"),
                row.getString("reason"),
                row.getString("source"));
    }
}
