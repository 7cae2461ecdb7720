package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.door.Shares;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes whole lists as files, a part at a time: however long a list is, a part of it is in memory. */
@Component
class Exports {

    /** Stands behind the address of a list. */
    static final String FILE = "export.csv";

    static final int AT_ONCE = 8;
    static final int OF_A_TENANT = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
    private static final String A_PART = "200";
    private static final String MARK_OF_UTF_8 = "\uFEFF"; // without it spreadsheets take another encoding
    private static final String INCOMPLETE = "\"(incomplete: the bridge could not read on)\"\r\n";

    private final Shares<String> places = new Shares<>(AT_ONCE, OF_A_TENANT);

    static boolean isAsked(Visit visit) {
        return visit.parts() > 0 && visit.part(visit.parts() - 1).equals(FILE);
    }

    /** @param table null: there is none at this address */
    void write(HttpServletResponse response, Visit visit, @Nullable Csv<?> table) throws IOException {
        if (table == null) {
            throw Answer.Refused.with(HttpServletResponse.SC_NOT_FOUND);
        } else if (!places.take(visit.tenantId(), 1)) {
            response.setHeader("Retry-After", "10");
            throw Answer.Refused.with(429);
        }
        try {
            all(response, visit, table);
        } finally {
            places.giveBack(visit.tenantId(), 1);
        }
    }

    private static <T> void all(HttpServletResponse response, Visit visit, Csv<T> table) throws IOException {
        Call call = table.call().with("limit", A_PART);
        Answer part = visit.call(call).orThrow();
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + table.name() + ".csv\"");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        OutputStream out = response.getOutputStream();
        write(out, MARK_OF_UTF_8 + table.head());
        while (true) {
            for (T object : part.list(table.type())) {
                write(out, table.row(object));
            }
            String next = part.next();
            if (next == null) {
                return;
            }
            out.flush();
            part = visit.call(call.with("cursor", next));
            if (!part.isGood()) {
                LOG.warn("An export ended early: {}", part.detail());
                write(out, INCOMPLETE);
                return;
            }
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
