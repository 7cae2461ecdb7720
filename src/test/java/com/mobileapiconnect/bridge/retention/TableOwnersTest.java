package com.mobileapiconnect.bridge.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every table has one owner, who says what becomes of its rows and who else may name it in SQL. */
class TableOwnersTest extends SharedBridgeSuite {

    private static final Path SOURCES = Path.of("src/main/java/com/mobileapiconnect/bridge");
    private static final Pattern COMMENT = Pattern.compile("(?ms)^\\s*/\\*.*?\\*/|(?m)^\\s*//[^\\n]*$");
    private static final Pattern LITERAL =
            Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);
    private static final Pattern USE = Pattern.compile("\\b(from|join|into|update)\\s+([a-z_]+)\\b");

    @Test
    void everyTableOfTheSchemaHasExactlyOneOwner(Database database) {
        Set<String> schema = database.columns(bridge.bean(Store.class)).stream()
                .map(Database.Column::table)
                .collect(Collectors.toSet());

        List<Table> declared = bridge.beans(TableOwner.class).stream()
                .flatMap(owner -> owner.tables().stream())
                .toList();
        assertThat(declared).extracting(Table::name).containsExactlyInAnyOrderElementsOf(schema);
        assertThat(declared).allSatisfy(table -> {
            assertThat(table.ageing().isEmpty())
                    .as("%s ages out, or says why not", table.name())
                    .isEqualTo(table.kept() != null);
            assertThat(table.erasing() == null)
                    .as("%s is erased, or says why not", table.name())
                    .isEqualTo(table.unerased() != null);
            assertThat(table.tenant())
                    .as("%s goes with its tenant, or says why not", table.name())
                    .isNotNull();
        });
    }

    @Test
    void onlyTheOwnerOfATableAndThoseThatItDeclaresNameItInSql() throws IOException {
        Map<String, Set<String>> declared = new TreeMap<>();
        Map<String, String> rooms = new TreeMap<>();
        for (TableOwner owner : bridge.beans(TableOwner.class)) {
            owner.tables().forEach(table -> {
                rooms.put(table.name(), room(owner.getClass()));
                table.others().forEach(use -> declared.computeIfAbsent(use.room(), any -> new TreeSet<>())
                        .add((use.writes() ? "writes " : "reads ") + table.name()));
            });
        }

        assertThat(usedByOthers(rooms)).isEqualTo(declared);
    }

    private static String room(Class<?> type) {
        String[] name = type.getPackageName().split("\\.");
        return name[name.length - 1];
    }

    /** Finds in the texts of each package the tables that belong to another one. */
    private static Map<String, Set<String>> usedByOthers(Map<String, String> owners) throws IOException {
        Map<String, Set<String>> reads = new TreeMap<>();
        Map<String, Set<String>> writes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String room = String.valueOf(file.getParent().getFileName());
                Matcher use = USE.matcher(texts(Files.readString(file)));
                while (use.find()) {
                    String table = use.group(2);
                    if (owners.containsKey(table) && !room.equals(owners.get(table))) {
                        boolean writing = !use.group(1).matches("from|join");
                        (writing ? writes : reads)
                                .computeIfAbsent(room, any -> new TreeSet<>())
                                .add(table);
                    }
                }
            }
        }
        Map<String, Set<String>> used = new TreeMap<>();
        writes.forEach((room, tables) -> tables.forEach(table -> {
            used.computeIfAbsent(room, any -> new TreeSet<>()).add("writes " + table);
            reads.getOrDefault(room, Set.of()).remove(table);
        }));
        reads.forEach((room, tables) -> tables.forEach(
                table -> used.computeIfAbsent(room, any -> new TreeSet<>()).add("reads " + table)));
        return used;
    }

    private static String texts(String source) {
        Matcher literal = LITERAL.matcher(COMMENT.matcher(source).replaceAll(""));
        StringBuilder texts = new StringBuilder();
        while (literal.find()) {
            texts.append(literal.group(1) != null ? literal.group(1) : literal.group(2))
                    .append('\n');
        }
        return texts.toString();
    }
}
