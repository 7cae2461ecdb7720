package com.mobileapiconnect.bridge.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A register's rows for tests: names and texts that count their versions themselves. */
final class Notes implements Rows<String, Notes.Note> {

    private static final String ALL = "select name, value from meta where name like 'note-%'";
    private static final String PUT = """
            insert into meta (name, value) values (?, ?)
            on conflict (name) do update set value = excluded.value""";

    record Note(String name, String text, int version) {

        Note with(String newText) {
            return new Note(name, newText, version);
        }
    }

    static Note fresh(String name, String text) {
        return new Note(name, text, 0);
    }

    @Override
    public String key(Note note) {
        return note.name();
    }

    @Override
    public List<Note> all(JdbcClient sql) {
        return sql.sql(ALL)
                .query((row, n) -> read(row.getString(1), row.getString(2)))
                .list();
    }

    @Override
    public @Nullable Note find(JdbcClient sql, String name, @Nullable Note known) {
        return sql.sql("select value from meta where name = ?")
                .param(name)
                .query((row, n) -> read(name, row.getString(1)))
                .optional()
                .orElse(null);
    }

    @Override
    public Note put(Transaction tx, @Nullable Note before, Note now) {
        Note stored = new Note(now.name(), now.text(), before == null ? 1 : before.version() + 1);
        write(tx, stored);
        return stored;
    }

    static void write(Transaction tx, Note note) {
        tx.sql()
                .sql(PUT)
                .params(note.name(), note.version() + " " + note.text())
                .update();
    }

    @Override
    public void remove(Transaction tx, Note before) {
        tx.sql().sql("delete from meta where name = ?").param(before.name()).update();
    }

    private static Note read(String name, String value) {
        int end = value.indexOf(' ');
        return new Note(name, value.substring(end + 1), Integer.parseInt(value.substring(0, end)));
    }
}
