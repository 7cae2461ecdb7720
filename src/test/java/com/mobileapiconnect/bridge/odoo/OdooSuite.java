package com.mobileapiconnect.bridge.odoo;

import com.mobileapiconnect.bridge.support.ErpSuite;

/** Tests of connections to a fake Odoo. */
abstract class OdooSuite extends ErpSuite {

    final FakeOdoo odoo(int version) {
        FakeOdoo odoo = FakeOdoo.of(version);
        system.answering(odoo);
        return odoo;
    }

    static String properties(String more) {
        return "{\"database\":\"acme\",\"apiKey\":\"" + FakeOdoo.KEY + "\",\"login\":\"" + FakeOdoo.LOGIN + "\"" + more
                + "}";
    }

    final String connection(String more) {
        return connection("odoo-record", properties(more), NO_WAITING);
    }
}
