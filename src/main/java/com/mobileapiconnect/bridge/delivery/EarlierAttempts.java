package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The attempts at a delivery before the present one, as far as they are kept. */
public final class EarlierAttempts {

    private static final int MOST = 100;
    private static final String LAST = "select error_class, http_status from" + AttemptRows.ALL
            + "where delivery_id = ? order by n desc limit " + MOST;

    private EarlierAttempts() {}

    /**
     * Returns whether the receiver may have what one of them sent. All of them count: one that could not even ask says
     * nothing of those before it. Of what is kept no longer nobody knows, so it may.
     */
    public static boolean mayHaveArrived(JdbcClient sql, String deliveryId) {
        List<Boolean> each = sql.sql(LAST)
                .param(deliveryId)
                .query((row, n) -> mayHaveArrived(row))
                .list();
        return each.isEmpty() || each.size() == MOST || each.contains(true);
    }

    private static boolean mayHaveArrived(ResultSet row) throws SQLException {
        String name = row.getString("error_class");
        Integer status = Columns.integer(row, "http_status");
        // Of a class that this version does not know nothing is known either.
        return name == null
                || WireName.find(ErrorClass.class, name)
                        .map(errorClass -> errorClass.mayHaveArrived(status))
                        .orElse(true);
    }
}
