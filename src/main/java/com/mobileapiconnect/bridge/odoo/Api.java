package com.mobileapiconnect.bridge.odoo;

/** The ways in which Odoo is called. */
enum Api {
    /** Odoo 19 and later: named arguments, a bearer key, and statuses that tell errors. */
    JSON_2,
    /** Odoo before 19, and some time after: positional arguments, the login in each call, and errors with status 200. */
    JSON_RPC
}
