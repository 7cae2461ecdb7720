package com.mobileapiconnect.bridge.frappe;

import com.mobileapiconnect.bridge.support.ErpSuite;

/** Tests of connections to a fake site. */
abstract class ErpNextSuite extends ErpSuite {

    final FakeFrappe site() {
        FakeFrappe site = new FakeFrappe();
        system.answering(site);
        return site;
    }

    static String properties(String more) {
        return "{\"apiKey\":\"" + FakeFrappe.KEY + "\",\"apiSecret\":\"" + FakeFrappe.SECRET + "\"" + more + "}";
    }

    final String connection(String more) {
        return connection("erpnext-communication", properties(more), NO_WAITING);
    }
}
